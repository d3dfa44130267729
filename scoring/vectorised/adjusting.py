"""Stage four for all units: events, bonuses, penalties and voided figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from scoring.adjustments import BASE_RANK
from scoring.codes import NodeCode
from scoring.evaluation import Outcome
from scoring.expressions import Comparison, Expression, Figure, Formula, Number
from scoring.facts import Amount, Standing
from scoring.methods.base import Method, Subject
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.values import UnitView
from scoring.vectorised.curves import Curve
from scoring.vectorised.distinct import leaves_of, once_each
from scoring.vectorised.evaluation import Amounts, LeftToPlain, SheetPanel, evaluate
from scoring.vectorised.lanes import Mask
from scoring.vectorised.places import Places
from scoring.vectorised.plan import Event, Plan
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of
from scoring.vectorised.sheet import Sheet
from scoring.vectorised.tree import EarnedColumn

_NOTHING = Fraction(0)
_NO_POINTS = constant_quotients(0)


@dataclass(frozen=True, slots=True)
class AdjustmentColumn:
    """What one adjustment did to all units; `value` is meaningless where `valued` is not (None: nowhere)."""

    points: Quotients
    triggered: Mask
    value: Quotients
    valued: Mask | None


@dataclass(frozen=True, slots=True)
class AdjustedColumns:
    """All adjustments: each by itself, which events hold, and the capped sums (penalty zero or negative)."""

    columns: Mapping[NodeCode, AdjustmentColumn]
    events: Sequence[tuple[Adjustment, Mask]]
    bonus: Quotients
    penalty: Quotients
    base_places: Places | None = None
    """The places before adjustments, where any adjustment asks for them."""


@dataclass(frozen=True, slots=True)
class Voided:
    """Where indicators were found false: by the adjustment that says so, and all together."""

    by_adjustment: Mapping[NodeCode, Sequence[tuple[NodeCode, Mask]]]
    lost: Mapping[NodeCode, Mask]


def voided_indicators(plan: Plan, sheet: Sheet) -> Voided:
    """The indicators that any unit has lost, where its figures were found false."""
    found = {each.code: _voided_by(plan, sheet, each) for each in plan.rules.adjustments}
    lost: dict[NodeCode, Mask] = {}
    for code, own in (pair for pairs in found.values() for pair in pairs):
        lost[code] = lost[code] | own if code in lost else own
    return Voided(found, lost)


def _voided_by(plan: Plan, sheet: Sheet, adjustment: Adjustment) -> Sequence[tuple[NodeCode, Mask]]:
    if adjustment.kind is not AdjustmentKind.VOID or adjustment.element is None:
        return ()
    members = plan.rules.elements[adjustment.element].members
    counts = (
        (NodeCode(member), _counted(Figure(adjustment.element, (member,)), sheet)) for member in members
    )
    return tuple((code, lost) for code, lost in counts if lost.any())


def _counted(figure: Figure, sheet: Sheet) -> Mask:
    """Where a figure is a number above zero."""
    try:
        return _sized(evaluate(Comparison(">", figure, Number(_NOTHING)), sheet).holds, sheet.size)
    except LeftToPlain:
        if sheet.column(figure).words is not None:
            return np.zeros(sheet.size, dtype=np.bool_)

    def reckon(row: int) -> bool:
        amount = UnitView(sheet.rules, sheet.facts, row, sheet.period).figure(figure)
        return isinstance(amount, Fraction) and amount > 0

    found, kinds = once_each(sheet, [figure], reckon)
    return np.array(found, dtype=np.bool_)[kinds]


def adjust(
    plan: Plan,
    sheet: Sheet,
    nodes: Mapping[NodeCode, EarnedColumn],
    voided: Voided,
    base_places: Callable[[], Places],
) -> AdjustedColumns:
    """All adjustments of all units; `base_places` is asked where an adjustment looks at them."""
    rules, places = plan.rules, None
    if plan.asks_base_rank:
        places = base_places()
        sheet = sheet.with_attribute(BASE_RANK, places.numbers, places.numbers > 0, places.den)
    work = _Work(plan, sheet, nodes, voided, places)
    held = {each.adjustment.code: work.holding(each) for each in plan.events}
    columns = {each.adjustment.code: work.scored(each, held[each.adjustment.code]) for each in plan.events}
    events = [(each, mask) for each in rules.adjustments if (mask := held[each.code]) is not None]
    barred = [mask for each, mask in events if each.no_bonus]
    if barred:
        columns = {
            code: _without_gain(column, np.logical_or.reduce(barred)) for code, column in columns.items()
        }
    bonus, penalty = _sums([column.points for column in columns.values()])
    if rules.bonus_cap is not None:
        bonus = bonus.at_most(rules.bonus_cap)
    if rules.penalty_cap is not None:
        penalty = penalty.at_least(-rules.penalty_cap)
    return AdjustedColumns(columns, events, bonus, penalty, places)


def _without_gain(column: AdjustmentColumn, barred: Mask) -> AdjustmentColumn:
    gained = barred & (column.points.num > 0)
    return replace(column, points=chosen(gained, constant_quotients(0), column.points))


def _sums(points: Sequence[Quotients]) -> tuple[Quotients, Quotients]:
    """What was gained and what was lost."""
    gained = lost = _NO_POINTS
    for each in points:
        if each.span[1] > 0:
            gained = each.at_least(0).plus(gained)
        if each.span[0] < 0:
            lost = each.at_most(0).plus(lost)
    return gained, lost


@dataclass(frozen=True, slots=True)
class _Work:
    """What every adjustment looks at."""

    plan: Plan
    sheet: Sheet
    nodes: Mapping[NodeCode, EarnedColumn]
    voided: Voided
    places: Places | None

    def view(self, row: int) -> UnitView:
        extra = base_rank_at(self.places, row)
        panel = SheetPanel(self.sheet)
        return UnitView(self.plan.rules, self.sheet.facts, row, self.plan.period, extra, panel)

    def holding(self, event: Event) -> Mask | None:
        """Where the event holds; None where there is none to look for, or it holds nowhere."""
        found: Mask | None = None
        adjustment = event.adjustment
        if adjustment.kind is AdjustmentKind.FLOOR and adjustment.ratio_below is not None:
            found = self.below(adjustment.nodes, adjustment.ratio_below)
        elif event.when is not None:
            found = self.true(event.when)
        return found if found is not None and found.any() else None

    def below(self, codes: Sequence[NodeCode], limit: Fraction) -> Mask:
        found = np.zeros(self.sheet.size, dtype=np.bool_)
        for code in codes:
            node = self.nodes[code]
            short = node.points.compared(np.less, node.full.times(limit)) & node.full.compared_to(
                np.greater, 0
            )
            found |= short if node.blocked is None else short & ~node.blocked
        return found

    def true(self, root: Expression) -> Mask:
        try:
            outcome = evaluate(root, self.sheet)
        except LeftToPlain:
            found, kinds = once_each(self.sheet, leaves_of(root), lambda row: self.plainly(root, row))
            return np.array([each is True for each in found], dtype=np.bool_)[kinds]
        return _sized(outcome.holds & outcome.truths, self.sheet.size)

    def plainly(self, root: Expression, row: int) -> Outcome:
        return self.view(row).evaluate(Formula("", root))

    def scored(self, event: Event, held: Mask | None) -> AdjustmentColumn:
        size, adjustment = self.sheet.size, event.adjustment
        if adjustment.kind is AdjustmentKind.VOID:
            return self.taken(adjustment)
        nowhere = np.zeros(size, dtype=np.bool_)
        triggered = nowhere if held is None else held
        if event.value is None or adjustment.method is None:
            return AdjustmentColumn(_NO_POINTS, triggered, _NO_POINTS, nowhere)
        value, valued = self.value(event.value)
        points = _awarded(event.curve, adjustment.method, value)
        if valued is not None:
            points = chosen(valued, points, constant_quotients(0))
        earned = _sized(points.num != 0, size)
        triggered = earned if valued is None else np.where(valued, earned, triggered)
        if adjustment.kind is AdjustmentKind.PENALTY:
            points = points.times(-1)
        return AdjustmentColumn(points, triggered, value, valued)

    def value(self, root: Expression) -> tuple[Quotients, Mask | None]:
        """The value of a formula, and where it has one (None: everywhere)."""
        size = self.sheet.size
        try:
            outcome: Amounts = evaluate(root, self.sheet)
        except LeftToPlain:
            found, kinds = once_each(self.sheet, leaves_of(root), lambda row: self.plainly(root, row))
            numbers = [None if isinstance(each, Standing | str) else Fraction(each) for each in found]
            there = np.array([number is not None for number in numbers], dtype=np.bool_)
            return quotients_of([number or _NOTHING for number in numbers]).taken(kinds), there[kinds]
        valued = None if outcome.standings is None else _sized(outcome.standings == 0, size)
        return outcome.quotients.sized(size), valued

    def taken(self, adjustment: Adjustment) -> AdjustmentColumn:
        """Points taken for voided figures, on top of what the indicators themselves lost."""
        size = self.sheet.size
        count, full = constant_quotients(0), constant_quotients(0)
        for code, lost in self.voided.by_adjustment[adjustment.code]:
            there = Quotients(lost.astype(np.int64), 1, (0, 1), 1)
            count, full = count.plus(there), full.plus(there.times(self.plan.rules.indicators[code].points))
        count = count.sized(size)
        points = full.times(-adjustment.deduct).sized(size)
        return AdjustmentColumn(points, np.asarray(count.num > 0, dtype=np.bool_), count, None)


def base_rank_at(places: Places | None, row: int) -> dict[str, Amount]:
    """What formulas of adjustments see of a unit besides its attributes."""
    place = None if places is None else places.at(row)
    return {} if place is None else {BASE_RANK: Fraction(place)}


def _awarded(curve: Curve | None, method: Method, value: Quotients) -> Quotients:
    """The points of the method without any full points, unrounded."""
    if curve is not None:
        return curve.points(value)
    seen: dict[Fraction, Fraction] = {}
    for row in range(len(value.num)):
        amount = value.at(row)
        if amount not in seen:
            seen[amount] = method.award(Subject(amount, _NOTHING)).points
    return quotients_of([seen[value.at(row)] for row in range(len(value.num))])


def _sized(mask: Mask, size: int) -> Mask:
    return mask if mask.shape == (size,) else np.broadcast_to(mask, (size,))
