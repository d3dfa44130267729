"""Asking about runs: the list, the ranking, a region's card, and the account of any number."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from models.errors import NotStored
from models.records import RunId, StoredRun
from models.unit_of_work import UnitOfWork
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.engine import PlainEngine
from scoring.explain import Account, account_of, title_of
from scoring.periods import Period, period_from_text
from scoring.results import NodeScore
from scoring.rulebook.rules import RuleSet
from scoring.totals import Earned, named_best
from services.context import Context
from services.errors import NotFound
from services.period_facts import known_facts
from services.policy import Action, Actor, demand, visible_unit
from services.views import CardLine, Ranking, RankingLine, RegionCard, RunView


def run_view(run: StoredRun, rules: RuleSet) -> RunView:
    """A stored run with the names of its rule set."""
    return RunView(
        id=run.id,
        period=run.period,
        label=run.label,
        rule_set=rules.title,
        rule_set_version=rules.version,
        rule_set_digest=run.rule_set_digest,
        facts_digest=run.facts_digest,
        result_digest=run.result_digest,
        engine_version=run.engine_version,
        created_at=run.created_at,
    )


def demand_reading(actor: Actor, unit: UnitCode | None = None) -> None:
    """Raises NotAllowed unless the actor may read rankings, or the cards of this unit.

    For those who keep answers at hand: a run never changes, but who asks for it does.
    """
    demand(actor, Action.READ_RANKING if unit is None else Action.READ_CARD, unit)


def list_runs(
    context: Context,
    *,
    actor: Actor,
    unit: UnitCode | None = None,
    period: PeriodCode | None = None,
    limit: int = 100,
) -> tuple[RunView, ...]:
    """Runs, newest first; with a unit: for one who may read the cards of that unit only."""
    demand_reading(actor, unit)
    with context.read() as work:
        runs = work.runs.list(period=period, limit=limit)
        return tuple(run_view(run, context.library.by_digest(run.rule_set_digest, work)) for run in runs)


def one_run(context: Context, *, actor: Actor, run: RunId) -> RunView:
    """What a run rests on; for everybody who may read a card in it."""
    demand(actor, Action.READ_CARD, visible_unit(actor, Action.READ_CARD))
    with context.read() as work:
        return run_view(*_run(context, work, run))


def latest_run(context: Context, *, actor: Actor, period: str) -> RunView:
    """The newest run of a period; raises NotFound where it was never scored."""
    demand(actor, Action.READ_RANKING)
    scored = period_from_text(period)
    with context.read() as work:
        run = work.runs.latest(scored.code) if scored else None
        if run is None:
            raise NotFound("计分批次", period)
        return run_view(run, context.library.by_digest(run.rule_set_digest, work))


def ranking(context: Context, *, actor: Actor, run: RunId) -> Ranking:
    """The ranking of a run with every unit's sections."""
    demand(actor, Action.READ_RANKING)
    with context.read() as work:
        stored, rules = _run(context, work, run)
        results = work.runs.ranking(run)
        sections = rules.nodes[rules.root].children
        scores = {code: {score.unit: score for score in work.runs.at_node(run, code)} for code in sections}
    titles = tuple((code, title_of(rules, code), _full(rules, code)) for code in sections)
    lines = tuple(
        RankingLine(
            unit=result.unit,
            name=rules.units[result.unit].name,
            short=rules.units[result.unit].short,
            result=result,
            sections=(own := tuple(scores[code][result.unit] for code in sections)),
            best=tuple(title for _, title in _best(rules, rules.root, {each.node: each for each in own})),
        )
        for result in results
    )
    names_best = rules.nodes[rules.root].name_best
    return Ranking(run=run_view(stored, rules), section_titles=titles, lines=lines, names_best=names_best)


def _full(rules: RuleSet, code: NodeCode) -> Fraction:
    points = rules.nodes[code].points if code in rules.nodes else rules.indicators[code].points
    return points if points is not None else Fraction(0)


def region_card(context: Context, *, actor: Actor, run: RunId, unit: UnitCode) -> RegionCard:
    """Everything a run says of one unit."""
    demand(actor, Action.READ_CARD, unit)
    with context.read() as work:
        stored, rules = _run(context, work, run)
        if unit not in rules.units:
            raise NotFound("被考核单位", unit)
        card = work.runs.card(run, unit)
    by_node = card.by_node
    lines = tuple(
        CardLine(
            depth=_depth(rules, code),
            code=code,
            title=title_of(rules, code),
            kind=rules.nodes[code].kind if code in rules.nodes else "indicator",
            measure=rules.indicators[code].measure if code in rules.indicators else "",
            score=by_node[code],
            best=_best(rules, code, by_node),
        )
        for code in rules.order
    )
    names = {each.code: each.name for each in rules.adjustments}
    held = tuple((names[each.code], each) for each in card.adjustments if each.triggered)
    return RegionCard(
        run=run_view(stored, rules),
        unit=unit,
        name=rules.units[unit].name,
        result=card.result,
        lines=lines,
        adjustments=held,
        rules=rules,
    )


def _best(
    rules: RuleSet, code: NodeCode, scores: Mapping[NodeCode, NodeScore]
) -> tuple[tuple[NodeCode, str], ...]:
    """The children with the most points, where the node names them."""
    earned = {each: Earned(score.points, score.full, score.outcome) for each, score in scores.items()}
    return tuple((child, title_of(rules, child)) for child in named_best(rules, code, earned))


def _depth(rules: RuleSet, code: NodeCode) -> int:
    depth, parent = 0, _parent(rules, code)
    while parent is not None:
        depth, parent = depth + 1, _parent(rules, parent)
    return depth


def _parent(rules: RuleSet, code: NodeCode) -> NodeCode | None:
    return rules.indicators[code].parent if code in rules.indicators else rules.nodes[code].parent


def explain_score(context: Context, *, actor: Actor, run: RunId, unit: UnitCode, node: NodeCode) -> Account:
    """The full account of one number of a run, recomputed from the very facts the run used.

    Raises UnknownUnit or UnknownNode for what the run's rule set does not have.
    """
    demand(actor, Action.READ_CARD, unit)
    return account_of(run_engine(context, run), unit, node)


def rules_of_run(context: Context, *, run: RunId) -> RuleSet:
    """The rules by which a run was scored; for other use cases, which have asked who may know."""
    with context.read() as work:
        return _run(context, work, run)[1]


def run_engine(context: Context, run: RunId) -> PlainEngine:
    """The engine over the rules and facts of a stored run."""

    def load() -> PlainEngine:
        with context.read() as work:
            stored, rules = _run(context, work, run)
            facts = known_facts(rules, work.reports.facts_of_run(run))
        return PlainEngine(rules, facts, _period(stored))

    return context.books.engine(run, load)


def _run(context: Context, work: UnitOfWork, run: RunId) -> tuple[StoredRun, RuleSet]:
    """A run and the rules by which it was scored."""
    try:
        stored = work.runs.by_id(run)
    except NotStored:
        raise NotFound("计分批次", run) from None
    return stored, context.library.by_digest(stored.rule_set_digest, work).in_force(_period(stored))


def _period(run: StoredRun) -> Period:
    period = period_from_text(run.period)
    if period is None:
        raise NotFound("考核期", run.period)
    return period
