"""Workbooks that two programs would read differently, or that carry what no honest program writes."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Mapping

from tests.support.hostile_containers import Build, Case
from tests.support.hostile_xlsx import DTD, book_arrows, cell, extra_part, rows, sheet, sheet_arrow
from tests.support.xlsx import (
    MAIN,
    OFFICE,
    Part,
    make_xlsx,
    one_cell,
    pack,
    plain_parts,
    relationships,
    sheet_xml,
    strings_xml,
    styles_xml,
    workbook_xml,
    xlsx_parts,
)

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
WRAPPER = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VALUE = '<c r="A1"><v>327</v></c>'
OTHER = '<row r="1"><c r="A1"><v>999</v></c></row>'
TWICE = '<cellXfs count="1"><xf numFmtId="9"/></cellXfs>'
SECOND_NAME, PASSWORD, MASKED = 0x7075, 0x0001, 0x2000


def with_sheet(**odd: object) -> Build:
    """An honest file but for how the part of its sheet is packed."""

    def build() -> bytes:
        parts = plain_parts(xlsx_parts(one_cell(VALUE)))
        return pack(Part(part.name, part.data, **odd) if part.name == SHEET else part for part in parts)  # type: ignore[arg-type]

    return build


def deflated(count: int) -> bytes:
    """The sheet as that many whole streams, one behind the other."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (deflater.compress(one_cell(VALUE).encode()) + deflater.flush()) * count


def locked(name: str, data: bytes) -> Build:
    """A zip with one file that asks for a password."""
    return lambda: pack([Part(name, data, flags=PASSWORD)])


def twice_listed() -> bytes:
    parts = plain_parts(xlsx_parts())
    again = Part(SHEET, parts[-1].data, offset=0)
    return pack([*parts, again])


def mangled(build: Build, codec: str) -> Build:
    """As a mail program makes it that takes the bytes for text."""
    return lambda: build().decode("latin-1").encode(codec)


def workbook(text: str) -> Build:
    return lambda: make_xlsx(changed={"xl/workbook.xml": text})


def styles(text: str) -> Build:
    return lambda: make_xlsx(styles=text)


def text(item: str) -> Build:
    return lambda: make_xlsx(one_cell('<c r="A1" t="s"><v>0</v></c>'), strings=strings_xml(item))


def raw(data: bytes) -> Build:
    """A sheet whose only value is these bytes."""
    return lambda: make_xlsx(one_cell('<c r="A1" t="str"><v>@</v></c>').encode().replace(b"@", data))


