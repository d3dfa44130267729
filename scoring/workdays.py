"""Working days: weekends, holidays and make-up days; deadlines moved and lateness counted by them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum

BEIJING_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The clock by which deadlines end; without summer time since 1991."""
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)
_NEW_YEAR = (12, 29)
"""From this day on the notice for the next year has its say: 2018-12-29 was worked, 2022-12-31 was off."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """A calendar for the years it is published for.

    holidays: days off by the yearly notice, weekends among them or not. makeup: weekend days worked (调休).
    """

    years: Collection[int]
    holidays: Collection[date]
    makeup: Collection[date]

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        if day in self.makeup:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_holiday(self, day: date) -> bool:
        """Whether the day is off by the notice; an ordinary weekend is no holiday."""
        return day in self.holidays and day not in self.makeup

    def is_published(self, day: date) -> bool:
        """Whether the notices for that day are out; before them, an answer can still change."""
        by_next_year = (day.month, day.day) >= _NEW_YEAR
        return day.year in self.years and (not by_next_year or day.year + 1 in self.years)

    def next_workday(self, day: date) -> date:
        """The day itself where it is a workday, else the next one."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def after_holiday(self, day: date) -> date:
        """The day itself where it is no holiday, else the first day after the holidays, a weekend or not."""
        while self.is_holiday(day):
            day += _ONE_DAY
        return day

    def nth_workday_after(self, day: date, count: int) -> date:
        """The so-manieth workday after the day; the day itself for 0."""
        while count > 0:
            day += _ONE_DAY
            count -= self.is_workday(day)
        return day

    def between(self, after: date, until: date) -> int:
        """How many workdays lie in (after, until]; 0 where until is not later."""
        count, day = 0, after + _ONE_DAY
        while day <= until:
            count += self.is_workday(day)
            day += _ONE_DAY
        return count


class Counting(StrEnum):
    """Which days a deadline counts."""

    CALENDAR_DAYS = "calendar_days"
    WORKDAYS = "workdays"


class Extension(StrEnum):
    """What becomes of a deadline that falls on a day off."""

    NONE = "none"
    """It stays."""
    NEXT_WORKDAY = "next_workday"
    """It moves to the next workday."""
    AFTER_HOLIDAY = "after_holiday"
    """Only holidays move it, ordinary weekends do not: to the first day after them."""
    SECOND_DAY_AFTER_HOLIDAY = "second_day_after_holiday"
    """The same, to the second day after them."""


class Timeliness(StrEnum):
    """Which version of a report must have come in time."""

    FIRST = "first"
    """The first one that could be read, whatever became of it."""
    ACCEPTED = "accepted"
    """The one that was accepted in the end."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many days after the end of a quarter, moved off holidays as the rule says.

    timeliness: which version's arrival scores; the arrival of both is always known.
    """

    days: int = 10
    counting: Counting = Counting.CALENDAR_DAYS
    extension: Extension = Extension.NEXT_WORKDAY
    timeliness: Timeliness = Timeliness.FIRST

    def day(self, year: int, quarter: int, workdays: Workdays) -> date:
        """The last day (inclusive) on which the quarter's report is in time."""
        end = quarter_end(year, quarter)
        if self.counting is Counting.WORKDAYS:
            return self._moved(workdays.nth_workday_after(end, self.days), workdays)
        return self._moved(end + timedelta(days=self.days), workdays)

    def _moved(self, day: date, workdays: Workdays) -> date:
        match self.extension:
            case Extension.NONE:
                return day
            case Extension.NEXT_WORKDAY:
                return workdays.next_workday(day)
            case Extension.AFTER_HOLIDAY:
                return workdays.after_holiday(day)
            case Extension.SECOND_DAY_AFTER_HOLIDAY:
                after = workdays.after_holiday(day)
                return after if after == day else after + _ONE_DAY


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter (1 to 4)."""
    return date(year, 12, 31) if quarter == 4 else date(year, 3 * quarter + 1, 1) - _ONE_DAY
