"""Hostile and broken .xls, .csv and .zip files, each with the code of the issue that must answer it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from tests.support.biff import BOF, CONTINUE, END, Biff, merged, ole, record
from tests.support.csv_files import zip_of

Build = Callable[[], bytes]
Case = tuple[Build, str]

HEAD = "代码,数据项,计量单位,数值\r\n"
TABLE = f"表一\r\n填报单位,北京市\r\n{HEAD}E1,甲,件,12\r\n"


def book(body: bytes = b"", **options: object) -> bytes:
    """An .xls with one sheet of these records."""
    return Biff(sheets=[("表1", 0, body)], **options).file()  # type: ignore[arg-type]


def number(row: int = 0, column: int = 0, value: float = 1.0, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<3Hd", row, column, style, value))


def formula(result: bytes, tokens: bytes = b"\x1e\x01\x00", flags: int = 0) -> bytes:
    body = struct.pack("<3H", 0, 0, 0) + result + struct.pack("<HLH", flags, 0, len(tokens)) + tokens
    return record(0x0006, body)


def changed(at: int, data: bytes, content: bytes | None = None) -> bytes:
    """An .xls with some bytes replaced."""
    whole = book(number()) if content is None else content
    return whole[:at] + data + whole[at + len(data) :]


def rows(count: int) -> bytes:
    return (HEAD + "E1,甲,件,1\n" * count).encode()


STREAM = Biff(sheets=[("表1", 0, number())])
FAT = 512

BIFF: Mapping[str, Case] = {
    "an .xls without anything inside": (lambda: ole({"x": b""}), "not-an-xls"),
    "a .doc": (lambda: ole({"WordDocument": bytes(600), "1Table": bytes(600)}), "not-an-xls"),
    "an .xls for two programs": (lambda: STREAM.file(Book=STREAM.stream()), "duplicate-part"),
    "a header and no more": (lambda: book()[:512], "truncated-ole"),
    "half an .xls": (lambda: book()[:1536], "truncated-ole"),
    "an .xls with a zip behind": (lambda: book() + b"PK\x05\x06" + bytes(18), "trailing-data"),
    "an .xls with more behind than it knows": (lambda: book() + bytes(512 * 200), "trailing-data"),
    "sectors of a strange size": (lambda: changed(30, b"\x0a"), "damaged-ole"),
    "an OLE file read from the wrong end": (lambda: changed(28, b"\xff\xfe"), "damaged-ole"),
    "a chain that bites its tail": (lambda: changed(FAT + 4 * 2, struct.pack("<L", 2)), "damaged-ole"),
    "a chain into free sectors": (lambda: changed(FAT + 4 * 3, struct.pack("<L", 0xFFFFFFFF)), "damaged-ole"),
    "a chain beyond the file": (lambda: changed(FAT + 4 * 3, struct.pack("<L", 5000)), "truncated-ole"),
    "a chain that ends early": (lambda: changed(FAT + 4 * 3, struct.pack("<L", END)), "truncated-ole"),
    "a directory that is a ring": (lambda: changed(1024 + 128 + 72, struct.pack("<L", 1)), "damaged-ole"),
    "a directory that leads nowhere": (
        lambda: changed(1024 + 128 + 72, struct.pack("<L", 77)),
        "damaged-ole",
    ),
    "a directory without a root": (lambda: changed(1024 + 66, b"\x01"), "damaged-ole"),
    "the same stream twice": (lambda: STREAM.file(WORKBOOK=STREAM.stream()), "duplicate-part"),
    "301 streams": (lambda: STREAM.file(**{f"s{n}": b"" for n in range(301)}), "too-many-parts"),
    "an .xlsx with a password": (
        lambda: ole({"EncryptedPackage": bytes(600), "EncryptionInfo": bytes(600)}),
        "encrypted-workbook",
    ),
    "an .xls with a password": (lambda: book(more=record(0x002F, bytes(54))), "encrypted-workbook"),
    "an .xls with a VBA project": (
        lambda: ole({"Workbook": STREAM.stream()}, storages=["_VBA_PROJECT_CUR"]),
        "macros",
    ),
    "an .xls that says it has a project": (lambda: book(more=record(0x00D3)), "macros"),
    "an .xls with an Excel 4 macro sheet": (lambda: Biff(sheets=[("宏", 1 << 8, b"")]).file(), "macros"),
    "an .xls with an embedded file": (
        lambda: ole({"Workbook": STREAM.stream()}, storages=["MBD00012345"]),
        "embedded-objects",
    ),
    "an .xls with controls": (lambda: STREAM.file(Ctls=bytes(9)), "active-content"),
    "an .xls with a dialog": (lambda: book(record(0x0081, b"\x10\x00")), "active-content"),
    "an .xls with a link to a file": (
        lambda: book(more=record(0x01AE, struct.pack("<2H", 1, 5) + b"\x00\x01a.xls")),
        "external-links",
    ),
    "an Excel 95 file with a link to a file": (
        lambda: book(version=5, more=record(0x0017, b"\x06\x01a.xls")),
        "external-links",
    ),
    "an .xls that asks a database": (lambda: book(more=record(0x0876, bytes(9))), "external-links"),
    "an Excel 4 workbook": (lambda: struct.pack("<5H", 0x0409, 6, 0, 0x10, 0), "workbook-too-old"),
    "an Excel 4 workbook in a container": (
        lambda: ole({"Book": struct.pack("<5H", 0x0409, 6, 0, 0x10, 0)}),
        "workbook-too-old",
    ),
    "an .xls without sheets": (lambda: Biff().file(), "no-sheets"),
    "an .xls with an empty stream": (lambda: ole({"Workbook": b""}), "biff-malformed"),
    "a record that runs over the end": (
        lambda: ole({"Workbook": STREAM.stream()[:-6] + b"\x03\x02\x00\x20"}),
        "biff-malformed",
    ),
    "a sheet that never ends": (lambda: ole({"Workbook": STREAM.stream()[:-4]}), "biff-malformed"),
    "two sheets in one place": (
        lambda: ole(
            {
                "Workbook": Biff(sheets=[("甲", 0, b""), ("乙", 0, b"")])
                .stream()
                .replace(*_second_tab(Biff(sheets=[("甲", 0, b""), ("乙", 0, b"")])), 1)
            }
        ),
        "duplicate-sheet",
    ),
    "an .xls with two sheets of a name": (
        lambda: Biff(sheets=[("表", 0, b""), ("表", 0, b"")]).file(),
        "duplicate-sheet",
    ),
    "an .xls with a sheet of no name": (lambda: Biff(sheets=[("", 0, b"")]).file(), "bad-sheet-name"),
    "an .xls with 51 sheets": (
        lambda: Biff(sheets=[(f"表{n}", 0, b"") for n in range(51)]).file(),
        "too-many-sheets",
    ),
    "an .xls with a cell twice": (lambda: book(number() + number(value=2)), "duplicate-cell"),
    "an .xls with a cell in row 65536": (lambda: book(number(row=65535)), "too-many-rows"),
    "an .xls with a cell in column 257": (lambda: book(number(column=256)), "too-many-columns"),
    "an .xls with a number that is none": (lambda: book(number(value=float("nan"))), "bad-number"),
    "an .xls with an infinite number": (lambda: book(number(value=float("inf"))), "bad-number"),
    "an .xls with an error that is none": (
        lambda: book(record(0x0205, struct.pack("<3H2B", 0, 0, 0, 99, 1))),
        "bad-error-value",
    ),
    "an .xls with a truth of 7": (
        lambda: book(record(0x0205, struct.pack("<3H2B", 0, 0, 0, 7, 0))),
        "bad-boolean",
    ),
    "an .xls with a text that is not there": (
        lambda: book(record(0x00FD, struct.pack("<3HL", 0, 0, 0, 5))),
        "bad-shared-string",
    ),
    "an .xls with a style that is not there": (lambda: book(number(style=9)), "bad-attribute"),
    "an .xls with half a character": (
        lambda: book(record(0x0204, struct.pack("<4HB", 0, 0, 0, 1, 1) + b"\x00\xd8")),
        "bad-character",
    ),
    "an .xls with a zero in a text": (
        lambda: book(record(0x0204, struct.pack("<4HB", 0, 0, 0, 1, 0) + b"\x00")),
        "bad-character",
    ),
    "an .xls with a text longer than its record": (
        lambda: book(record(0x0204, struct.pack("<4HB", 0, 0, 0, 60000, 0) + b"abc")),
        "biff-malformed",
    ),
    "a billion shared texts": (
        lambda: book(more=record(0x00FC, struct.pack("<2L", 10**9, 10**9))),
        "biff-malformed",
    ),
    "a text result that never comes": (
        lambda: book(formula(bytes(6) + b"\xff\xff") + number(row=1)),
        "biff-malformed",
    ),
    "a text result of nothing": (lambda: book(record(0x0207, b"\x01\x00\x00a")), "biff-malformed"),
    "a formula of an unknown kind": (
        lambda: book(formula(b"\x09" + bytes(5) + b"\xff\xff")),
        "biff-malformed",
    ),
    "merged ranges without end": (
        lambda: book(b"".join(merged(["A1:B2"] * 1000) for _ in range(11))),
        "too-many-merged-ranges",
    ),
    "a Russian Excel 95 file": (
        lambda: Biff(version=5, code_page=1251, codec="cp1251", sheets=[("Лист", 0, b"")]).file(),
        "code-page",
    ),
    "an Excel 95 file with half a Chinese character": (
        lambda: book(record(0x0204, struct.pack("<4H", 0, 0, 0, 1) + b"\xd6"), version=5),
        "bad-character",
    ),
    "cells at all ends of many sheets": (
        lambda: Biff(sheets=[(f"表{n}", 0, number(19_999, 255)) for n in range(9)]).file(),
        "cells-far-apart",
    ),
    "a text that is continued where another reader stops": (
        lambda: book(
            record(0x0204, struct.pack("<4HB", 0, 0, 0, 4, 0) + b"ab") + record(CONTINUE, b"\x00cd")
        ),
        "readers-differ",
    ),
    "a formula that breaks another reader": (
        lambda: book(formula(struct.pack("<d", 1), tokens=b"\x25\x01")),
        "second-reader-failed",
    ),
    "a sheet that begins with a chart": (
        lambda: ole({"Workbook": STREAM.stream().replace(STREAM.start(16), STREAM.start(32))}),
        "biff-malformed",
    ),
    "a million records": (lambda: book(record(BOF ^ 0xFFFF) * 800_001), "too-many-elements"),
}

TEXTS: Mapping[str, Case] = {
    "a table as CSV in UTF-8": (lambda: "地区,件数\n北京,12\n".encode(), "csv-without-head"),
    "a table as CSV in GBK": (lambda: ("地区,件数\n北京,12\n" * 400).encode("gb18030"), "csv-without-head"),
    "a table as CSV in UTF-16": (lambda: "地区\t件数\n".encode("utf-16"), "csv-without-head"),
    "a letter": (lambda: "关于报送2021年报表的函".encode(), "csv-without-head"),
    "a CSV in UTF-32": (lambda: TABLE.encode("utf-32"), "csv-encoding"),
    "a CSV in two encodings": (
        lambda: rows(400) + "E2,乙,件,3".encode("gb18030") + b"\xff\r\n",
        "csv-encoding",
    ),
    "a CSV of half a UTF-16 character": (lambda: TABLE.encode("utf-16") + b"\x00", "csv-encoding"),
    "a UTF-16 text without mark or head": (lambda: "a,b\r\n1,2\r\n".encode("utf-16-le") * 9, "csv-encoding"),
    "a CSV with a zero byte": (
        lambda: b"\xef\xbb\xbf" + TABLE.encode() + b" " * 4096 + b"a\0b",
        "csv-control-character",
    ),
    "a CSV that moves the cursor": (
        lambda: TABLE.encode() + b" " * 4096 + b"\x1b[2J",
        "csv-control-character",
    ),
    "a CSV with bars": (lambda: TABLE.replace(",", "|").encode(), "csv-separator"),
    "a CSV with open quotes": (lambda: TABLE.encode() + b'E2,"x\r\n', "csv-malformed"),
    "a CSV with text behind quotes": (lambda: TABLE.encode() + b'E2,"x"y\r\n', "csv-malformed"),
    "a CSV of 20001 rows": (lambda: rows(20_000), "too-many-rows"),
    "a CSV of 300 columns": (lambda: TABLE.encode() + b"1," * 299 + b"1\r\n", "too-many-columns"),
    "a CSV with 200001 cells": (lambda: HEAD.encode() + (b"1," * 250 + b"\n") * 801, "too-many-cells"),
    "a CSV with a text too long": (lambda: TABLE.encode() + b"x" * 32_768, "text-too-long"),
    "a CSV of 9 million characters": (lambda: rows(1) + b" " * 9_000_000, "too-much-text"),
    "a zip of workbooks": (lambda: zip_of([(b"a.xlsx", b"PK"), (b"b.csv", b"")]), "zip-of-workbooks"),
    "a zip in a zip": (lambda: zip_of([(b"a.csv", b""), (b"b.ZIP", b"PK")]), "zip-of-workbooks"),
    "a zip with a program": (lambda: zip_of([(b"a.csv", b""), (b"b.exe", b"MZ")]), "zip-with-others"),
    "a zip with a CSV that is none": (lambda: zip_of([(b"a.csv", b"hello")]), "csv-without-head"),
    "a zip with an empty CSV": (lambda: zip_of([(b"a.csv", b"")]), "empty-file"),
    "a zip of CSV with a path out": (lambda: zip_of([(b"../a.csv", TABLE.encode())]), "bad-part-name"),
    "a zip of CSV with a drive": (lambda: zip_of([(b"C:\\a.csv", TABLE.encode())]), "bad-part-name"),
    "a zip of CSV of the same name": (
        lambda: zip_of([(b"a.csv", TABLE.encode()), (b"A.CSV", TABLE.encode())]),
        "duplicate-part",
    ),
    "a zip of CSV of the same name in two folders": (
        lambda: zip_of([(b"x/a.csv", TABLE.encode()), (b"y/A.csv", TABLE.encode())]),
        "duplicate-sheet",
    ),
    "a zip of 51 CSV": (
        lambda: zip_of([(f"{n}.csv".encode(), TABLE.encode()) for n in range(51)]),
        "too-many-sheets",
    ),
    "a zip of CSV with bytes behind": (lambda: zip_of([(b"a.csv", TABLE.encode())]) + b"x", "trailing-data"),
    "a web archive": (lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "html-renamed"),
}

FORMATS: Mapping[str, Case] = {**BIFF, **TEXTS}


def _second_tab(of: Biff) -> tuple[bytes, bytes]:
    """The place of the second sheet in the list of tabs, and that of the first."""
    stream = of.stream()
    first = stream.find(of.start(16))
    second = stream.find(of.start(16), first + 1)
    return struct.pack("<L", second), struct.pack("<L", first)