AMBIGUOUS: Mapping[str, Case] = {
    # how it is packed
    "a second name in a local extra field": (
        with_sheet(local_extra=struct.pack("<2HBL", SECOND_NAME, 6, 1, 0) + b"a"),
        "header-mismatch",
    ),
    "a stream in a wrapper of zlib": (with_sheet(packed=zlib.compress(b"<a/>")), "damaged-part"),
    "two whole streams in one": (with_sheet(packed=deflated(2)), "hidden-data"),
    "a part listed a second time": (twice_listed, "duplicate-part"),
    "LZMA": (with_sheet(method=14), "unsupported-zip-feature"),
    "AES": (with_sheet(method=99), "unsupported-zip-feature"),
    "deflate with a larger window": (with_sheet(method=9), "unsupported-zip-feature"),
    "masked headers": (with_sheet(flags=MASKED), "unsupported-zip-feature"),
    "an extra field beyond its end": (with_sheet(extra=struct.pack("<2H", 0x5455, 500)), "bad-zip-directory"),
    "a workbook as a text of base64": (lambda: base64.b64encode(make_xlsx()), "csv-without-head"),
    "a workbook whose line ends were changed": (
        lambda: make_xlsx(changed={"a.bin": bytes(range(9, 14)) * 9}).replace(b"\n", b"\r\n"),
        "leading-data",
    ),
    "a workbook taken for a text": (mangled(make_xlsx, "utf-8"), "trailing-data"),
    "a zip of CSV with a password": (locked("表.csv", "代码,数据项\r\n".encode()), "encrypted-part"),
    "a zip of workbooks with a password": (locked("表.xlsx", make_xlsx()), "encrypted-part"),
    # where its arrows lead
    "macros called a picture": (
        lambda: make_xlsx(
            changed={
                TYPES: xlsx_parts()[TYPES]
                .decode()
                .replace(
                    "</Types>",
                    '<Override PartName="/xl/a.png" ContentType="application/vnd.ms-office.vbaProject"/>'
                    "</Types>",
                ),
                "xl/a.png": b"x",
            }
        ),
        "macros",
    ),
    "a mode in small letters": (
        sheet_arrow("image", "http://example.invalid/a", "external"),
        "external-links",
    ),
    "a template from the network": (
        sheet_arrow("attachedTemplate", "http://example.invalid/a", "External"),
        "external-links",
    ),
    "a DTD in the arrows of a picture": (
        extra_part("xl/media/_rels/a.png.rels", DTD + relationships()),
        "xml-dtd",
    ),
    "two lists of styles": (
        book_arrows(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "styles", "styles.xml"),
            ("rId3", "styles", "styles2.xml"),
        ),
        "duplicate-part",
    ),
    "a sheet by a backslash": (
        book_arrows(("rId1", "worksheet", "worksheets\\sheet1.xml")),
        "missing-part",
    ),
    "a sheet outside the package": (
        book_arrows(("rId1", "worksheet", "../../../../etc/passwd")),
        "missing-part",
    ),
    # markup
    "two calendars": (
        workbook(workbook_xml(properties='<workbookPr date1904="1"/><workbookPr/>')),
        "unexpected-markup",
    ),
    "two lists of sheets": (
        workbook(workbook_xml(properties='<sheets><sheet name="表2" r:id="rId1"/></sheets>')),
        "unexpected-markup",
    ),
    "two lists of number formats": (
        styles(f'<styleSheet xmlns="{MAIN}"><numFmts/><numFmts/></styleSheet>'),
        "unexpected-markup",
    ),
    "two lists of cell styles": (
        styles(styles_xml("General").replace("</cellXfs>", f"</cellXfs>{TWICE}")),
        "unexpected-markup",
    ),
    "a number format in two ways": (
        styles(styles_xml("0").replace("</numFmts>", '<numFmt numFmtId="164" formatCode="0%"/></numFmts>')),
        "unexpected-markup",
    ),
    "a cell for new programs, another for old ones": (
        cell(
            f'<w:AlternateContent xmlns:w="{WRAPPER}"><w:Choice Requires="x">{VALUE}</w:Choice>'
            '<w:Fallback><c r="A1"><v>999</v></c></w:Fallback></w:AlternateContent>'
        ),
        "unexpected-markup",
    ),
    "a body for new programs": (
        sheet(
            sheet_xml(
                f'<row r="1">{VALUE}</row>',
                after=f'<w:AlternateContent xmlns:w="{WRAPPER}"><w:Choice Requires="x">'
                f"<sheetData>{OTHER}</sheetData></w:Choice></w:AlternateContent>",
            )
        ),
        "unexpected-markup",
    ),
    "a cell of another vocabulary": (
        cell(f'<x:c xmlns:x="urn:x" r="A1"><x:v>999</x:v></x:c>{VALUE}'),
        "unexpected-markup",
    ),
    "a shared text for new programs": (
        text(f'<w:AlternateContent xmlns:w="{WRAPPER}"><w:Choice><t>1</t></w:Choice></w:AlternateContent>'),
        "unexpected-markup",
    ),
    "something behind the sheet": (sheet(sheet_xml() + "<x/>"), "xml-malformed"),
    "a zero by its number": (cell('<c r="A1"><v>3&#0;27</v></c>'), "xml-malformed"),
    "a digit in more bytes than it needs": (raw(b"3\xc0\xb27"), "xml-malformed"),
    "half a pair in UTF-8": (raw(b"\xed\xa0\x80"), "xml-malformed"),
    "a sheet in UTF-32": (lambda: make_xlsx(sheet_xml().encode("utf-32")), "xml-encoding"),
    "a sheet that says UTF-7": (
        lambda: make_xlsx('<?xml version="1.0" encoding="UTF-7"?>' + sheet_xml()),
        "xml-encoding",
    ),
    "XML in another version's words": (
        rows(f'<row r="1" xmlns:r="{OFFICE}"><r:c r="A1"/></row>'),
        "unexpected-markup",
    ),
    # cells
    "a type of no name": (cell('<c r="A1" t=""><v>1</v></c>'), "bad-cell-type"),
    "a type in capitals": (cell('<c r="A1" t="N"><v>1</v></c>'), "bad-cell-type"),
    "a style with a zero before it": (cell('<c r="A1" s="00"><v>1</v></c>'), "bad-attribute"),
    "a text number with places": (cell('<c r="A1" t="s"><v>0.0</v></c>'), "bad-shared-string"),
    "a text number with a sign": (cell('<c r="A1" t="s"><v>+0</v></c>'), "bad-shared-string"),
    "a number that ends with its point": (cell('<c r="A1"><v>327.</v></c>'), "bad-number"),
    "a number with a comma": (cell('<c r="A1"><v>3,27</v></c>'), "bad-number"),
    "an infinite number": (cell('<c r="A1"><v>INF</v></c>'), "bad-number"),
    "a number by sixteens": (cell('<c r="A1"><v>0x147</v></c>'), "bad-number"),
    "an error in Chinese": (cell('<c r="A1" t="e"><v>#值!</v></c>'), "bad-error-value"),
    "a formula of a type that is none": (cell('<c r="A1"><f t="x">1</f><v>1</v></c>'), "bad-formula"),
    "a member of no array": (
        rows(
            '<row r="1"><c r="A1"><f t="array" ref="A1:A2">1</f><v>1</v></c></row>'
            '<row r="3"><c r="A3"><f ca="1"/><v>1</v></c></row>'
        ),
        "bad-formula",
    ),
    "a formula that reads a share by its path": (
        cell("<c r=\"A1\"><f>'\\\\host\\share\\b.xlsx'!n</f><v>1</v></c>"),
        "external-links",
    ),
    "a formula in the way of LibreOffice": (
        cell("<c r=\"A1\"><f>'file:///etc/passwd'#$a.A1</f><v>1</v></c>"),
        "external-links",
    ),
}
