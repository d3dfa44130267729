"""From the bytes of an .xls or .et to a workbook, in this process; strangers' go through `intake.child`.

BIFF is Excel's format from 1993 to 2003, and that of WPS .et files: BIFF8 (Excel 97 to 2003), and BIFF5
(Excel 5 and 95), whose texts are in a code page, here GBK. Told of each cell: value, kind, number format,
whether it is a formula, hidden rows and columns, merged ranges; of the workbook: tabs and date system.
Not told: how a formula reads (`FORMULA_TEXT` stands for it) and the custom properties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from intake.biff_book import WORKSHEET, BiffBook
from intake.biff_sheet import BiffSheet
from intake.cells import FileFormat, Sheet, Workbook
from intake.limits import DEFAULT_LIMITS, Limits
from intake.ole import Ole, open_ole
from intake.refusals import LimitReached, Refusal, Refused
from intake.second_reading import SecondReader, read_again
from intake.xml_walk import Tally

_STREAMS = ("workbook", "book")
_NOTHING: Mapping[str, str] = MappingProxyType({})
# A storage or stream, or how its name begins -> why such a file is not taken.
_FORBIDDEN = (
    ("encryptedpackage", "encrypted-workbook"),
    ("_vba_project", "macros"),
    ("vba", "macros"),
    ("macros", "macros"),
    ("mbd", "embedded-objects"),
    ("objectpool", "embedded-objects"),
    ("\x01ole10native", "embedded-objects"),
    ("lnk", "external-links"),
    ("ctls", "active-content"),
)


def parse_biff(
    content: bytes, limits: Limits = DEFAULT_LIMITS, second: SecondReader | None = None
) -> tuple[Workbook | None, tuple[Refusal, ...]]:
    """Read a workbook, or say every reason not to that can be found; as `strict_xlsx.parse_xlsx`.

    second: another reader, which must find the same in a BIFF8 workbook.
    """
    try:
        container = open_ole(content, limits)
        forbidden = _find_forbidden(container)
        if forbidden:
            return None, forbidden
        stream, tally = _stream(container), Tally(limits)
        book = BiffBook(stream, tally)
        digest = hashlib.sha256(content).hexdigest()
        workbook, refusals = _read_sheets(book, stream, tally, digest)
        if workbook is not None and second is not None and book.texts.biff8:
            charts = {tab.name for tab in book.tabs if tab.kind != WORKSHEET}
            read_again(content, workbook, second, charts)
    except Refused as refused:
        return None, (refused.refusal,)
    return workbook, refusals


def _find_forbidden(container: Ole) -> tuple[Refusal, ...]:
    """One refusal for each kind of thing that must not be inside."""
    found: dict[str, Refusal] = {}
    for name in container.names:
        for beginning, code in _FORBIDDEN:
            if name.partition("/")[0].startswith(beginning):
                found.setdefault(code, Refusal(code, {"part": name.replace("\x01", "")}))
    return tuple(found.values())


def _stream(container: Ole) -> bytes:
    there = [name for name in _STREAMS if name in container.streams]
    if not there:
        raise Refused("not-an-xls")
    if len(there) > 1:
        raise Refused("duplicate-part", part="Workbook", other="Book")
    return container.streams[there[0]]


def _read_sheets(
    book: BiffBook, stream: bytes, tally: Tally, digest: str
) -> tuple[Workbook | None, tuple[Refusal, ...]]:
    if not book.tabs:
        raise Refused("no-sheets")
    if len({tab.at for tab in book.tabs}) < len(book.tabs):
        raise Refused("duplicate-sheet", value=book.tabs[-1].name)
    sheets, refusals = [], []
    for tab in book.tabs:
        walker = BiffSheet(book, tab.name, tally)
        try:
            if tab.kind == WORKSHEET:
                walker.read(stream, tab.at)
            cells = MappingProxyType(walker.cells())
            sheets.append(Sheet(tab.name, tab.visibility, cells, tuple(walker.view.merged)))
        except LimitReached:
            raise
        except Refused as refused:
            refused.place(tab.name)
            refusals.append(refused.refusal)
    if refusals:
        return None, tuple(refusals)
    return Workbook(tuple(sheets), book.date1904, digest, _NOTHING, format=FileFormat.XLS), ()
