"""The workday calendar of the office: seeded from notices, corrected day by day, published year by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.calendar_records import CalendarDay, CalendarYear, DayKind, YearStatus
from models.records import Detail
from models.unit_of_work import UnitOfWork
from scoring.rulebook.rules import RuleSet
from scoring.workdays import Workdays
from services.context import Context
from services.errors import Conflict, Invalid, NotFound
from services.notices import EARLIEST, LATEST, Notice, notice_of
from services.policy import Action, Actor, demand
from services.reasons import needed_reason

_SATURDAY = 5
OBJECT = "calendar"
RULE_SET, OFFICE = "rule_set", "office"
"""Where a day of the effective calendar is from, besides the source of a seed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A day off or a weekend day worked in the effective calendar, or one that the office has set.

    because and log_position: of a correction; empty and None for any other day.
    """

    day: date
    kind: DayKind
    source: str
    corrected: bool = False
    because: str = ""
    log_position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One year of the effective calendar; while it is not published, its deadlines are provisional."""

    year: int
    published: bool
    notice: str
    workdays: int
    """How many days of the year are worked."""
    days: tuple[DayView, ...]


def effective_workdays(work: UnitOfWork, rules: RuleSet | None) -> Workdays:
    """The calendar that decides: the rule set's for the years it lists, the office's for all others.

    A day that the office has corrected stands above both. Without rules: the office's alone.
    """
    own = None if rules is None else rules.workdays
    days = work.calendar.days()
    listed = frozenset[int]() if own is None else frozenset(own.years)
    published = {each.year for each in work.calendar.years() if each.status is YearStatus.PUBLISHED}
    holidays = set() if own is None else {day for day in own.holidays if day.year in listed}
    makeup = set() if own is None else {day for day in own.makeup if day.year in listed}
    for each in days:
        if each.corrected or each.day.year not in listed:
            holidays.discard(each.day)
            makeup.discard(each.day)
            _put(each, holidays, makeup)
    return Workdays(listed | published, frozenset(holidays), frozenset(makeup))


def _put(each: CalendarDay, holidays: set[date], makeup: set[date]) -> None:
    if each.kind is DayKind.HOLIDAY:
        holidays.add(each.day)
    elif each.kind is DayKind.WORKDAY and each.day.weekday() >= _SATURDAY:
        makeup.add(each.day)


def corrections(work: UnitOfWork, after: date, until: date) -> tuple[CalendarDay, ...]:
    """The days in (after, until] that the office has set itself, in order."""
    return tuple(each for each in work.calendar.days() if each.corrected and after < each.day <= until)


def year_calendar(context: Context, *, year: int) -> YearView:
    """The effective calendar of a year; open to everybody who has a key.

    Raises NotFound where neither a rule set nor the office says anything of the year.
    """
    rules = context.library.current(year) if year in context.library.years() else None
    with context.read() as work:
        effective = effective_workdays(work, rules)
        kept, days = work.calendar.year(year), work.calendar.days(year)
    listed = rules is not None and rules.workdays is not None and year in rules.workdays.years
    if kept is None and not days and not listed:
        raise NotFound("工作日历", str(year))
    return YearView(
        year=year,
        published=year in effective.years,
        notice=kept.notice if kept is not None else "规则集的工作日历" if listed else "",
        workdays=effective.between(date(year - 1, 12, 31), date(year, 12, 31)),
        days=tuple(_day_views(year, effective, days, listed)),
    )


def _day_views(
    year: int, effective: Workdays, kept: Iterable[CalendarDay], listed: bool
) -> Iterator[DayView]:
    by_day = {each.day: each for each in kept if each.corrected or not listed}
    corrected = {day for day, each in by_day.items() if each.corrected}
    special = {day for day in (*effective.holidays, *effective.makeup) if day.year == year}
    for day in sorted(special | corrected):
        kind = DayKind.WORKDAY if day in effective.makeup else DayKind.HOLIDAY
        each = by_day.get(day)
        if each is None:
            yield DayView(day=day, kind=kind, source=RULE_SET)
        elif each.corrected:
            yield DayView(
                day=day,
                kind=each.kind,
                source=OFFICE,
                corrected=True,
                because=each.because,
                log_position=each.log_position,
            )
        else:
            yield DayView(day=day, kind=each.kind, source=each.source)


def seed_calendar(context: Context, *, actor: Actor, year: int) -> YearView:
    """Takes a year's days from the collected notices; published only where the worked weekends are known.

    What the office has corrected stays. Raises Conflict where the year is published and would change.
    """
    demand(actor, Action.KEEP_CALENDAR)
    notice = notice_of(_known_year(year))
    with context.write() as work:
        kept = work.calendar.year(year)
        if kept is not None and kept.status is YearStatus.PUBLISHED:
            _refuse_change(work, notice)
        else:
            _seed(work, notice, actor, context.clock())
            work.commit()
    return year_calendar(context, year=year)


