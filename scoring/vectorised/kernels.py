"""Kernels: what lines, steps and bends do to rows of values at once, in doubles, rounded half up.

A value is scale × n / d with whole n and d > 0. Everything that a rule adds to it is folded into whole
constants beforehand, so that one floor, or two, give the rounded points:

    round_half_up(10^g (slope × value + offset)) = floor((p/q) n/d + e/f)
                                                 = floor((floor(alpha n / d) + beta) / gamma)

with gamma = lcm(q, f), alpha = gamma p/q and beta = gamma e/f, all whole; the second line holds because
beta and gamma are whole. Rounding is monotone, so clamping comes after it. Half up means away from zero,
and floor(x + 1/2) differs from that only for negative x: kernels are therefore used only where the lowest
points are not negative, as clamping then lifts both to the same. Dropping the decimals by a cast to int32 is
the floor for the same reason.

Each kernel says for each of its rows how large it lets numbers become: room = (c1, c2, c3), with
c1 |n| + c2 d + c3 below 2^51. That is far inside what exact division in doubles asks for (see lanes), and
leaves a bit for reckoning the bound itself in doubles.

Thresholds need no products at all. n/d >= t is asked as fl(n/d) >= fl(t): rounding to a double is monotone,
so this can only be wrong where two different fractions share a double, and the room keeps the products of
numerators and denominators so small that none do (see ordering).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.numbers import Rounding, RoundingMode
from scoring.vectorised.curves import TESTS, Bends, Curve, Line, Steps
from scoring.vectorised.lanes import Array
from scoring.vectorised.workspace import Workspace

Doubles = NDArray[np.float64]
Room = tuple[int, int, int]
ROOM_LIMIT = 2**51
_HALF = Fraction(1, 2)
_SMALL, _PLACES = np.dtype(np.uint8), np.dtype(np.intp)


@dataclass(frozen=True, slots=True)
class _Floors:
    """The whole constants of floor((floor(alpha n / d) + beta) / gamma)."""

    alpha: int
    beta: int
    gamma: int


def _floors(slope: Fraction, offset: Fraction, gamma: int = 1) -> _Floors:
    gamma = math.lcm(gamma, slope.denominator, offset.denominator)
    return _Floors(int(slope * gamma), int(offset * gamma), gamma)


def doubles(numbers: Sequence[int] | Sequence[Fraction]) -> Doubles:
    """Numbers as doubles, each the nearest to what it is; without end where it is too large for that."""
    return np.array([nearest(number) for number in numbers], dtype=np.float64)


def nearest(number: int | Fraction) -> float:
    """The double nearest to a number; without end where it is too large for that."""
    try:
        return number.numerator / number.denominator
    except OverflowError:
        return np.inf if number > 0 else -np.inf


def column_of(numbers: Sequence[int] | Sequence[Fraction]) -> Doubles:
    """The same as a column, shape (k, 1)."""
    return doubles(numbers).reshape(-1, 1)


def _on_grid(points: Fraction, rounding: Rounding) -> int:
    return int(rounding.apply(points) * 10**rounding.places)


def _greatest(curve: Line | Bends, rounding: Rounding) -> int:
    """The upper limit on the grid; where the lower limit is above it, that one. Every curve here has one."""
    return _on_grid(max(curve.low, curve.low if curve.high is None else curve.high), rounding)


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows whose points are lines between two limits."""

    alpha: Doubles
    beta: Doubles
    gamma: Doubles | None
    low: Doubles
    high: Doubles
    room: tuple[Room, ...]

    def award(self, top: Doubles, bottom: Doubles | None, workspace: Workspace, points: Array) -> None:
        """Writes the rounded points of a block; top may be overwritten."""
        reached = np.multiply(top, self.alpha, out=workspace.sheet("reached", top.shape))
        if bottom is not None:
            np.divide(reached, bottom, out=reached)
            np.floor(reached, out=reached)
        np.add(reached, self.beta, out=reached)
        if self.gamma is not None:
            np.divide(reached, self.gamma, out=reached)
        np.clip(reached, self.low, self.high, out=reached)
        np.copyto(points, reached, casting="unsafe")


