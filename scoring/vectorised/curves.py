"""Curves: what a method does to a value, as lines, steps and bends with known constants.

Each method that looks at one value alone is one of three shapes, or counts whole steps; what it says here
must be what its `award` says, and tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from scoring.methods.attain import Attain
from scoring.methods.base import Method, limit
from scoring.methods.checklist import Checklist
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.direct import Direct
from scoring.methods.ladder import Ladder
from scoring.methods.piecewise import Piecewise
from scoring.methods.slope import Slope
from scoring.numbers import Rounding, RoundingMode
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients

TESTS: Mapping[str, np.ufunc] = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}


@dataclass(frozen=True, slots=True)
class Line:
    """points = max(low, min(high, slope × value + offset)); without a high, no limit upwards."""

    slope: Fraction
    offset: Fraction
    low: Fraction
    high: Fraction | None

    def points(self, value: Quotients) -> Quotients:
        """The points of all units."""
        return _limited(value.times(self.slope).plus_constant(self.offset), self.low, self.high)

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest points it can give; None where there is no greatest."""
        return None if self.high is None else (self.low, max(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Steps:
    """The first test that holds says the points; tests are (name, threshold, points)."""

    tests: tuple[tuple[str, Fraction, Fraction], ...]
    otherwise: Fraction

    def points(self, value: Quotients) -> Quotients:
        """The points of all units."""
        found = constant_quotients(self.otherwise)
        for test, threshold, earned in reversed(self.tests):
            found = chosen(value.compared_to(TESTS[test], threshold), constant_quotients(earned), found)
        return found

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest points it can give."""
        earned = [self.otherwise, *(points for _, _, points in self.tests)]
        return min(earned), max(earned)

    @property
    def nested(self) -> bool:
        """Whether each test that holds makes all later ones hold, so that it is enough to count them."""
        return all(_implies(first, then) for first, then in pairwise(self.tests))


def _implies(first: tuple[str, Fraction, Fraction], then: tuple[str, Fraction, Fraction]) -> bool:
    (name, limit, _), (later, further, _) = first, then
    downward = name in {"at_least", "above"}
    if downward != (later in {"at_least", "above"}):
        return False
    if limit == further:
        return name == later or name in {"above", "below"}
    return further < limit if downward else further > limit


@dataclass(frozen=True, slots=True)
class Bends:
    """Straight stretches between knots, each (slope, offset); one stretch more than knots; then low and high.

    Neighbouring stretches meet at their knot, so it does not matter to which of them it belongs.
    """

    knots: tuple[Fraction, ...]
    stretches: tuple[tuple[Fraction, Fraction], ...]
    low: Fraction
    high: Fraction | None

    def points(self, value: Quotients) -> Quotients:
        """The points of all units."""
        slope, offset = self.stretches[0]
        found = value.times(slope).plus_constant(offset)
        for knot, (slope, offset) in zip(self.knots, self.stretches[1:], strict=True):
            beyond = value.compared_to(np.greater_equal, knot)
            found = chosen(beyond, value.times(slope).plus_constant(offset), found)
        return _limited(found, self.low, self.high)

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest points it can give; None where there is no greatest."""
        return None if self.high is None else (self.low, max(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Stairs:
    """A slope that counts whole steps or started steps from its target."""

    slope: Slope
    full: Fraction
    higher: bool

    def points(self, value: Quotients) -> Quotients:
        """The points of all units."""
        slope = self.slope
        gap = value.times(-1 if self.higher else 1).plus_constant(
            slope.target if self.higher else -slope.target
        )
        short = gap.compared_to(np.greater, 0)
        distance = chosen(short, gap, gap.times(-1)).times(1 / slope.per)
        mode = RoundingMode.FLOOR if slope.steps == "whole" else RoundingMode.CEIL
        count = distance.rounded(Rounding(0, mode))
        points = chosen(short, count.times(-slope.deduct), count.times(slope.add)).plus_constant(self.full)
        low, high = self.ends_given
        return _limited(points, low, high)

    @property
    def ends_given(self) -> tuple[Fraction, Fraction | None]:
        """The method's own limits; None = no greatest."""
        return self.slope.least.points(self.full), limit(self.slope.most, self.full)

    @property
    def ends(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest points it can give; None where there is no greatest."""
        low, high = self.ends_given
        return None if high is None else (low, max(low, high))


Curve = Line | Steps | Bends | Stairs


def _limited(points: Quotients, low: Fraction, high: Fraction | None) -> Quotients:
    return (points if high is None else points.at_most(high)).at_least(low)


def curve_of(method: Method, full: Fraction, *, higher: bool) -> Curve | None:
    """The method's curve; None for methods that look at words or at the peers."""
    make = _CURVES.get(type(method))
    return None if make is None else make(method, full, higher)


def _slope(method: Slope, full: Fraction, higher: bool) -> Curve:
    low, high = method.least.points(full), limit(method.most, full)
    if method.steps != "continuous":
        return Stairs(method, full, higher)
    falling, rising = method.deduct / method.per, method.add / method.per
    sign = Fraction(1 if higher else -1)
    short = (sign * falling, full - sign * falling * method.target)
    if not method.add and method.deduct >= 0:
        # beyond the target the line stays at full points, which is what its upper limit does
        return Line(*short, low, full if high is None else min(high, full))
    beyond = (sign * rising, full - sign * rising * method.target)
    return Bends((method.target,), (short, beyond) if higher else (beyond, short), low, high)


def _attain(method: Attain, full: Fraction, _: bool) -> Curve:
    slope = full / (method.target - method.start)
    return Line(slope, -slope * method.start, method.least.points(full), limit(method.most, full))


def _credit(method: Credit, full: Fraction, _: bool) -> Curve:
    return Line(method.each, Fraction(0), method.least.points(full), limit(method.most, full))


def _deduction(method: Deduction, full: Fraction, _: bool) -> Curve:
    return Line(-method.each, full, method.least.points(full), full)


def _direct(method: Direct, full: Fraction, _: bool) -> Curve | None:
    if method.least is None:
        return None
    return Line(Fraction(1), Fraction(0), method.least.points(full), limit(method.most, full))


def _checklist(_: Checklist, full: Fraction, __: bool) -> Curve:
    return Line(Fraction(1), Fraction(0), Fraction(0), full)


def _ladder(method: Ladder, full: Fraction, _: bool) -> Curve:
    tests = tuple((rung.test, rung.threshold, rung.earn.points(full)) for rung in method.rungs)
    return Steps(tests, method.otherwise.points(full))


def _piecewise(method: Piecewise, full: Fraction, _: bool) -> Curve:
    corners = [(knot.at, knot.earn.points(full)) for knot in method.points]
    stretches = [(Fraction(0), corners[0][1])]
    for (start, bottom), (end, top) in pairwise(corners):
        slope = (top - bottom) / (end - start)
        stretches.append((slope, bottom - slope * start))
    stretches.append((Fraction(0), corners[-1][1]))
    heights = [height for _, height in corners]
    return Bends(tuple(at for at, _ in corners), tuple(stretches), min(heights), max(heights))


_CURVES: Mapping[type, Callable[..., Curve | None]] = {
    Slope: _slope,
    Attain: _attain,
    Credit: _credit,
    Deduction: _deduction,
    Direct: _direct,
    Checklist: _checklist,
    Ladder: _ladder,
    Piecewise: _piecewise,
}
