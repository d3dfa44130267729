"""Whose report a file without marks is: what its headings say; a text has nothing else to say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.blocks import Rows, rows_of
from intake.cells import Workbook
from intake.headings import named_period, named_unit
from intake.labels import META_SHEET, PERIOD_LABEL, UNIT_LABEL
from intake.origin import Asked, heading
from intake.table import Table
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Issue, Place
from scoring.rulebook.rules import RuleSet

_LAST_HEADING = 20
"""The last row in which a heading is looked for when it is not known where the table begins."""


def heading_marks(workbook: Workbook, rules: RuleSet) -> dict[str, str]:
    """The codes of `unit` and `period` that headings name, each where all that mean any agree."""
    found: dict[str, set[str]] = {"unit": set(), "period": set()}
    for sheet in workbook.sheets:
        rows = rows_of(sheet)
        found["unit"].add(_unit_named(_text(rows, _LAST_HEADING + 1, UNIT_LABEL), rules))
        found["period"].add(_period_named(_text(rows, _LAST_HEADING + 1, PERIOD_LABEL)))
    return {key: codes.pop() for key, named in found.items() if len(codes := named - {""}) == 1}


def foreign_headings(workbook: Workbook, tables: Iterable[Table], asked: Asked) -> tuple[Issue, ...]:
    """Of a file that cannot have marks and has none: headings that name another unit or quarter.

    With marks these would tell; without, such a file is somebody else's, or another time's.
    """
    if workbook.format.has_marks or workbook.sheet(META_SHEET) is not None:
        return ()
    return tuple(issue for table in tables for issue in _others(table, asked))


def _others(table: Table, asked: Asked) -> Iterator[Issue]:
    unit, period = (_text(table.rows, table.head, label) for label in (UNIT_LABEL, PERIOD_LABEL))
    for code, label, text, found, wanted, expected in (
        ("wrong-unit", UNIT_LABEL, unit, _unit_named(unit, asked.rules), asked.unit, asked.unit_name),
        ("wrong-period", PERIOD_LABEL, period, _period_named(period), asked.period.code, asked.period.title),
    ):
        if found and found != wanted:
            where, _ = heading(table.rows, table.head, label)
            place = Place(sheet=table.sheet.name, cell=where, row_label=label)
            yield worded(SHEET_WORDINGS, fault(code), place, found=text, expected=expected)


def _text(rows: Rows, head: int, label: str) -> str:
    _, cell = heading(rows, head, label)
    return cell.text if cell else ""


def _unit_named(text: str, rules: RuleSet) -> str:
    unit = named_unit(text, rules)
    return unit.code if unit else ""


def _period_named(text: str) -> str:
    period = named_period(text)
    return period.code if period else ""
