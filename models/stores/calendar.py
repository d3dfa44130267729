"""The store of the workday calendar: years and their notices, and days that are not as the week has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, select

from models.calendar_records import CalendarDay, CalendarYear
from models.stores.rows import columns_of, values_of
from models.tables.calendar import CalendarYearRow, WorkdayRow


class Calendar:
    """The calendar in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def days(self, year: int | None = None) -> tuple[CalendarDay, ...]:
        """The days of a year, in order; None = of all years."""
        query = select(*columns_of(CalendarDay, WorkdayRow)).order_by(WorkdayRow.day)
        return self._days(query if year is None else query.where(_within(year)))

    def set_day(self, day: CalendarDay) -> None:
        """Keep a day, in place of what was kept of it."""
        self._connection.execute(delete(WorkdayRow).where(WorkdayRow.day == day.day))
        self._connection.execute(insert(WorkdayRow).values(values_of(day)))

    def replace_year(self, year: int, days: Iterable[CalendarDay]) -> None:
        """Keep these days of a year in place of all that the office has not set itself."""
        found = WorkdayRow.corrected == False  # noqa: E712 - SQL, not Python
        self._connection.execute(delete(WorkdayRow).where(_within(year), found))
        kept = {each.day for each in self.days(year)}
        rows = [values_of(each) for each in days if each.day not in kept]
        if rows:
            self._connection.execute(insert(WorkdayRow), rows)

    def years(self) -> tuple[CalendarYear, ...]:
        """Every year that there is something about, in order."""
        query = select(*columns_of(CalendarYear, CalendarYearRow)).order_by(CalendarYearRow.year)
        return tuple(CalendarYear(**row._asdict()) for row in self._connection.execute(query))

    def year(self, year: int) -> CalendarYear | None:
        """One year; None where nothing was ever said of it."""
        return next((each for each in self.years() if each.year == year), None)

    def set_year(self, year: CalendarYear) -> None:
        """Keep a year, in place of what was kept of it."""
        self._connection.execute(delete(CalendarYearRow).where(CalendarYearRow.year == year.year))
        self._connection.execute(insert(CalendarYearRow).values(values_of(year)))

    def _days(self, query: Select[Any]) -> tuple[CalendarDay, ...]:
        return tuple(CalendarDay(**row._asdict()) for row in self._connection.execute(query))


def _within(year: int) -> Any:
    return and_(WorkdayRow.day >= date(year, 1, 1), WorkdayRow.day <= date(year, 12, 31))
