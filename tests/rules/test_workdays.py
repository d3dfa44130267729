"""The calendar of 2021 and 2022 as the yearly notices have it, and the deadlines that follow from it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from scoring.rulebook.files import read_rule_set
from scoring.workdays import Deadline, Workdays

ROOT = Path(__file__).resolve().parents[2]
RULES, _ = read_rule_set(ROOT / "rules" / "national" / "2021")
assert RULES is not None
assert RULES.workdays is not None
CALENDAR: Workdays = RULES.workdays


@pytest.mark.parametrize(("year", "days"), [(2021, 250), (2022, 249)])
def test_a_year_has_as_many_working_days_as_the_notice_leaves(year: int, days: int) -> None:
    assert CALENDAR.between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_the_last_day_of_2022_is_off_by_the_notice_for_2023() -> None:
    assert not CALENDAR.is_workday(date(2022, 12, 31))
    assert date(2022, 12, 31) in CALENDAR.holidays


def test_days_worked_in_exchange_are_weekend_days_and_no_holidays() -> None:
    assert len(CALENDAR.makeup) == 14
    assert {day.weekday() for day in CALENDAR.makeup} <= {5, 6}
    assert not set(CALENDAR.makeup) & set(CALENDAR.holidays)


def test_what_must_be_published_within_20_working_days_of_10_september_is_due_on_14_october() -> None:
    decided, due = date(2021, 9, 10), date(2021, 10, 14)
    assert CALENDAR.between(decided, due) == 20
    assert CALENDAR.between(decided, due - timedelta(days=1)) == 19


@pytest.mark.parametrize(
    ("year", "quarter", "days", "due"),
    [
        (2021, 1, 10, date(2021, 4, 12)),
        (2021, 2, 10, date(2021, 7, 12)),
        (2021, 3, 10, date(2021, 10, 11)),
        (2021, 4, 10, date(2022, 1, 10)),
        (2022, 1, 10, date(2022, 4, 11)),
        (2022, 2, 10, date(2022, 7, 11)),
        (2022, 3, 10, date(2022, 10, 10)),
        (2022, 4, 10, date(2023, 1, 10)),
        pytest.param(2021, 1, 5, date(2021, 4, 6), id="over Qingming"),
        pytest.param(2021, 3, 5, date(2021, 10, 8), id="over the National Day holidays"),
        pytest.param(2022, 3, 5, date(2022, 10, 8), id="to a Saturday worked in exchange"),
        pytest.param(2021, 4, 15, date(2022, 1, 17), id="over a weekend"),
        pytest.param(2022, 3, 15, date(2022, 10, 17), id="over the next weekend"),
    ],
)
def test_a_quarter_is_due_so_many_days_later_or_on_the_next_working_day(
    year: int, quarter: int, days: int, due: date
) -> None:
    assert Deadline(days).day(year, quarter, CALENDAR) == due


@pytest.mark.parametrize(
    ("end", "tenth"),
    [
        (date(2021, 3, 31), date(2021, 4, 15)),
        (date(2021, 6, 30), date(2021, 7, 14)),
        (date(2021, 9, 30), date(2021, 10, 20)),
        (date(2021, 12, 31), date(2022, 1, 17)),
        (date(2022, 9, 30), date(2022, 10, 19)),
    ],
)
def test_the_tenth_working_day_after_a_quarter_passes_over_the_holidays(end: date, tenth: date) -> None:
    assert CALENDAR.between(end, tenth) == 10
    assert CALENDAR.is_workday(tenth)


def test_the_rule_set_gives_ten_days() -> None:
    assert RULES is not None
    assert RULES.deadline.days == 10