def _refuse_change(work: UnitOfWork, notice: Notice) -> None:
    days = [each for each in work.calendar.days(notice.year) if not each.corrected]
    corrected = {each.day for each in work.calendar.days(notice.year) if each.corrected}
    holidays = frozenset(each.day for each in days if each.kind is DayKind.HOLIDAY)
    makeup = frozenset(each.day for each in days if each.kind is DayKind.WORKDAY)
    if (holidays, makeup) != (notice.holidays - corrected, notice.makeup - corrected):
        raise Conflict(
            f"{notice.year} 年的工作日历已公布,与新取到的不同,不能整年替换;请用 kaohe calendar set 逐日改正",
            f"the calendar of {notice.year} is published and differs: correct it day by day",
        )


def _seed(work: UnitOfWork, notice: Notice, actor: Actor, now: datetime) -> None:
    status = YearStatus.PUBLISHED if notice.is_whole else YearStatus.UNPUBLISHED
    detail = {
        "year": notice.year,
        "status": status,
        "source": notice.source,
        "holidays": [day.isoformat() for day in sorted(notice.holidays)],
        "makeup": [day.isoformat() for day in sorted(notice.makeup)],
    }
    position = _log(work, actor, now, "seed_calendar", str(notice.year), detail)
    kinds = {
        **dict.fromkeys(notice.holidays, DayKind.HOLIDAY),
        **dict.fromkeys(notice.makeup, DayKind.WORKDAY),
    }
    work.calendar.replace_year(
        notice.year,
        (
            CalendarDay(
                day=day,
                kind=kind,
                source=notice.source,
                corrected=False,
                because="",
                changed_by=actor.id,
                changed_at=now,
                log_position=position,
            )
            for day, kind in kinds.items()
        ),
    )
    work.calendar.set_year(
        CalendarYear(
            year=notice.year,
            status=status,
            notice=notice.source,
            changed_by=actor.id,
            changed_at=now,
            log_position=position,
        )
    )


def correct_day(context: Context, *, actor: Actor, day: date, kind: DayKind, because: str) -> DayView:
    """Sets a day, above what rule sets and notices say of it; a reason is needed.

    PLAIN takes away what was said of the day. Deadlines and lateness that are worked out from now on follow.
    """
    demand(actor, Action.KEEP_CALENDAR)
    _known_year(day.year)
    reason = needed_reason(because, "改正工作日历要写明理由", "a reason is needed to correct the calendar")
    now = context.clock()
    with context.write() as work:
        before = next((each for each in work.calendar.days(day.year) if each.day == day), None)
        detail = {
            "day": day.isoformat(),
            "kind": kind,
            "before": None if before is None else before.kind,
            "because": reason,
        }
        position = _log(work, actor, now, "correct_calendar", day.isoformat(), detail)
        work.calendar.set_day(
            CalendarDay(
                day=day,
                kind=kind,
                source=OFFICE,
                corrected=True,
                because=reason,
                changed_by=actor.id,
                changed_at=now,
                log_position=position,
            )
        )
        work.commit()
    return DayView(day=day, kind=kind, source=OFFICE, corrected=True, because=reason, log_position=position)


def publish_year(context: Context, *, actor: Actor, year: int, notice: str) -> YearView:
    """Says that the year's notice is out, so that deadlines in it are final; names the notice."""
    demand(actor, Action.KEEP_CALENDAR)
    _known_year(year)
    named = needed_reason(notice, "公布工作日历要写明通知的文号或名称", "the notice must be named")
    now = context.clock()
    with context.write() as work:
        _demand_whole(work, year)
        detail = {"year": year, "notice": named}
        position = _log(work, actor, now, "publish_calendar", str(year), detail)
        work.calendar.set_year(
            CalendarYear(
                year=year,
                status=YearStatus.PUBLISHED,
                notice=named,
                changed_by=actor.id,
                changed_at=now,
                log_position=position,
            )
        )
        work.commit()
    return year_calendar(context, year=year)


def _demand_whole(work: UnitOfWork, year: int) -> None:
    """Raises Conflict where nothing was said of any day: a year without a holiday is a slip of the pen."""
    kinds = {each.kind for each in work.calendar.days(year)}
    if DayKind.HOLIDAY not in kinds:
        raise Conflict(
            f"{year} 年还没有放假日,不能公布;请先运行 kaohe calendar seed --year {year},再逐日改正",
            f"the calendar of {year} has no holiday yet and cannot be published",
        )


def _log(work: UnitOfWork, actor: Actor, now: datetime, act: str, name: str, detail: Detail) -> int:
    entry = work.log.append(
        at=now, actor=actor.id, act=act, object_kind=OBJECT, object_id=name, detail=detail
    )
    return entry.position


def _known_year(year: int) -> int:
    if not EARLIEST <= year <= LATEST:
        raise Invalid(
            f"工作日历只有 {EARLIEST} 年到 {LATEST} 年的", f"the calendar runs from {EARLIEST} to {LATEST}"
        )
    return year
