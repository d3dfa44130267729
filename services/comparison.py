"""Two units side by side, line by line: the lines sum exactly to the gap between their scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from models.errors import NotStored
from models.records import RunId, UnitCard
from scoring.codes import NodeCode, UnitCode
from scoring.explain import title_of
from scoring.results import Outcome, UnitResult
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import NotFound
from services.policy import Actor
from services.run_basis import run_basis
from services.runs import demand_reading, run_view
from services.views import RunView


class LineKind(StrEnum):
    """What a line of a comparison is about."""

    INDICATOR = "indicator"
    NODE = "node"
    """What an item, section or the total does to the sum of its parts: weights, rescaling, rounding, caps."""
    ADJUSTMENT = "adjustment"
    CAP = "cap"
    """What the caps of bonuses and penalties take back."""
    NOT_BELOW_ZERO = "not_below_zero"
    EVENTS = "events"
    """What vetoes and demotions do to the total."""
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One line. a and b: what it adds to the score of each unit; outcomes: only of nodes of the tree."""

    kind: LineKind
    code: NodeCode
    title: str
    a: Fraction
    b: Fraction
    outcomes: tuple[Outcome | None, Outcome | None]

    @property
    def difference(self) -> Fraction:
        """By how much a is ahead."""
        return self.a - self.b


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two units in one run. The lines of each unit sum to its score; no score counts as 0."""

    run: RunView
    units: tuple[UnitCode, UnitCode]
    names: tuple[str, str]
    results: tuple[UnitResult, UnitResult]
    lines: tuple[ComparedLine, ...]

    @property
    def gap(self) -> Fraction:
        """By how much the first unit's score is ahead of the second's."""
        first, second = (each.score or Fraction(0) for each in self.results)
        return first - second


def compare_units(
    context: Context, *, actor: Actor, run: RunId, units: tuple[UnitCode, UnitCode]
) -> Comparison:
    """The cards of two units against each other; for those who may read both.

    Raises NotFound for a run or unit that there is not, NotAllowed.
    """
    for unit in units:
        demand_reading(actor, unit)
    with context.read() as work:
        stored, rules = run_basis(context, work, run)
        cards = []
        for unit in units:
            try:
                cards.append(work.runs.card(run, unit))
            except NotStored:
                raise NotFound("被考核单位", unit) from None
    first, second = cards
    return Comparison(
        run=run_view(stored, rules),
        units=units,
        names=(_name(rules, units[0]), _name(rules, units[1])),
        results=(first.result, second.result),
        lines=compared_lines(rules, first, second),
    )


def _name(rules: RuleSet, unit: UnitCode) -> str:
    return rules.units[unit].name if unit in rules.units else unit


def compared_lines(rules: RuleSet, first: UnitCard, second: UnitCard) -> tuple[ComparedLine, ...]:
    """The lines: every indicator and adjustment, and each other effect that does anything to either unit."""
    outcomes = [{each.node: each.outcome for each in card.scores} for card in (first, second)]
    lines = []
    for (kind, code, title, a), (_, _, _, b) in zip(_made(rules, first), _made(rules, second), strict=True):
        seen = (outcomes[0].get(code), outcomes[1].get(code))
        if a or b or kind in {LineKind.INDICATOR, LineKind.ADJUSTMENT}:
            lines.append(ComparedLine(kind=kind, code=code, title=title, a=a, b=b, outcomes=seen))
    return tuple(lines)


_Line = tuple[LineKind, NodeCode, str, Fraction]


def _made(rules: RuleSet, card: UnitCard) -> Iterator[_Line]:
    """Of what the score is made: each step by what it adds to the steps before, so that they sum to it."""
    yield from _tree_lines(rules, card)
    names = {each.code: each.name for each in rules.adjustments}
    points = {each.code: each.points for each in card.adjustments}
    for code, name in names.items():
        yield LineKind.ADJUSTMENT, code, name, points.get(code, Fraction(0))
    result, none = card.result, NodeCode("")
    root = _points(card, rules.root)
    adjusted = result.bonus + result.penalty
    yield LineKind.CAP, none, "加减分封顶", adjusted - sum(points.values(), Fraction(0))
    before_events = Fraction(0) if result.base is None else max(Fraction(0), result.base + adjusted)
    yield LineKind.NOT_BELOW_ZERO, none, "总分不低于零,没有总分的不计", before_events - root - adjusted
    final, score = result.final or Fraction(0), result.score or Fraction(0)
    yield LineKind.EVENTS, none, "一票否决、降级等对总分的影响", final - before_events
    yield LineKind.ROUNDING, none, "总分取整", score - final


def _tree_lines(rules: RuleSet, card: UnitCard) -> Iterator[_Line]:
    for code in rules.order:
        own = _points(card, code)
        if code in rules.indicators:
            yield LineKind.INDICATOR, code, title_of(rules, code), own
        else:
            below = sum((_points(card, child) for child in rules.nodes[code].children), Fraction(0))
            yield LineKind.NODE, code, f"{title_of(rules, code)}:折算、权重与取整", own - below


def _points(card: UnitCard, code: NodeCode) -> Fraction:
    found = card.by_node.get(code)
    return Fraction(0) if found is None or found.points is None else found.points
