"""What a file is that claims to be a workbook and is none: told by its first bytes."""

from __future__ import annotations

from intake.refusals import Refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
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
)
_HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<div")
_LOOKED_AT = 4096


def refuse_other_formats(content: bytes) -> None:
    """Let a zip pass that starts at the first byte; name anything else.

    Raises:
        Refused: the content is empty, of another format, or a zip behind other bytes.
    """
    if not content:
        raise Refused("empty-file")
    if content.startswith((_ZIP_LOCAL, _ZIP_END)):
        return
    if content.startswith(_OLE):
        raise Refused("encrypted-workbook" if _ENCRYPTED in content else "legacy-workbook")
    for first, code in _BY_FIRST_BYTES:
        # "BM" alone could begin a text; a bitmap has zero bytes right after it.
        if content.startswith(first) and (first != b"BM" or b"\0" in content[:32]):
            raise Refused(code)
    if _ZIP_LOCAL in content and _ZIP_END in content:
        raise Refused("leading-data")
    raise Refused(_name_text(content))


def _name_text(content: bytes) -> str:
    head = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    markup = head.lstrip().lower()
    if markup.startswith(_HTML) or (markup.startswith(b"<?xml") and b"<html" in markup):
        return "html-renamed"
    if markup.startswith(b"<?xml"):
        return "xml-renamed"
    return "csv-renamed" if _is_text(head) else "not-a-workbook"


def _is_text(head: bytes) -> bool:
    """Whether the bytes read as UTF-8, UTF-16 with a mark, or GB18030 without control characters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
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
