"""The answer to a report that is kept, given again later: what was stored holds, the rest is read anew."""

from __future__ import annotations

from dataclasses import replace

from intake.report import Intake, Verdict, read_report
from models.records import ReportId, StoredReport
from models.unit_of_work import UnitOfWork
from scoring.errors import Issue, has_hard
from scoring.periods import Period, period_from_text
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from services.check_contexts import context_of
from services.context import Context
from services.errors import NotFound
from services.policy import Action, Actor, visible_unit
from services.reports import ReportView, report_with_issues
from services.upload_answers import KeptAnswer, kept_answer


def answer_of_report(context: Context, *, actor: Actor, report: ReportId) -> KeptAnswer:
    """What was answered when the report came, and how it stands now.

    Issues, findings, explanations and the receipt are those that are stored. Normalisations, missing series
    and checks not run are not stored: the kept file is read again by the rules of its time, and a check is
    listed as not run where today's accepted figures do not allow it. Raises NotFound as `report_with_issues`.
    """
    view = report_with_issues(context, actor=actor, report=report)
    with context.read() as work:
        stored = work.reports.by_id(report, unit=visible_unit(actor, Action.READ_REPORT))
        quarter = _quarter_of(stored)
        rules = context.library.by_digest(stored.rule_set_digest, work).in_force(quarter)
        read = _read_again(context, work, rules, stored, quarter)
        return kept_answer(work, rules, _as_stored(read, view), stored, repeated=False)


def _quarter_of(stored: StoredReport) -> Period:
    """The quarter of a region's workbook; tables of other providers are answered when they come."""
    quarter = period_from_text(stored.period)
    if stored.provider != Provider.REGION or quarter is None or quarter.yearly:
        raise NotFound("报表", stored.id)
    return quarter


def _read_again(
    context: Context, work: UnitOfWork, rules: RuleSet, stored: StoredReport, quarter: Period
) -> Intake:
    provider = Provider(stored.provider)
    return read_report(
        work.blobs.read(stored.file_sha256),
        rules=rules,
        unit=stored.unit,
        period=quarter,
        provider=provider,
        context=context_of(work, rules, stored.unit, quarter, provider),
        reader=context.reader,
    )


def _as_stored(read: Intake, view: ReportView) -> Intake:
    return replace(read, issues=view.issues, findings=view.findings, verdict=_verdict_of(view.issues))


def _verdict_of(issues: tuple[Issue, ...]) -> Verdict:
    if has_hard(issues):
        return Verdict.TO_CORRECT
    return Verdict.TO_EXPLAIN if issues else Verdict.IN_ORDER
