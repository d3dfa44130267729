"""An old workbook in, the present template with its values out; and the list of what went over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.cells import Workbook
from intake.labels import MIGRATION_SHEET
from intake.migration import migrate
from intake.migration_origin import not_own, source_named
from intake.migration_sheet import grouped_lines, summary_lines, write_migration
from intake.moved import Migration
from intake.origin import Asked
from intake.template import Brought, write_template
from scoring.codes import UnitCode
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from scoring.rulebook.rules import RuleSet
from services.errors import Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """The template that is wanted, and what the system itself brings into it."""

    rules: RuleSet
    unit: UnitCode
    period: Period
    provider: Provider
    forms: tuple[Form, ...]
    brought: Brought
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """The new workbook and what became of the old one; `source` says which template that was."""

    content: bytes
    found: Migration
    source: str
    unit: UnitCode
    unit_name: str
    period: Period

    @property
    def summary(self) -> tuple[str, ...]:
        """How much was carried and what is left to do, in sentences."""
        return summary_lines(self.found, self.source)

    @property
    def lines(self) -> tuple[str, ...]:
        """The summary, and behind it every line of the list under the title of its kind."""
        return (*self.summary, *grouped_lines(self.found))


def migrate_workbook(workbook: Workbook, wanted: NewTemplate) -> Migrated:
    """The wanted template with every value of the workbook that has its place in it.

    Raises Rejected where the figures are not the unit's own.
    """
    asked = Asked(rules=wanted.rules, unit=wanted.unit, period=wanted.period, provider=wanted.provider)
    if refusals := not_own(workbook, asked):
        raise Rejected(refusals)
    found = migrate(workbook, wanted.forms, asked, wanted.brought)
    source = source_named(workbook, asked)
    content = write_template(
        wanted.rules,
        wanted.forms,
        wanted.unit,
        wanted.period,
        wanted.provider,
        filled=found.filled,
        brought=wanted.brought,
        headings=found.headings,
        deadline=wanted.deadline,
        more=[(MIGRATION_SHEET, lambda sheet, looks: write_migration(sheet, looks, found, source))],
    )
    return Migrated(
        content=content,
        found=found,
        source=source,
        unit=wanted.unit,
        unit_name=asked.unit_name,
        period=wanted.period,
    )
