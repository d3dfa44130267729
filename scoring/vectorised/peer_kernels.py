"""Peer kernels: ranks and ranges for rows of values at once, exact where doubles leave a doubt.

**Ranks.** The order of the doubles nearest to the values is the order of the values; within the bounds that
are asked for, equal doubles are equal values (see ordering).

**Ranges.** With low and high the least and the greatest value of the group, F full points on the grid and
u = 2^-53, what is wanted is F (value - low) / (high - low) + 1/2, or the same from high downwards. Doubles
start from v = fl(value) for every value: v - low misses by u 4 M at most, where M is the greatest size of a
value; S = high - low misses by u 2 M and one rounding, so that F / S is relatively wrong by u (2 M / S + 3);
with the product, whose true size is F at most, and the sum, all together stays below u (F + 1) (6 M / S + 8).
Four times that is taken as doubt. Where a result is further than this from a whole number, its floor is the
true one; the few that are nearer are reckoned in integers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.numbers import RoundingMode
from scoring.rulebook.rules import Indicator
from scoring.vectorised.kernels import ROOM_LIMIT, Doubles, Room, column_of
from scoring.vectorised.lanes import Mask, floor_quotient
from scoring.vectorised.ordering import Rows, ascending, differs, first_of_runs, last_of_runs

_FEW = 1_000
_HALF = np.float64(1) / 2
Ratio = tuple[int, int]
"""A fraction as numerator and positive denominator, not necessarily in lowest terms."""
Exact = Callable[[int, int], Ratio]
"""The value of a row and a unit; any scale that a whole row has in common may be left out of it."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rows whose points go by place: full points × those behind / all others, alone: full points.

    tops and bottoms: full points on the grid as columns of whole numerators and denominators.
    """

    ties: str
    lower: bool
    tops: Doubles
    bottoms: Doubles
    room: tuple[Room, ...]

    def fits(self, units: int) -> Mask:
        """Which rows are reckoned exactly for so many units."""
        return np.asarray((self.tops + self.bottoms).reshape(-1) * (6 * units) < ROOM_LIMIT)

    def award(self, rows: slice, values: Doubles, _: Exact, points: NDArray[np.int32]) -> None:
        """Writes the rounded points of some rows of values, all units being one group."""
        tops, bottoms = self.tops[rows], self.bottoms[rows]
        if values.shape[1] == 1:
            np.copyto(points, floor_quotient(2 * tops + bottoms, 2 * bottoms), casting="unsafe")
        elif values.shape[1] < _FEW:
            self._award(values, tops, bottoms, points)
        else:
            for row in range(len(values)):
                own = slice(row, row + 1)
                self._award(values[own], tops[own], bottoms[own], points[own])

    def _award(self, values: Doubles, tops: Doubles, bottoms: Doubles, points: NDArray[np.int32]) -> None:
        rows, size = values.shape
        order, fresh = _orders(values)
        twice = 2 if self.ties == "mean" else 1
        behind = self._behind(fresh).reshape(rows, size)
        if rows > 1:
            behind -= np.arange(0, twice * rows * size, twice * size).reshape(-1, 1)
        if self.lower:
            np.subtract(twice * (size - 1), behind, out=behind)
        # floor(p/q × behind / others + 1/2) = floor((2 p behind + q others) / (2 q others)), all small
        halves = bottoms * (twice * (size - 1))
        earned = behind * (tops + tops)
        np.add(earned, halves, out=earned)
        np.divide(earned, halves + halves, out=earned)
        points.reshape(-1)[order] = earned.astype(np.int32).reshape(-1)

    def _behind(self, fresh: Mask) -> Rows:
        """Positions that, counted within a row, say how many stand behind (twice that for means of ties).

        Where the lower value is better they say how many stand before, seen from the other end.
        """
        if self.ties == "mean":
            return first_of_runs(fresh) + last_of_runs(fresh)
        return last_of_runs(fresh) if (self.ties == "best") != self.lower else first_of_runs(fresh)


def _orders(values: Doubles) -> tuple[Rows, Mask]:
    """The order of every row, as places of the flat array, and where a value differs from the last one."""
    rows, size = values.shape
    if rows == 1:
        order = ascending(values[0])
        return order, differs(values[0].take(order))
    order = np.argsort(values, axis=1)
    order += np.arange(0, rows * size, size).reshape(-1, 1)
    flat = order.reshape(-1)
    fresh = differs(values.reshape(-1).take(flat))
    fresh[::size] = True
    return flat, fresh


@dataclass(frozen=True, slots=True)
class Ranges:
    """Rows whose points go by the place between the group's least and greatest value.

    signs: 1 where the greatest value is the best, -1 where the least is. full: points on the grid, and the
    doubles nearest to them as a column. equal: the rounded points where all values are alike.
    """

    signs: Doubles
    full: tuple[Fraction, ...]
    doubles_of_full: Doubles
    equal: tuple[int, ...]
    room: tuple[Room, ...]

    def fits(self, _: int) -> Mask:
        """Which rows are reckoned exactly for so many units: all."""
        return np.ones(len(self.full), dtype=np.bool_)

    def award(self, rows: slice, values: Doubles, exact: Exact, points: NDArray[np.int32]) -> None:
        """Writes the rounded points of some rows of values, all units being one group."""
        signs, full = self.signs[rows], self.doubles_of_full[rows]
        lows = np.minimum.reduce(values, axis=1, keepdims=True)
        highs = np.maximum.reduce(values, axis=1, keepdims=True)
        spreads = highs - lows
        alike = spreads == 0
        np.copyto(spreads, 1, where=alike)
        reached = values - np.where(signs > 0, lows, highs)
        np.multiply(reached, full / spreads * signs, out=reached)
        np.add(reached, _HALF, out=reached)
        np.copyto(points, reached, casting="unsafe")
        np.subtract(reached, points, out=reached)
        doubt = _doubt(full, np.maximum(-lows, highs), spreads)
        near = (reached <= doubt) | (reached >= 1 - doubt)
        if near.any():
            self._settle(rows, values, exact, (near & ~alike, points))
        for row in np.flatnonzero(alike).tolist():
            points[row] = self.equal[rows.start + row]

    def _settle(
        self, rows: slice, values: Doubles, exact: Exact, cells: tuple[Mask, NDArray[np.int32]]
    ) -> None:
        """Reckons in integers the cells where doubles leave a doubt."""
        near, points = cells
        lowest, highest = values.argmin(axis=1), values.argmax(axis=1)
        for row, unit in np.argwhere(near).tolist():
            low, high = exact(row, int(lowest[row])), exact(row, int(highest[row]))
            own = exact(row, unit)
            full = self.full[rows.start + row]
            if self.signs[rows.start + row, 0] > 0:
                points[row, unit] = _rounded_share(full, low, high, own)
            else:
                points[row, unit] = _rounded_share(full, high, low, own)


def _doubt(full: Doubles, sizes: Doubles, spreads: Doubles) -> Doubles:
    """Four times the bound of the error, a little of which is spent on reckoning it in doubles."""
    return np.asarray(4 * (full + 1) * (6 * sizes / spreads + 8) / 2**53)


def _rounded_share(full: Fraction, worst: Ratio, best: Ratio, value: Ratio) -> int:
    """Full points × (value - worst) / (best - worst), rounded half up; never negative."""
    (a, b), (c, d), (n, m) = worst, best, value
    # both differences are over b: it cancels out
    top, bottom = full.numerator * (n * b - a * m) * d, full.denominator * (c * b - a * d) * m
    return (2 * top + bottom) // (2 * bottom) if bottom > 0 else (-2 * top - bottom) // (-2 * bottom)


PeerKernel = Ranks | Ranges


def peer_kernel(indicators: Sequence[Indicator], scales: Sequence[int]) -> PeerKernel:
    """The kernel of indicators of one kind; scales: of their grids."""
    first = indicators[0].method
    full = tuple(each.points * scale for each, scale in zip(indicators, scales, strict=True))
    room: tuple[Room, ...] = ((1, 1, 0),) * len(full)
    if isinstance(first, PeerRank):
        tops, bottoms = [each.numerator for each in full], [each.denominator for each in full]
        lower = indicators[0].direction == "lower"
        return Ranks(first.ties, lower, column_of(tops), column_of(bottoms), room)
    methods = [each.method for each in indicators if isinstance(each.method, PeerRange)]
    equal = [
        method.equal.points(each.points) * scale
        for method, each, scale in zip(methods, indicators, scales, strict=True)
    ]
    return Ranges(
        column_of([1 if method.best == "max" else -1 for method in methods]),
        full,
        column_of(full),
        tuple(int(each + Fraction(1, 2)) for each in equal),
        room,
    )


def peer_kind(indicator: Indicator) -> tuple[object, ...] | None:
    """What indicators must have in common to be rows of one kernel; None where no kernel does them."""
    method, rounding = indicator.method, indicator.rounding
    if rounding is None or rounding.mode is not RoundingMode.HALF_UP or indicator.points < 0:
        return None
    if isinstance(method, PeerRange):
        return ("range", method.group) if method.equal.points(indicator.points) >= 0 else None
    if isinstance(method, PeerRank):
        return ("rank", method.group, method.ties, indicator.direction == "lower")
    return None
