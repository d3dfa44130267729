"""Shapes of results: runs, rankings and the card of one unit."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from api.schemas.base import Amount, Body, Exact, Moment
from scoring.account_texts import amount_text
from scoring.numbers import exact_text
from scoring.results import NodeScore, Outcome, UnitResult, place_data
from services.views import CardLine, Ranking, RankingLine, RegionCard, RunView

_PLACE = '名次;并列取平均时可为半数,写作文字如 "2.5"。A whole number, or text where equals share a half.'


class NewRunBody(Body):
    """What is to be scored."""

    period: str = Field(max_length=16, examples=["2021", "2021Q2"], description="年度或季度;季度只是监测。")


class RunBody(Body):
    """One scoring run, and everything it rests on; it never changes."""

    id: str
    period: str
    label: str
    rule_set: str
    rule_set_version: str
    rule_set_digest: str
    facts_digest: str
    result_digest: str
    engine_version: str
    created_at: Moment


class RunsBody(Body):
    """Runs, newest first."""

    items: list[RunBody]


class ScoreBody(Body):
    """The score of one node."""

    node: str
    value: Amount | None
    points: Exact | None
    full_points: Exact
    outcome: Outcome
    rank: int | Exact | None = Field(description=_PLACE)


class ResultBody(Body):
    """The final result of one unit."""

    base: Exact | None
    bonus: Exact
    penalty: Exact
    final: Exact | None = Field(description="未取整的总分。Before rounding.")
    score: Exact | None = Field(description="按规则取整后的总分。After the rounding of the rule set.")
    grade: str
    tier: str
    converted: Exact | None
    rank: int | Exact | None = Field(description=_PLACE)
    group: str
    group_rank: int | Exact | None = Field(description=_PLACE)
    effects: list[str]


class SectionBody(Body):
    """A column of a ranking."""

    node: str
    title: str
    full_points: Exact


class RankingLineBody(Body):
    """One unit in a ranking."""

    unit: str
    name: str
    short: str
    result: ResultBody
    sections: list[ScoreBody]


class RankingBody(Body):
    """A ranking, best first; units without a place come last."""

    run: RunBody
    sections: list[SectionBody]
    lines: list[RankingLineBody]


class CardLineBody(ScoreBody):
    """One node of a card."""

    depth: int
    title: str
    kind: str
    measure: str
    best_children: list[str] = Field(description="得分最高的下级;节点写了 name_best 才有。")


class EffectBody(Body):
    """A bonus, penalty or other event that held."""

    code: str
    name: str
    points: Exact
    value: Amount | None


class CardBody(Body):
    """Everything a run says of one unit, as the tree reads."""

    run: RunBody
    unit: str
    name: str
    result: ResultBody
    lines: list[CardLineBody]
    adjustments: list[EffectBody]


def run_body(view: RunView) -> RunBody:
    """A run on the wire."""
    return RunBody(
        id=view.id,
        period=view.period,
        label=view.label,
        rule_set=view.rule_set,
        rule_set_version=view.rule_set_version,
        rule_set_digest=view.rule_set_digest,
        facts_digest=view.facts_digest,
        result_digest=view.result_digest,
        engine_version=view.engine_version,
        created_at=view.created_at,
    )


def ranking_body(view: Ranking) -> RankingBody:
    """A ranking on the wire."""
    return RankingBody(
        run=run_body(view.run),
        sections=[
            SectionBody(node=code, title=title, full_points=exact_text(full))
            for code, title, full in view.section_titles
        ],
        lines=[_ranking_line(line) for line in view.lines],
    )


def card_body(card: RegionCard) -> CardBody:
    """A card on the wire."""
    return CardBody(
        run=run_body(card.run),
        unit=card.unit,
        name=card.name,
        result=result_body(card.result),
        lines=[_card_line(line) for line in card.lines],
        adjustments=[
            EffectBody(
                code=each.code, name=name, points=exact_text(each.points), value=amount_text(each.value)
            )
            for name, each in card.adjustments
        ],
    )


def _ranking_line(line: RankingLine) -> RankingLineBody:
    return RankingLineBody(
        unit=line.unit,
        name=line.name,
        short=line.short,
        result=result_body(line.result),
        sections=[score_body(score) for score in line.sections],
    )


def _card_line(line: CardLine) -> CardLineBody:
    return CardLineBody(
        **dict(score_body(line.score)),
        depth=line.depth,
        title=line.title,
        kind=line.kind,
        measure=line.measure,
        best_children=[code for code, _ in line.best],
    )


def score_body(score: NodeScore) -> ScoreBody:
    """A score for the wire."""
    return ScoreBody(
        node=score.node,
        value=amount_text(score.value),
        points=_exact(score.points),
        full_points=exact_text(score.full),
        outcome=score.outcome,
        rank=place_data(score.rank),
    )


def result_body(result: UnitResult) -> ResultBody:
    """A result for the wire."""
    return ResultBody(
        base=_exact(result.base),
        bonus=exact_text(result.bonus),
        penalty=exact_text(result.penalty),
        final=_exact(result.final),
        score=_exact(result.score),
        grade=result.grade,
        tier=result.tier,
        converted=_exact(result.converted),
        rank=place_data(result.rank),
        group=result.group,
        group_rank=place_data(result.group_rank),
        effects=list(result.effects),
    )


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)
