"""The store of scoring runs: written whole, then only read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select

from models.bulk import insert_rows
from models.errors import NotStored
from models.records import ReportId, RunId, StoredRun, UnitCard
from models.stores.rows import columns_of, values_of
from models.stores.run_rows import (
    ADJUSTMENT_COLUMNS,
    RESULT_COLUMNS,
    SCORE_COLUMNS,
    adjustment_from,
    adjustment_rows,
    result_from,
    result_rows,
    score_from,
    score_rows,
)
from models.tables.runs import RunAdjustmentRow, RunReportRow, RunResultRow, RunRow, RunScoreRow
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.results import AdjustmentScore, NodeScore, UnitResult

_MOST_AT_ONCE: Final = 1000


class Runs:
    """Runs in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        run: StoredRun,
        *,
        scores: Iterable[NodeScore],
        adjustments: Iterable[AdjustmentScore],
        results: Iterable[UnitResult],
        reports: Collection[ReportId],
    ) -> None:
        """Keep a run with everything it gave, and the reports whose figures it used.

        Results are put in order of rank; equals stay as they come, so they must come in a fixed order.

        Raises:
            IntegrityError: the id is taken, or a score comes twice (Conflict, outside).
        """
        self._connection.execute(insert(RunRow).values(values_of(run)))
        write = self._connection
        insert_rows(write, RunReportRow, ("run_id", "report_id"), [(run.id, report) for report in reports])
        insert_rows(write, RunScoreRow, SCORE_COLUMNS, score_rows(run.id, scores))
        insert_rows(write, RunAdjustmentRow, ADJUSTMENT_COLUMNS, adjustment_rows(run.id, adjustments))
        insert_rows(write, RunResultRow, RESULT_COLUMNS, result_rows(run.id, results))

    def by_id(self, run_id: RunId) -> StoredRun:
        """One run.

        Raises:
            NotStored: there is none of this id.
        """
        found = self._runs(_selected().where(RunRow.id == run_id))
        if not found:
            raise NotStored("计分批次", run_id)
        return found[0]

    def latest(self, period: PeriodCode, *, label: str | None = None) -> StoredRun | None:
        """The newest run of a period (with this label, if one is given); None when there is none."""
        found = self.list(period=period, label=label, limit=1)
        return found[0] if found else None

    def list(
        self, *, period: PeriodCode | None = None, label: str | None = None, limit: int = _MOST_AT_ONCE
    ) -> tuple[StoredRun, ...]:
        """Runs from the newest to the oldest, at most `limit` and never more than 1,000."""
        query = _selected().order_by(RunRow.created_at.desc(), RunRow.id.desc())
        wanted = {RunRow.period: period, RunRow.label: label}
        query = query.where(*(column == value for column, value in wanted.items() if value is not None))
        return self._runs(query.limit(min(limit, _MOST_AT_ONCE)))

    def reports(self, run_id: RunId) -> tuple[ReportId, ...]:
        """The reports whose figures the run used, by id."""
        query = select(RunReportRow.report_id).where(RunReportRow.run_id == run_id)
        return tuple(self._connection.execute(query.order_by(RunReportRow.report_id)).scalars())

    def ranking(self, run_id: RunId) -> tuple[UnitResult, ...]:
        """All results as stored: by rank, units without one last; empty for a run that is not there."""
        query = select(*_columns(RunResultRow, RESULT_COLUMNS)).where(RunResultRow.run_id == run_id)
        return tuple(result_from(row) for row in self._rows(query.order_by(RunResultRow.position)))

    def card(self, run_id: RunId, unit: UnitCode) -> UnitCard:
        """Everything the run says of one unit.

        Raises:
            NotStored: the run is not there, or has no result for the unit.
        """
        query = select(*_columns(RunResultRow, RESULT_COLUMNS))
        found = self._rows(query.where(RunResultRow.run_id == run_id, RunResultRow.unit == unit))
        if not found:
            raise NotStored("结果", f"{run_id}/{unit}")
        return UnitCard(
            result=result_from(found[0]),
            scores=self._scores(RunScoreRow.run_id == run_id, RunScoreRow.unit == unit),
            adjustments=self._adjustments(run_id, unit),
        )

    def node(self, run_id: RunId, unit: UnitCode, node: NodeCode) -> NodeScore:
        """The score of one unit at one node.

        Raises:
            NotStored: the run has no such score.
        """
        key = (RunScoreRow.run_id == run_id, RunScoreRow.unit == unit, RunScoreRow.node == node)
        found = self._scores(*key)
        if not found:
            raise NotStored("得分", f"{run_id}/{unit}/{node}")
        return found[0]

    def at_node(self, run_id: RunId, node: NodeCode) -> tuple[NodeScore, ...]:
        """All units at one node, most points first, then by unit; those without points last."""
        found = self._scores(RunScoreRow.run_id == run_id, RunScoreRow.node == node)
        # Points are exact texts, which no database can compare.
        return tuple(sorted(found, key=lambda score: (score.points is None, -(score.points or Fraction(0)))))

    def _scores(self, *conditions: Any) -> tuple[NodeScore, ...]:
        query = select(*_columns(RunScoreRow, SCORE_COLUMNS)).where(*conditions)
        return tuple(
            score_from(row) for row in self._rows(query.order_by(RunScoreRow.unit, RunScoreRow.node))
        )

    def _adjustments(self, run_id: RunId, unit: UnitCode) -> tuple[AdjustmentScore, ...]:
        query = select(*_columns(RunAdjustmentRow, ADJUSTMENT_COLUMNS))
        query = query.where(RunAdjustmentRow.run_id == run_id, RunAdjustmentRow.unit == unit)
        return tuple(adjustment_from(row) for row in self._rows(query.order_by(RunAdjustmentRow.code)))

    def _runs(self, query: Select[Any]) -> tuple[StoredRun, ...]:
        return tuple(StoredRun(**row) for row in self._rows(query))

    def _rows(self, query: Select[Any]) -> tuple[dict[str, Any], ...]:
        return tuple(row._asdict() for row in self._connection.execute(query))


def _selected() -> Select[Any]:
    return select(*columns_of(StoredRun, RunRow))


def _columns(row_type: type[Any], names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row_type, name) for name in names if name not in {"run_id", "position"})
