"""Shapes of handing in: receipts, what was found in a file, decisions, tables."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, Moment
from api.schemas.problems import IssueBody, issue_body
from intake.explanations import Explanation
from intake.issue_keys import IssueKey, issue_key
from models.records import ReportState
from scoring.errors import Issue
from scoring.rulebook.explanations import ReasonCode
from services.explaining import Explained
from services.reports import ReportView
from services.views import Receipt


class ReceiptBody(Body):
    """Proof of what was handed in and how it stands."""

    report: str
    unit: str
    period: str
    version: int
    state: ReportState
    file_name: str
    file_sha256: str
    format: str = Field(description="xlsx、xls、csv 或 zip;数据表为空。What the file was.")
    figures_sha256: str = Field(description="只看数的摘要,与格式无关。Of the figures, whatever the format.")
    received_at: Moment
    reason: str = Field(description="退回的理由。Why it was returned.")


class ReceiptsBody(Body):
    """A page of reports, newest first."""

    items: list[ReceiptBody]
    next: str | None = Field(
        description="下一页的 after 参数;空 = 没有了。For the parameter `after`; null = the end."
    )


class SaidBody(Body):
    """What was said to a soft issue, by whom and when."""

    reason: str = Field(description="原因代码。The code of a reason.")
    text: str
    actor: str
    given_at: Moment


class ReportIssueBody(IssueBody):
    """One thing that is wrong in a report, and what was said to it."""

    key: str = Field(description="情况说明按它对应。By this an explanation belongs to it.")
    explanation: SaidBody | None = None


class ReportBody(Body):
    """One report with everything found in it."""

    receipt: ReceiptBody
    issues: list[ReportIssueBody]
    findings: list[IssueBody] = Field(description="只给审核人看的提示。Hints for the reviewer alone.")


class ExplanationBody(Body):
    """What is said to one soft issue."""

    key: str = Field(max_length=400, description="问题的 key。The key of the issue.")
    reason: str = Field(max_length=64, description="原因代码。The code of a reason.")
    text: str = Field(max_length=4000, description="情况说明。In words.")


class ExplanationsBody(Body):
    """What is said to soft issues of a report; all is taken or nothing."""

    explanations: list[ExplanationBody] = Field(min_length=1, max_length=1000)


class ExplainedBody(Body):
    """How the report stands now."""

    receipt: ReceiptBody
    open: list[str] = Field(description="还没有说明的问题。Keys of the issues that still wait.")


class ReturnBody(Body):
    """Why a report is returned."""

    reason: str = Field(max_length=2000, description="理由,给报送单位看。")


class TableBody(Body):
    """The reports that a table was kept as: one a unit, period and provider."""

    reports: list[str]


def receipt_body(receipt: Receipt) -> ReceiptBody:
    """A receipt on the wire."""
    return ReceiptBody(
        report=receipt.report,
        unit=receipt.unit,
        period=receipt.period,
        version=receipt.version,
        state=receipt.state,
        file_name=receipt.file_name,
        file_sha256=receipt.file_sha256,
        format=receipt.format,
        figures_sha256=receipt.figures_sha256,
        received_at=receipt.received_at,
        reason=receipt.reason,
    )


def report_body(view: ReportView) -> ReportBody:
    """A report on the wire."""
    return ReportBody(
        receipt=receipt_body(view.receipt),
        issues=[_report_issue(issue, view) for issue in view.issues],
        findings=[issue_body(issue) for issue in view.findings],
    )


def _report_issue(issue: Issue, view: ReportView) -> ReportIssueBody:
    key = issue_key(issue)
    said = view.explained.get(key)
    return ReportIssueBody(
        **issue_body(issue).model_dump(),
        key=key,
        explanation=said
        and SaidBody(reason=said.reason, text=said.text, actor=said.actor, given_at=said.given_at),
    )


def explanations_in(body: ExplanationsBody) -> tuple[Explanation, ...]:
    """What was said, from the wire."""
    return tuple(
        Explanation(key=IssueKey(each.key), reason=ReasonCode(each.reason), text=each.text)
        for each in body.explanations
    )


def explained_body(explained: Explained) -> ExplainedBody:
    """How a report stands after explaining, on the wire."""
    return ExplainedBody(receipt=receipt_body(explained.receipt), open=list(explained.open))
