"""Hostile and broken zip containers by name, each with the code of the issue that must answer it."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from tests.support.xlsx import (
    DESCRIPTOR,
    STORED,
    Part,
    make_xlsx,
    pack,
    plain_parts,
    xlsx_parts,
)

Build = Callable[[], bytes]
Case = tuple[Build, str]

FIRST_SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def with_part(**wrong: object) -> bytes:
    """A good workbook whose sheet part is packed wrongly."""
    parts = plain_parts(xlsx_parts())
    for part in parts:
        if part.name == FIRST_SHEET:
            for field, value in wrong.items():
                setattr(part, field, value)
    return pack(parts)


def with_more(*parts: Part, **packing: object) -> bytes:
    """A good workbook and further zip entries."""
    return pack([*plain_parts(xlsx_parts()), *parts], **packing)  # type: ignore[arg-type]


def deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflater.compress(data) + deflater.flush()


@cache
def zeros(size: int) -> bytes:
    """A deflated run of zero bytes that was never held in memory."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    step = bytes(1024 * 1024)
    pieces = [deflater.compress(step) for _ in range(size // len(step))]
    return b"".join([*pieces, deflater.flush()])


def overlapping() -> bytes:
    """Two directory entries that share one stretch of the file."""
    parts = plain_parts(xlsx_parts())
    twin = Part("xl/twin.xml", parts[0].data, offset=0, local_name=parts[0].name)
    twin.packed = b""
    return pack([*parts, twin])


def quoted_overlap() -> bytes:
    """An entry whose data runs into the next one."""
    parts = plain_parts(xlsx_parts())
    long = Part("a.bin", b"", method=STORED, packed=b"")
    whole = pack([long, *parts])
    # Directory and local header both claim one byte more than lies before the next entry.
    claimed = struct.pack("<L", 1)
    local = whole[:18] + claimed + claimed + whole[26:]
    at = local.rfind(b"PK\x01\x02", 0, local.find(b"PK\x01\x02") + 4)
    return local[: at + 20] + claimed + claimed + local[at + 28 :]


CONTAINERS: Mapping[str, Case] = {
    "nothing": (lambda: b"", "empty-file"),
    "random bytes": (lambda: bytes(range(128, 256)) * 40, "not-a-workbook"),
    "zero bytes": (lambda: bytes(100), "not-a-workbook"),
    "a web page": (lambda: b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table></html>", "html-renamed"),
    "an Excel 2003 XML file": (lambda: f'{HEAD}<Workbook xmlns="urn:x"/>'.encode(), "xml-renamed"),
    "a PDF": (lambda: b"%PDF-1.7\n" + bytes(300), "pdf-renamed"),
    "a scan": (lambda: b"\xff\xd8\xff\xe0" + bytes(300), "image-renamed"),
    "a gzip file": (lambda: gzip.compress(make_xlsx()), "archive-renamed"),
    "a zip of something else": (lambda: pack([Part("readme.txt", b"hello")]), "not-an-xlsx"),
    "an empty zip": (lambda: pack([]), "not-an-xlsx"),
    "half a file": (lambda: make_xlsx()[:-30], "truncated-zip"),
    "a picture before the zip": (lambda: b"GIF9" + make_xlsx(), "leading-data"),
    "two zips joined": (lambda: make_xlsx() + make_xlsx(), "leading-data"),
    "bytes before with offsets mended": (
        lambda: pack(plain_parts(xlsx_parts()), prefix=b"PK\x03\x04" + bytes(30), offsets_from=34),
        "leading-data",
    ),
    "bytes behind": (lambda: make_xlsx() + b"\0", "trailing-data"),
    "a zip comment": (lambda: with_more(comment=b"hello"), "trailing-data"),
    "bytes between the parts": (lambda: with_part(gap=b"PK\x03\x04hidden"), "hidden-data"),
    "bytes before the directory": (lambda: with_more(before_directory=b"hidden"), "hidden-data"),
    "bytes before the end record": (lambda: with_more(before_end=b"hidden"), "leading-data"),
    "a second stream behind the first": (
        lambda: with_part(packed=deflate(xlsx_parts()[FIRST_SHEET]) + b"more"),
        "hidden-data",
    ),
    "two entries over each other": (overlapping, "overlapping-parts"),
    "an entry that runs into the next": (quoted_overlap, "overlapping-parts"),
    "more entries declared than there are": (lambda: with_more(count=9), "bad-zip-directory"),
    "301 parts": (lambda: with_more(*(Part(f"xl/{n}.bin", b"") for n in range(300))), "too-many-parts"),
    "the same part twice": (lambda: with_more(Part(FIRST_SHEET, b"<x/>")), "duplicate-part"),
    "the same part in capitals": (
        lambda: with_more(Part("XL/Worksheets/SHEET1.xml", b"<x/>")),
        "duplicate-part",
    ),
    "the same part percent-encoded": (
        lambda: with_more(Part("xl/worksheets/%73heet1.xml", b"<x/>")),
        "duplicate-part",
    ),
    "another name in the local header": (
        lambda: with_part(local_name="xl/worksheets/sheet9.xml"),
        "header-mismatch",
    ),
    "another method in the local header": (lambda: with_part(local_method=STORED), "header-mismatch"),
    "another size in the local header": (lambda: with_part(local_size=7), "header-mismatch"),
    "a descriptor that says something else": (
        lambda: with_part(flags=DESCRIPTOR, descriptor=struct.pack("<3L", 1, 2, 3)),
        "header-mismatch",
    ),
    "a second name in an extra field": (
        lambda: with_part(extra=struct.pack("<2H", 0x7075, 4) + b"name"),
        "header-mismatch",
    ),
    "a ZIP64 extra field": (lambda: with_part(local_extra=struct.pack("<2HQ", 1, 8, 9)), "header-mismatch"),
    "a ZIP64 end record": (lambda: with_more(before_end=b"PK\x06\x07" + bytes(16)), "zip64"),
    "an encrypted part": (lambda: with_part(flags=1), "encrypted-part"),
    "bzip2": (lambda: with_part(method=12, packed=b"BZh9"), "unsupported-zip-feature"),
    "a patched part": (lambda: with_part(flags=0x20), "unsupported-zip-feature"),
    "path traversal": (lambda: with_more(Part("../../etc/passwd", b"x")), "bad-part-name"),
    "path traversal percent-encoded": (lambda: with_more(Part("xl/%2e%2e/a", b"x")), "bad-part-name"),
    "an absolute path": (lambda: with_more(Part("/etc/passwd", b"x")), "bad-part-name"),
    "a drive": (lambda: with_more(Part("C:/a", b"x")), "bad-part-name"),
    "a backslash": (lambda: with_more(Part("xl\\a.xml", b"x")), "bad-part-name"),
    "a control character in a name": (lambda: with_more(Part("xl/a\n.xml", b"x")), "bad-part-name"),
    "a name in no known encoding": (lambda: with_more(Part("xl/图.png", b"x")), "bad-part-name"),
    "a symbolic link": (
        lambda: with_more(Part("xl/link", b"/etc/passwd", made_by=0x0314, external=0o120777 << 16)),
        "bad-part-name",
    ),
    "a folder with contents": (lambda: with_more(Part("xl/folder/", b"x")), "bad-part-name"),
    "a wrong checksum": (lambda: with_part(crc=1), "damaged-part"),
    "a broken stream": (lambda: with_part(packed=b"\xff" * 40), "damaged-part"),
    "a stream without an end": (
        lambda: with_part(packed=deflate(xlsx_parts()[FIRST_SHEET])[:-4]),
        "damaged-part",
    ),
    "more bytes than declared": (lambda: with_part(size=10), "part-size-mismatch"),
    "fewer bytes than declared": (lambda: with_part(size=10**6), "part-size-mismatch"),
    "a bomb that lies about its size": (
        lambda: with_more(Part("xl/media/a.bin", b"", packed=zeros(80 * 2**20), size=1000)),
        "part-size-mismatch",
    ),
    "a bomb that tells its size": (
        lambda: with_more(Part("xl/media/a.bin", b"", packed=zeros(80 * 2**20), size=80 * 2**20)),
        "unpacked-too-large",
    ),
    "a bomb in ten pieces": (
        lambda: with_more(
            *(
                Part(
                    f"xl/media/{n}.bin",
                    b"",
                    packed=zeros(8 * 2**20),
                    size=8 * 2**20,
                    crc=zlib.crc32(bytes(8 * 2**20)),
                )
                for n in range(10)
            )
        ),
        "unpacked-too-large",
    ),
    "a file of 20 MiB and one byte": (lambda: bytes(20 * 2**20 + 1), "file-too-large"),
}
