"""How numbers, dates and codes are written: exact in, text out."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from web.filters import (
    grouped,
    moment,
    number,
    percent,
    period_title,
    points,
    short_period,
    short_value,
    signed,
    value,
)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (None, "—"),
        (Fraction(0), "0.00"),
        (Fraction(285, 1000), "0.29"),
        (Fraction(1005, 1000), "1.01"),
        (Fraction(-1, 3), "−0.33"),
        (Fraction(10**20 + 1, 2), "50000000000000000000.50"),
    ],
)
def test_points_have_two_decimals_rounded_half_up(given: Fraction | None, written: str) -> None:
    assert points(given) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [(Fraction(1, 2), "+0.50"), (Fraction(-1), "−1.00"), (Fraction(0), "—")],
)
def test_what_is_added_or_taken_has_its_sign(given: Fraction, written: str) -> None:
    assert signed(given) == written


@pytest.mark.parametrize(
    ("given", "written", "short"),
    [
        (None, "—", "—"),
        ("是", "是", "是"),
        (Fraction(95), "95", "95"),
        (Fraction(9499999, 100000), "94.9999...", "94.99..."),
        (Fraction(-2, 3), "−0.6666...", "−0.66..."),
        (Fraction(7202654), "7,202,654", "7,202,654"),
    ],
)
def test_a_value_is_cut_so_that_it_never_reads_as_if_it_reached_a_threshold(
    given: Fraction | str | None, written: str, short: str
) -> None:
    assert (value(given), short_value(given)) == (written, short)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("9999", "9999"),
        ("12345", "12,345"),
        ("-1234567.12345", "-1234567.12345"),
        ("−1234567.12345", "−1,234,567.12345"),
        ("2021-06-24", "2021-06-24"),
        ("零申报", "零申报"),
        ("", ""),
    ],
)
def test_thousands_are_set_apart_from_five_digits_on(given: str, written: str) -> None:
    assert grouped(given) == written


@pytest.mark.parametrize(("given", "written"), [(Fraction(3, 2), "1.5"), (Fraction(38), "38"), (None, "—")])
def test_full_points_are_as_short_as_they_are_exact(given: Fraction | None, written: str) -> None:
    assert number(given) == written


@pytest.mark.parametrize(
    ("part", "whole", "length"),
    [
        (None, Fraction(5), 0),
        (Fraction(1), Fraction(0), 0),
        (Fraction(1), Fraction(3), 33),
        (Fraction(999, 1000), Fraction(1), 99),
        (Fraction(7), Fraction(5), 100),
        (Fraction(-1), Fraction(5), 0),
    ],
)
def test_a_bar_is_full_only_where_everything_was_earned(
    part: Fraction | None, whole: Fraction, length: int
) -> None:
    assert percent(part, whole) == length


@pytest.mark.parametrize(
    ("code", "title", "short"),
    [
        ("2021", "2021年度", "年度"),
        ("2021Q3", "2021年第三季度", "三季度"),
        ("2021H2", "2021年下半年", "2021H2"),
        ("elsewhen", "elsewhen", "elsewhen"),
    ],
)
def test_periods_have_names(code: str, title: str, short: str) -> None:
    assert (period_title(code), short_period(code)) == (title, short)


def test_times_are_those_of_beijing() -> None:
    assert moment(datetime(2021, 12, 31, 16, 30, tzinfo=UTC)) == "2022-01-01 00:30"
