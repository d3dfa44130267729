"""Templates as files, without a database: blank ones, and old workbooks carried into the present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intake.known import facts_of_unit
from intake.origin import marks_of
from intake.template import Brought, brought_from, write_template
from scoring.codes import UnitCode
from scoring.errors import Issue
from scoring.fact_tables import FACT_COLUMNS, facts_from_rows
from scoring.facts import Fact
from scoring.periods import Period
from scoring.rulebook.forms import Form
from scoring.rulebook.rules import RuleSet
from services.csv_tables import rows_of_file
from services.errors import Rejected
from services.migrated_templates import Migrated, NewTemplate, migrate_workbook
from services.report_choice import (
    context_of,
    first_quarter,
    forms_of,
    loaded_rules,
    opened_workbook,
    provider_of,
    quarter_of,
    unit_of,
    whose_report,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankTemplate:
    """A template, and for whom and when it was made."""

    content: bytes
    unit: UnitCode
    unit_name: str
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """Where accepted figures of earlier periods are: a check context, or a table as `score` reads it."""

    context: Path | None = None
    facts: Path | None = None


def blank_template(
    *,
    folder: Path,
    forms: Sequence[str],
    unit: str = "",
    period: str = "",
    accepted: Accepted | None = None,
) -> BlankTemplate:
    """The workbook of some forms of one provider; no forms = all that regions fill in.

    Without a unit it is made for the first one, without a period for the first quarter in which something
    of every form is due. Raises Rejected for a rule set or facts that do not load, Invalid or NotFound.
    """
    rules = loaded_rules(folder)
    chosen = forms_of(rules, forms)
    code = unit_of(rules, unit or next(iter(rules.units), ""))
    quarter = quarter_of(rules, period) if period else first_quarter(rules, chosen)
    held = rules.in_force(quarter)
    chosen = [held.forms[form.code] for form in chosen]
    brought = _brought(held, chosen, code, quarter, accepted or Accepted(), rules)
    content = write_template(
        held, chosen, code, quarter, chosen[0].provider, brought=brought, deadline=_deadline(held, quarter)
    )
    return BlankTemplate(content=content, unit=code, unit_name=rules.units[code].name, period=quarter)


def migrate_file(
    *, folder: Path, file: Path, unit: str = "", period: str = "", accepted: Accepted | None = None
) -> Migrated:
    """An old workbook's values in the present template of the same unit.

    Unit and period are those that the workbook's own marks name, unless they are given. Raises Rejected
    where its figures are not the unit's own or the file is no workbook, Invalid, NotFound, OSError.
    """
    rules = loaded_rules(folder)
    _, workbook = opened_workbook(file)
    marks = marks_of(workbook)
    asked_unit, asked_period = whose_report(file, marks, unit, period)
    quarter, code = quarter_of(rules, asked_period), unit_of(rules, asked_unit)
    held, provider = rules.in_force(quarter), provider_of(marks.get("provider", ""))
    forms = [form for form in held.forms.values() if form.provider is provider]
    brought = _brought(held, forms, code, quarter, accepted or Accepted(), rules)
    wanted = NewTemplate(
        rules=held,
        unit=code,
        period=quarter,
        provider=provider,
        forms=tuple(forms),
        brought=brought,
        deadline=_deadline(held, quarter),
    )
    return migrate_workbook(workbook, wanted)


def _deadline(rules: RuleSet, quarter: Period) -> date | None:
    return rules.deadline.day(quarter.year, quarter.quarter, rules.workdays) if rules.workdays else None


def _brought(
    held: RuleSet, forms: Sequence[Form], unit: UnitCode, quarter: Period, accepted: Accepted, rules: RuleSet
) -> Brought:
    known: list[Fact] = []
    if accepted.context is not None:
        known += context_of(accepted.context, rules).facts
    if accepted.facts is not None:
        issues: list[Issue] = []
        table = rows_of_file(accepted.facts, FACT_COLUMNS, issues)
        facts, wrong = facts_from_rows(table, held, accepted.facts.name)
        if issues or wrong:
            raise Rejected([*issues, *wrong])
        known += facts_of_unit(facts, unit)
    return brought_from(held, forms, unit, quarter, known)
