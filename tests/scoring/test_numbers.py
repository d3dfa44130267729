"""Exact numbers: what is read as one, how it is rounded, and how it is written back."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import (
    Rounding,
    RoundingMode,
    can_be_held,
    decimal_logarithm,
    exact_text,
    fixed_text,
    natural_logarithm,
    number_from_text,
    power,
    ratio_from_text,
    shown,
    significant_text,
    square_root,
    terminating_decimal,
)

HUGE = Fraction(10) ** 700


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        pytest.param(RoundingMode.HALF_UP, "3 2 2 1 0 -1 -2 -2 -3", id="half up goes away from zero"),
        pytest.param(RoundingMode.HALF_EVEN, "2 2 2 0 0 0 -2 -2 -2", id="half even goes to the even"),
        pytest.param(RoundingMode.TRUNCATE, "2 1 1 0 0 0 -1 -1 -2", id="truncate goes towards zero"),
        pytest.param(RoundingMode.CEIL, "3 2 2 1 0 0 -1 -1 -2", id="ceil goes up"),
        pytest.param(RoundingMode.FLOOR, "2 1 1 0 0 -1 -2 -2 -3", id="floor goes down"),
    ],
)
def test_each_mode_decides_halves_on_both_sides_of_zero(mode: RoundingMode, expected: str) -> None:
    halves = ("2.5", "1.6", "1.5", "0.5", "0", "-0.5", "-1.5", "-1.6", "-2.5")
    found = [Rounding(0, mode).apply(Fraction(half)) for half in halves]
    assert found == [Fraction(whole) for whole in expected.split()]


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        pytest.param("0.285", 2, "0.29", id="what a binary float holds as 0.28499 goes up"),
        pytest.param("1.005", 2, "1.01", id="what a binary float holds as 1.00499 goes up"),
        pytest.param("-1.005", 2, "-1.01", id="the same below zero goes down"),
        pytest.param("0.2849999999999999999999999", 2, "0.28", id="just under the half goes down"),
        pytest.param("2/3", 3, "0.667", id="a fraction is rounded by its exact value"),
        pytest.param("89.995", 2, "90", id="a half decides a grade"),
        pytest.param("12345", 0, "12345", id="a whole number stays"),
        pytest.param("1/1000000000000", 12, "1/1000000000000", id="twelve places are held"),
    ],
)
def test_rounding_looks_at_the_exact_value(value: str, places: int, expected: str) -> None:
    assert Rounding(places).apply(Fraction(value)) == Fraction(expected)


def test_thirds_make_a_whole() -> None:
    third = Fraction(1) / 3
    assert third * 3 >= 1
    assert Rounding(2).apply(third + third + third - Fraction("0.995")) == Fraction("0.01")


@given(st.fractions(), st.integers(0, 6), st.sampled_from(list(RoundingMode)))
def test_rounding_moves_less_than_a_step_and_never_twice(
    value: Fraction, places: int, mode: RoundingMode
) -> None:
    rounded = Rounding(places, mode).apply(value)
    assert abs(rounded - value) < Fraction(1, 10**places)
    assert Rounding(places, mode).apply(rounded) == rounded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("007", "7"),
        ("-12.50", "-12.5"),
        ("+3", "3"),
        ("0.000001", "1/1000000"),
        ("9" * 40, "9" * 40),
        pytest.param("9" * 41, None, id="41 digits are no figure"),
        ("1.", None),
        (".5", None),
        ("", None),
        ("1e3", None),
        ("1_000", None),
        ("1,000", None),
        ("１２", None),
        (" 1", None),
        ("1\n", None),
        ("nan", None),
        ("1/2", None),
        ("--1", None),
    ],
)
def test_a_number_is_ascii_digits_and_nothing_else(text: str, expected: str | None) -> None:
    assert number_from_text(text) == (None if expected is None else Fraction(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("200/3", "200/3"), ("-1/4", "-1/4"), ("2.5", "2.5"), ("1/0", None), ("1/-2", None), ("a/b", None)],
)
def test_an_expected_value_may_be_a_fraction(text: str, expected: str | None) -> None:
    assert ratio_from_text(text) == (None if expected is None else Fraction(expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2.50", "2.5"),
        ("-0.5", "-0.5"),
        ("100", "100"),
        ("0", "0"),
        ("200/3", "200/3"),
        ("-1/3", "-1/3"),
        ("1/1024", "0.0009765625"),
        ("1/125", "0.008"),
    ],
)
def test_exact_text_is_a_decimal_where_one_ends(value: str, expected: str) -> None:
    assert exact_text(Fraction(value)) == expected


@given(st.fractions())
def test_exact_text_reads_back_as_the_same_number(value: Fraction) -> None:
    assert Fraction(exact_text(value)) == value


def test_a_decimal_that_never_ends_has_no_terminating_text() -> None:
    assert terminating_decimal(Fraction(1, 7)) is None


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("2/3", 4, "0.6667"), ("-2/3", 0, "-1"), ("5", 2, "5.00"), ("-0.001", 2, "0.00"), ("1.005", 2, "1.01")],
)
def test_fixed_text_has_the_places_asked_for(value: str, places: int, expected: str) -> None:
    assert fixed_text(Fraction(value), places) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.125", "0.125"),
        ("-1/3", "-0.333333…"),
        ("2/3", "0.666666…"),
        pytest.param("89.99999999", "89.999999…", id="short of a threshold never reads as if at it"),
        ("0.1234567", "0.123456…"),
    ],
)
def test_what_is_shown_says_when_more_digits_follow(value: str, expected: str) -> None:
    assert shown(Fraction(value)) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("1/3", 5, "0.33333"),
        ("200/3", 5, "66.667"),
        ("0.00125", 3, "0.00125"),
        ("123456", 6, "123456"),
        ("123456.5", 6, "123456"),
        ("-1.25", 2, "-1.2"),
        ("100000", 2, "100000"),
    ],
)
def test_significant_text_is_exact_or_rounded_half_even(value: str, digits: int, expected: str) -> None:
    assert significant_text(Fraction(value), digits) == expected


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        ("2", "10", "1024"),
        ("2/3", "-2", "9/4"),
        ("-2", "3", "-8"),
        ("0", "0", "1"),
        ("0", "1/2", "0"),
        ("4", "1/2", "2"),
        pytest.param("0", "-1", None, id="zero has no inverse"),
        pytest.param("-8", "1/3", None, id="no real root is taken of a negative number"),
        pytest.param("10", "5000", None, id="too large to hold"),
        ("1", "5000", "1"),
        ("-1", "65", "-1"),
        ("-1", "66", "1"),
    ],
)
def test_powers_are_exact_or_undefined(base: str, exponent: str, expected: str | None) -> None:
    assert power(Fraction(base), Fraction(exponent)) == (None if expected is None else Fraction(expected))


def test_a_power_too_long_to_hold_exactly_keeps_fifty_digits() -> None:
    base = Fraction("1.000000000000001")
    found = power(base, Fraction(64))
    assert found is not None
    assert not can_be_held(base**64)
    assert can_be_held(found)
    assert abs(found / base**64 - 1) < Fraction(1, 10**49)


@pytest.mark.parametrize("value", ["0", "-1"])
def test_zero_and_less_have_no_logarithm(value: str) -> None:
    assert natural_logarithm(Fraction(value)) is None
    assert decimal_logarithm(Fraction(value)) is None


@pytest.mark.parametrize(
    ("function", "value", "digits"),
    [
        (natural_logarithm, "10", "2.3025850929940456840179914546843642076011014886288"),
        (decimal_logarithm, "1000", "3"),
        (decimal_logarithm, "2", "0.30102999566398119521373889472449302676818988146211"),
        (square_root, "2", "1.4142135623730950488016887242096980785696718753769"),
        (square_root, "0", "0"),
    ],
)
def test_irrational_numbers_have_fifty_digits(
    function: Callable[[Fraction], Fraction | None], value: str, digits: str
) -> None:
    assert function(Fraction(value)) == Fraction(digits)


def test_there_is_no_root_below_zero_nor_of_what_is_too_large() -> None:
    assert square_root(Fraction(-1)) is None
    assert square_root(HUGE * HUGE) is None


def test_what_can_be_held_is_bounded_on_both_sides_of_the_bar() -> None:
    assert [can_be_held(each) for each in (Fraction(1), HUGE, 1 / HUGE)] == [True, False, False]
