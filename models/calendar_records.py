"""What the stores of the workday calendar and of granted extensions take and give: frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scoring.codes import PeriodCode, UnitCode


class DayKind(StrEnum):
    """What the calendar says of a day."""

    HOLIDAY = "holiday"
    """Off by the yearly notice, be it a weekend day or not."""
    WORKDAY = "workday"
    """Worked; on a weekend, in exchange for another day (调休)."""
    PLAIN = "plain"
    """As the day of the week has it: what is left when a day was listed by mistake."""


class YearStatus(StrEnum):
    """Whether a year's notice is out."""

    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    """Holidays may be known, but not which weekends are worked: deadlines in it are provisional."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day that is not what its day of the week says, or that the office has set.

    corrected: the office has set it, and it stands above rule sets and notices. log_position: the entry of
    the act that made it so.
    """

    day: date
    kind: DayKind
    source: str
    corrected: bool
    because: str
    changed_by: str
    changed_at: datetime
    log_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One year of the calendar; notice: the number or title of the notice, or where its days come from."""

    year: int
    status: YearStatus
    notice: str
    changed_by: str
    changed_at: datetime
    log_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExtension:
    """A later last day, granted to one unit for one period.

    asked_by: who asked for it, empty where nobody said. Of several that are not revoked, the one granted last
    counts.
    """

    id: str
    unit: UnitCode
    period: PeriodCode
    last_day: date
    reason: str
    asked_by: str
    granted_by: str
    granted_at: datetime
    revoked_at: datetime | None = None
    revoked_by: str = ""
    revoked_because: str = ""
