"""How points of children make the points of a node: one small function an aggregate, in one registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from scoring.numbers import power
from scoring.rulebook.rules import Aggregate

Scores = Sequence[tuple[Fraction, Fraction]]
"""Weight and points of each child that counts; never empty."""
Aggregation = Callable[[Scores, Fraction], Fraction | None]
"""From the children and the weight that a mean divides by; None where the result is too long to hold."""


def added_up(scores: Scores, _: Fraction) -> Fraction:
    """The weighted sum."""
    return sum((weight * points for weight, points in scores), Fraction(0))


def arithmetic_mean(scores: Scores, weights: Fraction) -> Fraction:
    """The weighted mean; nothing where nothing weighs."""
    return added_up(scores, weights) / weights if weights else Fraction(0)


def geometric_mean(scores: Scores, weights: Fraction) -> Fraction | None:
    """The weighted geometric mean to 50 significant digits; nothing where a child has nothing or less."""
    if not weights or any(points <= 0 for _, points in scores):
        return Fraction(0)
    whole = product(scores, weights)
    return None if whole is None else power(whole, 1 / weights)


def harmonic_mean(scores: Scores, weights: Fraction) -> Fraction:
    """The weights over the sum of weight / points; nothing where a child has nothing or less.

    Nothing, too, where no child that is there weighs: the weights may be those of all children.
    """
    if any(points <= 0 for _, points in scores):
        return Fraction(0)
    shared = sum((weight / points for weight, points in scores), Fraction(0))
    return weights / shared if shared else Fraction(0)


def product(scores: Scores, _: Fraction) -> Fraction | None:
    """Each child's points to the power of its weight, multiplied; nothing where a child is below nothing."""
    if any(points < 0 for _, points in scores):
        return Fraction(0)
    found = Fraction(1)
    for weight, points in scores:
        factor = power(points, weight)
        if factor is None:
            return None
        found *= factor
    return found


def least(scores: Scores, _: Fraction) -> Fraction:
    """The fewest points of any child, whatever it weighs."""
    return min(points for _, points in scores)


def greatest(scores: Scores, _: Fraction) -> Fraction:
    """The most points of any child, whatever it weighs."""
    return max(points for _, points in scores)


AGGREGATIONS: Mapping[Aggregate, Aggregation] = {
    Aggregate.SUM: added_up,
    Aggregate.MEAN: arithmetic_mean,
    Aggregate.GEOMETRIC: geometric_mean,
    Aggregate.HARMONIC: harmonic_mean,
    Aggregate.PRODUCT: product,
    Aggregate.MIN: least,
    Aggregate.MAX: greatest,
}
"""Every aggregate but `formula`, which looks at its children by name."""
