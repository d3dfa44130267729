"""Peer kernels: ranks and ranges for rows of values at once, exact where doubles leave a doubt.

**Ranks.** The order of the doubles nearest to the values is the order of the values; within the bounds that
are asked for, equal doubles are equal values (see ordering).

**Ranges.** points = slope × value + offset, where the constants come from the least and greatest value and
have many digits. x = fl(fl(A v) + B), with v, A and B the doubles nearest to value, 10^g slope and
10^g offset + 1/2, misses the true number by less than 8 u (h + |B|), where u = 2^-53 and h is one more than
the greatest x: v and A err by u each and their product by another, relative to a product of at most h + |B|;
B errs by u |B|, the sum by u h. Where x is further than twice this from a whole number, its floor is the
floor of the true number. The few that are nearer are reckoned in fractions.
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
from scoring.vectorised.kernels import ROOM_LIMIT, Doubles, Room, doubles
from scoring.vectorised.lanes import Mask
from scoring.vectorised.ordering import Rows, ascending, differs, first_of_runs, last_of_runs

_FEW = 1_000
_HALF = Fraction(1, 2)
Ratio = tuple[int, int]
"""A fraction as numerator and positive denominator, not necessarily in lowest terms."""
Exact = Callable[[int, int], Ratio]
"""The value of a row and a unit; any scale that a whole row has in common may be left out of it."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rows whose points go by place: full points × those behind / all others, alone: full points."""

    ties: str
    lower: bool
    full: tuple[Fraction, ...]
    """Full points on the grid."""

    @property
    def room(self) -> tuple[Room, ...]:
        """What the values themselves ask of doubles."""
        return ((1, 1, 0),) * len(self.full)

    def fits(self, units: int) -> Mask:
        """Which rows are reckoned exactly for so many units."""
        taken = [(3 * each.numerator + 3 * each.denominator) * 2 * units for each in self.full]
        return np.array([each < ROOM_LIMIT for each in taken], dtype=np.bool_)

    def award(self, rows: slice, values: Doubles, _: Exact, points: NDArray[np.int32]) -> None:
        """Writes the rounded points of some rows of values, all units being one group."""
        full, size = self.full[rows], values.shape[1]
        if size == 1:
            points[:] = [[int(each + _HALF)] for each in full]
            return
        step = 1 if size < _FEW else len(full)
        if step > 1:
            for row, each in enumerate(full):
                self._award(values[row : row + 1], [each], points[row : row + 1])
        else:
            self._award(values, full, points)

    def _award(self, values: Doubles, full: Sequence[Fraction], points: NDArray[np.int32]) -> None:
        rows, size = values.shape
        order, fresh = _orders(values)
        twice = 2 if self.ties == "mean" else 1
        behind = self._behind(fresh).reshape(rows, size)
        if rows > 1:
            behind -= np.arange(0, twice * rows * size, twice * size).reshape(-1, 1)
        if self.lower:
            np.subtract(twice * (size - 1), behind, out=behind)
        # floor(p/q × behind / others + 1/2) = floor((2 p behind + q others) / (2 q others)), all small
        others = twice * (size - 1)
        halves = doubles([each.denominator * others for each in full]).reshape(-1, 1)
        earned = behind * doubles([2 * each.numerator for each in full]).reshape(-1, 1)
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
class Side:
    """How values of a group become points on the grid: slope × value + offset, 1/2 for rounding in it."""

    slope: Ratio
    offset: Ratio
    doubt: float
    """How far from the truth the doubles can be."""

    def floor(self, value: Ratio) -> int:
        """The rounded points of a value, exact."""
        (p, q), (e, f), (n, d) = self.slope, self.offset, value
        return (p * n * f + e * q * d) // (q * d * f)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Rows whose points go by the place between the group's least and greatest value."""

    highest: tuple[bool, ...]
    """Whether the greatest value is the best."""
    full: tuple[Ratio, ...]
    """Full points on the grid."""
    equal: tuple[Ratio, ...]
    """Points on the grid where all values are alike."""

    @property
    def room(self) -> tuple[Room, ...]:
        """What the values themselves ask of doubles."""
        return ((1, 1, 0),) * len(self.full)

    def fits(self, _: int) -> Mask:
        """Which rows are reckoned exactly for so many units: all."""
        return np.ones(len(self.full), dtype=np.bool_)

    def award(self, rows: slice, values: Doubles, exact: Exact, points: NDArray[np.int32]) -> None:
        """Writes the rounded points of some rows of values, all units being one group."""
        ends = zip(values.argmin(axis=1).tolist(), values.argmax(axis=1).tolist(), strict=True)
        sides = [
            self.side(rows.start + row, exact(row, low), exact(row, high))
            for row, (low, high) in enumerate(ends)
        ]
        reached = values * np.array([[side.slope[0] / side.slope[1]] for side in sides])
        np.add(reached, np.array([[side.offset[0] / side.offset[1]] for side in sides]), out=reached)
        np.copyto(points, reached, casting="unsafe")
        np.subtract(reached, points, out=reached)
        doubt = np.array([side.doubt for side in sides])
        least, greatest = np.minimum.reduce(reached, axis=1), np.maximum.reduce(reached, axis=1)
        if (least > doubt).all() and (greatest < 1 - doubt).all():
            return
        near = (reached <= doubt.reshape(-1, 1)) | (reached >= 1 - doubt.reshape(-1, 1))
        for row, unit in np.argwhere(near).tolist():
            points[row, unit] = sides[row].floor(exact(row, unit))

    def side(self, row: int, low: Ratio, high: Ratio) -> Side:
        """The side of a row for a group with this least and greatest value."""
        (a, b), (c, d), (p, q) = low, high, self.full[row]
        spread = c * b - a * d
        if not spread:
            e, f = self.equal[row]
            return Side((0, 1), (2 * e + f, 2 * f), _doubt(2 * e + f, 2 * f, e, f))
        if self.highest[row]:
            slope, (n, m) = (p * b * d, q * spread), low
        else:
            slope, (n, m) = (-p * b * d, q * spread), high
        # 1/2 - slope × worst
        offset = (slope[1] * m - 2 * slope[0] * n, 2 * slope[1] * m)
        return Side(slope, offset, _doubt(*offset, p, q))


def _doubt(offset_top: int, offset_bottom: int, most_top: int, most_bottom: int) -> float:
    """More than twice 8 u (h + |B|), a little being spent on reckoning it in doubles."""
    return 17 * (abs(offset_top) / offset_bottom + most_top / most_bottom + 3) / 2**53


PeerKernel = Ranks | Ranges


def peer_kernel(indicators: Sequence[Indicator], scales: Sequence[int]) -> PeerKernel:
    """The kernel of indicators of one kind; scales: of their grids."""
    first = indicators[0].method
    full = tuple(each.points * scale for each, scale in zip(indicators, scales, strict=True))
    if isinstance(first, PeerRank):
        return Ranks(first.ties, indicators[0].direction == "lower", full)
    methods = [each.method for each in indicators if isinstance(each.method, PeerRange)]
    equal = [
        method.equal.points(each.points) * scale
        for method, each, scale in zip(methods, indicators, scales, strict=True)
    ]
    return Ranges(
        tuple(method.best == "max" for method in methods),
        tuple((each.numerator, each.denominator) for each in full),
        tuple((each.numerator, each.denominator) for each in equal),
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
