"""What the collected notices say of each year, held against another collection and our own rule set."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from scoring.rulebook.files import read_rule_set
from scoring.workdays import Workdays
from services.notices import notice_of

ROOT = Path(__file__).resolve().parents[2]
KNOWN = range(2021, 2027)


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=each) for each in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", KNOWN)
def test_every_day_is_worked_or_off_as_another_collection_has_it(year: int) -> None:
    notice = notice_of(year)
    calendar = Workdays({year}, notice.holidays, notice.makeup)
    differing = [
        day for day in days_of(year) if calendar.is_workday(day) is not chinese_calendar.is_workday(day)
    ]
    assert differing == []
    assert notice.is_whole


@pytest.mark.parametrize("year", [2021, 2022])
def test_days_off_and_worked_are_those_that_the_rule_set_has_copied_from_the_notices(year: int) -> None:
    rules, _ = read_rule_set(ROOT / "rules" / "national" / "2021")
    assert rules is not None
    assert rules.workdays is not None
    notice = notice_of(year)
    assert notice.holidays == {day for day in rules.workdays.holidays if day.year == year}
    assert notice.makeup == {day for day in rules.workdays.makeup if day.year == year}


def test_the_last_day_of_2022_is_off_by_the_notice_for_2023() -> None:
    assert date(2022, 12, 31) in notice_of(2022).holidays


def test_a_year_without_a_notice_has_festivals_and_no_worked_weekends_and_is_not_whole() -> None:
    notice = notice_of(2031)
    assert date(2031, 10, 1) in notice.holidays
    assert notice.makeup == frozenset()
    assert not notice.is_whole


def test_a_weekend_that_joins_a_holiday_is_part_of_it_and_no_other_is() -> None:
    notice = notice_of(2021)
    assert date(2021, 4, 3) in notice.holidays
    assert date(2021, 5, 2) in notice.holidays
    assert date(2021, 4, 10) not in notice.holidays
    assert date(2021, 9, 18) in notice.makeup
    assert not notice.holidays & notice.makeup
