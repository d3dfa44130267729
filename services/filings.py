"""How reporting stands: until when each unit's quarter is due, what came, and what its last version is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.records import ReportState, StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import UnitCode
from scoring.periods import QUARTERS, Period
from scoring.rulebook.rules import RuleSet
from scoring.workdays import BEIJING_TIME, Workdays, quarter_end
from services.calendar import effective_workdays
from services.context import Context
from services.policy import Action, Actor, demand, visible_unit
from services.report_changes import ReportChanges, changes_of
from services.submit import PROVIDER, rules_for
from services.timeliness import Arrival, LastDay, arrivals, days_late, last_day
from services.views import Receipt, receipt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One unit's report for one quarter; latest is None where nothing came yet.

    in_force: the accepted version that counts, which may be older than the latest. last: None where the rule
    set has no calendar. days_left: calendar days until the last day, 0 on it, negative after it; None without
    a last day. scoring: the arrival whose lateness scores. late_now: workdays late of what is handed in now.
    """

    unit: UnitCode
    name: str
    period: Period
    has_ended: bool
    last: LastDay | None
    days_left: int | None
    late_now: int
    scoring: Arrival | None
    latest: Receipt | None
    in_force: Receipt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledVersion:
    """One version of a quarter's report, and what it changes against the one before it."""

    receipt: Receipt
    changes: ReportChanges


def filings_of_unit(context: Context, *, actor: Actor, unit: UnitCode, year: int) -> tuple[Filing, ...]:
    """The quarters of a year for one unit; raises NotFound for an unknown unit or year, NotAllowed."""
    demand(actor, Action.READ_REPORT, unit)
    periods = [Period(year, quarter, yearly=False) for quarter in QUARTERS]
    found = [rules_for(context, unit, period.code) for period in periods]
    with context.read() as work:
        return tuple(
            filing
            for rules, quarter in found
            for filing in _filings(context, work, rules, quarter, (unit,), unit)
        )


def filings_of_quarter(context: Context, *, actor: Actor, period: str) -> tuple[Filing, ...]:
    """A quarter's report of every unit, in the order of the rule set; for a region its own alone.

    Raises Invalid or NotFound where there is no such quarter, NotAllowed.
    """
    own = visible_unit(actor, Action.READ_REPORT)
    demand(actor, Action.READ_REPORT, own)
    year_rules = context.library.current(_year_of(context, period))
    units = tuple(unit for unit in year_rules.units if own in (None, unit))
    if not units:
        return ()
    rules, quarter = rules_for(context, units[0], period)
    with context.read() as work:
        return _filings(context, work, rules, quarter, units, own)


def filing_of(context: Context, *, actor: Actor, unit: UnitCode, period: str) -> Filing:
    """One quarter's report of one unit; raises Invalid, NotFound or NotAllowed."""
    demand(actor, Action.READ_REPORT, unit)
    rules, quarter = rules_for(context, unit, period)
    with context.read() as work:
        return _filings(context, work, rules, quarter, (unit,), unit)[0]


def filed_versions(
    context: Context, *, actor: Actor, unit: UnitCode, period: str
) -> tuple[FiledVersion, ...]:
    """Every version of a quarter's report, the newest first; one that the checks returned has no figures."""
    demand(actor, Action.READ_REPORT, unit)
    rules, quarter = rules_for(context, unit, period)
    with context.read() as work:
        reports = work.reports.list(unit=unit, period=quarter.code, provider=PROVIDER)
        latest_first = sorted(reports, key=lambda each: -each.version)
        return tuple(_version(work, rules, report) for report in latest_first)


def _year_of(context: Context, period: str) -> int:
    """The year of a quarter's code; any year that there is for what is none, so that `rules_for` refuses."""
    years = context.library.years()
    return int(period[:4]) if period[:4].isascii() and period[:4].isdecimal() else years[0]


def _filings(
    context: Context,
    work: UnitOfWork,
    rules: RuleSet,
    quarter: Period,
    units: Iterable[UnitCode],
    narrowed: UnitCode | None,
) -> tuple[Filing, ...]:
    reports = _by_unit(work.reports.list(unit=narrowed, period=quarter.code, provider=PROVIDER))
    workdays = None if rules.workdays is None else effective_workdays(work, rules)
    desk = _Desk(work=work, rules=rules, quarter=quarter, workdays=workdays, now=context.clock())
    return tuple(desk.filing(unit, reports.get(unit, [])) for unit in units)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What one quarter's filings are reckoned by."""

    work: UnitOfWork
    rules: RuleSet
    quarter: Period
    workdays: Workdays | None
    now: datetime

    def filing(self, unit: UnitCode, versions: Sequence[StoredReport]) -> Filing:
        """`versions`: the newest first."""
        today = self.now.astimezone(BEIJING_TIME).date()
        last, scoring, late_now = self._dates(unit, versions)
        counts = next((each for each in versions if each.state.is_in_force), None)
        return Filing(
            unit=unit,
            name=self.rules.units[unit].name,
            period=self.quarter,
            has_ended=today > quarter_end(self.quarter.year, self.quarter.quarter),
            last=last,
            days_left=None if last is None else (last.day - today).days,
            late_now=late_now,
            scoring=scoring,
            latest=receipt_of(versions[0]) if versions else None,
            in_force=None if counts is None else receipt_of(counts),
        )

    def _dates(
        self, unit: UnitCode, versions: Sequence[StoredReport]
    ) -> tuple[LastDay | None, Arrival | None, int]:
        if self.workdays is None:
            return None, None, 0
        last = last_day(self.work, self.rules, unit, self.quarter, self.workdays)
        handed_in = [each for each in reversed(versions) if each.state is not ReportState.DRAFT]
        came = arrivals(handed_in, last.day, self.workdays)
        late_now = days_late(self.now, last.day, self.workdays)
        return last, came.scoring(self.rules.deadline.timeliness), late_now


def _by_unit(reports: Iterable[StoredReport]) -> dict[UnitCode, list[StoredReport]]:
    """The versions of each unit, the newest first."""
    found: dict[UnitCode, list[StoredReport]] = {}
    for report in sorted(reports, key=lambda each: -each.version):
        found.setdefault(report.unit, []).append(report)
    return found


def _version(work: UnitOfWork, rules: RuleSet, report: StoredReport) -> FiledVersion:
    facts = tuple(work.reports.facts(report.id))
    changes = ReportChanges()
    if facts:
        changes = changes_of(
            work,
            rules,
            unit=report.unit,
            period=report.period,
            provider=report.provider,
            facts=facts,
            before=report,
        )
    return FiledVersion(receipt=receipt_of(report), changes=changes)
