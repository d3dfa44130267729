"""How far a number lies from the median of others, in robust deviations of the logarithms.

The modified z-score of Iglewicz and Hoaglin (1993), 0.6745 · |x - median| / MAD, of logarithms: what is
twice the usual is as far as half of it. Decided by ratios of whole numbers and, where that is not enough,
by logarithms of 50 digits; never by binary floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import TypeVar

from scoring.numbers import natural_logarithm, square_root

N = TypeVar("N", int, Fraction)
_CONSISTENT = Fraction(6745, 10_000)
"""By which the MAD of a normal distribution is its standard deviation."""


@dataclass(frozen=True, slots=True)
class Outlier:
    """A number that is too far off: the (geometric) median, and its robust z; both to 50 digits."""

    median: Fraction
    z: Fraction


def find_outlier(
    value: Fraction, others: Sequence[Fraction], *, limit: Fraction, spread: Fraction
) -> Outlier | None:
    """The number as an outlier among positive others (at least one); None where it is none.

    limit: the z that is still no outlier. spread: the MAD counts as ln(1 + spread) at least. A value that is
    not positive has no logarithm and is none.
    """
    if value <= 0:
        return None
    # Whole numbers, and ratios instead of logarithms; squared, since the median of an even number is a root.
    scale = lcm(value.denominator, *(each.denominator for each in others))
    own, rest = int(value * scale) ** 2, sorted(int(each * scale) for each in others)
    median = _middle(rest)
    far, near = (own, median) if own >= median else (median, own)
    least = _nearest_outlier(limit, spread)
    if far * far * least.denominator <= near * near * least.numerator:  # so it is for nearly all
        return None
    deviations = sorted(max(Fraction(each * each, median), Fraction(median, each * each)) for each in rest)
    mad = max(_middle(deviations), _least_mad(spread))
    logarithm, unit = natural_logarithm(Fraction(far, near) ** 2), natural_logarithm(Fraction(mad))
    if not logarithm or not unit:
        return None
    z = _CONSISTENT * logarithm / unit
    middle = square_root(Fraction(median, scale * scale)) or value
    return Outlier(middle, z) if z > limit else None


@lru_cache(maxsize=64)
def _least_mad(spread: Fraction) -> Fraction:
    return (1 + spread) ** 4


@lru_cache(maxsize=64)
def _nearest_outlier(limit: Fraction, spread: Fraction) -> Fraction:
    """No ratio up to this one is an outlier, whatever the others are."""
    return _least_mad(spread) ** int(limit / _CONSISTENT)


def _middle(ordered: Sequence[N]) -> N:
    """The square of the geometric median."""
    return ordered[(len(ordered) - 1) // 2] * ordered[len(ordered) // 2]
