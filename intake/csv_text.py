"""From the bytes of a .csv to its text: which encoding it is in, decided by the whole file or not at all."""

from __future__ import annotations

import codecs
import re

from intake.labels import CODE_HEAD, NAME_HEAD, comparable
from intake.refusals import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# A text without a mark is never cut or stitched: it is wholly in one of these.
_UNMARKED = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
_WIDE = (("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
_LINE = re.compile(r"[^\r\n]+")
# Line breaks and tabs are part of a table. Everything else below the blank and around U+0080 is not.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def decode_csv(content: bytes) -> tuple[str, str]:
    """The text, without a mark of its encoding, and the name of the encoding.

    A mark decides. Without one, the file is UTF-8 when all of it is, else GB18030 when all of it is; with
    zero bytes in it, it can only be UTF-16, of which the head row must tell the byte order.

    Raises:
        Refused: it is in no encoding that is taken, or holds control characters.
    """
    if not content:
        raise Refused("empty-file")
    if content.startswith(_UTF32):
        raise Refused("csv-encoding", value="UTF-32")
    text, name = _by_mark(content) or _by_contents(content)
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Refused("csv-control-character", value=f"U+{ord(found[0]):04X}", line=line)
    return text, name


def head_line(text: str) -> str | None:
    """The first line that holds the words of a form's head row, as it stands."""
    for line in _LINE.finditer(text):
        words = comparable(line[0]) if CODE_HEAD[0] in line[0] else ""
        if CODE_HEAD in words and NAME_HEAD in words:
            return line[0]
    return None


def _by_mark(content: bytes) -> tuple[str, str] | None:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            text = _decoded(content[len(mark) :], codec)
            if text is None:
                raise Refused("csv-encoding", value=name)
            return text, name
    return None


def _by_contents(content: bytes) -> tuple[str, str]:
    wide = b"\0" in content
    readings = [
        (text, name)
        for codec, name in (_WIDE if wide else _UNMARKED)
        if (text := _decoded(content, codec)) is not None
    ]
    # A short text may be valid in two encodings; only in one of them does it make sense.
    for reading in readings:
        if head_line(reading[0]) is not None:
            return reading
    if wide or not readings:
        raise Refused("csv-encoding", value="UTF-16" if wide else "UTF-8 / GB18030")
    return readings[0]


def _decoded(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None
