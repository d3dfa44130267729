"""Check contexts and peers from the store: what a report is held against besides itself."""

from __future__ import annotations

from intake.check_context import CheckContext, end_of, gather_context
from intake.peers import Peers, gather_peers
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.facts import Fact
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from services.period_facts import bearing_periods


def context_of(
    work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, provider: Provider
) -> CheckContext:
    """What is in force of a unit, as far as its report for a quarter is checked against it."""
    facts = work.reports.facts_in_force(checked_periods(quarter), unit=unit)
    return gather_context(rules, unit, quarter, provider, facts)


def latest_decision(work: UnitOfWork, unit: UnitCode, quarter: Period) -> str:
    """When the last of the reports was accepted that a quarter's is checked against; empty without any."""
    reports = work.reports.in_force(checked_periods(quarter), unit=unit)
    return max(((each.decided_at or each.received_at).isoformat() for each in reports), default="")


def contexts_by_unit(
    work: UnitOfWork, rules: RuleSet, quarter: Period, provider: Provider
) -> dict[UnitCode, CheckContext]:
    """The contexts of all units of the rule set, read from the store at once."""
    found: dict[UnitCode, list[Fact]] = {unit: [] for unit in rules.units}
    for fact in work.reports.facts_in_force(checked_periods(quarter), unit=None):
        if fact.unit in found:
            found[fact.unit].append(fact)
    return {unit: gather_context(rules, unit, quarter, provider, facts) for unit, facts in found.items()}


def peers_of(work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period, provider: Provider) -> Peers:
    """What the other units have in force for the quarter: never to be told to a submitter."""
    periods = [code for code in bearing_periods(quarter) if end_of(code) == (quarter.year, quarter.quarter)]
    facts = work.reports.facts_in_force(periods, unit=None)
    return gather_peers(rules, unit, quarter, provider, facts)


def checked_periods(quarter: Period) -> tuple[PeriodCode, ...]:
    """The periods whose reports a quarter's is checked against: last year's, and this year's so far."""
    last_year = bearing_periods(Period(quarter.year - 1, 4, yearly=False))
    return tuple(dict.fromkeys((*last_year, *bearing_periods(quarter))))
