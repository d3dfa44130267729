"""The store of explanations: what was said to which issue of which report, by whom, and what holds now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, func, insert, select

from models.records import ReportId, ReportState, StoredExplanation
from models.stores.rows import columns_of, values_of
from models.tables.explanations import ExplanationRow
from models.tables.reports import ReportRow
from scoring.codes import PeriodCode, UnitCode

_IN_FORCE = tuple(state for state in ReportState if state.is_in_force)


class Explanations:
    """Explanations in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, given: Iterable[StoredExplanation]) -> None:
        """Keep explanations; `version` must be one more than what is kept of the issue.

        Raises:
            IntegrityError: that version is kept already (Conflict, outside).
        """
        for each in given:
            self._connection.execute(insert(ExplanationRow).values(values_of(each)))

    def of_report(self, report_id: ReportId) -> dict[str, StoredExplanation]:
        """What holds now for a report, by issue; ask first whether the report may be seen."""
        query = _selected().where(ExplanationRow.report_id == report_id).order_by(*_ORDER)
        return {each.issue_key: each for each in self._all(query)}

    def history(self, report_id: ReportId) -> tuple[StoredExplanation, ...]:
        """Everything that was ever said of a report, issue by issue, the oldest first."""
        query = _selected().where(ExplanationRow.report_id == report_id).order_by(*_ORDER)
        return tuple(self._all(query))

    def accepted(
        self, unit: UnitCode, provider: str, periods: Collection[PeriodCode]
    ) -> dict[str, StoredExplanation]:
        """By issue, what was said in reports in force of these periods; that of the latest period stands.

        The periods must be of one length, so that their codes sort by time.
        """
        query = (
            _selected()
            .join(ReportRow, ReportRow.id == ExplanationRow.report_id)
            .where(
                ReportRow.unit == unit,
                ReportRow.provider == provider,
                ReportRow.period.in_(periods),
                ReportRow.state.in_(_IN_FORCE),
            )
            .order_by(ReportRow.period, ReportRow.version, *_ORDER)
        )
        return {each.issue_key: each for each in self._all(query)}

    def next_version(self, report_id: ReportId, issue_key: str) -> int:
        """The number for the next saying about an issue: 1 for the first."""
        query = select(func.coalesce(func.max(ExplanationRow.version), 0)).where(
            ExplanationRow.report_id == report_id, ExplanationRow.issue_key == issue_key
        )
        return self._connection.execute(query).scalar_one() + 1

    def _all(self, query: Any) -> Iterable[StoredExplanation]:
        return (StoredExplanation(**row._asdict()) for row in self._connection.execute(query))


_ORDER = (ExplanationRow.issue_key, ExplanationRow.version)


def _selected() -> Any:
    return select(*columns_of(StoredExplanation, ExplanationRow))
