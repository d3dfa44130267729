"""Lanes: in which machine type whole numbers are held so that nothing is ever lost, and exact division there.

A lane is chosen from a proven bound on the numbers, never from the numbers met so far:

    doubles   below 2^53    float64; sums, products and comparisons of whole numbers are exact
    longs     below 2^62    int64
    bigs      any size      Python's own integers in object arrays

**Division in doubles.** For whole a and b > 0 with |a| + b < 2^53, the floor, the ceiling and the
truncation of the double fl(a / b) are those of a / b itself. Let a >= 0 and q = floor(a / b). If b divides
a, fl(a / b) = q. Else q < a / b <= q + 1 - 1/b. Rounding to a double is monotone and q and q + 1 are doubles,
so fl(a / b) lies in [q, q + 1]; it could reach q + 1 only if a / b were within half the distance of
neighbouring doubles of it, which below q + 1 is at most (q + 1) 2^-53. But (q + 1) b <= a + b < 2^53, hence
1/b > (q + 1) 2^-53: it cannot, and the floor is q. In the same way it cannot fall back to q >= 1, as
1/b > q 2^-53; and for q = 0 it is positive. So the ceiling is right too. For a < 0 all of this mirrors, as
rounding to a double is symmetric about zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.numbers import RoundingMode

Array = NDArray[Any]
"""Numbers in one of the lanes."""
Mask = NDArray[np.bool_]
Lane = np.dtype[Any]

DOUBLES: Lane = np.dtype(np.float64)
LONGS: Lane = np.dtype(np.int64)
BIGS: Lane = np.dtype(object)
DOUBLE_LIMIT = 2**53
LONG_LIMIT = 2**62


def lane_for(most: int) -> Lane:
    """The fastest lane for whole numbers whose sizes stay at or below `most`."""
    if most < DOUBLE_LIMIT:
        return DOUBLES
    return LONGS if most < LONG_LIMIT else BIGS


def held(numbers: Array, lane: Lane) -> Array:
    """The same whole numbers in another lane, which must be wide enough."""
    if numbers.dtype == lane:
        return numbers
    if lane == BIGS:
        # by way of int64, or Python would get doubles instead of integers
        return numbers.astype(np.int64).astype(object)
    return numbers.astype(lane)


def whole(number: int, lane: Lane) -> Any:
    """A single number in the type of a lane."""
    return number if lane == BIGS else lane.type(number)


def floor_quotient(numerators: Array, denominators: Array) -> Array:
    """floor(n / d), d > 0, both in the same lane; in doubles |n| + d < 2^53 must be known."""
    if numerators.dtype == DOUBLES:
        quotients = numerators / denominators
        return np.floor(quotients, out=quotients)
    return np.floor_divide(numerators, denominators)


def round_quotient_arrays(
    numerators: Array, denominators: Array, mode: RoundingMode, *, positive: bool = False
) -> Array:
    """The quotients n / d as whole numbers by the mode, d > 0, both in one lane with room for 2|n| + 3d.

    positive: no numerator is known to be below zero, which saves work.
    """
    if mode is RoundingMode.FLOOR:
        return floor_quotient(numerators, denominators)
    if mode is RoundingMode.CEIL:
        return -floor_quotient(-numerators, denominators)
    if mode is RoundingMode.TRUNCATE:
        return _signed(numerators, floor_quotient(abs(numerators), denominators))
    doubled = denominators + denominators
    if mode is RoundingMode.HALF_UP:
        if positive:
            return floor_quotient(numerators + numerators + denominators, doubled)
        sizes = abs(numerators)
        return _signed(numerators, floor_quotient(sizes + sizes + denominators, doubled))
    shifted = numerators + numerators + denominators
    rounded = floor_quotient(shifted, doubled)
    upward_tie = (rounded * doubled == shifted) & (rounded % 2 == 1)
    return rounded - held(upward_tie.astype(np.int64), rounded.dtype)


def _signed(numbers: Array, sizes: Array) -> Array:
    return np.where(numbers < 0, -sizes, sizes)
