"""Working days: what the yearly notice makes of weekends, and what deadlines become."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.workdays import Deadline, Workdays

# New Year 2022: three days off, no make-up day; spring festival with two worked weekend days.
CALENDAR = Workdays(
    years=frozenset({2021, 2022}),
    holidays=frozenset({date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 3), date(2022, 1, 31)}),
    makeup=frozenset({date(2022, 1, 29), date(2022, 1, 30)}),
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2021, 12, 31), True, id="a Friday"),
        pytest.param(date(2022, 1, 1), False, id="a Saturday and holiday"),
        pytest.param(date(2022, 1, 3), False, id="a Monday that is a holiday"),
        pytest.param(date(2022, 1, 8), False, id="a Saturday"),
        pytest.param(date(2022, 1, 29), True, id="a Saturday worked in exchange"),
    ],
)
def test_holidays_and_make_up_days_override_the_weekend(day: date, works: bool) -> None:
    assert CALENDAR.is_workday(day) is works


def test_a_calendar_is_sure_only_of_the_years_whose_notice_is_out() -> None:
    assert CALENDAR.is_published(date(2022, 6, 1))
    assert not CALENDAR.is_published(date(2023, 1, 1))


@pytest.mark.parametrize(
    ("day", "sure"),
    [
        pytest.param(date(2021, 12, 28), True, id="before any New Year's holiday"),
        pytest.param(date(2021, 12, 31), True, id="the next year's notice is out"),
        pytest.param(date(2022, 12, 28), True, id="before the next New Year's holiday"),
        pytest.param(date(2022, 12, 29), False, id="the next year's notice may make it a day off"),
    ],
)
def test_the_last_days_of_a_year_wait_for_the_notice_of_the_next(day: date, sure: bool) -> None:
    assert CALENDAR.is_published(day) is sure


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        pytest.param(date(2022, 1, 1), True, id="a day off by the notice"),
        pytest.param(date(2022, 1, 8), False, id="an ordinary weekend"),
        pytest.param(date(2022, 1, 29), False, id="a weekend day that is worked"),
        pytest.param(date(2022, 1, 4), False, id="a workday"),
    ],
)
def test_only_what_the_notice_gives_off_is_a_holiday(day: date, holiday: bool) -> None:
    assert CALENDAR.is_holiday(day) is holiday
    assert (CALENDAR.after_holiday(day) == day) is not holiday


@pytest.mark.parametrize(
    ("count", "expected"), [(0, date(2022, 1, 28)), (1, date(2022, 1, 29)), (3, date(2022, 2, 1))]
)
def test_the_so_manieth_workday_counts_worked_weekends_and_not_holidays(count: int, expected: date) -> None:
    assert CALENDAR.nth_workday_after(date(2022, 1, 28), count) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2022, 1, 4), date(2022, 1, 4)), (date(2022, 1, 1), date(2022, 1, 4))],
)
def test_the_next_workday_may_be_the_day_itself(day: date, expected: date) -> None:
    assert CALENDAR.next_workday(day) == expected


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        pytest.param(date(2021, 12, 31), date(2022, 1, 4), 1, id="over the holidays"),
        pytest.param(date(2022, 1, 28), date(2022, 1, 31), 2, id="over worked weekend days"),
        pytest.param(date(2022, 1, 4), date(2022, 1, 4), 0, id="the first day is not counted"),
        pytest.param(date(2022, 1, 5), date(2022, 1, 4), 0, id="never less than none"),
    ],
)
def test_workdays_are_counted_after_one_day_until_another(after: date, until: date, days: int) -> None:
    assert CALENDAR.between(after, until) == days


@pytest.mark.parametrize(
    ("quarter", "days", "expected"),
    [
        (1, 10, date(2021, 4, 12)),
        (2, 10, date(2021, 7, 12)),
        (3, 7, date(2021, 10, 7)),
        (4, 10, date(2022, 1, 10)),
        pytest.param(4, 1, date(2022, 1, 4), id="moved over the holidays"),
        pytest.param(4, 0, date(2021, 12, 31), id="the last day of the quarter itself"),
    ],
)
def test_a_deadline_is_so_many_days_after_the_quarter_or_the_next_workday(
    quarter: int, days: int, expected: date
) -> None:
    assert Deadline(days).day(2021, quarter, CALENDAR) == expected
