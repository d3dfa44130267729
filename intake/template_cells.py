"""Writing single values and naming stretches of cells, as XlsxWriter wants them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from intake.addresses import split_address
from intake.table import address
from intake.template_plan import WORDS
from scoring.facts import Amount, Standing
from scoring.numbers import exact_text
from scoring.rulebook.forms import Element, ElementType


def write_value(
    sheet: Worksheet, row: int, column: int, value: Amount | Standing | None, look: Format, *, dated: bool
) -> None:
    """Write a cell, counted from 1; None leaves it blank. dated: a number is an ordinal day."""
    at = (row - 1, column - 1)
    if value is None:
        sheet.write_blank(*at, None, look)
    elif isinstance(value, Standing):
        sheet.write_string(*at, WORDS[value], look)
    elif isinstance(value, str):
        sheet.write_string(*at, value, look)
    elif dated:
        sheet.write_datetime(*at, date.fromordinal(int(value)), look)
    else:
        sheet.write_number(*at, number_of(value), look)


def number_of(value: Fraction) -> int | float:
    """As XlsxWriter takes it: 16 significant digits are written, of which spreadsheets show 15."""
    return int(value) if value.denominator == 1 else float(value)


def is_kept(value: Fraction) -> bool:
    """Whether the very number can be written into a cell and read again: a spreadsheet keeps 15 digits."""
    return Fraction(f"{float(value):.15G}") == value


def value_text(element: Element, value: Amount | Standing) -> str:
    """The value of an element for people: "1500", "2021-06-30", "不适用"."""
    if isinstance(value, Standing):
        return WORDS[value]
    if isinstance(value, str):
        return value
    if element.type is ElementType.DATE:
        return date.fromordinal(int(value)).isoformat()
    return exact_text(value)


def ranges(row: int, columns: Sequence[int]) -> list[str]:
    """The cells of a row as few ranges as possible: "E5:F5", "H5"."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [
        address(row, run[0]) if len(run) == 1 else f"{address(row, run[0])}:{address(row, run[-1])}"
        for run in runs
    ]


def corners(cells: Sequence[str]) -> list[int]:
    """First row and column, last row and column, from 0."""
    found = [split_address(cell) or (1, 1) for cell in (cells[0], cells[-1])]
    return [number - 1 for corner in found for number in corner]
