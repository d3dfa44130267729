"""Arrays of fractions: whole numerators over whole positive denominators, with bounds that prove the lane.

Every operation first reckons, in Python's integers, how large its results can become, takes the lane that
holds them, and only then touches the arrays. In the lane of bigs fractions are reduced when they grow long.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.numbers import Rounding
from scoring.vectorised.lanes import (
    BIGS,
    Array,
    Lane,
    Mask,
    held,
    lane_for,
    round_quotient_arrays,
    whole,
)

_SHORT = 512
"""So many bits are sooner multiplied than reduced."""
Span = tuple[int, int]
"""The least and the greatest that a whole number can be."""


@dataclass(frozen=True, slots=True)
class Quotients:
    """One fraction a unit, or a single one that stands for all units.

    num: whole numbers in any lane, shape (units,) or (1,). den: positive whole numbers of the same
    shape, or one for all. span: bounds of num. most_den: the greatest that den can be.
    """

    num: Array
    den: Array | int
    span: Span
    most_den: int

    @property
    def most(self) -> int:
        """The greatest size of a numerator."""
        return max(abs(self.span[0]), abs(self.span[1]))

    def at(self, row: int) -> Fraction:
        """The fraction of one unit."""
        num = self.num[row if len(self.num) > 1 else 0]
        if isinstance(self.den, int):
            return Fraction(int(num), self.den)
        return Fraction(int(num), int(self.den[row if len(self.den) > 1 else 0]))

    def taken(self, rows: Array | slice) -> Quotients:
        """The fractions of some units."""
        den = self.den if isinstance(self.den, int) else self.den[rows]
        return Quotients(self.num[rows], den, self.span, self.most_den)

    def sized(self, size: int) -> Quotients:
        """The same, spread over `size` units where one number stood for all."""
        num = self.num if self.num.shape == (size,) else np.broadcast_to(self.num, (size,))
        if isinstance(self.den, int) or self.den.shape == (size,):
            return self if num is self.num else Quotients(num, self.den, self.span, self.most_den)
        return Quotients(num, np.broadcast_to(self.den, (size,)), self.span, self.most_den)

    def denominators(self, lane: Lane) -> Array:
        """The denominators in a lane wide enough for them."""
        return np.array([self.den], dtype=lane) if isinstance(self.den, int) else held(self.den, lane)

    def times(self, factor: Fraction | int) -> Quotients:
        """Each times a constant."""
        top, bottom = factor.numerator, factor.denominator
        if isinstance(self.den, int):
            common = math.gcd(top, self.den)
            top, den = top // common, self.den // common * bottom
            return Quotients(_scaled(self.num, self.most, top), den, _span_times(self.span, top), den)
        num, den_most = _scaled(self.num, self.most, top), self.most_den * bottom
        return _tidy(num, _scaled(self.den, self.most_den, bottom), _span_times(self.span, top), den_most)

    def plus(self, other: Quotients) -> Quotients:
        """Each plus its counterpart."""
        if other.span == (0, 0) and isinstance(other.den, int):
            return self
        if self.den is other.den:
            return _added(self, other, self.den, self.most_den)
        if isinstance(self.den, int) and isinstance(other.den, int):
            common = math.lcm(self.den, other.den)
            return _added(raised(self, common), raised(other, common), common, common)
        num = _added(_crossed(self, other), _crossed(other, self), 1, 1)
        return _over(num, *_product(self.den, self.most_den, other.den, other.most_den))

    def plus_constant(self, constant: Fraction | int) -> Quotients:
        """Each plus a constant."""
        return self.plus(constant_quotients(constant)) if constant else self

    def minus(self, other: Quotients) -> Quotients:
        """Each less its counterpart."""
        return self.plus(other.times(-1))

    def by(self, other: Quotients) -> Quotients:
        """Each times its counterpart."""
        num, _ = _product(self.num, self.most, other.num, other.most)
        found = Quotients(np.asarray(num), 1, _span_product(self.span, other.span), 1)
        return _over(found, *_product(self.den, self.most_den, other.den, other.most_den))

    def over(self, other: Quotients) -> tuple[Quotients, Mask]:
        """Each divided by its counterpart, and where that is zero; there the quotient means nothing."""
        zero = np.asarray(other.num == 0, dtype=np.bool_)
        if other.num.shape == (1,) and not zero[0]:
            return self.times(1 / other.at(0)), zero
        divisor = np.where(zero, whole(1, other.num.dtype), other.num) if zero.any() else other.num
        top = _crossed(self, other)
        num, span = top.num, top.span
        if other.span[0] < 0:
            num, span = np.where(divisor < 0, -num, num), _hull(span, _span_times(span, -1))
            divisor = abs(divisor)
        found = Quotients(num, 1, span, 1)
        return _over(found, *_product(divisor, max(other.most, 1), self.den, self.most_den)), zero

    def compared(self, operator: np.ufunc, other: Quotients) -> Mask:
        """Where the comparison (such as np.less) holds between each and its counterpart."""
        if other.num.shape == (1,) and isinstance(self.den, int):
            return self.compared_to(operator, other.at(0))
        left, right = _crossed(self, other), _crossed(other, self)
        lane = lane_for(max(left.most, right.most))
        return np.asarray(operator(held(left.num, lane), held(right.num, lane)), dtype=np.bool_)

    def compared_to(self, operator: np.ufunc, constant: Fraction | int) -> Mask:
        """Where the comparison with a constant holds."""
        if not isinstance(self.den, int):
            return self.compared(operator, constant_quotients(constant))
        # num / den > c just where num > floor(c den), and so on: no number grows
        top, bottom = constant.numerator * self.den, constant.denominator
        whole = not top % bottom
        if operator in {np.equal, np.not_equal} and not whole:
            return np.full(self.num.shape, operator is np.not_equal)
        limit = top // bottom if whole or operator in {np.greater, np.less_equal} else top // bottom + 1
        # beyond the span any limit says the same
        limit = max(self.span[0] - 1, min(self.span[1] + 1, limit))
        return np.asarray(operator(self.num, limit), dtype=np.bool_)

    def at_most(self, limit: Fraction | int) -> Quotients:
        """Each, but no more than a constant."""
        high = self.span[1]
        if high * limit.denominator <= limit.numerator * (self.most_den if high < 0 else self._least_den):
            return self
        return self._limited(np.minimum, limit)

    def at_least(self, limit: Fraction | int) -> Quotients:
        """Each, but no less than a constant."""
        low = self.span[0]
        if low * limit.denominator >= limit.numerator * (self.most_den if low > 0 else self._least_den):
            return self
        return self._limited(np.maximum, limit)

    def _limited(self, limiting: np.ufunc, limit: Fraction | int) -> Quotients:
        if not isinstance(self.den, int):
            beyond = self.compared_to(np.greater if limiting is np.minimum else np.less, limit)
            return chosen(beyond, constant_quotients(limit), self)
        common = raised(self, math.lcm(self.den, limit.denominator))
        whole = limit.numerator * (common.most_den // limit.denominator)
        lane = lane_for(max(common.most, abs(whole)))
        num = limiting(held(common.num, lane), whole)
        reckon = min if limiting is np.minimum else max
        span = (reckon(common.span[0], whole), reckon(common.span[1], whole))
        return Quotients(num, common.den, span, common.most_den)

    @property
    def _least_den(self) -> int:
        return self.den if isinstance(self.den, int) else 1

    def rounded(self, rounding: Rounding) -> Quotients:
        """Each on the grid of the rounding; the denominator is 10^places for all."""
        scale = 10**rounding.places
        if isinstance(self.den, int) and scale % self.den == 0:
            return raised(self, scale)
        lane = lane_for(2 * self.most * scale + 3 * self.most_den)
        scaled = held(self.num, lane) * whole(scale, lane)
        num = round_quotient_arrays(
            scaled, self.denominators(lane), rounding.mode, positive=self.span[0] >= 0
        )
        least_den = self._least_den
        low, high = (end * scale for end in self.span)
        span = (min(0, low // least_den), max(0, -(-high // least_den)))
        found = Quotients(num, scale, span, scale)
        return found if isinstance(self.den, int) else tightened(found)


def constant_quotients(constant: Fraction | int) -> Quotients:
    """One fraction for all units."""
    top, bottom = constant.numerator, constant.denominator
    return Quotients(np.array([top], dtype=lane_for(abs(top))), bottom, (top, top), bottom)


def quotients_of(values: Sequence[Fraction]) -> Quotients:
    """Fractions as arrays."""
    bottom = math.lcm(*(value.denominator for value in values))
    if bottom.bit_length() <= _SHORT:
        tops = [value.numerator * (bottom // value.denominator) for value in values]
        span = (min(tops, default=0), max(tops, default=0))
        return Quotients(
            np.array(tops, dtype=lane_for(max(abs(span[0]), abs(span[1])))), bottom, span, bottom
        )
    num = np.array([value.numerator for value in values], dtype=object)
    return tightened(
        Quotients(num, np.array([value.denominator for value in values], dtype=object), (0, 0), 1)
    )


def chosen(condition: Mask, then: Quotients, otherwise: Quotients) -> Quotients:
    """`then` where the condition holds, else `otherwise`."""
    most_den = max(then.most_den, otherwise.most_den)
    den: Array | int
    if isinstance(then.den, int) and isinstance(otherwise.den, int):
        den = most_den = math.lcm(then.den, otherwise.den)
        then, otherwise = raised(then, den), raised(otherwise, den)
    else:
        lane = lane_for(most_den)
        den = np.where(condition, then.denominators(lane), otherwise.denominators(lane))
    lane = lane_for(max(then.most, otherwise.most))
    num = np.where(condition, held(then.num, lane), held(otherwise.num, lane))
    return Quotients(num, den, _hull(then.span, otherwise.span), most_den)


def raised(found: Quotients, den: int) -> Quotients:
    """The same over a multiple of its common denominator."""
    factor = den // found.most_den
    return Quotients(_scaled(found.num, found.most, factor), den, _span_times(found.span, factor), den)


def tightened(found: Quotients) -> Quotients:
    """The same with bounds taken from the numbers themselves."""
    if not found.num.size:
        return Quotients(found.num, found.den, (0, 0), found.den if isinstance(found.den, int) else 1)
    span = (int(found.num.min()), int(found.num.max()))
    return Quotients(
        found.num, found.den, span, found.den if isinstance(found.den, int) else int(found.den.max())
    )


def _added(left: Quotients, right: Quotients, den: Array | int, most_den: int) -> Quotients:
    span = (left.span[0] + right.span[0], left.span[1] + right.span[1])
    lane = lane_for(max(left.most, right.most, abs(span[0]), abs(span[1])))
    return Quotients(held(left.num, lane) + held(right.num, lane), den, span, most_den)


def _crossed(found: Quotients, other: Quotients) -> Quotients:
    """The numerators times the other's denominators."""
    num, _ = _product(found.num, found.most, other.den, other.most_den)
    return Quotients(np.asarray(num), 1, _hull(found.span, _span_times(found.span, other.most_den)), 1)


