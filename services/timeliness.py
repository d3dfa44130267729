"""Until when a report is in time, when its first and accepted versions came, and how many workdays late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.calendar_records import StoredExtension
from models.records import ReportId, ReportState, StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import UnitCode
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from scoring.workdays import BEIJING_TIME, Timeliness, Workdays, quarter_end

_ACCEPTED = {ReportState.ACCEPTED, ReportState.LOCKED}
"""An amendment after the lock is no late report: it does not count as the version accepted in the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """The last day (inclusive, until 24:00 in Beijing) on which a unit's report is in time.

    regular: by the rule alone. extension: what was granted instead, if anything. provisional: a notice that
    the rule looks at is not out yet, so that the regular day can still move.
    """

    day: date
    regular: date
    extension: StoredExtension | None
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When a version came, and how many workdays late; 0 = in time."""

    report: ReportId
    version: int
    received_at: datetime
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The first version that could be read, and the one accepted in the end; None where there is none yet."""

    first: Arrival | None
    accepted: Arrival | None

    def scoring(self, timeliness: Timeliness) -> Arrival | None:
        """The one whose lateness scores."""
        return self.first if timeliness is Timeliness.FIRST else self.accepted


def regular_day(rules: RuleSet, quarter: Period, workdays: Workdays) -> LastDay:
    """The last day by the rule alone."""
    day = rules.deadline.day(quarter.year, quarter.quarter, workdays)
    sure = workdays.is_published(day) and workdays.is_published(quarter_end(quarter.year, quarter.quarter))
    return LastDay(day=day, regular=day, extension=None, provisional=not sure)


def last_day(
    work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, workdays: Workdays
) -> LastDay:
    """The last day for a unit: what was granted, else what the rule says."""
    regular = regular_day(rules, quarter, workdays)
    granted = work.extensions.in_force(unit, quarter.code)
    if granted is None:
        return regular
    return LastDay(day=granted.last_day, regular=regular.day, extension=granted, provisional=False)


def versions_of(work: UnitOfWork, unit: UnitCode, quarter: Period) -> tuple[StoredReport, ...]:
    """What a unit has handed in for a quarter, the first version first; drafts are not handed in yet."""
    found = work.reports.list(unit=unit, period=quarter.code, provider=Provider.REGION)
    handed_in = (each for each in found if each.state is not ReportState.DRAFT)
    return tuple(sorted(handed_in, key=lambda report: report.version))


def arrivals(versions: Sequence[StoredReport], last: date, workdays: Workdays) -> Arrivals:
    """When the versions came; a file that could not be read was never one."""
    accepted = [each for each in versions if each.state in _ACCEPTED]
    return Arrivals(
        first=_arrival(versions[0], last, workdays) if versions else None,
        accepted=_arrival(accepted[-1], last, workdays) if accepted else None,
    )


def _arrival(report: StoredReport, last: date, workdays: Workdays) -> Arrival:
    return Arrival(
        report=report.id,
        version=report.version,
        received_at=report.received_at,
        days_late=days_late(report.received_at, last, workdays),
    )


def days_late(received_at: datetime, last: date, workdays: Workdays) -> int:
    """Workdays after the last day until the arrival, by the clock of Beijing.

    What comes after the last day is never in time: on the weekend right behind it, it is one day late.
    """
    arrived = received_at.astimezone(BEIJING_TIME).date()
    return max(1, workdays.between(last, arrived)) if arrived > last else 0
