"""Explaining: what a submitter says to soft issues, what is offered again, what becomes of the report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.explanations import (
    Explanation,
    explanation_issue,
    nothing_to_explain,
    soft_issues,
    unproved_explanation,
)
from intake.issue_keys import IssueKey
from intake.report import Intake
from models.errors import NotStored
from models.records import ReportId, ReportState, StoredExplanation, StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue, has_hard
from scoring.periods import Period, quarter_code
from scoring.rulebook.explanations import ExplanationRules, ReasonCode
from services.context import Context
from services.errors import Conflict, NotFound, Rejected
from services.policy import Action, Actor, demand, visible_unit
from services.report_life import MOVES, Act, demand_move
from services.views import Receipt, receipt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An explanation that was accepted before and may be taken over as it is, or changed."""

    explanation: Explanation
    period: PeriodCode
    """Where it was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """How a report stands after something was said to its issues; `open` still waits."""

    receipt: Receipt
    given: Mapping[IssueKey, Explanation]
    open: tuple[IssueKey, ...]


def explain_issues(
    context: Context, *, actor: Actor, report: ReportId, given: Sequence[Explanation]
) -> Explained:
    """Keeps explanations of soft issues; the report is submitted as soon as none is left open.

    Each is kept beside what was said before; the last counts. All are taken or none: Rejected names
    everything that is wrong with them. Conflict where the report is no draft, or a later version is there.
    """
    with context.write() as work:
        stored = _own_report(work, actor, report)
        demand(actor, Action.UPLOAD, stored.unit)
        move = demand_move(stored.state, Act.EXPLAIN)
        _demand_latest(work, stored)
        rules = context.library.by_digest(stored.rule_set_digest, work).explanations
        waiting = soft_issues(work.reports.issues(report))
        proved = work.evidence.proved_issues(stored.unit, stored.period)
        _demand_fit(given, waiting, rules, proved)
        _keep(context, work, stored, waiting, given, actor)
        holds = said_of(work, stored)
        still = tuple(key for key in waiting if key not in holds)
        if not still:
            stored = work.reports.move(
                report, from_states=[stored.state], to_state=move.state_for(stored.version)
            )
        _log(context, work, stored, actor, [each.key for each in given])
        work.commit()
    return Explained(receipt=receipt_of(stored), given=holds, open=still)


def clean_state(version: int) -> ReportState:
    """What a report without open questions becomes."""
    return MOVES[ReportState.DRAFT, Act.EXPLAIN].state_for(version)


def state_of(read: Intake, explained: Mapping[IssueKey, Explanation], version: int) -> ReportState:
    """What a report becomes when it is kept: returned, a draft that waits to be explained, or submitted."""
    if has_hard(read.issues):
        return ReportState.RETURNED
    waits = any(key not in explained for key in soft_issues(read.issues))
    return ReportState.DRAFT if waits else clean_state(version)


def explanations_of(
    work: UnitOfWork, read: Intake, rules: ExplanationRules, before: StoredReport | None
) -> dict[IssueKey, Explanation]:
    """What counts as said when a file is handed in, by issue.

    What the file itself says, where it can be taken; else what was said to the same issue about the same
    value of the version before, so that nobody says the same thing twice in one quarter.
    """
    waiting = soft_issues(read.issues)
    proved = work.evidence.proved_issues(read.unit, read.period.code)
    earlier = {} if before is None else work.explanations.of_report(before.id)
    found = {
        IssueKey(key): _said(each)
        for key, each in earlier.items()
        if key in waiting and waiting[IssueKey(key)].found == each.found
    }
    for each in read.explanations:
        if each.key in waiting and _wrong_with(each, waiting, rules, proved) is None:
            found[each.key] = each
    return {key: found[key] for key in waiting if key in found}


def said_of(work: UnitOfWork, report: StoredReport) -> dict[IssueKey, Explanation]:
    """What holds now for a report that is kept, by issue."""
    return {IssueKey(key): _said(each) for key, each in work.explanations.of_report(report.id).items()}


def offers_for(
    work: UnitOfWork, rules: ExplanationRules, *, unit: UnitCode, provider: str, period: Period
) -> dict[IssueKey, Offer]:
    """Explanations accepted in the quarters before, as long as they hold; see `ExplanationRules.quarters`."""
    periods = quarters_before(period, rules.quarters)
    offers: dict[IssueKey, Offer] = {}
    for each in periods:
        found = work.explanations.accepted(unit, provider, [each])
        said = {IssueKey(key): _said(one) for key, one in found.items() if one.reason in rules.codes}
        offers |= {key: Offer(explanation=one, period=each) for key, one in said.items()}
    return offers


def quarters_before(period: Period, count: int) -> tuple[PeriodCode, ...]:
    """The quarters before one, the oldest first."""
    first = period.year * 4 + period.quarter - 1
    numbers = range(first - count, first)
    return tuple(quarter_code(number // 4, number % 4 + 1) for number in numbers)


def kept_explanations(
    context: Context,
    report: StoredReport,
    waiting: Mapping[IssueKey, Issue],
    given: Iterable[tuple[Explanation, int]],
    actor: str,
) -> tuple[StoredExplanation, ...]:
    """Explanations as they are stored, each with its version."""
    now = context.clock()
    return tuple(
        StoredExplanation(
            report_id=report.id,
            issue_key=each.key,
            version=version,
            reason=each.reason,
            text=each.text,
            found=waiting[each.key].found,
            given_at=now,
            actor=actor,
        )
        for each, version in given
    )


def _own_report(work: UnitOfWork, actor: Actor, report: ReportId) -> StoredReport:
    try:
        return work.reports.by_id(report, unit=visible_unit(actor, Action.READ_REPORT))
    except NotStored:
        raise NotFound("报表", report) from None


def _demand_latest(work: UnitOfWork, stored: StoredReport) -> None:
    """Raises Conflict where the draft has been given up for a later version."""
    newest = work.reports.next_version(stored.unit, stored.period, stored.provider) - 1
    if newest != stored.version:
        raise Conflict(
            f"第 {stored.version} 版之后已有第 {newest} 版,请说明新的一版",
            f"version {newest} has taken the place of this draft: explain that one",
        )


def _demand_fit(
    given: Sequence[Explanation],
    waiting: Mapping[IssueKey, Issue],
    rules: ExplanationRules,
    proved: Collection[str],
) -> None:
    issues = [issue for each in given if (issue := _wrong_with(each, waiting, rules, proved))]
    if issues:
        raise Rejected(issues)


def _wrong_with(
    given: Explanation, waiting: Mapping[IssueKey, Issue], rules: ExplanationRules, proved: Collection[str]
) -> Issue | None:
    issue = waiting.get(given.key)
    if issue is None:
        return nothing_to_explain(given)
    wrong = explanation_issue(given, rules, issue.place)
    if wrong is None and rules.needs_evidence(given.reason) and given.key not in proved:
        return unproved_explanation(given, rules, issue.place)
    return wrong


def _keep(
    context: Context,
    work: UnitOfWork,
    report: StoredReport,
    waiting: Mapping[IssueKey, Issue],
    given: Sequence[Explanation],
    actor: Actor,
) -> None:
    # Two sayings about one issue in one breath: the last one counts.
    last = {each.key: each for each in given}
    numbered = [(each, work.explanations.next_version(report.id, key)) for key, each in last.items()]
    work.explanations.add(kept_explanations(context, report, waiting, numbered, actor.id))


def _log(
    context: Context, work: UnitOfWork, report: StoredReport, actor: Actor, keys: Sequence[IssueKey]
) -> None:
    detail = {"version": report.version, "state": report.state, "issues": list(keys)}
    work.log.append(
        at=context.clock(),
        actor=actor.id,
        act="explain_issues",
        object_kind="report",
        object_id=report.id,
        detail=detail,
    )


def _said(stored: StoredExplanation) -> Explanation:
    return Explanation(key=IssueKey(stored.issue_key), reason=ReasonCode(stored.reason), text=stored.text)
