"""One form's sheet: where its head row, its columns and its rows are, found by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from intake.addresses import column_letters
from intake.cells import Cell, CellKind, Sheet
from intake.fields import Field
from intake.labels import CODE_HEAD, DEFINITION_HEAD, LAST_HEADS, MEASURE_HEAD, NAME_HEAD, comparable
from intake.numbers_text import is_number
from intake.spots import Spot
from intake.wording import Fault, fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import ElementCode
from scoring.errors import Issue, Place
from scoring.rulebook.forms import Element, Form

Rows = Mapping[int, Mapping[int, Cell]]
"""The cells of a sheet that hold something, by row and column from 1."""

_FIXED_HEADS = (CODE_HEAD, NAME_HEAD, MEASURE_HEAD)
_CODE_LIKE = re.compile(r"[A-Z]{1,4}[0-9][A-Z0-9_]{0,10}", re.ASCII)


@dataclass(slots=True)
class Table:
    """What was found of a form on its sheet; `head` is 0 where there is no head row."""

    sheet: Sheet
    rows: Rows
    head: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    """Label -> column, for every column that stands exactly once."""
    elements: dict[ElementCode, int] = field(default_factory=dict)
    """Element -> row, likewise."""
    issues: list[Issue] = field(default_factory=list)

    def spot(self, wanted: Field) -> Spot | None:
        """Where the field is; None where its row or column is missing or doubled."""
        row, column = self.elements.get(wanted.element.code), self.columns.get(wanted.head)
        if row is None or column is None:
            return None
        return Spot(self.sheet.name, address(row, column), self.rows.get(row, {}).get(column))

    def report(
        self, what: Fault, row: int, column: int, *, found: str = "", expected: str = "", label: str = ""
    ) -> None:
        """Add an issue at a cell."""
        place = Place(sheet=self.sheet.name, cell=address(row, column), row_label=label)
        self.issues.append(worded(SHEET_WORDINGS, what, place, found=found, expected=expected))


def address(row: int, column: int) -> str:
    """`C7` for row 7, column 3."""
    return f"{column_letters(column)}{row}"


def rows_of(sheet: Sheet) -> Rows:
    """The cells that hold something, in reading order; a formula without result counts."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells.values():
        if cell.formula or (cell.kind is not CellKind.BLANK and comparable(cell.text)):
            rows.setdefault(cell.row, {})[cell.column] = cell
    return dict(sorted(rows.items()))


def read_table(form: Form, fields: Iterable[Field], sheet: Sheet) -> Table:
    """The table of a form on a sheet, with an issue for everything that is not where it should be."""
    wanted = tuple(fields)
    table = Table(sheet, rows_of(sheet))
    heads = [row for row, cells in table.rows.items() if _is_head(cells)]
    if not heads:
        place = Place(sheet=sheet.name)
        table.issues.append(worded(SHEET_WORDINGS, fault("head-missing"), place))
        return table
    table.head = heads[0]
    for repeated in heads[1:]:
        table.report(fault("head-repeated"), repeated, min(table.rows[repeated]))
    _find_columns(table, dict.fromkeys(each.head for each in wanted))
    if CODE_HEAD in table.columns:
        _find_rows(table, form, {each.element.code: each.element for each in wanted}, frozenset(heads))
        _find_misplaced(table, wanted)
    return table


def _is_head(cells: Mapping[int, Cell]) -> bool:
    labels = {comparable(cell.text) for cell in cells.values()}
    return CODE_HEAD in labels and NAME_HEAD in labels


def _find_columns(table: Table, heads: Iterable[str]) -> None:
    wanted = {comparable(head): head for head in (*_FIXED_HEADS, *heads)}
    found: dict[str, list[int]] = {}
    for column, cell in sorted(table.rows[table.head].items()):
        label = comparable(cell.text)
        if label in wanted:
            found.setdefault(wanted[label], []).append(column)
        elif label != DEFINITION_HEAD and label not in LAST_HEADS:
            table.report(fault("column-unknown"), table.head, column, found=cell.text)
    for head in wanted.values():
        columns = found.get(head, [])
        if len(columns) == 1:
            table.columns[head] = columns[0]
        elif columns:
            table.report(fault("column-doubled"), table.head, columns[1], found=head)
        else:
            table.report(fault("column-missing"), table.head, min(table.rows[table.head]), expected=head)


