"""From the text of a .csv to a sheet: the head row tells the separator, each text its kind of cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from intake.addresses import column_letters
from intake.cells import Cell, CellKind, Sheet, Told, Visibility
from intake.csv_text import head_line
from intake.labels import CODE_HEAD, NAME_HEAD, OWN_SHEETS, comparable
from intake.refusals import LimitReached, Refused
from intake.xml_walk import Tally

SEPARATORS = {",": "comma", "\t": "tab", ";": "semicolon"}

_LONGEST_TITLE = 60
# Up to 15 digits, as spreadsheets hold them, and none of the ways of writing that show fewer: 1.2E+11, 007.
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_MOST_DIGITS = 15
# Blank rows below a table are let pass, but no program saves more of them than its sheets have.
_ROWS_OF_A_SPREADSHEET = 2**20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
# Two ways to keep a spreadsheet from taking a text for a number.
_FORCED = re.compile(r"=\"([^\"]*)\"|'(.*)", re.DOTALL)


def read_csv_sheet(text: str, name: str, tally: Tally) -> tuple[Sheet, str, tuple[Told, ...]]:
    """The sheet that a text holds, the name of its separator, and what else was decided about it.

    name: of the sheet; empty = the first text in it, which is the title of the form. A number of at most
    15 digits is a NUMBER, a day as 2021-06-30 a DATE, an error word an ERROR; all else is TEXT as it
    stands, to be read with the same care as a text in a workbook. `="001"` and `'001` are the text 001.

    Raises:
        Refused: there is no head row, the quotes do not pair, or a limit is passed.
    """
    cells: dict[str, Cell] = {}
    told: list[Told] = []
    separator = _separator(text, name)
    try:
        for row, words in _rows(text, separator, tally):
            for column, word in enumerate(words, 1):
                if word:
                    _keep(cells, told, row, column, word)
        title = name or _title(cells)
    except Refused as refused:
        refused.place(name)
        raise
    told = [Told(one.code, one.facts, title, one.cell) for one in told]
    named = {address: _named(cell, title) for address, cell in cells.items()}
    sheet = Sheet(title, Visibility.VISIBLE, MappingProxyType(named))
    return sheet, SEPARATORS[separator], tuple(told)


def _separator(text: str, name: str) -> str:
    line = head_line(text)
    if line is None:
        if comparable(name) not in OWN_SHEETS:
            raise Refused("csv-without-head")
        line = text.partition("\n")[0]
        return max(SEPARATORS, key=line.count)
    fitting = [separator for separator in SEPARATORS if _splits(line, separator)]
    if len(fitting) != 1:
        raise Refused("csv-separator", value=line)
    return fitting[0]


def _splits(line: str, separator: str) -> bool:
    """Whether the separator cuts the head row into cells of which two are its known words."""
    try:
        words = {comparable(word) for words in csv.reader([line], delimiter=separator) for word in words}
    except csv.Error:
        return False
    return {CODE_HEAD, NAME_HEAD} <= words


def _rows(text: str, separator: str, tally: Tally) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows with their numbers, counted as a spreadsheet counts them: a break in quotes begins none."""
    limits = tally.limits
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        for row, words in enumerate(reader, 1):
            if row > limits.rows and (any(words) or row > _ROWS_OF_A_SPREADSHEET):
                raise Refused("too-many-rows", limit=limits.rows)
            if len(words) > limits.columns and any(words[limits.columns :]):
                raise Refused("too-many-columns", limit=limits.columns)
            tally.cells += sum(map(bool, words))
            if tally.cells > limits.cells:
                raise LimitReached("too-many-cells", limit=limits.cells)
            for word in words:
                tally.add_characters(word)
            yield row, words
    except csv.Error as error:
        raise Refused("csv-malformed", line=reader.line_num, reason=error) from None


def _keep(cells: dict[str, Cell], told: list[Told], row: int, column: int, word: str) -> None:
    address = f"{column_letters(column)}{row}"
    forced = _FORCED.fullmatch(word)
    if forced:
        taken = forced[1] if forced[2] is None else forced[2]
        told.append(Told("csv-forced-text", {"before": word, "after": taken}, "", address))
        if taken:
            cells[address] = Cell("", address, row, column, CellKind.TEXT, taken)
        return
    cells[address] = Cell("", address, row, column, _kind(word), word)


def _kind(word: str) -> CellKind:
    if _NUMBER.fullmatch(word) and sum(sign.isdigit() for sign in word) <= _MOST_DIGITS:
        return CellKind.NUMBER
    if _DAY.fullmatch(word):
        return CellKind.DATE
    return CellKind.ERROR if word in _ERRORS else CellKind.TEXT


def _title(cells: dict[str, Cell]) -> str:
    words = (" ".join(cell.text.split()) for cell in cells.values() if cell.kind is CellKind.TEXT)
    return next((word for word in words if word), "")[:_LONGEST_TITLE]


def _named(cell: Cell, sheet: str) -> Cell:
    return Cell(sheet, cell.address, cell.row, cell.column, cell.kind, cell.text)
