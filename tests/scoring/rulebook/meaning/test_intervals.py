"""Intervals: arithmetic that never leaves a number out, and sides that are told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rulebook.meaning.intervals import EVERYTHING, Interval, hull, point

NUMBERS = st.fractions(min_value=-20, max_value=20, max_denominator=4)
ENDS = st.none() | NUMBERS


@st.composite
def intervals_with_a_number(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    value = draw(NUMBERS)
    below, above = draw(ENDS), draw(ENDS)
    low = None if below is None else value - abs(below)
    high = None if above is None else value + abs(above)
    return Interval(low, high, low is not None and low < value, high is not None and high > value), value


@given(intervals_with_a_number(), intervals_with_a_number(), NUMBERS)
def test_what_lies_in_two_intervals_lies_in_what_they_make(
    left: tuple[Interval, Fraction], right: tuple[Interval, Fraction], factor: Fraction
) -> None:
    (one, x), (other, y) = left, right
    assert one.has(x)
    assert (-one).has(-x)
    assert (one + other).has(x + y)
    assert (one - other).has(x - y)
    assert (one * other).has(x * y)
    assert one.times(factor).has(x * factor)
    assert hull([one, other]).has(x)
    assert hull([one, other]).has(y)
    assert one.meet(other).has(x) == other.has(x)
    if x:
        assert one.inverse().has(1 / x)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(Fraction(80), Fraction(90), high_open=True), "[80, 90)"),
        (Interval(Fraction(1, 2), None, low_open=True), "(0.5, +∞)"),
        (EVERYTHING, "(-∞, +∞)"),
        (point(Fraction(3)), "[3, 3]"),
    ],
)
def test_an_interval_says_its_sides(interval: Interval, text: str) -> None:
    assert str(interval) == text


def test_nothing_lies_between_a_number_and_itself_but_the_number() -> None:
    five = Fraction(5)
    assert point(five).only == five
    assert not point(five).is_empty
    assert Interval(five, five, low_open=True).is_empty
    assert Interval(five, Fraction(4)).is_empty
    assert hull([Interval(five, Fraction(4)), point(five)]) == point(five)
