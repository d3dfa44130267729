"""The facts that bear on a scored period, as they are in force or as a run used them."""

from __future__ import annotations

from collections.abc import Iterable

from models.records import ReportId
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode
from scoring.facts import Fact, Facts, gather_facts
from scoring.periods import Period, half_code, quarter_code, year_code
from scoring.rulebook.rules import RuleSet


def facts_of_period(work: UnitOfWork, rules: RuleSet, period: Period) -> tuple[tuple[ReportId, ...], Facts]:
    """The reports in force that bear on a period, and their facts."""
    periods = bearing_periods(period)
    reports = tuple(report.id for report in work.reports.in_force(periods, unit=None))
    return reports, known_facts(rules, work.reports.facts_in_force(periods, unit=None))


def known_facts(rules: RuleSet, facts: Iterable[Fact]) -> Facts:
    """The facts of the units and elements of the rule set."""
    known = (fact for fact in facts if fact.unit in rules.units and fact.series.element in rules.elements)
    return gather_facts(rules.units, known)


def bearing_periods(period: Period) -> tuple[PeriodCode, ...]:
    """The periods whose reports bear on a scored period: the year so far, and the same of the year before."""
    found: list[PeriodCode] = []
    for year in (period.year - 1, period.year):
        found += [quarter_code(year, quarter) for quarter in period.quarters()]
        found += [half_code(year, half) for half in range(1, period.quarter // 2 + 1)]
        found += [year_code(year)] if period.quarter == 4 else []
    return tuple(found)
