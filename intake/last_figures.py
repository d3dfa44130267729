"""Earlier figures that a template shows are not input: whoever types over one is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation

from intake.cells import Cell, CellKind, Workbook
from intake.labels import (
    CODE_HEAD,
    DEFINITION_HEAD,
    LAST_HEADS,
    MEASURE_HEAD,
    META_SHEET,
    NAME_HEAD,
    VALUE_HEAD,
    comparable,
)
from intake.shown_cells import shown_text
from intake.table import Table
from intake.template_last import LAST_KEYS
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Issue, Place

_NO_FIGURES = LAST_HEADS | {CODE_HEAD, NAME_HEAD, MEASURE_HEAD, DEFINITION_HEAD}
_NOTHING = "空"
_FIFTEEN_DIGITS = Context(prec=15)


def changed_last_figures(workbook: Workbook, table: Table) -> tuple[Issue, ...]:
    """An issue for each row in which an earlier figure is not the one that the template showed.

    Without the hidden sheet nobody knows what was shown, and nothing is said; a cell that was cleared
    says nothing either.
    """
    shown = _shown(workbook)
    if shown is None or not table.head:
        return ()
    found: list[Issue] = []
    for row in _rows(table):
        changed = [figure for figure in row if _differs(figure.cell, shown.get(figure.key, ""), workbook)]
        if changed:
            found.append(_issue(table, changed, shown.get(changed[0].key, _NOTHING)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell with an earlier figure; `key` is what it is listed under."""

    element: str
    head: str
    cell: Cell

    @property
    def key(self) -> str:
        return f"{self.element} {self.head}"


def _rows(table: Table) -> Iterator[list[_Figure]]:
    heads = {column: comparable(cell.text) for column, cell in table.rows[table.head].items()}
    beside = next((column for column, head in heads.items() if head in LAST_HEADS), None)
    figures = {column: head for column, head in heads.items() if head not in _NO_FIGURES}
    elements = {row: code for code, row in table.elements.items()}
    names = table.columns.get(NAME_HEAD, 0)
    for row, cells in table.rows.items():
        first = comparable(cells[min(cells)].text)
        if first in LAST_HEADS and row > table.head and names in cells:
            code = cells[names].text.split(maxsplit=1)[0]
            yield [_Figure(code, figures[column], cells[column]) for column in figures if column in cells]
        elif beside is not None and beside in cells and row in elements:
            yield [_Figure(elements[row], VALUE_HEAD, cells[beside])]


def _differs(cell: Cell, shown: str, workbook: Workbook) -> bool:
    found = comparable(cell.text)
    if cell.kind is CellKind.BLANK or not found or found == comparable(shown):
        return False
    if cell.kind is CellKind.DATE:
        return shown_text(cell, date1904=workbook.date1904) != shown
    try:
        # Programs write 16 or 17 digits of what they hold in binary; 15 of them are meant.
        return _FIFTEEN_DIGITS.plus(Decimal(found)) != Decimal(shown)
    except InvalidOperation:
        return True


def _shown(workbook: Workbook) -> dict[str, str] | None:
    sheet = workbook.sheet(META_SHEET)
    if sheet is None:
        return None
    keys = {cell.row: cell.text for cell in sheet.cells.values() if cell.column == LAST_KEYS + 1}
    values = {cell.row: cell.text for cell in sheet.cells.values() if cell.column == LAST_KEYS + 2}
    return {key: values[row] for row, key in keys.items() if row in values}


def _issue(table: Table, changed: Sequence[_Figure], shown: str) -> Issue:
    first = changed[0]
    place = Place(
        sheet=table.sheet.name, cell=first.cell.address, row_label=first.element, column_label=first.head
    )
    what = fault("last-figure-changed", count=len(changed))
    return worded(SHEET_WORDINGS, what, place, found=first.cell.text, expected=shown)
