"""Hand-made .xlsx files: every byte of the container and every element can be wrong on purpose."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

STORED, DEFLATED = 0, 8
DESCRIPTOR = 0x0008
UTF8 = 0x0800


@dataclass
class Part:
    """One zip entry; whatever is given beside name and data contradicts them."""

    name: str
    data: bytes
    method: int = DEFLATED
    flags: int = 0
    packed: bytes | None = None
    crc: int | None = None
    size: int | None = None
    local_name: str | None = None
    local_method: int | None = None
    local_size: int | None = None
    extra: bytes = b""
    local_extra: bytes = b""
    descriptor: bytes | None = None
    marked: bool = True
    gap: bytes = b""
    made_by: int = 20
    external: int = 0
    offset: int | None = None

    def body(self) -> bytes:
        """The data as it stands in the file."""
        if self.packed is not None:
            return self.packed
        if self.method != DEFLATED:
            return self.data
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflater.compress(self.data) + deflater.flush()


def pack(
    parts: Iterable[Part],
    *,
    prefix: bytes = b"",
    suffix: bytes = b"",
    comment: bytes = b"",
    before_directory: bytes = b"",
    before_end: bytes = b"",
    count: int | None = None,
    offsets_from: int = 0,
) -> bytes:
    """The bytes of a zip file; offsets count from behind `prefix`, or from `offsets_from` before that."""
    body, directory = bytearray(), bytearray()
    entries = list(parts)
    for part in entries:
        offset = offsets_from + len(body) if part.offset is None else part.offset
        body += _local(part)
        directory += _central(part, offset)
    body += before_directory
    total = len(entries) if count is None else count
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory), offsets_from + len(body), len(comment)
    )
    return prefix + bytes(body) + bytes(directory) + before_end + end + comment + suffix


def _local(part: Part) -> bytes:
    name = (part.local_name or part.name).encode(errors="surrogateescape")
    data, crc, size = part.body(), _crc(part), _size(part)
    trailer = b""
    numbers = (crc, len(data), size if part.local_size is None else part.local_size)
    if part.flags & DESCRIPTOR:
        trailer = part.descriptor if part.descriptor is not None else struct.pack("<3L", *numbers)
        trailer = b"PK\x07\x08" + trailer if part.marked else trailer
        numbers = (0, 0, 0)
    method = part.method if part.local_method is None else part.local_method
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, part.flags, method, 0, 33, *numbers, len(name), len(part.local_extra)
    )
    return head + name + part.local_extra + data + trailer + part.gap


def _central(part: Part, offset: int) -> bytes:
    name = part.name.encode(errors="surrogateescape")
    return (
        struct.pack(
            "<4s6H3L5H2L",
            b"PK\x01\x02",
            part.made_by,
            20,
            part.flags,
            part.method,
            0,
            33,
            _crc(part),
            len(part.body()),
            _size(part),
            len(name),
            len(part.extra),
            0,
            0,
            0,
            part.external,
            offset,
        )
        + name
        + part.extra
    )


def _crc(part: Part) -> int:
    return zlib.crc32(part.data) if part.crc is None else part.crc


def _size(part: Part) -> int:
    return len(part.data) if part.size is None else part.size


def sheet_xml(rows: str = "", *, before: str = "", after: str = "") -> str:
    """A worksheet with these `<row>` elements."""
    body = f"{before}<sheetData>{rows}</sheetData>{after}"
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{body}</worksheet>'


def one_cell(cell: str, row: int = 1) -> str:
    """A worksheet with one row and this `<c>` in it."""
    return sheet_xml(f'<row r="{row}">{cell}</row>')


def relationships(*arrows: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """A relationships part of (id, last word of the type, target[, mode])."""
    lines = [
        f'<Relationship Id="{arrow[0]}" Type="{OFFICE}/{arrow[1]}" Target="{arrow[2]}"'
        + (f' TargetMode="{arrow[3]}"/>' if len(arrow) == 4 else "/>")
        for arrow in arrows
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def content_types(overrides: Mapping[str, str]) -> str:
    """The list of content types, by part name."""
    lines = [f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items()]
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(lines)}</Types>'
    )


def workbook_xml(sheets: str = '<sheet name="表1" sheetId="1" r:id="rId1"/>', properties: str = "") -> str:
    """The workbook part."""
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{sheets}</sheets></workbook>'


def strings_xml(*items: str) -> str:
    """Shared strings; each item is what stands inside `<si>`."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles_xml(*formats: str) -> str:
    """Styles 0, 1, … with these number formats."""
    codes = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{code}"/>' for place, code in enumerate(formats)
    )
    uses = "".join(f'<xf numFmtId="{164 + place}"/>' for place in range(len(formats)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{uses}</cellXfs></styleSheet>'


def xlsx_parts(
    sheet: str | bytes = sheet_xml(),
    *,
    strings: str | None = None,
    styles: str | None = None,
    changed: Mapping[str, str | bytes | None] | None = None,
) -> dict[str, bytes]:
    """The parts of a small workbook with one sheet; `changed` replaces, adds or (None) removes parts."""
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": content_types(
            {
                "xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
                "xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
            }
        ),
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(),
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings if strings is not None else strings_xml(),
        "xl/styles.xml": styles if styles is not None else styles_xml("General"),
    }
    parts.update(changed or {})
    return {
        name: data.encode() if isinstance(data, str) else data
        for name, data in parts.items()
        if data is not None
    }


def plain_parts(parts: Mapping[str, bytes]) -> list[Part]:
    """The parts as honest zip entries."""
    return [Part(name, data) for name, data in parts.items()]


def make_xlsx(
    sheet: str | bytes = sheet_xml(),
    *,
    strings: str | None = None,
    styles: str | None = None,
    changed: Mapping[str, str | bytes | None] | None = None,
) -> bytes:
    """An honestly packed file of `xlsx_parts`."""
    return pack(plain_parts(xlsx_parts(sheet, strings=strings, styles=styles, changed=changed)))
