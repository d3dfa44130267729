"""Reviewing: the office accepts a submitted report, or returns it with a reason."""

from __future__ import annotations

from models.records import ReportId, ReportState
from services.context import Context
from services.errors import Invalid
from services.policy import Action, Actor, demand
from services.submit import receipt_of
from services.views import Receipt

_OPEN = (ReportState.SUBMITTED, ReportState.RESUBMITTED)


def accept_report(context: Context, *, actor: Actor, report: ReportId) -> Receipt:
    """The report's figures count from now on; raises Conflict where it is not waiting for review."""
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
        detail = {"unit": moved.unit, "period": moved.period, "version": moved.version, "reason": reason}
        work.log.append(
            at=now, actor=actor.id, act=act, object_kind="report", object_id=report, detail=detail
        )
        work.commit()
    return receipt_of(moved)
