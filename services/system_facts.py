"""What the system itself knows of reporting: days late, share of faulty cells, reports that never came."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import orjson

from intake.fields import due_forms, fields_of
from models.records import StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import ElementCode, UnitCode
from scoring.errors import Severity
from scoring.facts import Fact, Series, Standing
from scoring.numbers import Rounding, exact_text
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from scoring.workdays import BEIJING_TIME
from services.context import Context
from services.policy import Actor, Role
from services.rule_keeping import keep_rules
from services.submit_table import Key, accepted_report

DAYS_LATE, FAULTY_SHARE, NEVER_CAME = ElementCode("X01"), ElementCode("X02"), ElementCode("X03")
DAYS_OF_A_REPORT_THAT_NEVER_CAME = 5
"""What such a report counts as: the last rung of the rule for lateness (迟5日及以上)."""
SYSTEM = Actor(id="system", name="系统", role=Role.SYSTEM)
_FAULTY_PLACES = Rounding(4)


def derive_system_facts(context: Context, *, rules: RuleSet, period: Period) -> None:
    """Keeps what is known now of the reporting of every unit and quarter due; nothing where it is kept."""
    if rules.workdays is None or DAYS_LATE not in rules.elements:
        return
    with context.write() as work:
        keep_rules(context, work, rules, SYSTEM)
        for quarter in period.quarters():
            for unit in rules.units:
                of_quarter = Period(period.year, quarter, yearly=False)
                _keep(context, work, rules.in_force(of_quarter), unit, of_quarter)
        work.commit()


def _keep(context: Context, work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period) -> None:
    facts = tuple(_facts(work, rules, unit, quarter))
    lines = {fact.series.element: exact_text(Fraction(fact.amount or 0)) for fact in facts}
    content = orjson.dumps(
        {"unit": unit, "period": quarter.code, "facts": lines}, option=orjson.OPT_SORT_KEYS
    )
    key: Key = (unit, quarter.code, Provider.SYSTEM)
    digest = work.blobs.keep(content)
    current = work.reports.latest_in_force(*key)
    if current is not None and current.file_sha256 == digest:
        return
    report = accepted_report(context, work, rules, SYSTEM, key, digest, "system.json")
    work.reports.add(report, facts=facts)
    work.log.append(
        at=report.received_at,
        actor=SYSTEM.id,
        act="derive_system_facts",
        object_kind="report",
        object_id=report.id,
        detail={"unit": unit, "period": quarter.code, "facts": lines},
    )


def _facts(work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period) -> Iterator[Fact]:
    versions = work.reports.list(unit=unit, period=quarter.code, provider=Provider.REGION)
    first = min(versions, key=lambda report: report.version, default=None)
    came = any(report.state.is_in_force for report in versions)
    if first is None or not came:
        days, share = Fraction(DAYS_OF_A_REPORT_THAT_NEVER_CAME), Fraction(100)
    else:
        days, share = days_late(rules, first, quarter), faulty_share(work, rules, first, quarter)
    for element, amount in ((DAYS_LATE, days), (FAULTY_SHARE, share), (NEVER_CAME, Fraction(not came))):
        yield Fact(unit, Series(element, quarter.code), amount, Standing.VALUE)


def days_late(rules: RuleSet, first: StoredReport, quarter: Period) -> Fraction:
    """Workdays between the deadline and the arrival of the first version; 0 where it was in time."""
    if rules.workdays is None:
        return Fraction(0)
    deadline = rules.deadline.day(quarter.year, quarter.quarter, rules.workdays)
    arrived = first.received_at.astimezone(BEIJING_TIME).date()
    return Fraction(rules.workdays.between(deadline, arrived))


def faulty_share(work: UnitOfWork, rules: RuleSet, first: StoredReport, quarter: Period) -> Fraction:
    """How many of a hundred cells of the first version had a hard issue."""
    hard = (issue for issue in work.reports.issues(first.id) if issue.severity is Severity.HARD)
    faulty = {(issue.place.sheet, issue.place.cell) for issue in hard if issue.place.cell}
    fields = fields_of(due_forms(rules, Provider.REGION, quarter), quarter)
    return _FAULTY_PLACES.apply(Fraction(100 * len(faulty), max(1, len(fields))))
