"""Templates for the reports of regions: blank ones, and old workbooks carried into the present one."""

from __future__ import annotations

from datetime import date

from intake.template import brought_from, write_template
from intake.workbook import read_workbook
from models.unit_of_work import UnitOfWork
from scoring.codes import UnitCode
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from services.calendar import effective_workdays
from services.context import Context
from services.errors import Rejected
from services.migrated_templates import Migrated, NewTemplate, migrate_workbook
from services.policy import Action, Actor, demand
from services.reports import XLSX
from services.submit import PROVIDER, earlier_periods, rules_for
from services.timeliness import last_day
from services.views import Export


def template(context: Context, *, actor: Actor, unit: UnitCode, period: str) -> Export:
    """The workbook to fill in for a unit and quarter, with what its accepted reports bring into it.

    Raises Invalid for a period that is no quarter, NotFound for an unknown unit, NotAllowed.
    """
    demand(actor, Action.TEMPLATE, unit)
    wanted = _wanted(context, unit, period)
    content = write_template(
        wanted.rules,
        wanted.forms,
        unit,
        wanted.period,
        PROVIDER,
        brought=wanted.brought,
        deadline=wanted.deadline,
    )
    return Export(content=content, media_type=XLSX, file_name=f"{unit}-{wanted.period.code}.xlsx")


def migrate_template(
    context: Context, *, actor: Actor, unit: UnitCode, period: str, content: bytes
) -> Migrated:
    """What is filled in in an old workbook of the unit, in the template for a quarter; nothing is kept.

    Raises as `template` does; Rejected where the file is no workbook, or its figures are not the unit's.
    """
    demand(actor, Action.TEMPLATE, unit)
    wanted = _wanted(context, unit, period)
    workbook, refusals = read_workbook(content)
    if workbook is None:
        raise Rejected(refusals)
    return migrate_workbook(workbook, wanted)


def _wanted(context: Context, unit: UnitCode, period: str) -> NewTemplate:
    rules, quarter = rules_for(context, unit, period)
    forms = tuple(form for form in rules.forms.values() if form.provider == PROVIDER)
    with context.read() as work:
        earlier = list(work.reports.facts_in_force(earlier_periods(quarter), unit=unit))
        deadline = _deadline(work, rules, unit, quarter)
    return NewTemplate(
        rules=rules,
        unit=unit,
        period=quarter,
        provider=PROVIDER,
        forms=forms,
        brought=brought_from(rules, forms, unit, quarter, earlier),
        deadline=deadline,
    )


def _deadline(work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period) -> date | None:
    """With what was granted to the unit; None for rules without a calendar."""
    if rules.workdays is None:
        return None
    return last_day(work, rules, unit, quarter, effective_workdays(work, rules)).day
