"""Working days: weekends, holidays and make-up days; deadlines moved and lateness counted by them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta, timezone

BEIJING_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The clock by which deadlines end; without summer time since 1991."""
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


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

    def is_published(self, day: date) -> bool:
        """Whether the notice for that day's year is out; before it, an answer can still change."""
        return day.year in self.years

    def next_workday(self, day: date) -> date:
        """The day itself where it is a workday, else the next one."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def between(self, after: date, until: date) -> int:
        """How many workdays lie in (after, until]; 0 where until is not later."""
        count, day = 0, after + _ONE_DAY
        while day <= until:
            count += self.is_workday(day)
            day += _ONE_DAY
        return count


@dataclass(frozen=True, slots=True)
class Deadline:
    """So many calendar days after the end of a quarter, moved to the next workday."""

    days: int = 10

    def day(self, year: int, quarter: int, workdays: Workdays) -> date:
        """The last day (inclusive) on which the quarter's report is in time."""
        end = date(year, 12, 31) if quarter == 4 else date(year, 3 * quarter + 1, 1) - _ONE_DAY
        return workdays.next_workday(end + timedelta(days=self.days))
