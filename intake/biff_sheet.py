"""The cells of one sheet of a BIFF stream, with their formats and who sees them."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from intake.addresses import Position, column_letters
from intake.biff_book import BiffBook
from intake.biff_records import BOF, STRING, Record, malformed, records, unpack
from intake.cells import Cell, CellKind
from intake.refusals import LimitReached, Refused
from intake.sheet_view import SheetView
from intake.xml_walk import Tally

FORMULA_TEXT = "…"
"""Stands for the formula of a cell: the program code of BIFF formulas is not put back into words."""

_WORKSHEET = 0x0010
_PLACE, _NUMBER, _RK = struct.Struct("<3H"), struct.Struct("<d"), struct.Struct("<HL")
_SHORT, _TWO_BYTES, _INDEX = struct.Struct("<H"), struct.Struct("<2B"), struct.Struct("<L")
_ROW, _COLUMNS, _CORNERS = struct.Struct("<H4xH4xH"), struct.Struct("<3H2xH"), struct.Struct("<4H")
_HIDDEN_ROW, _HIDDEN_COLUMN, _NO_ROWS, _DIALOG = 0x0020, 0x0001, 0x0002, 0x0010
_COMPUTE_ON_LOAD = 0x0002
_LAST_COLUMN = 256
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

Value = tuple[CellKind, str]


class BiffSheet:
    """Reads one sheet; `cells()` and `view.merged` are complete after `read`."""

    def __init__(self, book: BiffBook, name: str, tally: Tally) -> None:
        self.view = SheetView()
        self._book = book
        self._name = name
        self._tally = tally
        self._cells: dict[Position, tuple[CellKind, str, str, str]] = {}
        self._rows: set[int] = set()
        self._unsized_rows_hidden = False
        self._text_due: Position | None = None
        self._place = ""
        self._readers: dict[int, Callable[[Record], None]] = {
            BOF: _check_kind,
            0x0081: _refuse_dialog,
            0x0225: self._read_default_height,
            0x0208: self._read_row,
            0x007D: self._read_columns,
            0x00E5: self._read_merged,
            0x0203: self._read_number,
            0x027E: self._read_rk,
            0x00BD: self._read_many_rks,
            0x00FD: self._read_shared_text,
            0x0204: self._read_text,
            0x00D6: self._read_text,
            0x0205: self._read_truth_or_error,
            0x0006: self._read_formula,
            STRING: self._read_result,
        }

    def read(self, stream: bytes, start: int) -> None:
        """Read the records of the sheet that begins there.

        Raises:
            Refused: with the sheet, and the cell where there is one.
        """
        try:
            for record in records(stream, start, self._tally):
                reader = self._readers.get(record.code)
                if reader is not None:
                    self._place = ""
                    reader(record)
        except Refused as refused:
            refused.place(self._name, self._place)
            raise
        if self._unsized_rows_hidden:
            for row in {row for row, _ in self._cells} - self._rows:
                self.view.hide_row(row)

    def cells(self) -> dict[str, Cell]:
        """The cells with a value or a formula, by address, in reading order."""
        unseen = self.view.concealed(self._cells.keys())
        cells = {}
        for place in sorted(self._cells):
            row, column = place
            address = f"{column_letters(column)}{row}"
            kind, text, formula, number_format = self._cells[place]
            cells[address] = Cell(
                self._name, address, row, column, kind, text, formula, number_format, place in unseen
            )
        return cells

    def _read_default_height(self, record: Record) -> None:
        (flags,) = unpack(_SHORT, record)
        self._unsized_rows_hidden = bool(flags & _NO_ROWS)

    def _read_row(self, record: Record) -> None:
        row, height, flags = unpack(_ROW, record)
        self._rows.add(row + 1)
        if flags & _HIDDEN_ROW or not height:
            self.view.hide_row(row + 1)

    def _read_columns(self, record: Record) -> None:
        first, last, width, flags = unpack(_COLUMNS, record)
        hidden = bool(flags & _HIDDEN_COLUMN) or not width
        self.view.pass_columns(first + 1, min(last + 1, _LAST_COLUMN + 1), hidden=hidden)

    def _read_merged(self, record: Record) -> None:
        (count,) = unpack(_SHORT, record)
        for number in range(count):
            top, bottom, left, right = unpack(_CORNERS, record, _SHORT.size + number * _CORNERS.size)
            text = f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
            self.view.merge(text, self._tally.limits.merged_ranges)

    def _read_number(self, record: Record) -> None:
        row, column, style = self._open(record)
        value = _number_text(_double(record, _PLACE.size))
        self._keep(row, column, style, (CellKind.NUMBER, value))

    def _read_rk(self, record: Record) -> None:
        row, column, style = self._open(record)
        (packed,) = unpack(_INDEX, record, _PLACE.size)
        self._keep(row, column, style, (CellKind.NUMBER, _number_text(_of_rk(packed))))

    def _read_many_rks(self, record: Record) -> None:
        row, column, _ = self._open(record)
        count = (len(record.body) - 4 - _SHORT.size) // _RK.size
        for number in range(count):
            style, packed = unpack(_RK, record, 4 + number * _RK.size)
            self._keep(row, column + number, style, (CellKind.NUMBER, _number_text(_of_rk(packed))))

    def _read_shared_text(self, record: Record) -> None:
        row, column, style = self._open(record)
        (number,) = unpack(_INDEX, record, _PLACE.size)
        if number >= len(self._book.shared):
            raise Refused("bad-shared-string", value=number, count=len(self._book.shared))
        self._keep(row, column, style, (CellKind.TEXT, self._book.shared[number]))

    def _read_text(self, record: Record) -> None:
        row, column, style = self._open(record)
        text = self._book.texts.read(record, _PLACE.size, 2)
        self._keep(row, column, style, (CellKind.TEXT, text))

    def _read_truth_or_error(self, record: Record) -> None:
        row, column, style = self._open(record)
        value, is_error = unpack(_TWO_BYTES, record, _PLACE.size)
        self._keep(row, column, style, _error(value) if is_error else _truth(value))

    def _read_formula(self, record: Record) -> None:
        row, column, style = self._open(record)
        (flags,) = unpack(_SHORT, record, _PLACE.size + _NUMBER.size)
        value = self._result(record, flags)
        if value is None:
            self._text_due = (row + 1, column + 1)
            value = CellKind.BLANK, ""
        self._keep(row, column, style, value, FORMULA_TEXT)

    def _result(self, record: Record, flags: int) -> Value | None:
        """The result that was saved; None for a text, which the next record brings."""
        number = _double(record, _PLACE.size)
        stored = record.body[_PLACE.size : _PLACE.size + _NUMBER.size]
        if stored[6:] != b"\xff\xff":
            # Writers that cannot compute leave a zero and ask to have it computed when the file is opened.
            left_open = flags & _COMPUTE_ON_LOAD and stored == bytes(8)
            return (CellKind.BLANK, "") if left_open else (CellKind.NUMBER, _number_text(number))
        match stored[0]:
            case 0:
                return None
            case 1:
                return _truth(stored[2])
            case 2:
                return _error(stored[2])
            case 3:
                return CellKind.TEXT, ""
            case _:
                raise malformed(record.at)

    def _read_result(self, record: Record) -> None:
        if self._text_due is None:
            raise malformed(record.at)
        place, self._text_due = self._text_due, None
        _, _, formula, number_format = self._cells[place]
        text = self._checked(self._book.texts.read(record, 0, 2))
        self._cells[place] = CellKind.TEXT, text, formula, number_format

    def _open(self, record: Record) -> tuple[int, int, int]:
        row, column, style = unpack(_PLACE, record)
        if self._text_due is not None:
            raise malformed(record.at)
        return row, column, style

    def _keep(self, row: int, column: int, style: int, value: Value, formula: str = "") -> None:
        place = row + 1, column + 1
        self._place = f"{column_letters(column + 1)}{row + 1}"
        self._count(*place)
        if place in self._cells:
            raise Refused("duplicate-cell")
        if style >= len(self._book.formats):
            raise Refused("bad-attribute", part=self._name, name="XF", value=style)
        number_format, is_date = self._book.formats[style]
        kind, text = value
        if kind is CellKind.TEXT:
            self._checked(text)
        elif kind is CellKind.NUMBER and is_date:
            kind = CellKind.DATE
        self._cells[place] = kind, text, formula, number_format

    def _checked(self, text: str) -> str:
        if "\0" in text:
            raise Refused("bad-character", value=text)
        self._tally.add_characters(text)
        return text

    def _count(self, row: int, column: int) -> None:
        tally, limits = self._tally, self._tally.limits
        if row > limits.rows:
            raise Refused("too-many-rows", limit=limits.rows)
        if column > limits.columns:
            raise Refused("too-many-columns", limit=limits.columns)
        tally.cells += 1
        if tally.cells > limits.cells:
            raise LimitReached("too-many-cells", limit=limits.cells)


def _check_kind(record: Record) -> None:
    _, kind = unpack(struct.Struct("<2H"), record)
    if kind != _WORKSHEET:
        raise malformed(record.at)


def _refuse_dialog(record: Record) -> None:
    (flags,) = unpack(_SHORT, record)
    if flags & _DIALOG:
        raise Refused("active-content", part="dialog")


def _double(record: Record, at: int) -> float:
    if len(record.body) < at + _NUMBER.size:
        raise malformed(record.at)
    (value,) = _NUMBER.unpack_from(record.body, at)
    return float(value)


def _of_rk(packed: int) -> float:
    """The number that was squeezed into four bytes: 30 bits of a double or an integer, perhaps hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        (value,) = _NUMBER.unpack(struct.pack("<2L", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value


def _number_text(value: float) -> str:
    """The shortest text that means this very double; whole numbers without a point."""
    if not math.isfinite(value):
        raise Refused("bad-number", value=value)
    whole = value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else repr(value)


def _truth(value: int) -> Value:
    if value > 1:
        raise Refused("bad-boolean", value=value)
    return CellKind.BOOLEAN, str(value)


def _error(value: int) -> Value:
    if value not in _ERRORS:
        raise Refused("bad-error-value", value=value)
    return CellKind.ERROR, _ERRORS[value]
