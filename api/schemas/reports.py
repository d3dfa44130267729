"""Shapes of handing in: receipts, what was found in a file, decisions, tables."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body, Moment
from api.schemas.problems import IssueBody, issue_body
from intake.report import Intake, Verdict
from models.records import ReportState
from services.reports import ReportView
from services.views import Receipt, UploadAnswer


class ReceiptBody(Body):
    """Proof of what was handed in and how it stands."""

    report: str
    unit: str
    period: str
    version: int
    state: ReportState
    file_name: str
    file_sha256: str
    received_at: Moment
    reason: str = Field(description="退回的理由。Why it was returned.")


class ReceiptsBody(Body):
    """A page of reports, newest first."""

    items: list[ReceiptBody]
    next: str | None = Field(
        description="下一页的 after 参数;空 = 没有了。For the parameter `after`; null = the end."
    )


class NormalisationBody(Body):
    """A value that was not taken exactly as typed."""

    sheet: str
    cell: str
    before: str
    after: str
    zh: str
    en: str


class CheckNotRunBody(Body):
    """A check that could not be decided."""

    form: str
    check: str
    about: str
    reason: str


class SeriesBody(Body):
    """A figure that was due and not reported."""

    element: str
    period: str
    member: str


class FindingsBody(Body):
    """Everything that one pass over a file has found."""

    verdict: Verdict
    required: int = Field(description="应填的格数。Cells that are due.")
    filled: int
    faulty: int
    issues: list[IssueBody]
    normalisations: list[NormalisationBody]
    checks_not_run: list[CheckNotRunBody]
    missing: list[SeriesBody]


class UploadBody(Body):
    """What an upload is answered with."""

    receipt: ReceiptBody | None = Field(description="回执;只试不收 (dry_run) 时为空。")
    repeated: bool = Field(description="同样的文件以前收过,回执还是那一份。The same bytes came before.")
    findings: FindingsBody


class ReportBody(Body):
    """One report with everything found in it."""

    receipt: ReceiptBody
    issues: list[IssueBody]


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
        received_at=receipt.received_at,
        reason=receipt.reason,
    )


def report_body(view: ReportView) -> ReportBody:
    """A report on the wire."""
    return ReportBody(receipt=receipt_body(view.receipt), issues=[issue_body(issue) for issue in view.issues])


def upload_body(answer: UploadAnswer) -> UploadBody:
    """The answer to an upload that was kept."""
    return UploadBody(
        receipt=receipt_body(answer.receipt),
        repeated=answer.repeated,
        findings=findings_body(answer.intake),
    )


def dry_run_body(found: Intake) -> UploadBody:
    """The answer to a file that was only looked at."""
    return UploadBody(receipt=None, repeated=False, findings=findings_body(found))


def findings_body(found: Intake) -> FindingsBody:
    """What was found in a file, on the wire."""
    return FindingsBody(
        verdict=found.verdict,
        required=found.required,
        filled=found.filled,
        faulty=found.faulty,
        issues=[issue_body(issue) for issue in found.issues],
        normalisations=[
            NormalisationBody(
                sheet=each.sheet,
                cell=each.cell,
                before=each.before,
                after=each.after,
                zh=each.why,
                en=each.why_en,
            )
            for each in found.normalisations
        ],
        checks_not_run=[
            CheckNotRunBody(form=each.form, check=each.check, about=each.about, reason=each.reason)
            for each in found.checks_not_run
        ],
        missing=[
            SeriesBody(element=each.element, period=each.period, member=each.member) for each in found.missing
        ],
    )
