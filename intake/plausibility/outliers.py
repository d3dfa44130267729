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

from scoring.numbers import natural_logarithm, square_root

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
    # Ratios instead of logarithms; squared, since the median of an even number is the root of a product.
    median = _middle(sorted(others))
    far = _ratio(value * value, median) ** 2
    if far <= _nearest_outlier(limit, spread):  # so it is for nearly all: nothing more to be reckoned
        return None
    mad = max(_middle(sorted(_ratio(each * each, median) for each in others)), _least_mad(spread))
    if far <= mad:
        return None
    logarithm, unit = natural_logarithm(far), natural_logarithm(mad)
    if not logarithm or not unit:
        return None
    z = _CONSISTENT * logarithm / unit
    return Outlier(square_root(median) or median, z) if z > limit else None


@lru_cache(maxsize=64)
def _least_mad(spread: Fraction) -> Fraction:
    return (1 + spread) ** 4


@lru_cache(maxsize=64)
def _nearest_outlier(limit: Fraction, spread: Fraction) -> Fraction:
    """No ratio up to this one is an outlier, whatever the others are."""
    return _least_mad(spread) ** int(limit / _CONSISTENT)


def _middle(ordered: Sequence[Fraction]) -> Fraction:
    """The square of the geometric median."""
    return ordered[(len(ordered) - 1) // 2] * ordered[len(ordered) // 2]


def _ratio(one: Fraction, other: Fraction) -> Fraction:
    return one / other if one >= other else other / one