def lines(curves: Sequence[Line], scales: Sequence[Fraction], roundings: Sequence[Rounding]) -> Lines:
    """The kernel of lines about scale × n / d, rounded as they are."""
    found = [
        _floors(curve.slope * scale * 10**each.places, curve.offset * 10**each.places + _HALF)
        for curve, scale, each in zip(curves, scales, roundings, strict=True)
    ]
    gammas = [each.gamma for each in found]
    return Lines(
        alpha=column_of([each.alpha for each in found]),
        beta=column_of([each.beta for each in found]),
        gamma=None if set(gammas) == {1} else column_of(gammas),
        low=column_of([_on_grid(curve.low, each) for curve, each in zip(curves, roundings, strict=True)]),
        high=column_of([_greatest(curve, each) for curve, each in zip(curves, roundings, strict=True)]),
        room=tuple((abs(each.alpha) + 1, 1, abs(each.beta) + each.gamma) for each in found),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows where it counts how many thresholds a value has passed.

    parts: thresholds that are tested alike, shape (rows, thresholds, 1). starts: where each row's entries
    begin in a table that has them one after the other.
    """

    parts: tuple[tuple[np.ufunc, Doubles], ...]
    starts: NDArray[np.intp]

    def passed(self, top: Doubles, bottom: Doubles | None, workspace: Workspace) -> NDArray[np.intp]:
        """For each value its place in the table."""
        value = top if bottom is None else np.divide(top, bottom, out=workspace.sheet("reached", top.shape))
        counts: Array = workspace.sheet("counts", top.shape, _SMALL)
        for place, (test, thresholds) in enumerate(self.parts):
            shape = (len(top), thresholds.shape[1], top.shape[1])
            holds = workspace.sheet("holds", shape, _SMALL)
            test(value[:, None, :], thresholds, out=holds.view(np.bool_))
            if place:
                np.add(counts, np.add.reduce(holds, axis=1, dtype=_SMALL), out=counts)
            else:
                np.add.reduce(holds, axis=1, out=counts)
        return np.add(counts, self.starts, out=workspace.sheet("places", top.shape, _PLACES))


def _counts(tests: Sequence[str], limits: Sequence[Sequence[Fraction]]) -> Counts:
    starts = np.arange(len(limits), dtype=np.intp).reshape(-1, 1) * (len(tests) + 1)
    thresholds = np.array([doubles(row) for row in limits]).reshape(len(limits), -1, 1)
    alike = {test: [place for place, own in enumerate(tests) if own == test] for test in dict.fromkeys(tests)}
    parts = tuple((TESTS[test], thresholds[:, places]) for test, places in alike.items())
    return Counts(parts, starts)


def _room_of(limits: Sequence[Fraction]) -> Room:
    """What it takes that no value shares a double with a threshold that it is not."""
    return (
        max(limit.denominator for limit in limits) + 1,
        max(abs(limit.numerator) for limit in limits) + 1,
        0,
    )


@dataclass(frozen=True, slots=True)
class Ladders:
    """Rows whose points are steps, the number of tests that hold being enough to tell which."""

    counts: Counts
    earned: NDArray[np.int32]
    room: tuple[Room, ...]

    def award(self, top: Doubles, bottom: Doubles | None, workspace: Workspace, points: Array) -> None:
        """Writes the rounded points of a block."""
        self.earned.take(self.counts.passed(top, bottom, workspace), out=points, mode="clip")


def ladders(curves: Sequence[Steps], scales: Sequence[Fraction], roundings: Sequence[Rounding]) -> Ladders:
    """The kernel of steps about scale × n / d; all have tests of the same names in the same order."""
    limits = [
        [limit / scale for _, limit, _ in curve.tests] for curve, scale in zip(curves, scales, strict=True)
    ]
    earned = [
        [
            _on_grid(points, each)
            for points in (curve.otherwise, *(own for _, _, own in reversed(curve.tests)))
        ]
        for curve, each in zip(curves, roundings, strict=True)
    ]
    return Ladders(
        counts=_counts([name for name, _, _ in curves[0].tests], limits),
        earned=np.array(earned, dtype=np.int32).reshape(-1),
        room=tuple(_room_of(each) for each in limits),
    )


@dataclass(frozen=True, slots=True)
class Curved:
    """Rows whose points are straight between knots: the knots passed say which constants count."""

    counts: Counts
    alpha: Doubles
    beta: Doubles
    gamma: Doubles
    low: Doubles
    high: Doubles
    room: tuple[Room, ...]

    def award(self, top: Doubles, bottom: Doubles | None, workspace: Workspace, points: Array) -> None:
        """Writes the rounded points of a block."""
        place = self.counts.passed(top, bottom, workspace)
        reached = self.alpha.take(place, out=workspace.sheet("reached", top.shape), mode="clip")
        np.multiply(reached, top, out=reached)
        if bottom is not None:
            np.divide(reached, bottom, out=reached)
            np.floor(reached, out=reached)
        np.add(
            reached, self.beta.take(place, out=workspace.sheet("beta", top.shape), mode="clip"), out=reached
        )
        np.divide(reached, self.gamma, out=reached)
        np.clip(reached, self.low, self.high, out=reached)
        np.copyto(points, reached, casting="unsafe")


def curved(curves: Sequence[Bends], scales: Sequence[Fraction], roundings: Sequence[Rounding]) -> Curved:
    """The kernel of bends about scale × n / d; all have the same number of knots."""
    limits = [[knot / scale for knot in curve.knots] for curve, scale in zip(curves, scales, strict=True)]
    rows: list[list[_Floors]] = []
    for curve, scale, rounding in zip(curves, scales, roundings, strict=True):
        grid = 10**rounding.places
        sides = [(slope * scale * grid, offset * grid + _HALF) for slope, offset in curve.stretches]
        gamma = math.lcm(*(number.denominator for side in sides for number in side))
        rows.append([_floors(slope, offset, gamma) for slope, offset in sides])
    rooms = []
    for row, own in zip(rows, limits, strict=True):
        (c1, c2, _), greatest = _room_of(own), max(abs(side.alpha) for side in row)
        rooms.append((max(c1, greatest + 1), c2, max(abs(side.beta) for side in row) + row[0].gamma))
    return Curved(
        counts=_counts(["at_least"] * len(curves[0].knots), limits),
        alpha=column_of([side.alpha for row in rows for side in row]).reshape(-1),
        beta=column_of([side.beta for row in rows for side in row]).reshape(-1),
        gamma=column_of([row[0].gamma for row in rows]),
        low=column_of([_on_grid(curve.low, each) for curve, each in zip(curves, roundings, strict=True)]),
        high=column_of([_greatest(curve, each) for curve, each in zip(curves, roundings, strict=True)]),
        room=tuple(rooms),
    )


Kernel = Lines | Ladders | Curved


def kernel_of(curves: Sequence[Curve], scales: Sequence[Fraction], roundings: Sequence[Rounding]) -> Kernel:
    """The kernel of curves of one kind."""
    if isinstance(curves[0], Line):
        return lines([curve for curve in curves if isinstance(curve, Line)], scales, roundings)
    if isinstance(curves[0], Steps):
        return ladders([curve for curve in curves if isinstance(curve, Steps)], scales, roundings)
    return curved([curve for curve in curves if isinstance(curve, Bends)], scales, roundings)


def kernel_kind(curve: Curve, rounding: Rounding) -> tuple[object, ...] | None:
    """What curves must have in common to be rows of one kernel; None where no kernel does them."""
    if isinstance(curve, Steps):
        return ("steps", *(name for name, _, _ in curve.tests)) if curve.tests and curve.nested else None
    if rounding.mode is not RoundingMode.HALF_UP or not isinstance(curve, Line | Bends):
        return None
    if curve.high is None or _on_grid(curve.low, rounding) < 0:
        return None
    return ("line",) if isinstance(curve, Line) else ("bends", len(curve.knots))
