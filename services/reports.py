"""Asking about reports: the list, one with its issues, its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.issue_keys import IssueKey
from models.errors import NotStored
from models.records import ReportId, StoredExplanation
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue
from services.context import Context
from services.errors import NotFound
from services.policy import Action, Actor, demand, visible_unit
from services.report_media import XLSX as XLSX
from services.report_media import media_of
from services.submit import PROVIDER
from services.views import Export, Receipt, receipt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report's receipt, everything found in it, and what was said to it.

    findings: what only reviewers are told; empty for the submitter.
    """

    receipt: Receipt
    issues: tuple[Issue, ...]
    explained: Mapping[IssueKey, StoredExplanation]
    findings: tuple[Issue, ...]


def list_reports(
    context: Context,
    *,
    actor: Actor,
    period: str | None = None,
    unit: UnitCode | None = None,
    after: ReportId | None = None,
    limit: int = 1000,
) -> tuple[Receipt, ...]:
    """The reports of regions that the actor may see, newest first; `after`: the last of the page before."""
    own = visible_unit(actor, Action.READ_REPORT)
    demand(actor, Action.READ_REPORT, own)
    if own is not None and unit not in (None, own):
        return ()
    with context.read() as work:
        try:
            found = work.reports.list(
                unit=own or unit,
                period=None if period is None else PeriodCode(period),
                provider=PROVIDER,
                after=after,
                limit=limit,
            )
        except NotStored:
            raise NotFound("报表", after or "") from None
    return tuple(receipt_of(report) for report in found)


def report_with_issues(context: Context, *, actor: Actor, report: ReportId) -> ReportView:
    """One report; to those who may not see it, it does not exist."""
    own = visible_unit(actor, Action.READ_REPORT)
    demand(actor, Action.READ_REPORT, own)
    with context.read() as work:
        try:
            found = work.reports.by_id(report, unit=own)
        except NotStored:
            raise NotFound("报表", report) from None
        if own is not None and found.provider != PROVIDER:
            # The file of a table holds the figures of other units, too.
            raise NotFound("报表", report)
        said = work.explanations.of_report(report)
        return ReportView(
            receipt=receipt_of(found),
            issues=work.reports.issues(report),
            explained={IssueKey(key): each for key, each in said.items()},
            findings=work.reports.findings(report) if own is None else (),
        )


def original_file(context: Context, *, actor: Actor, report: ReportId) -> Export:
    """The very bytes that were handed in, their digest proved again."""
    found = report_with_issues(context, actor=actor, report=report).receipt
    with context.read() as work:
        content = work.blobs.read(found.file_sha256)  # type: ignore[arg-type]
    media = media_of(content)
    return Export(
        content=content,
        media_type=media.type,
        file_name=f"{found.unit}-{found.period}-v{found.version}{media.suffix}",
    )
