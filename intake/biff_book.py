"""What the first part of a BIFF stream says of the whole workbook: tabs, texts, formats, date system."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from intake.biff_records import BOF, OLD_BOFS, Cursor, Record, Texts, malformed, records, unpack
from intake.cells import Visibility
from intake.refusals import Refused
from intake.styles import built_in_format, shows_date
from intake.workbook_parts import check_sheet_name
from intake.xml_walk import Tally

WORKSHEET = 0

_BIFF8, _BIFF5, _GLOBALS = 0x0600, 0x0500, 0x0005
_MACRO_SHEETS = frozenset({1, 6})
_KINDS = frozenset({WORKSHEET, 2}) | _MACRO_SHEETS
_STATES = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_TWO, _SHEET, _SHORT = struct.Struct("<2H"), struct.Struct("<L2B"), struct.Struct("<H")
# What a list of other workbooks begins with when it means this workbook, or functions of add-ins.
_THIS_BOOK, _ADD_INS = 0x0401, 0x3A01
# The name of a sheet of this workbook, this sheet, an add-in; everything else is another file.
_INWARD = frozenset({b"\x02", b"\x03", b"\x04", b"\x3a"})
_MOST_TEXTS = 1_000_000


@dataclass(frozen=True, slots=True)
class BiffTab:
    """One tab, and where in the stream its records begin."""

    name: str
    visibility: Visibility
    kind: int
    at: int


class BiffBook:
    """Reads the records before the first sheet.

    `formats` gives the number format of each cell style and whether it shows a date; `shared` the texts
    that cells refer to (BIFF8 only).
    """

    def __init__(self, stream: bytes, tally: Tally) -> None:
        self.tabs: list[BiffTab] = []
        self.date1904 = False
        self.shared: list[str] = []
        self.formats: list[tuple[str, bool]] = []
        self.texts = Texts(biff8=_version(stream) == _BIFF8)
        self._tally = tally
        self._own: dict[int, str] = {}
        self._used: list[int] = []
        self._names: set[str] = set()
        self._readers: dict[int, Callable[[Record], None]] = {
            0x002F: _refuse_password,
            0x00D3: _refuse_macros,
            0x0042: self._read_code_page,
            0x0085: self._read_tab,
            0x0022: self._read_date_system,
            0x041E: self._read_format,
            0x00E0: self._read_style,
            0x00FC: self._read_texts,
            0x01AE: self._read_book_list,
            0x0017: self._read_sheet_list,
            0x0876: _refuse_connection,
        }
        for record in records(stream, 0, tally):
            if record.code in self._readers:
                self._readers[record.code](record)
        for number in self._used:
            code = self._own.get(number) or built_in_format(number)
            self.formats.append((code, shows_date(code)))

    def _read_code_page(self, record: Record) -> None:
        (self.texts.code_page,) = unpack(_SHORT, record)

    def _read_tab(self, record: Record) -> None:
        at, state, kind = unpack(_SHEET, record)
        name = self.texts.read(record, _SHEET.size, 1)
        check_sheet_name(name, self._names, self._tally.limits.sheets)
        if kind in _MACRO_SHEETS:
            raise Refused("macros", part=name)
        if state & 3 >= len(_STATES) or kind not in _KINDS:
            raise malformed(record.at)
        self.tabs.append(BiffTab(name, _STATES[state & 3], kind, at))

    def _read_date_system(self, record: Record) -> None:
        (system,) = unpack(_SHORT, record)
        self.date1904 = system == 1

    def _read_format(self, record: Record) -> None:
        (number,) = unpack(_SHORT, record)
        self._own[number] = self.texts.read(record, _SHORT.size, 2 if self.texts.biff8 else 1)

    def _read_style(self, record: Record) -> None:
        _, number = unpack(_TWO, record)
        self._used.append(number)

    def _read_texts(self, record: Record) -> None:
        cursor = Cursor(record)
        cursor.skip(4)
        count = cursor.number(4)
        if self.shared or count > _MOST_TEXTS:
            raise malformed(record.at)
        for _ in range(count):
            self.shared.append(self.texts.next(cursor, 2))

    def _read_book_list(self, record: Record) -> None:
        _, what = unpack(_TWO, record)
        if what not in (_THIS_BOOK, _ADD_INS):
            raise Refused("external-links", part="SUPBOOK")

    def _read_sheet_list(self, record: Record) -> None:
        # In BIFF8 this record holds only numbers; the names stand in the list of books.
        if not self.texts.biff8 and record.body[1:2] not in _INWARD:
            raise Refused("external-links", part="EXTERNSHEET")


def _version(stream: bytes) -> int:
    """Which BIFF it is, from its very first record."""
    if len(stream) < 8:
        raise malformed(0)
    code, _, version, kind = struct.unpack_from("<4H", stream)
    if code in OLD_BOFS:
        raise Refused("workbook-too-old")
    if code != BOF or kind != _GLOBALS or version not in (_BIFF8, _BIFF5):
        raise malformed(0)
    return int(version)


def _refuse_password(_record: Record) -> None:
    raise Refused("encrypted-workbook")


def _refuse_macros(_record: Record) -> None:
    raise Refused("macros", part="VBA")


def _refuse_connection(_record: Record) -> None:
    raise Refused("external-links", part="DCONN")
