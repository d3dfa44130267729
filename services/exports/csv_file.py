"""A table as CSV: UTF-8 with a mark, so that spreadsheets show Chinese; every row says what it rests on.

A number is its exact decimal. One that does not end, or is too long, has 28 significant digits, and the exact
value stands in a column of its own, in words that no spreadsheet takes for a date.
"""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from scoring.numbers import exact_text, significant_text
from services.exports.table import Cell, Column, Table, provenance
from services.harmless import harmless

csv_media = "text/csv; charset=utf-8"
ENDLESS = "写不全的精确值"


def csv_file(table: Table) -> bytes:
    """The same table gives the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    origin = provenance(table.run)
    heads = [*(column.head for column in table.columns), ENDLESS, *(head for _, head, _ in origin)]
    writer.writerow(map(harmless, heads))
    rests_on = [harmless(value) for _, _, value in origin]
    for row in table.rows:
        writer.writerow([*map(_cell, row), harmless(_endless(table.columns, row)), *rests_on])
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return significant_text(cell) if isinstance(cell, Fraction) else str(cell)


def _endless(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> str:
    """Such as 总分=200/3; empty where every decimal of the row is whole."""
    found = [
        f"{column.head}={exact_text(cell)}"
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell, Fraction) and exact_text(cell) != significant_text(cell)
    ]
    return "；".join(found)
