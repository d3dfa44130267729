"""Templates for the reports of regions: blank ones, with what accepted reports bring into them."""

from __future__ import annotations

from datetime import date

from intake.template import brought_from, write_template
from scoring.codes import UnitCode
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.policy import Action, Actor, demand
from services.reports import XLSX
from services.submit import PROVIDER, earlier_periods, rules_for
from services.views import Export


def template(context: Context, *, actor: Actor, unit: UnitCode, period: str) -> Export:
    """The workbook to fill in for a unit and quarter, with what its accepted reports bring into it.

    Raises Invalid for a period that is no quarter, NotFound for an unknown unit, NotAllowed.
    """
    demand(actor, Action.TEMPLATE, unit)
    rules, quarter = rules_for(context, unit, period)
    forms = [form for form in rules.forms.values() if form.provider == PROVIDER]
    with context.read() as work:
        earlier = list(work.reports.facts_in_force(earlier_periods(quarter), unit=unit))
    content = write_template(
        rules,
        forms,
        unit,
        quarter,
        PROVIDER,
        brought=brought_from(rules, forms, unit, quarter, earlier),
        deadline=_deadline(rules, quarter),
    )
    return Export(content=content, media_type=XLSX, file_name=f"{unit}-{quarter.code}.xlsx")


def _deadline(rules: RuleSet, quarter: Period) -> date | None:
    return rules.deadline.day(quarter.year, quarter.quarter, rules.workdays) if rules.workdays else None
