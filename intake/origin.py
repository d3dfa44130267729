"""Whose report a workbook is: the marks of the template and the headings, held against what was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake.blocks import Rows
from intake.cells import Cell, Sheet, Workbook
from intake.labels import (
    LEADER_LABEL,
    META_SHEET,
    NIL_LABEL,
    PERIOD_LABEL,
    TEMPLATE_VERSION,
    UNIT_LABEL,
    WRITER_LABEL,
    comparable,
)
from intake.marks_told import compare_marks
from intake.table import Table, address
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import UnitCode
from scoring.errors import Issue, Place, UnknownUnit
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

FOREIGN = frozenset(
    {"origin-unknown", "template-version", "wrong-rule-set", "wrong-unit", "wrong-period", "wrong-provider"}
)
"""With any of these the cells are not read: they are somebody else's, or another time's."""

_LABELS = frozenset(map(comparable, (UNIT_LABEL, PERIOD_LABEL, LEADER_LABEL, WRITER_LABEL, NIL_LABEL)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is handed in for. Raises UnknownUnit for a unit that the rule set does not assess."""

    rules: RuleSet
    unit: UnitCode
    period: Period
    provider: Provider

    def __post_init__(self) -> None:
        if self.unit not in self.rules.units:
            raise UnknownUnit(self.unit)

    @property
    def unit_name(self) -> str:
        """The full name of the unit."""
        return self.rules.units[self.unit].name


def template_marks(asked: Asked, forms: Iterable[str]) -> dict[str, str]:
    """What the hidden sheet of a template says: keys and values, in order."""
    return {
        "template_version": TEMPLATE_VERSION,
        "rule_set": f"{asked.rules.code} {asked.rules.version}",
        "forms_digest": asked.rules.forms_digest,
        "unit": asked.unit,
        "period": asked.period.code,
        "provider": asked.provider.value,
        "forms": " ".join(forms),
    }


def check_marks(workbook: Workbook, tables: Iterable[Table], asked: Asked) -> tuple[Issue, ...]:
    """What the hidden sheet says against what was asked; without it, whether the headings say enough."""
    sheet = workbook.sheet(META_SHEET)
    if sheet is not None:
        return compare_marks(_marks_on(sheet), template_marks(asked, ()), asked.rules)
    named = any(_names_anything(table) for table in tables)
    if named and not workbook.format.has_marks:
        return ()
    what = fault("template-marks-missing" if named else "origin-unknown")
    return (worded(SHEET_WORDINGS, what, Place(sheet=META_SHEET if workbook.format.has_marks else "")),)


def marks_of(workbook: Workbook) -> dict[str, str]:
    """What the hidden sheet says, key by key, true or not; empty without it."""
    sheet = workbook.sheet(META_SHEET)
    return {key: cell.text for key, cell in _marks_on(sheet).items()} if sheet else {}


def _marks_on(sheet: Sheet) -> dict[str, Cell]:
    rows = [(sheet.cell(f"A{row}"), sheet.cell(f"B{row}")) for row in range(1, 30)]
    return {key.text: value for key, value in rows if key and value}


def _names_anything(table: Table) -> bool:
    cells = (heading(table.rows, table.head, label)[1] for label in (UNIT_LABEL, PERIOD_LABEL))
    return any(cells)


def heading(rows: Rows, head: int, label: str) -> tuple[str, Cell | None]:
    """The address and cell of the value to the right of a label above the head row.

    The value is the next cell that holds anything, up to the next label. Without the label the address
    is empty; without a value it is that of the cell right of the label.
    """
    for row, cells in rows.items():
        if row >= head:
            break
        at = next(
            (column for column, cell in sorted(cells.items()) if _label(cell) == comparable(label)), None
        )
        if at is None:
            continue
        later = [(column, cell) for column, cell in sorted(cells.items()) if column > at]
        if later and _label(later[0][1]) not in _LABELS:
            return later[0][1].address, later[0][1]
        return address(row, at + 1), None
    return "", None


def _label(cell: Cell) -> str:
    return comparable(cell.text).rstrip(":")
