"""Periods: which texts are one, and which quarters they hold."""

from __future__ import annotations

import pytest

from scoring.periods import (
    Period,
    half_code,
    is_reporting_period,
    period_from_text,
    quarter_code,
    year_code,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", Period(2021, 4, yearly=True)),
        ("2021Q1", Period(2021, 1, yearly=False)),
        ("2021Q4", Period(2021, 4, yearly=False)),
        pytest.param("2021H1", None, id="half years are not scored"),
        ("2021Q5", None),
        ("2021q1", None),
        ("21", None),
        ("２０２１", None),
        ("2021Q1 ", None),
        ("", None),
    ],
)
def test_years_and_quarters_are_scored(text: str, expected: Period | None) -> None:
    assert period_from_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2021", True), ("2021H2", True), ("2021Q3", True), ("2021H3", False), ("", False)]
)
def test_half_years_can_be_reported_for(text: str, expected: bool) -> None:
    assert is_reporting_period(text) is expected


@pytest.mark.parametrize("text", ["2021", "2021Q1", "2021Q4"])
def test_the_code_of_a_period_is_its_text(text: str) -> None:
    period = period_from_text(text)
    assert period is not None
    assert period.code == text


def test_a_quarter_means_the_year_up_to_it() -> None:
    assert Period(2021, 3, yearly=False).quarters() == (1, 2, 3)
    assert Period(2021, 4, yearly=True).quarters() == (1, 2, 3, 4)


def test_periods_have_chinese_names() -> None:
    assert Period(2021, 4, yearly=True).title == "2021年度"
    assert [Period(2021, each, yearly=False).title for each in (1, 4)] == ["2021年第一季度", "2021年第四季度"]


def test_codes_are_made_of_year_and_part() -> None:
    assert (quarter_code(2021, 3), half_code(2021, 1), year_code(2021)) == ("2021Q3", "2021H1", "2021")
