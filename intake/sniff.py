"""What a file is: told by its first bytes, never by its name; what is no workbook is named."""

from __future__ import annotations

from enum import StrEnum

from intake.ole import MAGIC
from intake.refusals import Refused

_ZIP_LOCAL = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_BY_FIRST_BYTES = (
    (b"%PDF", "pdf-renamed"),
    (b"\xff\xd8\xff", "image-renamed"),
    (b"\x89PNG", "image-renamed"),
    (b"GIF8", "image-renamed"),
    (b"BM", "image-renamed"),
    (b"II*\x00", "image-renamed"),
    (b"MM\x00*", "image-renamed"),
    (b"Rar!", "archive-renamed"),
    (b"7z\xbc\xaf", "archive-renamed"),
    (b"\x1f\x8b", "archive-renamed"),
    (b"BZh91AY&SY", "archive-renamed"),
    (b"\xfd7zXZ\0", "archive-renamed"),
    (b"\x28\xb5\x2f\xfd", "archive-renamed"),
    (b"{\\rtf", "not-a-workbook"),
)
_HTML = (
    *(b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<div"),
    *(b"<!--", b"<style", b"<script", b"<center", b"<font"),
)
# A web page saved with everything in one file, which WPS and Excel offer beside workbooks.
_MHTML = (b"mime-version:", b"from: <saved by")
# BIFF without a container: Excel 2, 3 and 4.
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00\x00\x05")
_LOOKED_AT = 4096
_FEWEST_ZEROS = 0.1


class Container(StrEnum):
    """What a workbook may come in."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


def container_of(content: bytes) -> Container:
    """What the file is, as far as its beginning tells.

    Raises:
        Refused: the content is empty, of another format, or a zip behind other bytes.
    """
    if not content:
        raise Refused("empty-file")
    if content.startswith((_ZIP_LOCAL, _ZIP_END)):
        return Container.ZIP
    if content.startswith(MAGIC):
        return Container.OLE
    if content.startswith(_OLD_BIFF):
        raise Refused("workbook-too-old")
    for first, code in _BY_FIRST_BYTES:
        # "BM" alone could begin a text; a bitmap has zero bytes right after it.
        if content.startswith(first) and (first != b"BM" or b"\0" in content[:32]):
            raise Refused(code)
    if _ZIP_LOCAL in content and _ZIP_END in content:
        raise Refused("leading-data")
    _refuse_markup(content)
    return Container.TEXT


def refuse_other_than_zip(content: bytes) -> None:
    """Let a zip pass that starts at the first byte.

    Raises:
        Refused: the content is anything else.
    """
    if container_of(content) is not Container.ZIP:
        raise Refused("not-an-xlsx")


def _refuse_markup(content: bytes) -> None:
    head = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    # Whatever the encoding, markup begins with letters of ASCII.
    markup = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"").lstrip().lower()
    if markup.startswith((*_HTML, *_MHTML)) or (markup.startswith(b"<?xml") and b"<html" in markup):
        raise Refused("html-renamed")
    if markup.startswith(b"<?xml"):
        raise Refused("xml-renamed")
    if not _is_text(head):
        raise Refused("not-a-workbook")


def _is_text(head: bytes) -> bool:
    """Whether the bytes may be UTF-8, UTF-16, or GB18030 without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_unmarked_utf16(head):
        return True
    if any(byte < 32 and byte not in b"\t\r\n\f" for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        for end in range(len(head), max(len(head) - 4, 0), -1):  # the cut may fall inside a character
            try:
                head[:end].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _is_unmarked_utf16(head: bytes) -> bool:
    """Whether every tenth byte is zero, nearly all of them on the same side of their pairs."""
    sides = head[::2].count(0), head[1::2].count(0)
    return 4 * min(sides) < max(sides) > len(head) * _FEWEST_ZEROS
