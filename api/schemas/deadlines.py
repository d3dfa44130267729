"""Shapes of the workday calendar and of deadlines: days, years, extensions, arrivals."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.base import Body, Moment
from models.calendar_records import DayKind, StoredExtension
from scoring.workdays import Timeliness
from services.calendar import YearView
from services.deadlines import DeadlineLine, Deadlines
from services.timeliness import Arrival, LastDay


class CalendarDayBody(Body):
    """A day off, a weekend day worked, or a day that the office has set."""

    day: date
    kind: DayKind = Field(description="holiday 放假;workday 上班(周末即调休);plain 按星期几。")
    source: str = Field(description="rule_set 规则集,office 办公室改正,其他为取数来源。")
    corrected: bool = Field(description="办公室改正的,盖过规则集和通知。Set by the office.")
    because: str = Field(description="改正的理由。")
    log_position: int | None = Field(description="改正的操作记录编号。The log entry of the correction.")


class CalendarYearBody(Body):
    """One year of the calendar that decides."""

    year: int
    published: bool = Field(description="放假通知是否已公布;没有公布的年份,截止日是暂定的。")
    notice: str
    workdays: int = Field(description="全年的工作日数。")
    days: list[CalendarDayBody]


class ExtensionBody(Body):
    """More time granted to one unit for one quarter."""

    id: str
    unit: str
    period: str
    last_day: date
    reason: str
    asked_by: str
    granted_by: str
    granted_at: Moment
    revoked_at: Moment | None
    revoked_because: str


class ExtendBody(Body):
    """What is asked for when more time is granted."""

    last_day: date = Field(description="新的截止日,当天算在内。The new last day.")
    reason: str = Field(max_length=500, description="理由。Why.")
    asked_by: str = Field(
        default="", max_length=64, description="谁申请的;不能是准予的人。Who asked; never who grants."
    )


class RevokeBody(Body):
    """What is asked for when an extension is taken back."""

    reason: str = Field(max_length=500, description="理由。Why.")


class LastDayBody(Body):
    """Until when a report is in time."""

    last_day: date = Field(description="截止日,当天 24 时(北京时间)以前收到的都算按时。")
    regular_last_day: date = Field(description="按规则集算的截止日。By the rule alone.")
    provisional: bool = Field(description="放假通知还没有全部公布,截止日可能变。It can still move.")
    extension: ExtensionBody | None


class ArrivalBody(Body):
    """When a version came, and how many workdays late."""

    report: str
    version: int
    received_at: Moment
    days_late: int


class DeadlineBody(LastDayBody):
    """One unit's deadline and what came."""

    unit: str
    name: str
    first: ArrivalBody | None = Field(description="第一版。The first version that could be read.")
    accepted: ArrivalBody | None = Field(description="最后通过审核的一版。The one accepted in the end.")


class DeadlinesBody(Body):
    """The deadlines of a quarter."""

    period: str
    title: str
    regular: LastDayBody
    timeliness: Timeliness = Field(description="迟报按第一版算还是按通过审核的一版算。Which one scores.")
    items: list[DeadlineBody]


def calendar_body(view: YearView) -> CalendarYearBody:
    """A year on the wire."""
    days = [
        CalendarDayBody(
            day=each.day,
            kind=each.kind,
            source=each.source,
            corrected=each.corrected,
            because=each.because,
            log_position=each.log_position,
        )
        for each in view.days
    ]
    return CalendarYearBody(
        year=view.year, published=view.published, notice=view.notice, workdays=view.workdays, days=days
    )


def extension_body(extension: StoredExtension) -> ExtensionBody:
    """An extension on the wire."""
    return ExtensionBody(
        id=extension.id,
        unit=extension.unit,
        period=extension.period,
        last_day=extension.last_day,
        reason=extension.reason,
        asked_by=extension.asked_by,
        granted_by=extension.granted_by,
        granted_at=extension.granted_at,
        revoked_at=extension.revoked_at,
        revoked_because=extension.revoked_because,
    )


def last_day_body(last: LastDay) -> LastDayBody:
    """A last day on the wire."""
    return LastDayBody(
        last_day=last.day,
        regular_last_day=last.regular,
        provisional=last.provisional,
        extension=None if last.extension is None else extension_body(last.extension),
    )


def deadlines_body(found: Deadlines) -> DeadlinesBody:
    """A quarter's deadlines on the wire."""
    return DeadlinesBody(
        period=found.period,
        title=found.title,
        regular=last_day_body(found.regular),
        timeliness=found.timeliness,
        items=[_line_body(line) for line in found.lines],
    )


def _line_body(line: DeadlineLine) -> DeadlineBody:
    last = last_day_body(line.last)
    return DeadlineBody(
        unit=line.unit,
        name=line.name,
        last_day=last.last_day,
        regular_last_day=last.regular_last_day,
        provisional=last.provisional,
        extension=last.extension,
        first=_arrival_body(line.arrivals.first),
        accepted=_arrival_body(line.arrivals.accepted),
    )


def _arrival_body(arrival: Arrival | None) -> ArrivalBody | None:
    if arrival is None:
        return None
    return ArrivalBody(
        report=arrival.report,
        version=arrival.version,
        received_at=arrival.received_at,
        days_late=arrival.days_late,
    )
