"""Scores a world that never was: some units as they stood at one time, the others as at another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from scoring.adjustments import BASE_RANK, Adjusted, adjust_unit
from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.evaluation import Outcome
from scoring.expressions import Attribute, Expression, Formula, Statistic, walk
from scoring.facts import Amount, Standing
from scoring.panel import Panel, PlainPanel
from scoring.periods import Period
from scoring.points import Points
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.totals import Earned, all_totals
from scoring.values import UnitView, scope_of


@dataclass(frozen=True, slots=True)
class Ties:
    """Where the rules let one unit's figures bear on another unit's points, before any place is given.

    peers: indicators whose method compares units. statistics: indicators whose formula asks of all units.
    adjusting: whether an adjustment's does. placing: whether one asks for the place before adjustments.
    floors: the nodes whose points an adjustment asks for.
    """

    peers: frozenset[NodeCode]
    statistics: frozenset[NodeCode]
    adjusting: bool
    placing: bool
    floors: frozenset[NodeCode]


def ties_of(rules: RuleSet) -> Ties:
    """The ties of a rule set."""
    indicators = rules.indicators
    return Ties(
        peers=frozenset(code for code, each in indicators.items() if each.method.peers),
        statistics=frozenset(
            code for code, each in indicators.items() if _asks_of_all(each.value, each.applicable_when)
        ),
        adjusting=any(_asks_of_all(each.when, each.value) for each in rules.adjustments),
        placing=any(
            isinstance(part, Attribute) and part.name == BASE_RANK
            for each in rules.adjustments
            for part in _parts(each.when, each.value)
        ),
        floors=frozenset(code for each in rules.adjustments for code in each.nodes),
    )


def _asks_of_all(*formulas: Formula | None) -> bool:
    return any(isinstance(part, Statistic) for part in _parts(*formulas))


def _parts(*formulas: Formula | None) -> Iterator[Expression]:
    return (part for each in formulas if each is not None for part in walk(each.root))


class MixedEngine(PlainEngine):
    """The plain engine over sides: for each unit a scoring of all units by the same rules.

    What one unit's points rest on alone is taken from its side; what rests on others is reckoned anew among
    the units as they stand here. A statistic in a formula is, where the sides end at different quarters,
    taken from the unit's own side too: written out for other quarters it would ask others for what is not
    yet due.
    """

    def __init__(self, rules: RuleSet, sides: Sequence[PlainEngine], ties: Ties) -> None:
        super().__init__(rules, sides[0].facts, sides[0].period)
        self._sides, self._ties = sides, ties
        alike = len({side.period.quarters() for side in sides}) == 1
        self._asking = ties.statistics if alike else frozenset[NodeCode]()
        self._asks_adjusting = ties.adjusting and alike
        self._tied = ties.peers | self._asking

    def points(self, code: NodeCode) -> list[Points]:
        """The points of one indicator for every unit, before anything is voided."""
        if code not in self._points:
            sides = [side.points(code)[row] for row, side in enumerate(self._sides)]
            self._points[code] = self._mixed(code, sides) if code in self._tied else sides
        return self._points[code]

    def _mixed(self, code: NodeCode, sides: Sequence[Points]) -> list[Points]:
        indicator: Indicator = self.rules.indicators[code]
        if code in self._asking:
            return self._scored_indicator(indicator)
        return self._awarded(indicator, [each.value for each in sides])

    @cached_property
    def voided(self) -> list[tuple[NodeCode, ...]]:
        """For each unit the indicators that earn nothing because their figures were found false."""
        return [side.voided[row] for row, side in enumerate(self._sides)]

    @cached_property
    def _tree(self) -> tuple[Sequence[Mapping[NodeCode, Earned]], Mapping[NodeCode, Fraction]]:
        if any(side.tops for side in self._sides):
            values = [partial(self.value_of, row) for row in self._rows]
            return all_totals(self.rules, [self._leaves(row) for row in self._rows], values)
        return [self._totals_of(row) for row in self._rows], {}

    def _totals_of(self, row: int) -> Mapping[NodeCode, Earned]:
        """The totals of the unit's side, or its own where another's figures changed any of its points."""
        given = self._sides[row].totals[row]
        if all(self._leaf(row, code) == given[code] and not self._is_asked(code) for code in self._tied):
            return given
        leaves = {code: given[code] for code in self.rules.indicators}
        leaves |= {code: self._leaf(row, code) for code in self._tied}
        return all_totals(self.rules, [leaves], [partial(self.value_of, row)])[0][0]

    def _is_asked(self, code: NodeCode) -> bool:
        """Whether a changed value may matter above the indicator although its points are the same."""
        parent = self.rules.indicators[code].parent
        return code in self._asking and self.rules.nodes[parent].formula is not None

    @cached_property
    def adjusted(self) -> list[Adjusted]:
        """For each unit its adjustments."""
        return list(self._adjustments())

    def _adjustments(self) -> Iterator[Adjusted]:
        for row, side in enumerate(self._sides):
            place, own = self.base_places[row], self.totals[row]
            placed = not self._ties.placing or place == side.base_places[row]
            alike = all(own[code] == side.totals[row][code] for code in self._ties.floors)
            if placed and alike and not self._asks_adjusting:
                yield side.adjusted[row]
            else:
                extra = {} if place is None else {BASE_RANK: Fraction(place)}
                yield adjust_unit(self.rules, self.view(row, extra), own)

    def _tie_breaks(self, row: int) -> tuple[Fraction, ...]:
        side = self._sides[row]
        if self.totals[row] is side.totals[row] and not self._asking:
            return side._tie_breaks(row)
        return super()._tie_breaks(row)

    def view(self, row: int, extra: Mapping[str, Amount] | None = None) -> UnitView:
        """What formulas see of one unit."""
        side = self._sides[row]
        if not (self._asking or self._asks_adjusting):
            return side.view(row, extra)
        return UnitView(self.rules, side.facts, row, side.period, extra, self._mixed_panel)

    @cached_property
    def _mixed_panel(self) -> Panel:
        return self._panel_back(0)

    def _panel_back(self, steps: int) -> Panel:
        """The panel of the units as they stand here, so many periods before."""
        places = {unit: place for place, unit in enumerate(self.rules.units)}
        units = self.facts.units
        periods = [_back(side.period, steps) for side in self._sides]

        def evaluate(root: Expression, row: int) -> Outcome:
            facts = self._sides[row].facts
            return UnitView(self.rules, facts, row, periods[row], panel=panel).outcome(root)

        def scope(name: str, row: int) -> str | Standing:
            return scope_of(self.rules, units[row], name)

        rows = sorted(self._rows, key=lambda row: places[units[row]])
        panel = PlainPanel(rows, evaluate, scope, lambda: self._panel_back(steps + 1))
        return panel


def _back(period: Period, steps: int) -> Period:
    for _ in range(steps):
        period = period.before()
    return period
