"""Shapes of what is said about places: moves between runs, strengths and weaknesses, two units compared."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field

from api.schemas.base import Body, Exact
from api.schemas.runs import ResultBody, RunBody, result_body, run_body
from scoring.impacts.attribution import Split
from scoring.movements.moves import CAUSES, Cause, UnitMove
from scoring.numbers import exact_text
from scoring.results import Outcome
from services.comparison import ComparedLine, Comparison, LineKind
from services.movements import RunMoves
from services.strengths import ItemStrength, Strengths


class PartsBody(Body):
    """A move as a sum of its causes."""

    own: Exact = Field(description=Cause.OWN.title)
    others: Exact = Field(description=Cause.OTHERS.title)
    rules: Exact = Field(description=Cause.RULES.title)
    corrections: Exact = Field(description=Cause.CORRECTIONS.title)
    whole: Exact = Field(description="四部分之和。Their sum.")


class UnitMoveBody(Body):
    """One unit's move; nothing where a run does not know the unit."""

    unit: str
    name: str
    before: ResultBody | None
    after: ResultBody | None
    score: PartsBody = Field(description="得分的变化;没有总分的按 0。No score counts as 0.")
    rank: PartsBody = Field(description="名次的变化,负数是上升;没有名次的按最末之后。Below zero is up.")


class RunMovesBody(Body):
    """The moves from one run to another."""

    before: RunBody
    after: RunBody
    moves: list[UnitMoveBody]


class MovesBody(Body):
    """The moves against each run that was asked for, or is there: the quarter before, the year before."""

    items: list[RunMovesBody]


class ItemStrengthBody(Body):
    """One item of a unit."""

    node: str
    title: str
    points: Exact | None
    full_points: Exact
    lost: Exact
    share: Exact
    outcome: Outcome
    peers_median_share: Exact | None = Field(
        description="同组其他单位得分率的中位数。The peers' median share."
    )
    peers: int = Field(description="有多少个同组单位。Of how many peers.")


class StrengthsBody(Body):
    """The items of a unit, most points lost first."""

    run: RunBody
    unit: str
    name: str
    group: str
    items: list[ItemStrengthBody]


class ComparedLineBody(Body):
    """One line of a comparison: what it adds to the score of either unit."""

    kind: LineKind
    node: str
    title: str
    a: Exact
    b: Exact
    difference: Exact
    outcome_a: Outcome | None
    outcome_b: Outcome | None


class ComparisonBody(Body):
    """Two units line by line; the differences sum exactly to the gap."""

    run: RunBody
    a: str
    b: str
    name_a: str
    name_b: str
    result_a: ResultBody
    result_b: ResultBody
    gap: Exact
    lines: list[ComparedLineBody]


def moves_body(found: list[RunMoves]) -> MovesBody:
    """Moves for the wire."""
    return MovesBody(items=[_run_moves(each) for each in found])


def _run_moves(found: RunMoves) -> RunMovesBody:
    return RunMovesBody(
        before=run_body(found.before),
        after=run_body(found.after),
        moves=[_move(each) for each in found.moves],
    )


def _move(move: UnitMove) -> UnitMoveBody:
    return UnitMoveBody(
        unit=move.unit,
        name=move.name,
        before=None if move.before is None else result_body(move.before),
        after=None if move.after is None else result_body(move.after),
        score=_parts(move.score),
        rank=_parts(move.rank),
    )


def _parts(split: Split) -> PartsBody:
    texts = {cause.value: exact_text(part) for cause, part in zip(CAUSES, split.parts, strict=True)}
    return PartsBody(**texts, whole=exact_text(split.whole))


def strengths_body(found: Strengths) -> StrengthsBody:
    """Strengths and weaknesses for the wire."""
    return StrengthsBody(
        run=run_body(found.run),
        unit=found.unit,
        name=found.name,
        group=found.group,
        items=[_item(each) for each in found.items],
    )


def _item(item: ItemStrength) -> ItemStrengthBody:
    return ItemStrengthBody(
        node=item.code,
        title=item.title,
        points=_exact(item.points),
        full_points=exact_text(item.full),
        lost=exact_text(item.lost),
        share=exact_text(item.share),
        outcome=item.outcome,
        peers_median_share=_exact(item.peers),
        peers=item.among,
    )


def comparison_body(found: Comparison) -> ComparisonBody:
    """A comparison for the wire."""
    (a, b), (name_a, name_b), (result_a, result_b) = found.units, found.names, found.results
    return ComparisonBody(
        run=run_body(found.run),
        a=a,
        b=b,
        name_a=name_a,
        name_b=name_b,
        result_a=result_body(result_a),
        result_b=result_body(result_b),
        gap=exact_text(found.gap),
        lines=[_line(each) for each in found.lines],
    )


def _line(line: ComparedLine) -> ComparedLineBody:
    first, second = line.outcomes
    return ComparedLineBody(
        kind=line.kind,
        node=line.code,
        title=line.title,
        a=exact_text(line.a),
        b=exact_text(line.b),
        difference=exact_text(line.difference),
        outcome_a=first,
        outcome_b=second,
    )


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)
