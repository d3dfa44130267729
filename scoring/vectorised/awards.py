"""Stage two for one indicator and all units: its values become points, exactly, then rounded."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.facts import Standing
from scoring.methods.base import Subject
from scoring.vectorised.indicator_values import Values, Words, leaf_values
from scoring.vectorised.lanes import Array
from scoring.vectorised.peers import Groups, peer_points
from scoring.vectorised.plan import Leaf
from scoring.vectorised.quotients import Quotients, chosen, quotients_of
from scoring.vectorised.sheet import Sheet

SMALL = np.dtype(np.int32)


@dataclass(frozen=True)
class LeafPoints:
    """Rounded points of all indicators for all units, indicators in the order of their places.

    grid: shape (indicators, units), int32, whole numbers over each indicator's scale. outcomes: codes, of the
    same shape, all 0 where an indicator is not marked. loose: by place the points that are not on the grid.
    """

    grid: NDArray[np.int32]
    outcomes: NDArray[np.uint8]
    marked: list[bool]
    loose: dict[int, Quotients] = field(default_factory=dict)


def no_points(indicators: int, units: int) -> LeafPoints:
    """Room for the points of so many indicators and units."""
    grid = np.empty((indicators, units), dtype=SMALL)
    return LeafPoints(grid, np.zeros((indicators, units), dtype=np.uint8), [False] * indicators)


def award_alone(leaf: Leaf, place: int, sheet: Sheet, groups: Groups, into: LeafPoints) -> None:
    """Writes the points and outcomes of one indicator at its place."""
    values = leaf_values(leaf, sheet)
    if leaf.standing is None:
        points = _rounded(leaf, _exact_points(leaf, values, groups))
    else:
        points = quotients_of([Fraction(0)]).sized(sheet.size)
    if values.standings is not None:
        points = _with_absent(leaf, points, values.standings)
        into.outcomes[place] = np.array(leaf.absent_outcomes, dtype=np.uint8)[values.standings]
    else:
        into.outcomes[place] = 0
    into.marked[place] = values.standings is not None
    if leaf.scale:
        into.grid[place] = points.times(leaf.scale).num
    else:
        into.loose[place] = points


def _exact_points(leaf: Leaf, values: Values, groups: Groups) -> Quotients:
    method = leaf.indicator.method
    if method.peers:
        return peer_points(leaf.indicator, values.numbers(), values.standings, groups)
    if values.words is not None or leaf.curve is None:
        return _by_kind(leaf, values)
    return leaf.curve.points(values.quotients).sized(len(values.quotients.num))


def _rounded(leaf: Leaf, points: Quotients) -> Quotients:
    return points.rounded(leaf.indicator.rounding) if leaf.indicator.rounding else points


def _by_kind(leaf: Leaf, values: Values) -> Quotients:
    """The points of each different value, by the method itself."""
    words = values.words or _kinds_of(values.quotients, values.standings)
    indicator = leaf.indicator
    higher = indicator.direction != "lower"
    points = [
        Fraction(0)
        if amount is None
        else indicator.method.award(Subject(amount, indicator.points, higher)).points
        for amount in words.amounts
    ]
    return quotients_of(points).taken(words.kinds)


def _kinds_of(quotients: Quotients, standings: Array | None) -> Words:
    seen: dict[Fraction | None, int] = {}
    kinds = np.empty(len(quotients.num), dtype=np.intp)
    for row in range(len(kinds)):
        amount = None if standings is not None and standings[row] else quotients.at(row)
        kinds[row] = seen.setdefault(amount, len(seen))
    return Words(list(seen), kinds)


def _with_absent(leaf: Leaf, points: Quotients, standings: Array) -> Quotients:
    return chosen(standings > Standing.NIL, quotients_of(leaf.absent_points).taken(standings), points)
