"""The answer to an upload: what was found, what it changes, what hangs on it, what may be said to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from intake.explanations import Explanation, explanation_issue, soft_issues
from intake.issue_keys import IssueKey
from intake.report import Intake, Verdict
from intake.stakes import Stakes
from models.records import StoredReport
from models.unit_of_work import UnitOfWork
from scoring.errors import Issue
from scoring.rulebook.explanations import ExplanationRules
from scoring.rulebook.rules import RuleSet
from services.explaining import Offer, explanations_of, offers_for, said_of
from services.forecast import Forecast, forecast_of
from services.report_changes import ReportChanges, changes_of
from services.views import Receipt, receipt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadAnswer:
    """Everything that is said to an upload that was only looked at.

    stakes: points that hang on each issue. explained: what counts as said. offered: what was accepted in
    earlier quarters and may be said again, for issues that are not explained yet. forecast: None where the
    file was kept or could not be read.
    """

    intake: Intake
    explaining: ExplanationRules
    changes: ReportChanges
    stakes: Mapping[IssueKey, Fraction]
    explained: Mapping[IssueKey, Explanation]
    offered: Mapping[IssueKey, Offer]
    forecast: Forecast | None = None

    @property
    def waiting(self) -> Mapping[IssueKey, Issue]:
        """The soft issues that nobody has said anything to."""
        soft = soft_issues(self.intake.issues)
        return {key: issue for key, issue in soft.items() if key not in self.explained}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer(UploadAnswer):
    """The answer to an upload that was kept.

    repeated: the same bytes, or the same figures and sayings in another file, came before; the receipt is of
    that report, and nothing new was kept.
    """

    receipt: Receipt
    repeated: bool


def answer_of(work: UnitOfWork, rules: RuleSet, read: Intake) -> UploadAnswer:
    """The answer to what was read, with a forecast; without, where the file could not be read."""
    unread = read.verdict is Verdict.UNREADABLE
    said = {} if unread else _would_be_said(work, rules, read)
    return UploadAnswer(
        intake=read,
        explaining=rules.explanations,
        changes=ReportChanges() if unread else _changes(work, rules, read, None),
        stakes=Stakes(rules).of_issues(read.issues),
        explained=said,
        offered={} if unread else _offered(work, rules, read, said),
        forecast=None if unread else _forecast(work, rules, read),
    )


def desk_answer(rules: RuleSet, read: Intake) -> UploadAnswer:
    """The answer without a store: nothing is known of other versions, offers, evidence or scores."""
    waiting = soft_issues(read.issues)
    said = {
        each.key: each
        for each in read.explanations
        if each.key in waiting
        and explanation_issue(each, rules.explanations, waiting[each.key].place) is None
        and not rules.explanations.needs_evidence(each.reason)
    }
    return UploadAnswer(
        intake=read,
        explaining=rules.explanations,
        changes=ReportChanges(),
        stakes=Stakes(rules).of_issues(read.issues),
        explained=said,
        offered={},
    )


def kept_answer(
    work: UnitOfWork, rules: RuleSet, read: Intake, report: StoredReport, *, repeated: bool
) -> KeptAnswer:
    """The answer to what was read and is kept as this report."""
    said = said_of(work, report)
    return KeptAnswer(
        intake=read,
        explaining=rules.explanations,
        changes=_changes(work, rules, read, report),
        stakes=Stakes(rules).of_issues(read.issues),
        explained=said,
        offered=_offered(work, rules, read, said),
        receipt=receipt_of(report),
        repeated=repeated,
    )


def _would_be_said(work: UnitOfWork, rules: RuleSet, read: Intake) -> dict[IssueKey, Explanation]:
    provider = read.provider.value
    latest = work.reports.list(unit=read.unit, period=read.period.code, provider=provider, limit=1)
    return explanations_of(work, read, rules.explanations, next(iter(latest), None))


def _offered(
    work: UnitOfWork, rules: RuleSet, read: Intake, said: Mapping[IssueKey, Explanation]
) -> Mapping[IssueKey, Offer]:
    waiting = [key for key in soft_issues(read.issues) if key not in said]
    if not waiting:
        return {}
    offers = offers_for(
        work, rules.explanations, unit=read.unit, provider=read.provider.value, period=read.period
    )
    return {key: offers[key] for key in waiting if key in offers}


def _changes(work: UnitOfWork, rules: RuleSet, read: Intake, report: StoredReport | None) -> ReportChanges:
    return changes_of(
        work,
        rules,
        unit=read.unit,
        period=read.period.code,
        provider=read.provider.value,
        facts=read.facts,
        before=report,
    )


def _forecast(work: UnitOfWork, rules: RuleSet, read: Intake) -> Forecast:
    return forecast_of(
        work,
        rules,
        unit=read.unit,
        period=read.period,
        provider=read.provider.value,
        facts=read.facts,
    )