def _over(found: Quotients, den: Array | int, most_den: int) -> Quotients:
    return (
        Quotients(found.num, den, found.span, den)
        if isinstance(den, int)
        else _tidy(found.num, den, found.span, most_den)
    )


def _tidy(num: Array, den: Array, span: Span, most_den: int) -> Quotients:
    """As it is; of bigs that grow long reduced, with bounds from the numbers themselves."""
    most = max(-span[0], span[1], most_den)
    if (num.dtype != BIGS and den.dtype != BIGS) or most.bit_length() <= _SHORT:
        return Quotients(num, den, span, most_den)
    num, den = held(num, BIGS), held(den, BIGS)
    common = np.gcd(num, den)
    return tightened(Quotients(num // common, den // common, span, most_den))


def _scaled(numbers: Array, most: int, factor: int) -> Array:
    if factor == 1:
        return numbers
    lane = lane_for(max(most * abs(factor), most, abs(factor)))
    return np.asarray(held(numbers, lane) * whole(factor, lane))


def _product(
    left: Array | int, left_most: int, right: Array | int, right_most: int
) -> tuple[Array | int, int]:
    most = left_most * right_most
    if isinstance(right, int):
        return (left * right if isinstance(left, int) else _scaled(left, left_most, right)), most
    if isinstance(left, int):
        return _scaled(right, right_most, left), most
    lane = lane_for(max(most, left_most, right_most))
    return held(left, lane) * held(right, lane), most


def _span_times(span: Span, factor: int) -> Span:
    low, high = span[0] * factor, span[1] * factor
    return (low, high) if factor >= 0 else (high, low)


def _span_product(left: Span, right: Span) -> Span:
    ends = [one * other for one in left for other in right]
    return min(ends), max(ends)


def _hull(left: Span, right: Span) -> Span:
    return min(left[0], right[0]), max(left[1], right[1])
