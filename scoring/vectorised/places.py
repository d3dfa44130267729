"""Places of all units, in every way of placing equals, by the points of a node or the key of a total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode, UnitCode
from scoring.facts import Standing
from scoring.results import Place, half_places
from scoring.rulebook.final_rules import Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.kept_values import KeptValues
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.ordering import Rows, Sorted, dense_codes, sorted_values
from scoring.vectorised.quotients import Quotients, constant_quotients, quotients_of
from scoring.vectorised.tree import EarnedColumn

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Places:
    """The place of each unit as a whole number over `den` (2 where places are averages); 0 for none."""

    numbers: Numbers
    den: int = 1

    def at(self, row: int) -> Place | None:
        """The place of one unit."""
        return self._place(int(self.numbers[row]))

    def as_list(self) -> list[Place | None]:
        """The places of all units."""
        return [self._place(number) for number in self.numbers.tolist()]

    def _place(self, number: int) -> Place | None:
        if not number:
            return None
        return half_places(number) if self.den == 2 else number


def no_places(size: int) -> Places:
    """Nobody has a place."""
    return Places(np.zeros(size, dtype=np.int64))


def ranked(values: Sorted, size: int, ties: Ties) -> Places:
    """The places of sorted units in their groups, the greatest value first.

    Equals that are placed one after the other must have been told apart by their values.
    """
    found = np.zeros(size, dtype=np.int64)
    first = values.above + 1
    if ties is Ties.WORST:
        first = values.ends - values.starts - values.below
    elif ties is Ties.AVERAGE:
        first = first + (values.ends - values.starts - values.below)
    elif ties is Ties.DENSE and len(values.order):
        runs = np.cumsum(values.fresh)
        first = runs[np.asarray(values.ends) - 1] - runs + 1
    found[values.order] = first
    return Places(found, 2 if ties is Ties.AVERAGE else 1)


@dataclass(frozen=True, slots=True)
class Placing:
    """How places are given. order: the units' positions in the rule set, where these tell equals apart."""

    ranking: Ranking
    order: Numbers | None

    def sorted(
        self, key: Quotients, rows: Rows | None, unscored: Mask | None, groups: Array | None = None
    ) -> Sorted:
        """The units in ascending order of what makes their places.

        rows: who has a key (None: all). unscored: who has none; they stand where the rule set puts them.
        """
        if unscored is not None and unscored.any() and self.ranking.unscored is not Unscored.UNRANKED:
            key, rows = self._with_unscored(key, rows, unscored)
        if self.order is not None:
            key = with_tie_break(key, Quotients(-self.order, 1, (-len(self.order), 0), 1))
        return sorted_values(key, rows, groups)

    def _with_unscored(self, key: Quotients, rows: Rows | None, unscored: Mask) -> tuple[Quotients, Rows]:
        size = len(unscored)
        scored = np.zeros(size, dtype=np.bool_)
        scored[slice(None) if rows is None else rows] = True
        end = 0 if self.ranking.unscored is Unscored.LAST else size + 1
        codes = np.where(scored, dense_codes(key.sized(size)), end)
        return Quotients(codes, 1, (0, size + 1), 1), np.flatnonzero(scored | unscored)


def placing_of(rules: RuleSet, units: Sequence[UnitCode]) -> Placing:
    """How a rule set gives places to the units."""
    order = None
    if rules.ranking.ties is Ties.ORDINAL:
        positions = {unit: place for place, unit in enumerate(rules.units)}
        order = np.array([positions[unit] for unit in units], dtype=np.int64)
    return Placing(rules.ranking, order)


def node_places(node: EarnedColumn, placing: Placing) -> Places:
    """Places at a node, see NodeScore.rank; 0 where there is none."""
    size = len(node.points.num)
    out = node.left_out
    unplaced = [mask for mask in (node.blocked, out) if mask is not None]
    rows = np.flatnonzero(~np.logical_or.reduce(unplaced)) if unplaced else None
    key = node.points
    if _fulls_differ(node.full if rows is None else node.full.taken(rows)):
        key, nothing = key.over(node.full)
        scored = ~nothing if not unplaced else ~nothing & ~np.logical_or.reduce(unplaced)
        rows = np.flatnonzero(scored)
    unscored = node.blocked if out is None or node.blocked is None else node.blocked & ~out
    found = placing.sorted(_directed(key, placing.ranking.lowest_first), rows, unscored)
    return ranked(found, size, placing.ranking.ties)


def total_key(
    rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], score: Quotients, values: KeptValues
) -> Quotients:
    """One key by which totals are placed: the score, and what decides between equal ones; greatest first."""
    key = _directed(score, rules.ranking.lowest_first)
    for rule in rules.ranking.tie_breaks:
        key = with_tie_break(key, _tie_break(rules, nodes, rule, values))
    return key


def with_tie_break(key: Quotients, second: Quotients) -> Quotients:
    """One key by which units compare as they do by the first and, where that is equal, by the second."""
    size = len(key.num)
    codes = dense_codes(key) * (size + 1) + dense_codes(second)
    return Quotients(codes, 1, (0, (size + 1) ** 2), 1)


def _fulls_differ(full: Quotients) -> bool:
    if isinstance(full.den, int):
        return bool((full.num != full.num[:1]).any())
    return int(sorted_values(full).fresh.sum()) > 1


def _directed(key: Quotients, lowest_first: bool) -> Quotients:
    return key.times(-1) if lowest_first else key


def _tie_break(
    rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], rule: TieBreak, values: KeptValues
) -> Quotients:
    if rule.node is None:
        return _zero_scores(rules, nodes)
    if rule.by_value:
        found, there = _values_of(values, rule.node)
        return _absent_last(_directed(found, rule.lowest_first), there)
    key, scored = _directed(nodes[rule.node].points, rule.lowest_first), _scored(nodes[rule.node])
    return key if scored is None or not rule.lowest_first else _absent_last(key, scored)


def _zero_scores(rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn]) -> Quotients:
    zeros = constant_quotients(0).sized(len(nodes[rules.root].points.num))
    for code in rules.indicators:
        leaf = nodes[code]
        empty = np.asarray(leaf.points.num == 0) & np.asarray(leaf.full.num > 0)
        empty = empty if leaf.blocked is None else empty & ~leaf.blocked
        zeros = zeros.plus(Quotients(-empty.astype(np.int64), 1, (-1, 0), 1))
    return zeros


def _scored(node: EarnedColumn) -> Mask | None:
    """Where a node has points; None for everywhere."""
    without = [mask for mask in (node.blocked, node.left_out) if mask is not None]
    return ~np.logical_or.reduce(without) if without else None


def _values_of(values: KeptValues, code: NodeCode) -> tuple[Quotients, Mask]:
    """The values of an indicator, and where they are numbers that were not found false."""
    size, found = values.sheet.size, values.of(code)
    if found.words is not None:
        amounts = [values.at(row, code) for row in range(size)]
        numbers = [each if isinstance(each, Fraction) else None for each in amounts]
        there = np.array([number is not None for number in numbers], dtype=np.bool_)
        return quotients_of([number or Fraction(0) for number in numbers]), there
    there = np.ones(size, dtype=np.bool_) if found.standings is None else found.standings == Standing.VALUE
    lost = values.lost.get(code)
    return found.quotients, there if lost is None else there & ~lost


def _absent_last(key: Quotients, there: Mask) -> Quotients:
    size = len(there)
    return Quotients(np.where(there, dense_codes(key), 0), 1, (0, size), 1)
