"""Reviewing: the office takes a submitted report, and accepts it or returns it with a reason."""

from __future__ import annotations

from models.errors import NotStored, WrongState
from models.records import ReportId, ReportState, StoredReport
from models.unit_of_work import UnitOfWork
from services.context import Context
from services.errors import Conflict, Invalid, NotFound
from services.policy import Action, Actor, demand
from services.report_life import Act, IllegalMove, demand_move, makers_of
from services.views import Receipt, receipt_of


def take_report(context: Context, *, actor: Actor, report: ReportId) -> Receipt:
    """Shows everybody that somebody reviews it; it may be decided without.

    Refusals are those of `accept_report`.
    """
    return _decide(context, actor, report, Act.TAKE, "")


def accept_report(context: Context, *, actor: Actor, report: ReportId) -> Receipt:
    """The report's figures count from now on.

    Raises IllegalMove where it is not waiting for review, Conflict where a later version counts already,
    NotAllowed where the actor has made the report.
    """
    return _decide(context, actor, report, Act.ACCEPT, "")


def return_report(context: Context, *, actor: Actor, report: ReportId, reason: str) -> Receipt:
    """The region is asked to correct it; the last accepted version stays in force. A reason is needed."""
    if not reason.strip():
        raise Invalid("退回报表要写明理由", "a reason is needed to return a report")
    return _decide(context, actor, report, Act.RETURN, reason.strip())


def _decide(context: Context, actor: Actor, report: ReportId, act: Act, reason: str) -> Receipt:
    demand(actor, Action.REVIEW)
    now = context.clock()
    with context.write() as work:
        stored = _stored(work, report)
        demand(actor, Action.REVIEW, stored.unit, made_by=makers_of(work, stored))
        move = demand_move(stored.state, act)
        if move.to is ReportState.ACCEPTED:
            _refuse_earlier(work, stored)
        decided_at = None if act is Act.TAKE else now
        try:
            moved = work.reports.move(
                report,
                from_states=[stored.state],
                to_state=move.state_for(stored.version),
                decided_at=decided_at,
                reason=None if act is Act.TAKE else reason,
            )
        except WrongState as error:
            raise IllegalMove(ReportState(error.state), act) from None
        detail = {"unit": moved.unit, "period": moved.period, "version": moved.version, "reason": reason}
        work.log.append(
            at=now, actor=actor.id, act=act, object_kind="report", object_id=report, detail=detail
        )
        work.commit()
    return receipt_of(moved)


def _stored(work: UnitOfWork, report: ReportId) -> StoredReport:
    try:
        return work.reports.by_id(report, unit=None)
    except NotStored:
        raise NotFound("报表", report) from None


def _refuse_earlier(work: UnitOfWork, accepted: StoredReport) -> None:
    """Raises Conflict, before anything is kept, where accepting would change nothing."""
    current = work.reports.latest_in_force(accepted.unit, accepted.period, accepted.provider)
    if current is not None and current.version > accepted.version:
        raise Conflict(
            f"第 {current.version} 版已通过审核,较早的第 {accepted.version} 版不能再通过,可以退回",
            f"version {current.version} is in force already: an earlier one can only be returned",
        )
