"""Deadlines of a quarter, unit by unit: until when, what came when, and more time granted or taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from models.calendar_records import StoredExtension
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.periods import Period, period_from_text
from scoring.rulebook.rules import RuleSet
from scoring.workdays import Timeliness, Workdays, quarter_end
from services.calendar import effective_workdays
from services.context import Context
from services.errors import Invalid, NotFound
from services.identifiers import new_identifier
from services.policy import Action, Actor, demand, visible_unit
from services.reasons import needed_reason
from services.timeliness import Arrival, Arrivals, LastDay, arrivals, last_day, regular_day, versions_of

_LONGEST_EXTENSION = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """One unit's deadline for a quarter and what came; None where nothing came yet."""

    unit: UnitCode
    name: str
    last: LastDay
    arrivals: Arrivals
    scoring: Arrival | None
    """The arrival whose lateness scores, by the rule set's choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The deadlines of a quarter, in the order of the units; for a region its own alone."""

    period: PeriodCode
    title: str
    regular: LastDay
    timeliness: Timeliness
    lines: tuple[DeadlineLine, ...]


def deadlines_of(context: Context, *, actor: Actor, period: str) -> Deadlines:
    """Until when each unit's report is in time, and how late it came.

    Raises Invalid or NotFound where there is no such quarter, or the rule set has no calendar.
    """
    own = visible_unit(actor, Action.READ_REPORT)
    demand(actor, Action.READ_REPORT, own)
    rules, quarter = _rules(context, period)
    with context.read() as work:
        workdays = effective_workdays(work, rules)
        lines = tuple(
            _line(work, rules, unit, quarter, workdays) for unit in rules.units if own in (None, unit)
        )
    return Deadlines(
        period=quarter.code,
        title=quarter.title,
        regular=regular_day(rules, quarter, workdays),
        timeliness=rules.deadline.timeliness,
        lines=lines,
    )


def deadline_of(context: Context, *, actor: Actor, unit: UnitCode, period: str) -> LastDay:
    """Until when one unit's report is in time."""
    demand(actor, Action.READ_REPORT, unit)
    rules, quarter = _rules(context, period, unit)
    with context.read() as work:
        return last_day(work, rules, unit, quarter, effective_workdays(work, rules))


def _line(
    work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, workdays: Workdays
) -> DeadlineLine:
    last = last_day(work, rules, unit, quarter, workdays)
    came = arrivals(versions_of(work, unit, quarter), last.day, workdays)
    return DeadlineLine(
        unit=unit,
        name=rules.units[unit].name,
        last=last,
        arrivals=came,
        scoring=came.scoring(rules.deadline.timeliness),
    )


def list_extensions(
    context: Context, *, actor: Actor, period: str | None = None
) -> tuple[StoredExtension, ...]:
    """What was ever granted, revoked or not, in that order; for a region its own alone."""
    own = visible_unit(actor, Action.READ_REPORT)
    demand(actor, Action.READ_REPORT, own)
    with context.read() as work:
        return work.extensions.list(unit=own, period=None if period is None else PeriodCode(period))


def extend_deadline(
    context: Context,
    *,
    actor: Actor,
    unit: UnitCode,
    period: str,
    day: date,
    reason: str,
    asked_by: str = "",
) -> LastDay:
    """Gives a unit until the end of a later day; takes the place of what was granted before.

    What was handed in already is reckoned anew the next time the period is scored. Raises Invalid for a day
    that gives no more time than the rule does, without a reason, or where who grants has asked for it.
    """
    demand(actor, Action.EXTEND_DEADLINE)
    rules, quarter = _rules(context, period, unit)
    told = needed_reason(reason, "延期要写明理由", "a reason is needed to extend a deadline")
    if asked_by == actor.id:
        raise Invalid("申请延期的人和准予延期的人不能是同一个人", "who asks must not be who grants")
    now = context.clock()
    with context.write() as work:
        workdays = effective_workdays(work, rules)
        _check_day(day, regular_day(rules, quarter, workdays).day, quarter)
        granted = StoredExtension(
            id=new_identifier(now),
            unit=unit,
            period=quarter.code,
            last_day=day,
            reason=told,
            asked_by=asked_by,
            granted_by=actor.id,
            granted_at=now,
        )
        work.extensions.add(granted)
        more = {"last_day": day.isoformat(), "asked_by": asked_by, "reason": told}
        _log(work, actor, now, "extend_deadline", granted, more)
        work.commit()
        return LastDay(
            day=day, regular=regular_day(rules, quarter, workdays).day, extension=granted, provisional=False
        )


def _check_day(day: date, regular: date, quarter: Period) -> None:
    latest = quarter_end(quarter.year, quarter.quarter) + _LONGEST_EXTENSION
    if not regular < day <= latest:
        raise Invalid(
            f"延期要晚于原来的截止日 {regular.isoformat()},最迟到 {latest.isoformat()}",
            f"the day must lie after {regular.isoformat()} and not after {latest.isoformat()}",
        )


def revoke_extension(
    context: Context, *, actor: Actor, unit: UnitCode, period: str, because: str
) -> StoredExtension:
    """Takes back the extension that counts; one granted before it counts again, else the rule's own day.

    Raises NotFound where nothing was granted, or all of it is revoked.
    """
    demand(actor, Action.EXTEND_DEADLINE)
    _, quarter = _rules(context, period, unit)
    told = needed_reason(because, "撤销延期要写明理由", "a reason is needed to revoke an extension")
    now = context.clock()
    with context.write() as work:
        granted = work.extensions.in_force(unit, quarter.code)
        if granted is None:
            raise NotFound("延期", f"{unit} {quarter.code}")
        work.extensions.revoke(granted.id, at=now, by=actor.id, because=told)
        revoked = replace(granted, revoked_at=now, revoked_by=actor.id, revoked_because=told)
        _log(work, actor, now, "revoke_extension", granted, {"reason": told})
        work.commit()
    return revoked


def _log(
    work: UnitOfWork,
    actor: Actor,
    now: datetime,
    act: str,
    extension: StoredExtension,
    more: dict[str, str],
) -> None:
    work.log.append(
        at=now,
        actor=actor.id,
        act=act,
        object_kind="extension",
        object_id=extension.id,
        detail={"unit": extension.unit, "period": extension.period, **more},
    )


def _rules(context: Context, period: str, unit: UnitCode | None = None) -> tuple[RuleSet, Period]:
    """The rules in force for a quarter; raises Invalid or NotFound."""
    quarter = period_from_text(period)
    if quarter is None or quarter.yearly:
        raise Invalid(f"报告期“{period}”要写成季度,如 2021Q1", "the period must be a quarter such as 2021Q1")
    rules = context.library.current(quarter.year)
    if unit is not None and unit not in rules.units:
        raise NotFound("被考核单位", unit)
    in_force = rules.in_force(quarter)
    if in_force.workdays is None:
        raise NotFound("报送期限", f"规则集 {rules.code} 没有工作日历")
    return in_force, quarter
