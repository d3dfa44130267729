"""What every node and indicator earned, made into columns where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode
from scoring.results import Outcome
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.awards import LeafPoints
from scoring.vectorised.batches import Layout
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.levels import Levels
from scoring.vectorised.plan import CODE_OF_OUTCOME, LEFT_OUT, OUTCOMES, Leaf
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients
from scoring.vectorised.tree import EarnedColumn, ValueOf, add_nodes, left_out, no_values
from scoring.vectorised.workspace import Workspace

_NOBODY = np.zeros(0, dtype=np.intp)
_FEW = 3
"""Where more than one of so many units is apart, it is better to total all of them in the same way."""
_VOIDED = np.uint8(CODE_OF_OUTCOME[Outcome.VOIDED])


class Earnings(Mapping[NodeCode, EarnedColumn]):
    """The columns of all nodes and indicators.

    Where every indicator counts for a unit its totals are there as arrays, level by level; the other units,
    or all where these are many, are totalled when the first node is asked for.
    """

    def __init__(
        self,
        rules: RuleSet,
        layout: Layout,
        levels: Levels | None,
        points: LeafPoints,
        workspace: Workspace,
        value_of: ValueOf = no_values,
    ) -> None:
        self._rules, self._layout, self._points, self._value_of = rules, layout, points, value_of
        self._size = points.grid.shape[1]
        self._levels = levels if levels is not None and not points.loose else None
        self._totals: Sequence[Array] = ()
        self._apart = _NOBODY
        if self._levels is not None:
            self._totals = self._levels.run(points.grid, workspace)
            self._apart = units_apart(layout, points)
        if len(self._apart) > self._size // _FEW:
            self._levels, self._apart = None, _NOBODY
        self._columns: dict[NodeCode, EarnedColumn] = {}

    def __getitem__(self, code: NodeCode) -> EarnedColumn:
        found = self._columns.get(code)
        if found is None:
            found = self._columns[code] = self._made(code)
        return found

    def __iter__(self) -> Iterator[NodeCode]:
        return iter(self._rules.order)

    def __len__(self) -> int:
        return len(self._rules.order)

    def _made(self, code: NodeCode) -> EarnedColumn:
        place = self._layout.place_of.get(code)
        if place is not None:
            return leaf_column(self._layout.order[place], place, self._points)
        if self._levels is not None:
            column = self._levels.column(code, self._totals)
            return self._with_those_apart(code, column) if len(self._apart) else column
        if code not in self._rules.nodes:
            raise KeyError(code)
        found = {each: self[each] for each in self._layout.place_of}
        add_nodes(self._rules, found, self._size, self._value_of)
        self._columns.update(found)
        return found[code]

    def _with_those_apart(self, code: NodeCode, column: EarnedColumn) -> EarnedColumn:
        """The column in which units that some indicator does not count for have their own totals."""
        index = np.zeros(self._size, dtype=np.intp)
        index[self._apart] = np.arange(len(self._apart))
        here = np.zeros(self._size, dtype=np.bool_)
        here[self._apart] = True
        own = self._totals_apart[code]
        return EarnedColumn(
            chosen(here, own.points.taken(index), column.points),
            chosen(here, own.full.taken(index), column.full),
            None if own.outcomes is None else np.where(here, own.outcomes[index], np.uint8(0)),
            None if own.blocked is None else here & own.blocked[index],
        )

    @cached_property
    def _totals_apart(self) -> Mapping[NodeCode, EarnedColumn]:
        """The columns of all nodes, of these units only."""
        rows, points = self._apart, self._points
        own = LeafPoints(points.grid[:, rows], points.outcomes[:, rows], points.marked)
        found = {leaf.code: leaf_column(leaf, place, own) for place, leaf in enumerate(self._layout.order)}
        add_nodes(self._rules, found, len(rows), lambda row, code: self._value_of(int(rows[row]), code))
        return found


def units_apart(layout: Layout, points: LeafPoints) -> NDArray[np.intp]:
    """The units for which any indicator is left out or blocked."""
    found = np.zeros(points.grid.shape[1], dtype=np.bool_)
    for place, marked in enumerate(points.marked):
        if marked:
            found |= _not_counting(layout.order[place].blocking).take(points.outcomes[place])
    return np.flatnonzero(found)


@lru_cache(maxsize=64)
def _not_counting(blocking: tuple[int, ...]) -> Mask:
    """By outcome whether an indicator does not count as any other, or blocks the score."""
    found = np.zeros(len(OUTCOMES), dtype=np.bool_)
    found[[*LEFT_OUT, *blocking]] = True
    return found


def void(layout: Layout, points: LeafPoints, lost: Mapping[NodeCode, Mask]) -> None:
    """Takes the points of indicators that were found false, except where they are left out anyway."""
    for code, found in lost.items():
        place = layout.place_of.get(code)
        if place is None:
            continue
        taken = found & ~left_out(points.outcomes[place])
        points.marked[place] = True
        points.outcomes[place][taken] = _VOIDED
        points.grid[place][taken] = 0
        if place in points.loose:
            points.loose[place] = chosen(taken, constant_quotients(0), points.loose[place])


def leaf_column(leaf: Leaf, place: int, points: LeafPoints) -> EarnedColumn:
    """What an indicator earned."""
    earned = points.loose.get(place)
    if earned is None:
        earned = Quotients(points.grid[place], leaf.scale, leaf.span, leaf.scale)
    full = constant_quotients(leaf.indicator.points).sized(len(earned.num))
    if not points.marked[place]:
        return EarnedColumn(earned, full)
    outcomes = points.outcomes[place]
    full = chosen(left_out(outcomes), constant_quotients(0), full)
    blocked = np.isin(outcomes, leaf.blocking) if leaf.blocking else None
    return EarnedColumn(earned, full, outcomes, blocked if blocked is not None and blocked.any() else None)
