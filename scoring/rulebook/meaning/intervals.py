"""Intervals of exact numbers: between which bounds what a formula comes to must lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.numbers import shown

Bound = Fraction | None
"""None is no bound on that side."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from low to high; an open end does not belong to it."""

    low: Bound = None
    high: Bound = None
    low_open: bool = False
    high_open: bool = False

    @property
    def only(self) -> Fraction | None:
        """The one number in it; None where there are others."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def never_negative(self) -> bool:
        """Whether every number in it is 0 or more."""
        return self.low is not None and self.low >= 0

    @property
    def never_positive(self) -> bool:
        """Whether every number in it is 0 or less."""
        return self.high is not None and self.high <= 0

    def has(self, value: Fraction) -> bool:
        """Whether the number lies in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meet(self, other: Interval) -> Interval:
        """What lies in both."""
        low, low_open = _stricter((self.low, self.low_open), (other.low, other.low_open), 1)
        high, high_open = _stricter((self.high, self.high_open), (other.high, other.high_open), -1)
        return Interval(low, high, low_open, high_open)

    def __neg__(self) -> Interval:
        return Interval(_minus(self.high), _minus(self.low), self.high_open, self.low_open)

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Fraction) -> Interval:
        """Every number multiplied by one factor."""
        if factor == 0:
            return point(Fraction(0))
        if factor < 0:
            return (-self).times(-factor)
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_open, self.high_open)

    def __mul__(self, other: Interval) -> Interval:
        if self.only is not None:
            return other.times(self.only)
        if other.only is not None:
            return self.times(other.only)
        if self.never_negative and other.never_negative:
            return Interval(_product(self.low, other.low), _product(self.high, other.high))
        if self.never_positive:
            return -(-self * other)
        if other.never_positive:
            return -(self * -other)
        return _corners(self, other)

    def inverse(self) -> Interval:
        """One divided by every number but 0."""
        if self.never_negative:
            low = Fraction(0) if self.high is None else 1 / self.high if self.high else None
            return Interval(low, 1 / self.low if self.low else None, self.high is None, False)
        if self.never_positive:
            return -(-self).inverse()
        return EVERYTHING

    def __str__(self) -> str:
        """With its sides: [80, 90)."""
        left = "(-∞" if self.low is None else f"{'(' if self.low_open else '['}{shown(self.low)}"
        right = "+∞)" if self.high is None else f"{shown(self.high)}{')' if self.high_open else ']'}"
        return f"{left}, {right}"


EVERYTHING = Interval()
NOT_NEGATIVE = Interval(Fraction(0))
SHARE = Interval(Fraction(0), Fraction(1))


def point(value: Fraction) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The least interval that holds all of them; empty ones add nothing."""
    found: Interval | None = None
    for each in intervals:
        if not each.is_empty:
            found = each if found is None else _hull(found, each)
    return found if found is not None else EVERYTHING


def _hull(left: Interval, right: Interval) -> Interval:
    low, low_open = _laxer((left.low, left.low_open), (right.low, right.low_open), 1)
    high, high_open = _laxer((left.high, left.high_open), (right.high, right.high_open), -1)
    return Interval(low, high, low_open, high_open)


def _stricter(left: tuple[Bound, bool], right: tuple[Bound, bool], sign: int) -> tuple[Bound, bool]:
    """Of two ends the one further inside; sign 1 for lower ends, -1 for upper ends."""
    if left[0] is None or right[0] is None:
        return right if left[0] is None else left
    if left[0] == right[0]:
        return left[0], left[1] or right[1]
    return left if (left[0] > right[0]) == (sign > 0) else right


def _laxer(left: tuple[Bound, bool], right: tuple[Bound, bool], sign: int) -> tuple[Bound, bool]:
    if left[0] is None or right[0] is None:
        return None, False
    if left[0] == right[0]:
        return left[0], left[1] and right[1]
    return left if (left[0] < right[0]) == (sign > 0) else right


def _minus(bound: Bound) -> Bound:
    return None if bound is None else -bound


def _product(left: Bound, right: Bound) -> Bound:
    if left == 0 or right == 0:
        return Fraction(0)
    return None if left is None or right is None else left * right


def _corners(left: Interval, right: Interval) -> Interval:
    """The product where both may be on either side of 0: bounded only where both are."""
    ends = (left.low, left.high, right.low, right.high)
    if any(end is None for end in ends):
        return EVERYTHING
    corners = [one * other for one in ends[:2] for other in ends[2:] if one is not None and other is not None]
    return Interval(min(corners), max(corners))
