"""The calendar of 2021 and 2022 as the yearly notices have it, and the deadlines that follow from it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from scoring.rulebook.files import read_rule_set
from scoring.workdays import Counting, Deadline, Extension, Timeliness, Workdays

ROOT = Path(__file__).resolve().parents[2]
RULES, _ = read_rule_set(ROOT / "rules" / "national" / "2021")
assert RULES is not None
assert RULES.workdays is not None
OWN: Workdays = RULES.workdays
CALENDAR = Workdays(
    years={*OWN.years, 2023},
    holidays={*OWN.holidays, date(2023, 1, 1), date(2023, 1, 2)},
    makeup=OWN.makeup,
)
"""The rule set's, with the New Year of 2023 by its own notice: the last quarter of 2022 is due then."""


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


STAYS, WORKDAY, HOLIDAY, SECOND = (
    Extension.NONE,
    Extension.NEXT_WORKDAY,
    Extension.AFTER_HOLIDAY,
    Extension.SECOND_DAY_AFTER_HOLIDAY,
)
DUE = {
    # quarter, days: the day itself, the next workday, after holidays only, the second day after them
    ((2021, 1), 5): ("04-05", "04-06", "04-06", "04-07"),
    ((2021, 1), 10): ("04-10", "04-12", "04-10", "04-10"),
    ((2021, 1), 15): ("04-15",) * 4,
    ((2021, 2), 5): ("07-05",) * 4,
    ((2021, 2), 10): ("07-10", "07-12", "07-10", "07-10"),
    ((2021, 2), 15): ("07-15",) * 4,
    ((2021, 3), 5): ("10-05", "10-08", "10-08", "10-09"),
    ((2021, 3), 10): ("10-10", "10-11", "10-10", "10-10"),
    ((2021, 3), 15): ("10-15",) * 4,
    ((2021, 4), 5): ("01-05",) * 4,
    ((2021, 4), 10): ("01-10",) * 4,
    ((2021, 4), 15): ("01-15", "01-17", "01-15", "01-15"),
    ((2022, 1), 5): ("04-05", "04-06", "04-06", "04-07"),
    ((2022, 1), 10): ("04-10", "04-11", "04-10", "04-10"),
    ((2022, 1), 15): ("04-15",) * 4,
    ((2022, 2), 5): ("07-05",) * 4,
    ((2022, 2), 10): ("07-10", "07-11", "07-10", "07-10"),
    ((2022, 2), 15): ("07-15",) * 4,
    ((2022, 3), 5): ("10-05", "10-08", "10-08", "10-09"),
    ((2022, 3), 10): ("10-10",) * 4,
    ((2022, 3), 15): ("10-15", "10-17", "10-15", "10-15"),
    ((2022, 4), 5): ("01-05",) * 4,
    ((2022, 4), 10): ("01-10",) * 4,
    ((2022, 4), 15): ("01-15", "01-16", "01-15", "01-15"),
}
TENTH_WORKDAY = {
    (2021, 1): "04-15",
    (2021, 2): "07-14",
    (2021, 3): "10-20",
    (2021, 4): "01-17",
    (2022, 1): "04-15",
    (2022, 2): "07-14",
    (2022, 3): "10-19",
    (2022, 4): "01-16",
}


def day_of(quarter: tuple[int, int], day: str) -> date:
    """The day of that month after the quarter."""
    return date.fromisoformat(f"{quarter[0] + quarter[1] // 4}-{day}")


def test_the_rule_sets_own_calendar_is_not_sure_of_what_is_due_in_2023() -> None:
    deadline = Deadline(days=10, counting=Counting.WORKDAYS)
    assert deadline.day(2022, 4, OWN) != deadline.day(2022, 4, CALENDAR)
    assert not OWN.is_published(deadline.day(2022, 4, OWN))
    assert CALENDAR.is_published(deadline.day(2022, 4, CALENDAR))


def test_every_quarter_of_both_years_is_in_the_tables() -> None:
    assert len(DUE) == 24
    assert len(TENTH_WORKDAY) == 8


@pytest.mark.parametrize(
    ("quarter", "days", "extension", "due"),
    [
        pytest.param(quarter, days, extension, day, id=f"{quarter[0]}Q{quarter[1]} +{days} {extension}")
        for (quarter, days), row in DUE.items()
        for extension, day in zip((STAYS, WORKDAY, HOLIDAY, SECOND), row, strict=True)
    ],
)
def test_a_quarter_is_due_so_many_days_later_moved_as_the_rule_says(
    quarter: tuple[int, int], days: int, extension: Extension, due: str
) -> None:
    assert Deadline(days=days, extension=extension).day(*quarter, CALENDAR) == day_of(quarter, due)


@pytest.mark.parametrize("extension", list(Extension))
@pytest.mark.parametrize(("quarter", "tenth"), TENTH_WORKDAY.items(), ids=str)
def test_a_deadline_in_workdays_passes_over_holidays_and_needs_no_extension(
    quarter: tuple[int, int], tenth: str, extension: Extension
) -> None:
    deadline = Deadline(days=10, counting=Counting.WORKDAYS, extension=extension)
    assert deadline.day(*quarter, CALENDAR) == day_of(quarter, tenth)


@pytest.mark.parametrize("extension", [HOLIDAY, SECOND])
def test_a_weekend_day_that_the_notice_joins_to_a_holiday_is_part_of_it(extension: Extension) -> None:
    assert date(2021, 10, 2).weekday() == 5
    after = {HOLIDAY: date(2021, 10, 8), SECOND: date(2021, 10, 9)}[extension]
    assert Deadline(days=2, extension=extension).day(2021, 3, CALENDAR) == after


def test_the_rule_set_gives_ten_days_moved_to_a_workday_and_looks_at_the_first_version() -> None:
    assert RULES is not None
    assert (RULES.deadline.days, RULES.deadline.counting) == (10, Counting.CALENDAR_DAYS)
    assert RULES.deadline.extension is Extension.NEXT_WORKDAY
    assert RULES.deadline.timeliness is Timeliness.FIRST
