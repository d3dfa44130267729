"""The tables, one file an aggregate; importing this package makes all of them known to `Base.metadata`."""

from __future__ import annotations

from models.tables.blobs import BlobRow
from models.tables.calendar import CalendarYearRow, ExtensionRow, WorkdayRow
from models.tables.evidence import EvidenceLinkRow, EvidenceRow
from models.tables.explanations import ExplanationRow
from models.tables.log import LogEntryRow
from models.tables.people import ApiKeyRow, PersonRow
from models.tables.reports import ReportFactRow, ReportFindingRow, ReportIssueRow, ReportRow
from models.tables.rule_sets import RuleSetFileRow, RuleSetRow
from models.tables.run_orders import RunOrderRow
from models.tables.runs import RunAdjustmentRow, RunReportRow, RunResultRow, RunRow, RunScoreRow

__all__ = [
    "ApiKeyRow",
    "BlobRow",
    "CalendarYearRow",
    "EvidenceLinkRow",
    "EvidenceRow",
    "ExplanationRow",
    "ExtensionRow",
    "LogEntryRow",
    "PersonRow",
    "ReportFactRow",
    "ReportFindingRow",
    "ReportIssueRow",
    "ReportRow",
    "RuleSetFileRow",
    "RuleSetRow",
    "RunAdjustmentRow",
    "RunOrderRow",
    "RunReportRow",
    "RunResultRow",
    "RunRow",
    "RunScoreRow",
    "WorkdayRow",
]
