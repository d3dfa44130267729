"""Finding cells in the bytes of a worksheet: those to be marked, and those that bear a mark."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from intake.addresses import Position, Range, column_number, split_range
from intake.annotated.spans import head_end, local_name, new_parser, parse

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)["']""")
_ROW_POINTS, _MOST_POINTS = 15.0, 2000.0
_ROWS_BELOW = 40
"""So many rows below a wanted one have their heights noted: a comment may reach over them."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """One `<c>`: its start tag is `start:head`; `style` as written, None without; blank = no value."""

    start: int
    head: int
    end: int
    style: str | None
    blank: bool


@dataclass(slots=True)
class FoundRow:
    """One `<row>`, or the place where it would stand (then `start` and `end` are the same)."""

    start: int
    head: int
    tail: int
    end: int
    attributes: Mapping[str, str]
    cells: int = 0
    gaps: dict[int, int] = field(default_factory=dict)
    """Wanted columns that have no cell -> where it would stand."""


@dataclass(slots=True)
class FoundCells:
    """What was asked for, and how large its surroundings are.

    columns: first, last, attributes of every `<col>`; heights: of rows that state one, in points.
    """

    cells: dict[Position, FoundCell] = field(default_factory=dict)
    rows: dict[int, FoundRow] = field(default_factory=dict)
    columns: list[tuple[int, int, Mapping[str, str]]] = field(default_factory=list)
    defaults: Mapping[str, str] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    data: FoundRow | None = None
    """The `<sheetData>` itself."""
    parts: list[tuple[str, int, Mapping[str, str]]] = field(default_factory=list)
    """Name, end and attributes of every child of the worksheet, in order."""


class _Walk:
    """Counts rows and columns as a spreadsheet does; what to keep is decided by the two kinds below."""

    def __init__(self, data: bytes) -> None:
        self.found = FoundCells()
        self.data = data
        self.parser = new_parser()
        self.row = self.column = 0
        self._depth = 0
        self._names: dict[str, str] = {}
        self._pieces = 0
        self._open: tuple[int, int, Mapping[str, str]] | None = None
        self._open_row: FoundRow | None = None
        self._part: tuple[str, int, Mapping[str, str]] = ("", 0, {})

    def walk(self) -> FoundCells:
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        parse(self.parser, self.data)
        return self.found

    def wants_row(self) -> bool:
        return True

    def wants_cell(self, _attributes: Mapping[str, str]) -> bool:
        return True

    def passed(self, _row: FoundRow, _at: int) -> None:
        """A cell of a wanted row begins at a place, or (column beyond all) the row ends there."""

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        short = self._names.get(name) or self._names.setdefault(name, local_name(name))
        if self._depth == 4 and short == "c":
            self._open_cell(attributes)
        elif self._depth == 5:
            self._pieces += 1
        elif self._depth == 3 and short == "row":
            self._start_row(attributes)
        elif self._depth == 3 and short == "col":
            self.found.columns.append((int(attributes["min"]), int(attributes["max"]), attributes))
        elif self._depth == 2:
            self._start_part(short, attributes)

    def _start_part(self, name: str, attributes: Mapping[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        self._part = (name, start, attributes)
        if name == "sheetFormatPr":
            self.found.defaults = attributes
        elif name == "sheetData":
            self.found.data = FoundRow(start, head_end(self.data, start), 0, 0, attributes)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        self._open_row = None
        if self.wants_row():
            start = self.parser.CurrentByteIndex
            self._open_row = FoundRow(start, head_end(self.data, start), 0, 0, attributes)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        row = self._open_row
        if row is None:
            return
        row.cells += 1
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self.column = column_number(place[1]) if place else self.column + 1
        self._pieces = 0
        start = self.parser.CurrentByteIndex
        self.passed(row, start)
        if self.wants_cell(attributes):
            self._open = start, head_end(self.data, start), attributes

    def _closed(self, name: str) -> None:
        if self._depth == 4 and self._open is not None:
            self._close_cell(*self._open)
            self._open = None
        elif self._depth == 3 and self._open_row is not None and self._names[name] == "row":
            self._finish(self._open_row)
            self.column = 1 << 20
            self.passed(self._open_row, self._open_row.tail)
            self.found.rows[self.row] = self._open_row
            self._open_row = None
        elif self._depth == 2:
            self._close_part()
        self._depth -= 1

    def _close_part(self) -> None:
        name, start, attributes = self._part
        if name == "sheetData" and self.found.data is not None:
            self._finish(self.found.data)
        head = head_end(self.data, start)
        closed = self.data[head - 2 : head] == b"/>"
        end = head if closed else self.data.index(b">", self.parser.CurrentByteIndex) + 1
        self.found.parts.append((name, end, attributes))

    def _close_cell(self, start: int, head: int, attributes: Mapping[str, str]) -> None:
        end = self.data.index(b">", self.parser.CurrentByteIndex) + 1
        if self.data[head - 2 : head] == b"/>":
            end = head
        cell = FoundCell(start, head, end, attributes.get("s"), self._pieces == 0)
        self.found.cells[self.row, self.column] = cell

    def _finish(self, row: FoundRow) -> None:
        if self.data[row.head - 2 : row.head] == b"/>":
            row.tail = row.end = row.head
        else:
            row.tail = self.parser.CurrentByteIndex
            row.end = self.data.index(b">", row.tail) + 1


class _Wanted(_Walk):
    """Looks for cells by their places, and for the places of those that are not there."""

    def __init__(self, data: bytes, places: Set[Position]) -> None:
        super().__init__(data)
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(places):
            self._columns.setdefault(row, []).append(column)
        self._rows = list(self._columns)
        self._next = 0

    def wants_row(self) -> bool:
        while self._next < len(self._rows) and self._rows[self._next] < self.row:
            self._miss(self._rows[self._next], self.parser.CurrentByteIndex)
        return self.row in self._columns

    def wants_cell(self, _attributes: Mapping[str, str]) -> bool:
        columns = self._columns[self.row]
        at = bisect_left(columns, self.column)
        return at < len(columns) and columns[at] == self.column

    def passed(self, row: FoundRow, at: int) -> None:
        columns = self._columns[self.row]
        while len(row.gaps) + self._kept() < len(columns):
            column = columns[len(row.gaps) + self._kept()]
            if column >= self.column:
                return
            row.gaps[column] = at

    def _kept(self) -> int:
        return sum((self.row, column) in self.found.cells for column in self._columns[self.row])

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        super()._start_row(attributes)
        if self._open_row is not None:
            self._next += 1
        below = self._rows[self._next - 1] + _ROWS_BELOW if self._next else 0
        if self.row <= below and "ht" in attributes:
            self.found.heights[self.row] = points(attributes["ht"])

    def _miss(self, row: int, at: int) -> None:
        self.found.rows[row] = FoundRow(at, at, at, at, {}, gaps=dict.fromkeys(self._columns[row], at))
        self._next += 1

    def walk(self) -> FoundCells:
        found = super().walk()
        while found.data is not None and self._next < len(self._rows):
            self._miss(self._rows[self._next], found.data.tail)
        return found


class _Styled(_Walk):
    """Looks for cells that bear one of some styles, and the rows that have them."""

    def __init__(self, data: bytes, styles: Set[str]) -> None:
        super().__init__(data)
        self._styles = styles

    def wants_cell(self, attributes: Mapping[str, str]) -> bool:
        return attributes.get("s") in self._styles

    def _closed(self, name: str) -> None:
        row = self._open_row if self._depth == 3 else None
        super()._closed(name)
        if row is not None and not (self.found.cells and next(reversed(self.found.cells))[0] == self.row):
            self.found.rows.pop(self.row, None)


def points(text: str) -> float:
    """A height or width as it is written; an ordinary row's where it is no number."""
    try:
        size = float(text)
    except ValueError:
        return _ROW_POINTS
    return size if 0 <= size <= _MOST_POINTS else _ROW_POINTS


def find_places(data: bytes, places: Set[Position]) -> FoundCells:
    """The cells at some places, with a gap in its row for each that is not there."""
    return _Wanted(data, places).walk()


def find_styled(data: bytes, styles: Set[str]) -> FoundCells:
    """The cells with one of these styles, as they are written in the attribute `s`."""
    return _Styled(data, styles).walk()


def merged_ranges(data: bytes) -> tuple[Range, ...]:
    """The merged ranges of a worksheet."""
    start = max(data.rfind(b"sheetData>"), 0)
    found = (split_range(one[1].decode()) for one in _MERGED.finditer(data, start))
    return tuple(one for one in found if one is not None)


def seen_place(place: Position, merged: Sequence[Range]) -> Position:
    """The first cell of the merged range that covers a place, else the place itself."""
    row, column = place
    for one in merged:
        if one.top <= row <= one.bottom and one.left <= column <= one.right:
            return one.top, one.left
    return place
