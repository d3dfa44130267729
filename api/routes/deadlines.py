"""The workday calendar, until when reports are in time, and more time granted or taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.dependencies import PeriodName, Service, SignedIn, UnitName
from api.routes.answers import refusals
from api.schemas.deadlines import (
    CalendarYearBody,
    DeadlinesBody,
    ExtendBody,
    ExtensionBody,
    LastDayBody,
    RevokeBody,
    calendar_body,
    deadlines_body,
    extension_body,
    last_day_body,
)
from scoring.codes import UnitCode
from services.calendar import year_calendar
from services.deadlines import deadlines_of, extend_deadline, revoke_extension

router = APIRouter(tags=["期限 deadlines"])

Year = Annotated[int, Path(ge=2004, le=2100, description="年份,如 2021")]


@router.get("/calendar/{year}", summary="工作日历 · the workdays of a year", responses=refusals(404, 422))
def get_calendar(year: Year, context: Service, _actor: SignedIn) -> CalendarYearBody:
    """The calendar that decides: the rule set's or the notice's, with what the office has corrected."""
    return calendar_body(year_calendar(context, year=year))


@router.get(
    "/deadlines/{period}",
    summary="各单位的截止日和收到时间 · deadlines and arrivals",
    responses=refusals(404, 422),
)
def get_deadlines(period: PeriodName, context: Service, actor: SignedIn) -> DeadlinesBody:
    """Every unit's last day, and how late its first and its accepted version came; a region sees its own."""
    return deadlines_body(deadlines_of(context, actor=actor, period=period))


@router.post(
    "/deadlines/{period}/{unit}/extension",
    summary="准予延期 · grant more time",
    status_code=201,
    responses=refusals(404, 422),
)
def post_extension(
    period: PeriodName, unit: UnitName, body: ExtendBody, context: Service, actor: SignedIn
) -> LastDayBody:
    """A later last day for one unit, in place of what was granted before."""
    return last_day_body(
        extend_deadline(
            context,
            actor=actor,
            unit=UnitCode(unit),
            period=period,
            day=body.last_day,
            reason=body.reason,
            asked_by=body.asked_by,
        )
    )


@router.post(
    "/deadlines/{period}/{unit}/extension/revoke",
    summary="撤销延期 · take granted time back",
    responses=refusals(404, 422),
)
def post_revocation(
    period: PeriodName, unit: UnitName, body: RevokeBody, context: Service, actor: SignedIn
) -> ExtensionBody:
    """The extension that counts is revoked; one granted before it counts again."""
    return extension_body(
        revoke_extension(context, actor=actor, unit=UnitCode(unit), period=period, because=body.reason)
    )
