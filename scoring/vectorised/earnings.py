"""What every node and indicator earned, made into columns where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from scoring.codes import NodeCode
from scoring.results import Outcome
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.awards import LeafPoints
from scoring.vectorised.batches import Layout
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.levels import Levels
from scoring.vectorised.plan import CODE_OF_OUTCOME, LEFT_OUT, Leaf
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients
from scoring.vectorised.tree import EarnedColumn, ValueOf, add_nodes, left_out, no_values
from scoring.vectorised.workspace import Workspace

_VOIDED = np.uint8(CODE_OF_OUTCOME[Outcome.VOIDED])


class Earnings(Mapping[NodeCode, EarnedColumn]):
    """The columns of all nodes and indicators.

    Where every indicator counts for every unit the totals are there as arrays, level by level; else all
    nodes are totalled when the first of them is asked for.
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
        self._levels = levels if levels is not None and all_count(layout, points) else None
        self._totals: Sequence[Array] = ()
        if self._levels is not None:
            self._totals = self._levels.run(points.grid, workspace)
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
            return self._levels.column(code, self._totals)
        if code not in self._rules.nodes:
            raise KeyError(code)
        found = {each: self[each] for each in self._layout.place_of}
        add_nodes(self._rules, found, self._size, self._value_of)
        self._columns.update(found)
        return found[code]


def all_count(layout: Layout, points: LeafPoints) -> bool:
    """Whether no indicator is left out or blocked for any unit, and all points are on the grid."""
    return not points.loose and all(
        not np.isin(points.outcomes[place], (*LEFT_OUT, *layout.order[place].blocking)).any()
        for place, marked in enumerate(points.marked)
        if marked
    )


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
