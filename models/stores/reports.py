"""The store of reports: versions, their issues and facts, and which of them are in force."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from models.bulk import insert_rows
from models.errors import NotStored, WrongState
from models.records import ReportId, ReportState, RunId, Sha256, StoredReport
from models.stores.report_rows import (
    FACT_COLUMNS,
    ISSUE_COLUMNS,
    fact_from,
    fact_rows,
    issue_from,
    issue_rows,
)
from models.stores.rows import columns_of, values_of
from models.tables.reports import ReportFactRow, ReportFindingRow, ReportIssueRow, ReportRow
from models.tables.runs import RunReportRow
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue
from scoring.facts import Fact

_MOST_AT_ONCE: Final = 1000
_FACTS_AT_ONCE: Final = 5000
_IN_FORCE: Final = tuple(state for state in ReportState if state.is_in_force)
_REPORT_ORDER: Final = (ReportRow.period, ReportRow.provider, ReportRow.unit, ReportRow.version)
_FACT_ORDER: Final = (*_REPORT_ORDER, ReportFactRow.element, ReportFactRow.member, ReportFactRow.period)


class Reports:
    """Reports in the transaction of a unit of work.

    Where a method takes `unit`, it looks no further than that unit; None is every unit, and is for those who
    may see them all.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_version(self, unit: UnitCode, period: PeriodCode, provider: str) -> int:
        """The number for the next version: 1 for the first; free until this transaction ends."""
        query = select(func.coalesce(func.max(ReportRow.version), 0)).where(
            *_versions_of(unit, period, provider)
        )
        return self._connection.execute(query).scalar_one() + 1

    def add(
        self,
        report: StoredReport,
        *,
        facts: Iterable[Fact] = (),
        issues: Iterable[Issue] = (),
        findings: Iterable[Issue] = (),
    ) -> None:
        """Keep a new version with what was read from it, what is wrong in it, what only a reviewer is told.

        The rule set and the file must be kept first. Facts may be a generator.

        Raises:
            ValueError: a fact is of another unit or another file than the report.
            IntegrityError: the id or the version is taken, or a fact comes twice (Conflict, outside).
        """
        self._connection.execute(insert(ReportRow).values(values_of(report)))
        insert_rows(self._connection, ReportIssueRow, ISSUE_COLUMNS, issue_rows(report, issues))
        insert_rows(self._connection, ReportFindingRow, ISSUE_COLUMNS, issue_rows(report, findings))
        insert_rows(self._connection, ReportFactRow, FACT_COLUMNS, fact_rows(report, facts))

    def by_id(self, report_id: ReportId, *, unit: UnitCode | None) -> StoredReport:
        """One report.

        Raises:
            NotStored: there is none of this id, or it is another unit's: the asker cannot tell which.
        """
        found = self._first(_selected().where(ReportRow.id == report_id), unit)
        if found is None:
            raise NotStored("报表", report_id)
        return found

    def latest_in_force(self, unit: UnitCode, period: PeriodCode, provider: str) -> StoredReport | None:
        """The version whose figures count: the highest one that was accepted; None when none was."""
        query = _selected().where(*_versions_of(unit, period, provider), ReportRow.state.in_(_IN_FORCE))
        return self._first(query.order_by(ReportRow.version.desc()), None)

    def latest_with_facts(
        self, unit: UnitCode, period: PeriodCode, provider: str, *, before: int | None = None
    ) -> StoredReport | None:
        """The latest version that has figures, older than version `before`; None when none has."""
        figures = exists().where(ReportFactRow.report_id == ReportRow.id)
        query = _selected().where(*_versions_of(unit, period, provider), figures)
        if before is not None:
            query = query.where(ReportRow.version < before)
        return self._first(query.order_by(ReportRow.version.desc()), None)

    def find_same_content(
        self, unit: UnitCode, period: PeriodCode, provider: str, sha256: Sha256, content: Sha256 | None = None
    ) -> StoredReport | None:
        """The latest version that came as exactly these bytes, or said exactly the same; None when none did.

        `content` is the digest of all that was read and found; None = only the bytes count.
        """
        same = ReportRow.file_sha256 == sha256
        if content is not None:
            same = or_(same, ReportRow.content_sha256 == content)
        query = _selected().where(*_versions_of(unit, period, provider), same)
        return self._first(query.order_by(ReportRow.version.desc()), None)

    def list(
        self,
        *,
        unit: UnitCode | None,
        period: PeriodCode | None = None,
        provider: str | None = None,
        states: Collection[ReportState] | None = None,
        after: ReportId | None = None,
        limit: int = _MOST_AT_ONCE,
    ) -> tuple[StoredReport, ...]:
        """Reports from the newest to the oldest; `after` names the last one of the page before.

        At most `limit`, and never more than 1,000. None does not narrow; no states at all gives nothing.

        Raises:
            NotStored: `after` is no report, or another unit's.
        """
        query = _selected().order_by(ReportRow.received_at.desc(), ReportRow.id.desc())
        wanted = {ReportRow.unit: unit, ReportRow.period: period, ReportRow.provider: provider}
        query = query.where(*(column == value for column, value in wanted.items() if value is not None))
        if states is not None:
            query = query.where(ReportRow.state.in_(states))
        if after is not None:
            last = self.by_id(after, unit=unit)
            query = query.where(tuple_(ReportRow.received_at, ReportRow.id) < (last.received_at, last.id))
        return self._all(query.limit(min(limit, _MOST_AT_ONCE)))

    def in_force(
        self, periods: Collection[PeriodCode] | None = None, *, unit: UnitCode | None
    ) -> tuple[StoredReport, ...]:
        """The report in force of every unit, period and provider, in order of period, provider, unit.

        Args:
            periods: only reports of these periods; None = of all.
            unit: only this unit's; None = every unit's.
        """
        return self._all(_in_force(_selected(), periods, unit).order_by(*_REPORT_ORDER))

    def facts_in_force(
        self, periods: Collection[PeriodCode] | None = None, *, unit: UnitCode | None
    ) -> Iterator[Fact]:
        """The facts of the same reports as `in_force` gives, in the same order, read as they are asked for.

        `periods` are those of the reports; a report may hold figures of other periods (a year's, in that of
        its last quarter). Of two facts for one place the later stands, as `gather_facts` has it.
        """
        return self._facts(_in_force(_facts_selected(), periods, unit))

    def facts(self, report_id: ReportId) -> Iterator[Fact]:
        """The facts of one report, in force or not; ask `by_id` first whether it may be seen."""
        return self._facts(_facts_selected().where(ReportRow.id == report_id))

    def facts_of_run(self, run_id: RunId) -> Iterator[Fact]:
        """The facts that a run has used, in the order in which it met them, whatever is in force today."""
        used = select(RunReportRow.report_id).where(RunReportRow.run_id == run_id)
        return self._facts(_facts_selected().where(ReportRow.id.in_(used)))

    def issues(self, report_id: ReportId) -> tuple[Issue, ...]:
        """What is wrong in a report, as the submitter was told; ask `by_id` first whether it may be seen."""
        return self._issues(ReportIssueRow, report_id)

    def findings(self, report_id: ReportId) -> tuple[Issue, ...]:
        """What only the reviewer is told of a report; never for the submitter."""
        return self._issues(ReportFindingRow, report_id)

    def move(
        self,
        report_id: ReportId,
        *,
        from_states: Collection[ReportState],
        to_state: ReportState,
        decided_at: datetime | None = None,
        reason: str | None = None,
    ) -> StoredReport:
        """Bring a report from one of these states to another; give it as it is then.

        `decided_at` and `reason` stay as they were where they are None.

        Raises:
            WrongState: it is in none of `from_states`; nothing was changed.
            NotStored: there is none of this id.
        """
        changes: dict[str, Any] = {"state": to_state, "decided_at": decided_at, "reason": reason}
        moved = self._connection.execute(
            update(ReportRow)
            .where(ReportRow.id == report_id, ReportRow.state.in_(from_states))
            .values({name: value for name, value in changes.items() if value is not None})
        ).rowcount
        report = self.by_id(report_id, unit=None)
        if not moved:
            raise WrongState(report_id, report.state, from_states)
        return report

    def _issues(
        self, row_type: type[ReportIssueRow | ReportFindingRow], report_id: ReportId
    ) -> tuple[Issue, ...]:
        columns = [getattr(row_type, name) for name in ISSUE_COLUMNS[2:]]
        query = select(*columns).where(row_type.report_id == report_id).order_by(row_type.position)
        return tuple(issue_from(row._asdict()) for row in self._connection.execute(query))

    def _first(self, query: Select[Any], unit: UnitCode | None) -> StoredReport | None:
        narrowed = query if unit is None else query.where(ReportRow.unit == unit)
        row = self._connection.execute(narrowed.limit(1)).one_or_none()
        return None if row is None else StoredReport(**row._asdict())

    def _all(self, query: Select[Any]) -> tuple[StoredReport, ...]:
        return tuple(StoredReport(**row._asdict()) for row in self._connection.execute(query))

    def _facts(self, query: Select[Any]) -> Iterator[Fact]:
        options = {"yield_per": _FACTS_AT_ONCE}
        with self._connection.execute(query.order_by(*_FACT_ORDER), execution_options=options) as found:
            for row in found:
                values = row._asdict()
                yield fact_from(values.pop("unit"), values.pop("file_sha256"), values)


def _selected() -> Select[Any]:
    return select(*columns_of(StoredReport, ReportRow))


def _facts_selected() -> Select[Any]:
    columns = [getattr(ReportFactRow, name) for name in FACT_COLUMNS[1:]]
    return select(ReportRow.unit, ReportRow.file_sha256, *columns).join(
        ReportRow, ReportRow.id == ReportFactRow.report_id
    )


def _versions_of(unit: UnitCode, period: PeriodCode, provider: str) -> tuple[Any, ...]:
    return ReportRow.unit == unit, ReportRow.period == period, ReportRow.provider == provider


def _in_force(
    query: Select[Any], periods: Collection[PeriodCode] | None, unit: UnitCode | None
) -> Select[Any]:
    later = aliased(ReportRow)
    overtaken = exists().where(
        later.unit == ReportRow.unit,
        later.period == ReportRow.period,
        later.provider == ReportRow.provider,
        later.version > ReportRow.version,
        later.state.in_(_IN_FORCE),
    )
    query = query.where(ReportRow.state.in_(_IN_FORCE), ~overtaken)
    if periods is not None:
        query = query.where(ReportRow.period.in_(periods))
    return query if unit is None else query.where(ReportRow.unit == unit)
