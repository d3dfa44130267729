"""Writing .xls and .et files byte by byte: an OLE container around BIFF8 or BIFF5 records, right or wrong."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from intake.addresses import split_range
from intake.cells import Cell, CellKind, Visibility, Workbook

BOF, EOF, CONTINUE = 0x0809, 0x000A, 0x003C
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
STATES = {Visibility.VISIBLE: 0, Visibility.HIDDEN: 1, Visibility.VERY_HIDDEN: 2}
_RANGES = re.compile(r"(?<=SUM\()[A-Z0-9:,]+(?=\))")


def record(code: int, body: bytes = b"") -> bytes:
    """One record; a body that is too long is continued."""
    pieces = [body[at : at + 8224] for at in range(0, len(body), 8224)] or [b""]
    heads = [code, *[CONTINUE] * (len(pieces) - 1)]
    return b"".join(
        struct.pack("<2H", head, len(piece)) + piece for head, piece in zip(heads, pieces, strict=True)
    )


@dataclass(kw_only=True)
class Biff:
    """A workbook to be written; `more`: records before the first sheet; `codec`: of BIFF5 texts."""

    version: int = 8
    code_page: int | None = 936
    codec: str = "gb18030"
    date1904: bool = False
    formats: Sequence[str] = ("General",)
    sheets: list[tuple[str, int, bytes]] = field(default_factory=list)
    """Name, state and type (`state | type << 8`), records between BOF and EOF."""
    more: bytes = b""

    def text(self, words: str, count_size: int) -> bytes:
        """A text after its count of characters or bytes."""
        if self.version == 5:
            data = words.encode(self.codec)
            return len(data).to_bytes(count_size, "little") + data
        wide = words.encode("utf-16-le")
        return (len(wide) // 2).to_bytes(count_size, "little") + b"\x01" + wide

    def start(self, kind: int) -> bytes:
        """The BOF of the workbook (5) or a sheet (16)."""
        return record(
            BOF, struct.pack("<4H", 0x0600 if self.version == 8 else 0x0500, kind, 0x0DBB, 1996) + bytes(8)
        )

    def stream(self) -> bytes:
        """The records of everything."""
        before = self.start(5)
        if self.code_page is not None:
            before += record(0x0042, struct.pack("<H", self.code_page if self.version == 5 else 1200))
        before += record(0x0022, struct.pack("<H", self.date1904))
        for number, code in enumerate(self.formats, 200):
            before += record(
                0x041E, struct.pack("<H", number) + self.text(code, 2 if self.version == 8 else 1)
            )
        for number in range(len(self.formats)):
            before += record(
                0x00E0, struct.pack("<2H", 0, 200 + number) + bytes(16 if self.version == 8 else 12)
            )
        tabs = [self.text(name, 1) for name, _, _ in self.sheets]
        after = self.more + record(EOF)
        at = len(before) + sum(4 + 6 + len(tab) for tab in tabs) + len(after)
        found, bodies = b"", b""
        for tab, (_, state, body) in zip(tabs, self.sheets, strict=True):
            found += record(0x0085, struct.pack("<LH", at + len(bodies), state) + tab)
            bodies += self.start(16) + body + record(EOF)
        return before + found + after + bodies

    def file(self, **others: bytes) -> bytes:
        """The whole file, with other streams beside the workbook."""
        name = "Workbook" if self.version == 8 else "Book"
        return ole({name: self.stream(), **others})

    def cells(self, cells: Iterable[Cell]) -> bytes:
        """The records of cells; a style is looked up by the number format of the cell."""
        return b"".join(self.cell(cell) for cell in cells)

    def cell(self, cell: Cell) -> bytes:
        """The record of one cell."""
        place = struct.pack("<3H", cell.row - 1, cell.column - 1, self._style(cell))
        if cell.formula:
            return self._formula(place, cell)
        match cell.kind:
            case CellKind.TEXT:
                return record(0x0204, place + self.text(cell.text, 2))
            case CellKind.NUMBER | CellKind.DATE:
                return record(0x0203, place + struct.pack("<d", float(cell.text)))
            case CellKind.BOOLEAN:
                return record(0x0205, place + bytes((int(cell.text), 0)))
            case CellKind.ERROR:
                return record(0x0205, place + bytes((ERRORS[cell.text], 1)))
            case _:
                return record(0x0201, place)

    def _style(self, cell: Cell) -> int:
        return list(self.formats).index(cell.number_format) if cell.number_format else 0

    def _formula(self, place: bytes, cell: Cell) -> bytes:
        results = {
            CellKind.BLANK: b"\x03" + bytes(5) + b"\xff\xff",
            CellKind.TEXT: (b"\x00" if cell.text else b"\x03") + bytes(5) + b"\xff\xff",
            CellKind.BOOLEAN: bytes((1, 0, cell.text == "1", 0, 0, 0)) + b"\xff\xff",
            CellKind.ERROR: bytes((2, 0, ERRORS.get(cell.text, 0), 0, 0, 0)) + b"\xff\xff",
        }
        result = results.get(cell.kind) or struct.pack("<d", float(cell.text))
        tokens = self._sum(cell.formula)
        found = record(0x0006, place + result + bytes(6) + struct.pack("<H", len(tokens)) + tokens)
        return found + (
            record(0x0207, self.text(cell.text, 2)) if cell.kind is CellKind.TEXT and cell.text else b""
        )

    def _sum(self, formula: str) -> bytes:
        """The tokens of `SUM(E5:F5,H5)`, or of an empty text for any other formula."""
        match = _RANGES.search(formula)
        if match is None:
            return b"\x17\x00" + b"\x00" * (self.version == 8)
        layout = "<B4H" if self.version == 8 else "<B2H2B"
        tokens = b""
        ranges = match[0].split(",")
        for text in ranges:
            corners = split_range(text)
            assert corners is not None
            top, left, bottom, right = (number - 1 for number in corners)
            flags = (0, 0xC000) if self.version == 8 else (0xC000, 0)
            rows, columns = (top | flags[0], bottom | flags[0]), (left | flags[1], right | flags[1])
            tokens += struct.pack(layout, 0x25, *rows, *columns)
        return tokens + struct.pack("<2BH", 0x42, len(ranges), 4)


def biff_of(
    workbook: Workbook, *, rows: Sequence[int] = (), columns: Sequence[int] = (), **options: object
) -> Biff:
    """The same tabs, cells, formats and merged ranges as in a workbook; these rows and columns hidden."""
    hidden = b"".join(record(0x0208, struct.pack("<4H4xH2x", row - 1, 0, 9, 255, 0x20)) for row in rows)
    hidden += b"".join(
        record(0x007D, struct.pack("<5H2x", column - 1, column - 1, 2048, 0, 1)) for column in columns
    )
    codes = dict.fromkeys(
        cell.number_format or "General" for sheet in workbook.sheets for cell in sheet.cells.values()
    )
    formats = tuple(dict.fromkeys(["General", *codes]))
    book = Biff(formats=formats, date1904=workbook.date1904, **options)  # type: ignore[arg-type]
    for sheet in workbook.sheets:
        body = hidden + book.cells(sheet.cells.values()) + merged(sheet.merged)
        book.sheets.append((sheet.name, STATES[sheet.visibility], body))
    return book


def merged(ranges: Sequence[str]) -> bytes:
    """The record of merged ranges, as BIFF8 has it."""
    if not ranges:
        return b""
    body = struct.pack("<H", len(ranges))
    for text in ranges:
        corners = split_range(text)
        assert corners is not None
        body += struct.pack("<4H", corners.top - 1, corners.bottom - 1, corners.left - 1, corners.right - 1)
    return record(0x00E5, body)


def ole(streams: Mapping[str, bytes], *, storages: Sequence[str] = ()) -> bytes:
    """A container with these streams and empty storages at its top.

    Streams are filled up to 4,096 bytes, so that none needs the small sectors.
    """
    names = sorted([*streams, *storages], key=lambda name: (len(name), name.upper()))
    data = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    sizes = {name: -(-len(content) // SECTOR) for name, content in data.items()}
    folder = -(-(len(names) + 1) * 128 // SECTOR)
    used = folder + sum(sizes.values())
    fat_count = 1
    while fat_count * 128 < used + fat_count:
        fat_count += 1
    assert fat_count <= 109
    fat = [FAT_SECTOR] * fat_count + _chain(fat_count, folder)
    starts = {}
    for name in data:
        starts[name] = len(fat)
        fat += _chain(len(fat), sizes[name])
    fat += [FREE] * (fat_count * 128 - len(fat))
    entries = [_entry("Root Entry", 5, child=1 if names else FREE)]
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        is_stream = name in data
        size = len(data[name]) if is_stream else 0
        entries.append(_entry(name, 2 if is_stream else 1, right=right, start=starts.get(name, 0), size=size))
    directory = b"".join(entries).ljust(folder * SECTOR, b"\0")
    body = b"".join(content.ljust(sizes[name] * SECTOR, b"\0") for name, content in data.items())
    return _header(fat_count) + struct.pack(f"<{len(fat)}L", *fat) + directory + body


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), END]


def _header(fat_count: int) -> bytes:
    numbers = (0, fat_count, fat_count, 0, 4096, END, 0, END, 0)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<2H2s2H6x", 0x3E, 3, b"\xfe\xff", 9, 6)
    )
    places = [*range(fat_count), *[FREE] * (109 - fat_count)]
    return head + struct.pack("<9L", *numbers) + struct.pack("<109L", *places)


def _entry(
    name: str, kind: int, *, right: int = FREE, child: int = FREE, start: int = 0, size: int = 0
) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    first = words.ljust(64, b"\0") + struct.pack("<HBB3L", len(words), kind, 1, FREE, right, child)
    return first + bytes(36) + struct.pack("<3L", start if kind != 5 else END, size, 0)
