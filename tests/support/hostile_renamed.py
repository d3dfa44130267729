"""Files of other programs under a workbook's name, files that are two things at once, and bombs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Mapping

from tests.support.biff import Biff, ole, record
from tests.support.csv_files import zip_of
from tests.support.hostile_containers import zeros
from tests.support.hostile_formats import TABLE, book, number
from tests.support.xlsx import (
    MAIN,
    OFFICE,
    STORED,
    Part,
    content_types,
    make_xlsx,
    one_cell,
    pack,
    plain_parts,
    relationships,
    sheet_xml,
    strings_xml,
)

Build = Callable[[], bytes]
Case = tuple[Build, str]

MIB = 2**20
CSV = TABLE.encode()
HTML = "<html><head><meta charset=utf-8></head><table><tr><td>代码</td><td>12</td></tr></table></html>"
XML_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


def zipped(*files: tuple[str, bytes], **first: int) -> bytes:
    """An ordinary zip of these files."""
    return pack([Part(name, data, **first) for name, data in files])  # type: ignore[arg-type]


def xlsb() -> bytes:
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    parts = {
        "[Content_Types].xml": content_types({"xl/workbook.bin": kind}).encode(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "xl/workbook.bin")).encode(),
        "xl/workbook.bin": bytes(100),
        "xl/worksheets/sheet1.bin": bytes(100),
    }
    return pack(plain_parts(parts))


def docx() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": content_types({"word/document.xml": kind}).encode(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")).encode(),
        "word/document.xml": b"<document/>",
    }
    return pack(plain_parts(parts))


def ods() -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return pack([Part("mimetype", kind, method=STORED), Part("content.xml", b"<office:document-content/>")])


def tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("report.xlsx")
        member.size = len(make_xlsx())
        archive.addfile(member, io.BytesIO(make_xlsx()))
    return buffer.getvalue()


def with_parts(**changed: str | bytes | None) -> bytes:
    return make_xlsx(changed={name.replace("__", "/"): data for name, data in changed.items()})


RENAMED: Mapping[str, Case] = {
    "an .xlsb": (xlsb, "not-an-xlsx"),
    "a .docx": (docx, "not-an-xlsx"),
    "an .ods": (ods, "not-an-xlsx"),
    "an .ods with a password": (
        lambda: zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), flags=0x0801),
        "encrypted-part",
    ),
    "a Numbers file": (lambda: zipped(("Index/Document.iwa", b"x"), ("preview.jpg", b"x")), "not-an-xlsx"),
    "a program for Android": (lambda: zipped(("classes.dex", b"dex"), ("META-INF/x", b"")), "not-an-xlsx"),
    "an Excel 2003 XML workbook": (lambda: XML_2003.encode(), "xml-renamed"),
    "an Excel 2003 XML workbook in UTF-16": (lambda: XML_2003.encode("utf-16"), "xml-renamed"),
    "a picture as text": (lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>', "xml-renamed"),
    "a web page as .xls": (HTML.encode, "html-renamed"),
    "a web page in GBK": (lambda: HTML.encode("gb18030"), "html-renamed"),
    "a web page in UTF-16": (lambda: HTML.encode("utf-16"), "html-renamed"),
    "a web page behind a comment": (lambda: f"<!-- made by a portal -->\n{HTML}".encode(), "html-renamed"),
    "a table without a page": (lambda: b"<TABLE border=1><TR><TD>1</TABLE>", "html-renamed"),
    "a style sheet and a table": (lambda: b"<style>td{}</style><table><td>1</table>", "html-renamed"),
    "a letter as RTF": (lambda: rb"{\rtf1\ansi \'d6\'d0}", "not-a-workbook"),
    "a bitmap": (lambda: b"BM" + bytes(100), "image-renamed"),
    "a TIFF scan": (lambda: b"II*\0" + bytes(100), "image-renamed"),
    "a WebP picture": (lambda: b"RIFF\x24\0\0\0WEBPVP8 " + bytes(30), "not-a-workbook"),
    "a program for Windows": (lambda: b"MZ" + bytes(200), "not-a-workbook"),
    "a program for Linux": (lambda: b"\x7fELF" + bytes(200), "not-a-workbook"),
    "a database": (lambda: b"SQLite format 3\0" + bytes(200), "not-a-workbook"),
    "a pickle": (lambda: b"\x80\x04\x95" + bytes(60), "not-a-workbook"),
    "a tape archive": (tar, "leading-data"),
    "a RAR": (lambda: b"Rar!\x1a\x07\x01\0" + bytes(100), "archive-renamed"),
    "a 7z": (lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), "archive-renamed"),
    "a gzipped CSV": (lambda: gzip.compress(CSV), "archive-renamed"),
    "a bzip2 file": (lambda: bz2.compress(CSV), "archive-renamed"),
    "an xz file": (lambda: lzma.compress(CSV), "archive-renamed"),
    "a zstd file": (lambda: b"\x28\xb5\x2f\xfd" + bytes(30), "archive-renamed"),
    "JSON": (lambda: b'[{"unit": "110000", "E101": 12}]', "csv-without-head"),
    "YAML with a tag": (lambda: b"!!python/object/apply:os.system ['id']", "csv-without-head"),
    "a script": (lambda: b"#!/bin/sh\nrm -rf /\n", "csv-without-head"),
    # ---- two things at once ----
    "a PDF that is also a workbook": (lambda: b"%PDF-1.7\n" + make_xlsx() + b"\n%%EOF", "pdf-renamed"),
    "a picture that is also a workbook": (lambda: b"GIF89a" + make_xlsx(), "image-renamed"),
    "a bitmap that is also a workbook": (lambda: b"BM" + bytes(60) + make_xlsx(), "image-renamed"),
    "a web page that is also a workbook": (lambda: HTML.encode() + make_xlsx(), "leading-data"),
    "a script that is also a workbook": (lambda: b"#!/bin/sh\nexit\n" + make_xlsx(), "leading-data"),
    "a CSV that is also a workbook": (lambda: CSV + make_xlsx(), "leading-data"),
    "a workbook that is also a CSV": (lambda: make_xlsx() + CSV, "trailing-data"),
    "a workbook and an old one": (lambda: make_xlsx() + book(number()), "trailing-data"),
    "an old workbook and a new one": (lambda: book(number()) + make_xlsx(), "trailing-data"),
    "a document and a workbook in one": (
        lambda: make_xlsx(
            changed={
                "_rels/.rels": relationships(
                    ("rId1", "officeDocument", "word/document.xml"),
                    ("rId2", "officeDocument", "xl/workbook.xml"),
                )
            }
        ),
        "not-an-xlsx",
    ),
    "an .xls beside a workbook": (
        lambda: ole({"Workbook": Biff(sheets=[("表", 0, b"")]).stream(), "EncryptedPackage": bytes(600)}),
        "encrypted-workbook",
    ),
    # ---- zips of CSV ----
    "a zip of CSV with a link": (
        lambda: pack([Part("a.csv", b"/etc/passwd", made_by=0x0314, external=0o120777 << 16)]),
        "bad-part-name",
    ),
    "a zip of CSV with a device": (
        lambda: zip_of([(b"a.csv", CSV), (b"//host/b.csv", CSV)]),
        "bad-part-name",
    ),
    "a zip of CSV with a line break": (lambda: zip_of([(b"a\r\nb.csv", CSV)]), "bad-part-name"),
    "a zip of CSV that are bombs": (
        lambda: pack(
            Part(f"{n}.csv", b"", packed=zeros(8 * MIB), size=8 * MIB, crc=zlib.crc32(bytes(8 * MIB)))
            for n in range(10)
        ),
        "unpacked-too-large",
    ),
    "a zip of CSV that lie about their size": (
        lambda: pack([Part("a.csv", b"", packed=zeros(80 * MIB), size=1000)]),
        "part-size-mismatch",
    ),
    "a zip of 10,000 CSV": (
        lambda: pack([Part(f"{n}.csv", b"") for n in range(10_000)]),
        "too-many-parts",
    ),
    "a zip of CSV in two ways": (
        lambda: pack([Part("a.csv", CSV, local_name="b.csv")]),
        "header-mismatch",
    ),
}

DEEP_NAMES = "".join(f"<n{n}x{'y' * 200}/>" for n in range(60_000))

BOMBS: Mapping[str, Case] = {
    "60,000 names of elements": (lambda: make_xlsx(sheet_xml(after=DEEP_NAMES)), "too-many-names"),
    "60 MiB of shared texts that no cell shows": (
        lambda: make_xlsx(strings=strings_xml(*[f"<t>{'x' * 30_000}</t>"] * 2_000)),
        "too-much-text",
    ),
    "60 MiB of shared texts with a rare character each": (
        lambda: make_xlsx(strings=strings_xml(*[f"<t>{'x' * 30_000}\U0001f600</t>"] * 2_000)),
        "too-much-text",
    ),
    "a shared text that grows by decoding": (
        lambda: make_xlsx(
            one_cell('<c t="s"><v>0</v></c>'), strings=strings_xml(f"<t>{'_x0041_' * 32_768}</t>")
        ),
        "text-too-long",
    ),
    "a program that wrote the file 100,000 times": (
        lambda: with_app("<Application>x</Application>" * 100_000),
        "unexpected-markup",
    ),
    "a defined name of 8 million characters": (
        lambda: with_names(f'<definedName name="a">{"1+" * 100_000}1</definedName>' * 40),
        "text-too-long",
    ),
    "a defined name that reads another program": (
        lambda: with_names("<definedName name=\"a\">cmd|'/c calc'!A0</definedName>"),
        "external-links",
    ),
    "a cell that asks the network": (
        lambda: make_xlsx(one_cell('<c><f>_xlfn.WEBSERVICE("http://example.invalid")</f><v>1</v></c>')),
        "external-links",
    ),
    "a text beside its runs": (
        lambda: make_xlsx(strings=strings_xml("<t>1</t><r><t>2</t></r>")),
        "unexpected-markup",
    ),
    "a text beside runs in a cell": (
        lambda: make_xlsx(one_cell('<c t="inlineStr"><is><r><t>1</t></r><t>2</t></is></c>')),
        "unexpected-markup",
    ),
    "a million cells in one row": (lambda: make_xlsx(one_cell("<c/>" * 10**6)), "bad-address"),
    "a CSV of one line of 19 MiB": (lambda: CSV + b"1" * (19 * MIB), "too-much-text"),
    "a CSV of 100,000 columns": (lambda: CSV + b"1," * 100_000, "too-many-columns"),
    "a CSV of a million and one quotes": (lambda: CSV + b'"' * (10**6 + 1), "csv-malformed"),
    "a CSV of 8 million line ends": (lambda: CSV + b"\n" * 8_000_000, "too-many-rows"),
    "a CSV of 64 MiB": (lambda: b"1" * (64 * MIB), "file-too-large"),
    "a billion texts in an old workbook": (
        lambda: ole({"Workbook": Biff(more=record(0x00FC, b"\xff" * 16)).stream()}),
        "biff-malformed",
    ),
    "6 MiB of old records": (
        lambda: ole({"Workbook": Biff(sheets=[("表", 0, record(0x0204, bytes(8000)) * 800)]).stream()}),
        "duplicate-cell",
    ),
    "old cells at the ends of two sheets": (
        lambda: Biff(sheets=[("甲", 0, number(19_999, 255)), ("乙", 0, number(9_999, 255))]).file(),
        "cells-far-apart",
    ),
}


def with_app(markup: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return make_xlsx(
        changed={
            "_rels/.rels": relationships(
                ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "app.xml")
            ),
            "app.xml": f'<Properties xmlns="{kind}">{markup}</Properties>',
        }
    )


def with_names(markup: str) -> bytes:
    tabs = '<sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets>'
    names = f"<definedNames>{markup}</definedNames>"
    return make_xlsx(
        changed={"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{tabs}{names}</workbook>'}
    )
