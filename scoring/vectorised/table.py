"""The score table: everything scored, in arrays, and as the same records that the plain engine gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from scoring.adjustments import Adjusted, adjust_unit
from scoring.codes import NodeCode
from scoring.engine import Scoring
from scoring.errors import UnknownNode
from scoring.facts import Amount
from scoring.grades import Placed
from scoring.points import Points, indicator_points
from scoring.results import AdjustmentScore, NodeScore, UnitResult
from scoring.totals import Earned
from scoring.values import UnitView, indicator_value
from scoring.vectorised.adjusting import AdjustedColumns, Voided, base_rank_at
from scoring.vectorised.evaluation import SheetPanel
from scoring.vectorised.finals import FinalColumns
from scoring.vectorised.indicator_values import Values
from scoring.vectorised.kept_values import KeptValues
from scoring.vectorised.lanes import BIGS, Array
from scoring.vectorised.peers import Field, Groups, field_of
from scoring.vectorised.places import Places, node_places, placing_of
from scoring.vectorised.plan import OUTCOMES, Plan
from scoring.vectorised.quotients import Quotients
from scoring.vectorised.sheet import Sheet
from scoring.vectorised.tree import EarnedColumn


@dataclass(frozen=True)
class ScoreTable:
    """All scores of one scoring. Rows are units in the order of the facts; codes are nodes of the tree.

    What is seldom asked (values of indicators, places by items) is reckoned when it is first asked for.
    The columns kept here may hold whole numbers in doubles; what the methods give has none.
    """

    plan: Plan
    sheet: Sheet
    groups: Groups
    nodes: Mapping[NodeCode, EarnedColumn]
    voided: Voided
    adjusted: AdjustedColumns
    finals: FinalColumns
    _values: dict[NodeCode, Values] = field(default_factory=dict)
    _places: dict[NodeCode, Places] = field(default_factory=dict)
    _fields: dict[NodeCode, Field] = field(default_factory=dict)

    @property
    def kept(self) -> KeptValues:
        """The values of indicators as formulas over children see them."""
        return KeptValues(self.plan, self.sheet, self.voided.lost, self._values)

    def values(self, code: NodeCode) -> Values:
        """The values of an indicator for all units."""
        return self.kept.of(code)

    def places(self, code: NodeCode) -> Places:
        """The places of all units at an inner node, see NodeScore.rank."""
        if code not in self._places:
            placing = placing_of(self.plan.rules, self.sheet.facts.units)
            self._places[code] = node_places(self.nodes[code], placing)
        return self._places[code]

    def whole_points(self, code: NodeCode) -> tuple[Array, Array | int]:
        """The points of a node for all units, as whole numerators and their denominators (one int for all).

        Both are int64, or Python integers where these could overflow; 0 where there are no points.
        """
        points = self.nodes[code].points
        return whole_numbers(points.num), points.den if isinstance(points.den, int) else whole_numbers(
            points.den
        )

    def node_score(self, row: int, code: NodeCode) -> NodeScore:
        """The score of one node for one unit; raises UnknownNode."""
        if code not in self.nodes:
            raise UnknownNode(code)
        earned, unit = self.nodes[code].at(row), self.sheet.facts.units[row]
        if code in self.plan.rows:
            value = self.values(code).amount(row)
            return NodeScore(unit, code, value, earned.points, earned.full, earned.outcome)
        place = self.places(code).at(row)
        return NodeScore(unit, code, None, earned.points, earned.full, earned.outcome, place)

    def node_scores(self, code: NodeCode) -> Iterator[NodeScore]:
        """The scores of one node for all units, made quickly one after the other."""
        column, units = self.nodes[code], self.sheet.facts.units
        points, full = list(fractions_of(column.points)), list(fractions_of(column.full))
        outcomes = [0] * len(units) if column.outcomes is None else column.outcomes.tolist()
        blocked = [False] * len(units) if column.blocked is None else column.blocked.tolist()
        inner = code not in self.plan.rows
        places = self.places(code).as_list() if inner else [None] * len(units)
        values = [None] * len(units) if inner else list(amounts_of(self.values(code)))
        for row, unit in enumerate(units):
            earned = None if blocked[row] else points[row]
            outcome = OUTCOMES[outcomes[row]]
            yield NodeScore(unit, code, values[row], earned, full[row], outcome, places[row])

    def adjustment(self, row: int, code: NodeCode) -> AdjustmentScore:
        """What one adjustment did to one unit; raises UnknownNode."""
        column = self.adjusted.columns.get(code)
        if column is None:
            raise UnknownNode(code)
        value = column.value.at(row) if column.valued is None or column.valued[row] else None
        unit = self.sheet.facts.units[row]
        return AdjustmentScore(unit, code, column.points.at(row), bool(column.triggered[row]), value)

    def result(self, row: int) -> UnitResult:
        """The final result of one unit."""
        unit, group, found = self.sheet.facts.units[row], self.groups.of(row), self.finals
        bonus, penalty = self.adjusted.bonus.at(row), self.adjusted.penalty.at(row)
        if not found.scored[row]:
            return self._without_total(row)
        grades = self.plan.rules.grades
        grade = grades[int(found.positions[row])] if grades else None
        return UnitResult(
            unit=unit,
            base=self.nodes[self.plan.rules.root].points.at(row),
            bonus=bonus,
            penalty=penalty,
            final=found.final.at(row),
            score=found.score.at(row),
            grade=grade.name if grade else "",
            tier=grade.tier if grade else "",
            converted=grade.converted if grade else None,
            rank=found.ranks.at(row),
            group=group,
            group_rank=found.group_ranks.at(row),
            effects=tuple(code for code, held in found.effects if held[row]),
        )

    def _without_total(self, row: int) -> UnitResult:
        """The result of a unit that has no total, or lost it: a grade only where an event names one."""
        found, root = self.finals, self.nodes[self.plan.rules.root].at(row)
        taken = found.taken is not None and bool(found.taken[row])
        position = int(found.positions[row]) if taken and self.plan.rules.grades else -1
        grade = self.plan.rules.grades[position] if position >= 0 else None
        return UnitResult(
            unit=self.sheet.facts.units[row],
            base=None if root.outcome.left_out else root.points,
            bonus=self.adjusted.bonus.at(row),
            penalty=self.adjusted.penalty.at(row),
            final=None,
            score=None,
            grade=grade.name if grade else "",
            tier=grade.tier if grade else "",
            converted=grade.converted if grade else None,
            rank=found.ranks.at(row),
            group=self.groups.of(row),
            group_rank=found.group_ranks.at(row),
            effects=tuple(code for code, held in found.effects if held[row]) if taken else (),
        )

    def placed(self, row: int) -> Placed | None:
        """Where a unit stands for quotas of grades; None without quotas."""
        quota = self.finals.quota
        return None if quota is None else Placed(quota.at(row), int(np.count_nonzero(quota.numbers)))

    def sharing(self, row: int) -> int:
        """How many units have the unit's place, itself included; those without one are counted alike."""
        numbers = self.finals.ranks.numbers
        return int(np.count_nonzero(numbers == numbers[row]))

    def scoring(self) -> Scoring:
        """The whole scoring, as the plain engine gives it."""
        units, rows = self.sheet.facts.units, range(self.sheet.size)
        scores = {
            (each.unit, each.node): each for code in self.plan.rules.order for each in self.node_scores(code)
        }
        codes = tuple(self.adjusted.columns)
        adjusted = {(units[row], code): self.adjustment(row, code) for row in rows for code in codes}
        return Scoring(self.plan.period, scores, adjusted, {units[row]: self.result(row) for row in rows})

    def peers(self, row: int, code: NodeCode) -> Sequence[Fraction]:
        """The ascending values that the unit is compared with; empty where the method compares none."""
        indicator = self.plan.rules.indicators[code]
        if not indicator.method.peers:
            return []
        if code not in self._fields:
            values = self.values(code)
            self._fields[code] = field_of(indicator, values.numbers(), values.standings, self.groups)
        found = self._fields[code]
        return found.peers(0 if found.codes is None else int(found.codes[row]))

    def points(self, row: int, code: NodeCode) -> Points:
        """How an indicator's points came about for one unit, by the plain engine; the peers are from here."""
        indicator = self.plan.rules.indicators[code]
        return indicator_points(indicator, indicator_value(indicator, self.view(row)), self.peers(row, code))

    def totals(self, row: int) -> Mapping[NodeCode, Earned]:
        """What every node earned for one unit, indicators included."""
        return {code: column.at(row) for code, column in self.nodes.items()}

    def adjusted_unit(self, row: int) -> Adjusted:
        """The adjustments of one unit, by the plain engine."""
        view = self.view(row, base_rank_at(self.adjusted.base_places, row))
        return adjust_unit(self.plan.rules, view, self.totals(row))

    def view(self, row: int, extra: Mapping[str, Amount] | None = None) -> UnitView:
        """What formulas see of one unit; it remembers what was asked."""
        panel = SheetPanel(self.sheet)
        return UnitView(self.plan.rules, self.sheet.facts, row, self.plan.period, extra, panel)


def whole_numbers(numbers: Array) -> Array:
    """The same numbers as int64, or as Python integers where they are held so."""
    return numbers if numbers.dtype == BIGS else numbers.astype(np.int64)


def fractions_of(quotients: Quotients) -> Iterator[Fraction]:
    """Each as a Fraction; equal ones on a common grid are made once."""
    tops = quotients.num.tolist()
    if isinstance(quotients.den, int):
        den, made = quotients.den, dict[int, Fraction]()
        for top in tops:
            if top not in made:
                made[top] = Fraction(int(top), den)
            yield made[top]
        return
    for top, bottom in zip(tops, quotients.den.tolist(), strict=True):
        yield Fraction(int(top), int(bottom))


def amounts_of(values: Values) -> Iterator[Amount | None]:
    """The value of each unit, None where there is none."""
    if values.words is not None:
        yield from (values.words.amounts[kind] for kind in values.words.kinds.tolist())
        return
    if values.standings is None:
        yield from fractions_of(values.quotients)
        return
    for amount, standing in zip(fractions_of(values.quotients), values.standings.tolist(), strict=True):
        yield None if standing else amount
