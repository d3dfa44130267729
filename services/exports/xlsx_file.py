"""A table as a workbook: a sheet to read and print, one with exact figures, one with what they rest on."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.numbers import fixed_text, significant_text
from services.exports.table import Column, Kind, Table, exact_cell, provenance
from services.harmless import harmless

xlsx_media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXACT_SHEET, ORIGIN_SHEET = "精确值", "依据"
_WIDE = {"name": 24, "title": 36, "origin": 40, "best": 24, "text": 14, "outcome_title": 10}
_DIGITS_OF_A_DOUBLE = 15


def xlsx_file(table: Table) -> bytes:
    """The same table gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"title": table.title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    _write_table(book, table)
    _write_exact(book, table)
    _write_origin(book, table)
    book.close()
    return buffer.getvalue()


def _head_format(book: Any) -> Any:
    look = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    return book.add_format({**look, "bg_color": "#E8EEF9"})


def _write_table(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(table.sheet)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    columns = table.columns
    sheet.merge_range(0, 0, 0, len(columns) - 1, harmless(table.title), title)
    sheet.set_row(0, 30)
    sheet.set_row(1, 48)
    sheet.write_row(1, 0, [harmless(column.head) for column in columns], _head_format(book))
    text = book.add_format({"border": 1, "align": "center"})
    left = book.add_format({"border": 1, "align": "left"})
    numbers = {2: book.add_format({"border": 1, "num_format": "0.00"}), None: book.add_format({"border": 1})}
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDE.get(column.key, 9))
        look = left if column.key in _WIDE else text
        for position, row in enumerate(table.rows, start=2):
            cell = row[at]
            if isinstance(cell, Fraction):
                sheet.write_number(position, at, _double(cell, column), numbers[column.places])
            elif isinstance(cell, int | Decimal):
                sheet.write_number(position, at, cell, text)
            else:
                sheet.write_string(position, at, harmless(cell or ""), look)
    sheet.freeze_panes(2, next(at for at, each in enumerate(columns) if each.key == "name") + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _double(value: Fraction, column: Column) -> float:
    """The double nearest to the rounded decimal: what a spreadsheet holds for it anyway."""
    if column.places is not None:
        return float(fixed_text(value, column.places))
    return float(significant_text(value, _DIGITS_OF_A_DOUBLE))


def _write_exact(book: Any, table: Table) -> None:
    """The same rows with every number as exact text, which a spreadsheet does not round."""
    sheet = book.add_worksheet(EXACT_SHEET)
    sheet.write_row(0, 0, [harmless(column.head) for column in table.columns], _head_format(book))
    for position, row in enumerate(table.rows, start=1):
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            told = exact_cell(cell) or ""
            sheet.write_string(position, at, harmless(told) if column.kind is Kind.TEXT else told)
    sheet.freeze_panes(1, 0)


def _write_origin(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(ORIGIN_SHEET)
    for row, (_, head, value) in enumerate(provenance(table.run)):
        sheet.write_string(row, 0, head)
        sheet.write_string(row, 1, harmless(value))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 72)
