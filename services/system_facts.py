"""What the system itself knows of reporting: days late, share of faulty cells, reports that never came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import orjson

from intake.fields import due_forms, fields_of
from models.calendar_records import CalendarDay
from models.records import StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import ElementCode, UnitCode
from scoring.errors import Severity
from scoring.facts import Fact, Series, Standing
from scoring.numbers import Rounding, exact_text
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from scoring.workdays import BEIJING_TIME, Workdays, quarter_end
from services.calendar import corrections, effective_workdays
from services.context import Context
from services.policy import Actor, Role
from services.rule_keeping import keep_rules
from services.submit_table import Key, accepted_report
from services.timeliness import Arrival, Arrivals, LastDay, arrivals, last_day, versions_of

DAYS_LATE, FAULTY_SHARE, NEVER_CAME = ElementCode("X01"), ElementCode("X02"), ElementCode("X03")
DAYS_OF_A_REPORT_THAT_NEVER_CAME = 5
"""What such a report counts as: the last rung of the rule for lateness (迟5日及以上)."""
SYSTEM = Actor(id="system", name="系统", roles=frozenset({Role.SYSTEM}))
_FAULTY_PLACES = Rounding(4)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the reporting of one unit for one quarter."""

    last: LastDay
    arrivals: Arrivals
    facts: Mapping[ElementCode, Fraction]
    corrected: tuple[CalendarDay, ...]
    """The days that the office has set among those that were looked at."""


def derive_system_facts(context: Context, *, rules: RuleSet, period: Period) -> None:
    """Keeps what is known now of the reporting of every unit and quarter due; nothing where it is kept."""
    if rules.workdays is None or DAYS_LATE not in rules.elements:
        return
    with context.write() as work:
        keep_rules(context, work, rules, SYSTEM)
        for quarter in period.quarters():
            of_quarter = Period(period.year, quarter, yearly=False)
            in_force = rules.in_force(of_quarter)
            workdays = effective_workdays(work, in_force)
            for unit in rules.units:
                _keep(context, work, in_force, unit, of_quarter, workdays)
        work.commit()


def _keep(
    context: Context, work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, workdays: Workdays
) -> None:
    known = _known(work, rules, unit, quarter, workdays)
    told = _told(rules, unit, quarter, known)
    key: Key = (unit, quarter.code, Provider.SYSTEM)
    digest = work.blobs.keep(orjson.dumps(told, option=orjson.OPT_SORT_KEYS))
    current = work.reports.latest_in_force(*key)
    if current is not None and current.file_sha256 == digest:
        return
    report = accepted_report(context, work, rules, SYSTEM, key, digest, "system.json")
    work.reports.add(report, facts=_facts(known, unit, quarter, digest))
    work.log.append(
        at=report.received_at,
        actor=SYSTEM.id,
        act="derive_system_facts",
        object_kind="report",
        object_id=report.id,
        detail=told,
    )


def _facts(known: _Known, unit: UnitCode, quarter: Period, digest: str) -> Iterator[Fact]:
    """Each with its place in what was kept of how it came about."""
    for element, amount in known.facts.items():
        origin = f"{digest}!facts!{element}"
        yield Fact(unit, Series(element, quarter.code), amount, Standing.VALUE, origin)


def _known(work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, workdays: Workdays) -> _Known:
    last = last_day(work, rules, unit, quarter, workdays)
    versions = versions_of(work, unit, quarter)
    came = arrivals(versions, last.day, workdays)
    in_force = any(report.state.is_in_force for report in versions)
    scoring = came.scoring(rules.deadline.timeliness) or came.first
    if scoring is None or not in_force:
        days, share = Fraction(DAYS_OF_A_REPORT_THAT_NEVER_CAME), Fraction(100)
    else:
        days, share = Fraction(scoring.days_late), faulty_share(work, rules, versions[0], quarter)
    facts = {DAYS_LATE: days, FAULTY_SHARE: share, NEVER_CAME: Fraction(not in_force)}
    return _Known(last, came, facts, _corrected(work, quarter, last, came))


def _corrected(work: UnitOfWork, quarter: Period, last: LastDay, came: Arrivals) -> tuple[CalendarDay, ...]:
    times = [each.received_at for each in (came.first, came.accepted) if each is not None]
    until = max(last.day, last.regular, *(each.astimezone(BEIJING_TIME).date() for each in times))
    return corrections(work, quarter_end(quarter.year, quarter.quarter), until)


def _told(rules: RuleSet, unit: UnitCode, quarter: Period, known: _Known) -> dict[str, object]:
    """How the figures came about, as plain data: kept beside them, and in the log."""
    granted = known.last.extension
    return {
        "unit": unit,
        "period": quarter.code,
        "facts": {element: exact_text(amount) for element, amount in known.facts.items()},
        "last_day": known.last.day.isoformat(),
        "regular_last_day": known.last.regular.isoformat(),
        "provisional": known.last.provisional,
        "extension": None if granted is None else granted.id,
        "timeliness": rules.deadline.timeliness,
        "first": _arrival_data(known.arrivals.first),
        "accepted": _arrival_data(known.arrivals.accepted),
        "calendar_corrections": [
            {"day": each.day.isoformat(), "kind": each.kind, "log": each.log_position}
            for each in known.corrected
        ],
    }


def _arrival_data(arrival: Arrival | None) -> dict[str, object] | None:
    if arrival is None:
        return None
    return {
        "report": arrival.report,
        "version": arrival.version,
        "received_at": arrival.received_at.astimezone(BEIJING_TIME).isoformat(),
        "days_late": arrival.days_late,
    }


def faulty_share(work: UnitOfWork, rules: RuleSet, first: StoredReport, quarter: Period) -> Fraction:
    """How many of a hundred required fields of the first version were faulty.

    Of a version from before the counts were kept: how many of its fields have a hard issue at their cell.
    """
    if first.required:
        return _FAULTY_PLACES.apply(min(Fraction(100), Fraction(100 * first.faulty, first.required)))
    hard = (issue for issue in work.reports.issues(first.id) if issue.severity is Severity.HARD)
    faulty = {(issue.place.sheet, issue.place.cell) for issue in hard if issue.place.cell}
    fields = fields_of(due_forms(rules, Provider.REGION, quarter), quarter)
    return _FAULTY_PLACES.apply(Fraction(100 * len(faulty), max(1, len(fields))))