def _find_rows(
    table: Table, form: Form, wanted: Mapping[ElementCode, Element], heads: frozenset[int]
) -> None:
    column = table.columns[CODE_HEAD]
    not_due = {element.code for element in form.elements} - wanted.keys()
    found: dict[ElementCode, list[int]] = {}
    for row, cells in table.rows.items():
        if row <= table.head or row in heads:
            continue
        code = ElementCode(comparable(cells[column].text).upper() if column in cells else "")
        if code in wanted:
            found.setdefault(code, []).append(row)
        elif code in not_due or _CODE_LIKE.fullmatch(code):
            what = "row-not-due" if code in not_due else "row-unknown"
            table.report(fault(what), row, column, found=cells[column].text)
        elif code not in LAST_HEADS and _holds_figures(table, cells):
            table.report(fault("row-without-code"), row, min(cells))
    for element in wanted.values():
        _settle_row(table, element, found.get(element.code, []))


def _settle_row(table: Table, element: Element, rows: list[int]) -> None:
    column, label = table.columns[CODE_HEAD], f"{element.code} {element.name}"
    if not rows:
        table.report(fault("row-missing"), table.head, column, expected=label, label=label)
    elif len(rows) > 1:
        for row in rows[1:]:
            table.report(fault("row-doubled", other=rows[0]), row, column, found=label, label=label)
    else:
        table.elements[element.code] = rows[0]
        _compare_label(
            table, rows[0], NAME_HEAD, element.name, fault("row-renamed", code=element.code), label
        )
        _compare_label(table, rows[0], MEASURE_HEAD, element.measure, fault("measure-changed"), label)


def _compare_label(table: Table, row: int, head: str, expected: str, what: Fault, label: str) -> None:
    column = table.columns.get(head)
    if column is None:
        return
    cell = table.rows[row].get(column)
    found = cell.text if cell else ""
    if comparable(found) != comparable(expected):
        table.report(what, row, column, found=found, expected=expected, label=label)


def _holds_figures(table: Table, cells: Mapping[int, Cell]) -> bool:
    """Whether a cell below the heads of figures holds more than words."""
    figures = {column for head, column in table.columns.items() if head not in _FIXED_HEADS}
    return any(
        column in figures and (cell.kind is not CellKind.TEXT or is_number(comparable(cell.text)))
        for column, cell in cells.items()
    )


def _find_misplaced(table: Table, wanted: Iterable[Field]) -> None:
    """Values in the rows of elements that stand where no figure is asked for."""
    used = {(each.element.code, each.head) for each in wanted}
    names = {each.element.code: each.row_label for each in wanted}
    heads = {column: head for head, column in table.columns.items()}
    labelled = set(table.rows[table.head])
    stray: dict[int, list[tuple[str, Cell]]] = {}
    for code, row in table.elements.items():
        for column, cell in _values(table, row):
            head = heads.get(column)
            if head is None and column not in labelled:
                stray.setdefault(column, []).append((names[code], cell))
            elif head is not None and head not in _FIXED_HEADS and (code, head) not in used:
                place = Place(
                    sheet=table.sheet.name, cell=cell.address, row_label=names[code], column_label=head
                )
                issue = worded(SHEET_WORDINGS, fault("unused-cell-filled"), place, found=cell.text)
                table.issues.append(issue)
    for column, cells in stray.items():
        _report_stray(table, column, cells)


def _report_stray(table: Table, column: int, cells: Sequence[tuple[str, Cell]]) -> None:
    """One value beside the table is named by itself; a whole column of them once."""
    if len(cells) > 1:
        table.report(fault("column-without-head", count=len(cells)), table.head, column)
        return
    [(label, cell)] = cells
    table.report(fault("stray-value"), cell.row, column, found=cell.text, label=label)


def _values(table: Table, row: int) -> Iterator[tuple[int, Cell]]:
    """The cells of a row that hold a value; a formula that gives an empty text holds none."""
    for column, cell in table.rows[row].items():
        if cell.kind is not CellKind.TEXT or comparable(cell.text):
            yield column, cell
