"""Reviewing: the office accepts a submitted report, or returns it with a reason."""

from __future__ import annotations

from models.records import ReportId, ReportState, StoredReport
from models.unit_of_work import UnitOfWork
from services.context import Context
from services.errors import Conflict, Invalid
from services.policy import Action, Actor, demand
from services.views import Receipt, receipt_of

_OPEN = (ReportState.SUBMITTED, ReportState.RESUBMITTED)


def accept_report(context: Context, *, actor: Actor, report: ReportId) -> Receipt:
    """The report's figures count from now on.

    Raises WrongState where it is not waiting for review, Conflict where a later version counts already.
    """
    return _decide(context, actor, report, ReportState.ACCEPTED, "accept_report", "")


def return_report(context: Context, *, actor: Actor, report: ReportId, reason: str) -> Receipt:
    """The region is asked to correct it; the last accepted version stays in force. A reason is needed."""
    if not reason.strip():
        raise Invalid("退回报表要写明理由", "a reason is needed to return a report")
    return _decide(context, actor, report, ReportState.RETURNED, "return_report", reason.strip())


def _decide(
    context: Context, actor: Actor, report: ReportId, state: ReportState, act: str, reason: str
) -> Receipt:
    demand(actor, Action.REVIEW)
    now = context.clock()
    with context.write() as work:
        moved = work.reports.move(report, from_states=_OPEN, to_state=state, decided_at=now, reason=reason)
        if state is ReportState.ACCEPTED:
            _refuse_earlier(work, moved)
        detail = {"unit": moved.unit, "period": moved.period, "version": moved.version, "reason": reason}
        work.log.append(
            at=now, actor=actor.id, act=act, object_kind="report", object_id=report, detail=detail
        )
        work.commit()
    return receipt_of(moved)


def _refuse_earlier(work: UnitOfWork, accepted: StoredReport) -> None:
    """Raises Conflict, before anything is kept, where accepting would change nothing."""
    current = work.reports.latest_in_force(accepted.unit, accepted.period, accepted.provider)
    if current is not None and current.version > accepted.version:
        raise Conflict(
            f"第 {current.version} 版已通过审核,较早的第 {accepted.version} 版不能再通过,可以退回",
            f"version {current.version} is in force already: an earlier one can only be returned",
        )
