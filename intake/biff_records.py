"""The records of a BIFF stream (Excel 5 to 2003, WPS .et), and the numbers and texts inside one."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from intake.refusals import LimitReached, Refused
from intake.xml_walk import Tally

BOF, EOF, CONTINUE, STRING = 0x0809, 0x000A, 0x003C, 0x0207
OLD_BOFS = frozenset({0x0009, 0x0209, 0x0409})
"""How a stream of Excel 2, 3 or 4 begins."""

_HEAD = struct.Struct("<2H")
_LONGEST = 8224
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
# Windows and Macintosh names of GB2312 and GBK; GB18030 is the superset of all of them.
_CHINESE = frozenset({936, 54936, 10008})
_NO_SUCH_CHARACTER = "\N{REPLACEMENT CHARACTER}"


class Record(NamedTuple):
    """One record; `bodies` are its own bytes and those of the records that continue it."""

    code: int
    bodies: list[bytes]
    at: int

    @property
    def body(self) -> bytes:
        """Its own bytes."""
        return self.bodies[0]


def records(stream: bytes, start: int, tally: Tally) -> Iterator[Record]:
    """The records from a BOF to the EOF that belongs to it; charts in between are left out.

    Raises:
        Refused: a record runs over the end of the stream, or there is no BOF, or no EOF.
    """
    depth = 0
    held: Record | None = None
    for record in _all_records(stream, start, tally):
        if record.code == CONTINUE and held is not None:
            held.bodies.append(record.body)
            continue
        if held is not None:
            yield held
            held = None
        depth += (record.code == BOF) - (record.code == EOF)
        if not depth:
            break
        if depth == 1:
            held = record
    else:
        raise malformed(len(stream))
    if record.code != EOF:
        raise malformed(start)


def _all_records(stream: bytes, start: int, tally: Tally) -> Iterator[Record]:
    at, end = start, len(stream)
    while at < end:
        if at + _HEAD.size > end:
            raise malformed(at)
        code, size = _HEAD.unpack_from(stream, at)
        first = at + _HEAD.size
        if size > _LONGEST or first + size > end:
            raise malformed(at)
        tally.elements += 1
        if tally.elements > tally.limits.elements:
            raise LimitReached("too-many-elements", limit=tally.limits.elements)
        yield Record(code, [stream[first : first + size]], at)
        at = first + size


def malformed(at: int) -> Refused:
    """The records make no sense at that byte of the stream."""
    return Refused("biff-malformed", at=at)


def unpack(layout: struct.Struct, record: Record, at: int = 0) -> tuple[int, ...]:
    """The numbers at a place of the record's own bytes.

    Raises:
        Refused: the record is too short.
    """
    if len(record.body) < at + layout.size:
        raise malformed(record.at)
    return layout.unpack_from(record.body, at)


class Texts:
    """How texts are written in this file: two bytes a character, or bytes of a code page."""

    def __init__(self, *, biff8: bool) -> None:
        self.biff8 = biff8
        self.code_page = 0

    def read(self, record: Record, at: int, count_size: int) -> str:
        """The text at a place of a record, after a count of that many bytes.

        Raises:
            Refused: the record is too short, or the bytes are no text.
        """
        cursor = Cursor(record, at)
        return self.next(cursor, count_size)

    def next(self, cursor: Cursor, count_size: int) -> str:
        """The text at the cursor, which stands behind it afterwards; likewise."""
        count = cursor.number(count_size)
        if not self.biff8:
            return self._decoded(cursor.take(count))
        flags = cursor.number(1)
        runs = cursor.number(2) if flags & _RICH else 0
        extra = cursor.number(4) if flags & _EXTENDED else 0
        text = cursor.characters(count, wide=bool(flags & _WIDE))
        cursor.skip(4 * runs + extra)
        return text

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode("gb18030" if self.code_page in _CHINESE else "ascii")
        except UnicodeDecodeError:
            if self.code_page in _CHINESE:
                raise Refused("bad-character", value=data.decode("gb18030", "replace")) from None
            raise Refused("code-page", code_page=self.code_page) from None


class Cursor:
    """Reads on through a record and those that continue it."""

    def __init__(self, record: Record, at: int = 0) -> None:
        self._record = record
        self._bodies: Sequence[bytes] = record.bodies
        self._body = 0
        self._at = at

    def number(self, size: int) -> int:
        """A number without sign, of that many bytes."""
        return int.from_bytes(self.take(size), "little")

    def take(self, count: int) -> bytes:
        """So many bytes, across the borders of records."""
        pieces = []
        while count:
            piece = self._bodies[self._body][self._at : self._at + count]
            if not piece:
                self._turn()
                continue
            pieces.append(piece)
            self._at += len(piece)
            count -= len(piece)
        return b"".join(pieces)

    def skip(self, count: int) -> None:
        """Leave out so many bytes; nothing of that length is built up."""
        while count:
            step = min(count, len(self._bodies[self._body]) - self._at)
            if step <= 0:
                self._turn()
                continue
            self._at += step
            count -= step

    def characters(self, count: int, *, wide: bool) -> str:
        """A text of two bytes a character, or one; where a record is continued, it is said anew which."""
        pieces = []
        while count:
            width = 1 + wide
            left = (len(self._bodies[self._body]) - self._at) // width
            if left <= 0:
                self._turn()
                wide = bool(self.number(1) & _WIDE)
                continue
            step = min(count, left)
            data = self.take(step * width)
            pieces.append(data if wide else b"".join(bytes((byte, 0)) for byte in data))
            count -= step
        try:
            return b"".join(pieces).decode("utf-16-le")
        except UnicodeDecodeError:
            shown = b"".join(pieces).decode("utf-16-le", "replace")
            raise Refused("bad-character", value=shown) from None

    def _turn(self) -> None:
        self._body += 1
        self._at = 0
        if self._body >= len(self._bodies):
            raise malformed(self._record.at)
