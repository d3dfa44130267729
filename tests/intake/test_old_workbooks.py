"""The same workbook in three old formats says what it says as .xlsx; then their cells, one kind each."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest

from intake.biff import parse_biff
from intake.cells import CellKind, FileFormat, Visibility, Workbook
from intake.child import WorkbookReader
from intake.limits import Limits
from intake.ole import open_ole
from intake.second_reading import second_reader
from tests.support.biff import CONTINUE, Biff, biff_of, record
from tests.support.hostile_formats import book, formula, number
from tests.support.old_workbooks import ET, EXCEL_95, EXCEL_97, FOLDER, cells_of, read_source

FIRST = "F01 行政执法"
# LibreOffice writes a truth as the formula TRUE(), and no text that a formula gave elsewhere.
OF_LIBREOFFICE = {"D10": (CellKind.BOOLEAN, "1", True, False), "D13": (CellKind.NUMBER, "0", True, False)}


@pytest.fixture(scope="module")
def reader() -> Iterator[WorkbookReader]:
    with WorkbookReader(processes=1) as reader:
        yield reader


def read(content: bytes) -> Workbook:
    workbook, refusals = parse_biff(content, second=second_reader())
    assert workbook is not None, refusals
    return workbook


def only(content: bytes) -> dict[str, tuple[CellKind, str, str]]:
    """The cells of the first sheet, as kind, text and formula."""
    cells = read(content).sheets[0].cells
    return {address: (cell.kind, cell.text, cell.formula) for address, cell in cells.items()}


@pytest.mark.parametrize("name", [EXCEL_97, EXCEL_95, ET])
def test_an_old_workbook_says_what_the_xlsx_says(reader: WorkbookReader, name: str) -> None:
    expected = read_source()
    workbook, issues = reader.read((FOLDER / name).read_bytes())
    assert workbook is not None, issues
    assert workbook.format is FileFormat.XLS
    assert [sheet.name for sheet in workbook.sheets] == [sheet.name for sheet in expected.sheets]
    for found, wanted in zip(workbook.sheets, expected.sheets, strict=True):
        cells = cells_of(wanted)
        if name == EXCEL_97 and found.name == FIRST:
            cells |= OF_LIBREOFFICE
        assert cells_of(found) == cells
        assert found.merged == wanted.merged
        assert (found.visibility is Visibility.VISIBLE) == (wanted.visibility is Visibility.VISIBLE)


@pytest.mark.parametrize("name", [EXCEL_95, ET])
def test_the_written_files_are_what_the_writer_writes(name: str) -> None:
    workbook = read_source()
    book_5 = biff_of(workbook, version=5, rows=[16], columns=[5]).file()
    book_8 = biff_of(workbook, rows=[16], columns=[5]).file(ETExtData=b"\x01" * 64)
    assert (FOLDER / name).read_bytes() == {EXCEL_95: book_5, ET: book_8}[name]


def test_percentages_and_days_keep_the_format_that_shows_them_so() -> None:
    cells = read((FOLDER / EXCEL_97).read_bytes()).sheets[0].cells
    assert "%" in cells["D8"].number_format
    assert cells["D9"].kind is CellKind.DATE


def test_small_streams_lie_in_sectors_of_their_own() -> None:
    container = open_ole((FOLDER / EXCEL_97).read_bytes(), Limits())
    assert container.streams["\x05summaryinformation"].startswith(b"\xfe\xff\0\0")


# ---- numbers ----


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (12 << 2 | 2, "12"),
        (-5 << 2 & 0xFFFFFFFF | 2, "-5"),
        (-(1 << 29) << 2 & 0xFFFFFFFF | 2, "-536870912"),
        (1234 << 2 | 3, "12.34"),
        (285 << 2 | 3, "2.85"),
        (0x3FF00000, "1"),
        (0x3FF80000, "1.5"),
        (0xBFF00000 | 1, "-0.01"),
        (0, "0"),
    ],
)
def test_a_number_squeezed_into_four_bytes_is_the_number_it_was(packed: int, text: str) -> None:
    one = record(0x027E, struct.pack("<3HL", 0, 0, 0, packed))
    row = record(0x00BD, struct.pack("<2HHLHLH", 1, 2, 0, packed, 0, packed, 3))
    assert only(book(one + row)) == dict.fromkeys(("A1", "C2", "D2"), (CellKind.NUMBER, text, ""))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.285, "0.285"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-0.0, "0"),
        (1e15, "1000000000000000.0"),
        (999999999999999.0, "999999999999999"),
        (1e22, "1e+22"),
        (1.5e-7, "1.5e-07"),
        (120.5, "120.5"),
    ],
)
def test_a_double_is_the_shortest_text_that_means_it(value: float, text: str) -> None:
    assert only(book(number(value=value))) == {"A1": (CellKind.NUMBER, text, "")}


# ---- formulas ----


@pytest.mark.parametrize(
    ("result", "flags", "cell"),
    [
        (struct.pack("<d", 2.5), 0, (CellKind.NUMBER, "2.5", "…")),
        (struct.pack("<d", 2.5), 2, (CellKind.NUMBER, "2.5", "…")),
        (bytes(8), 2, (CellKind.BLANK, "", "…")),
        (bytes(8), 0, (CellKind.NUMBER, "0", "…")),
        (b"\1\0\1\0\0\0\xff\xff", 0, (CellKind.BOOLEAN, "1", "…")),
        (b"\2\0\x2a\0\0\0\xff\xff", 0, (CellKind.ERROR, "#N/A", "…")),
        (b"\3\0\0\0\0\0\xff\xff", 0, (CellKind.TEXT, "", "…")),
    ],
    ids=["number", "number computed anew", "never computed", "zero", "truth", "error", "empty text"],
)
def test_the_result_of_a_formula_is_taken_as_it_was_saved(
    result: bytes, flags: int, cell: tuple[CellKind, str, str]
) -> None:
    assert only(book(formula(result, flags=flags))) == {"A1": cell}


def test_a_text_that_a_formula_gave_stands_in_the_record_behind() -> None:
    shared = record(0x04BC, bytes(10))
    content = book(formula(bytes(6) + b"\xff\xff") + shared + record(0x0207, b"\x01\0\0a"))
    assert only(content) == {"A1": (CellKind.TEXT, "a", "…")}


# ---- texts ----


def test_a_shared_text_goes_on_in_the_next_record_in_the_other_width() -> None:
    start = struct.pack("<2L", 3, 2) + b"\x05\0\0ab"
    rest = (
        b"\x01"
        + "中文字".encode("utf-16-le")
        + b"\x02\0\x0d\x01\0\x06\0\0\0"
        + "丙丁".encode("utf-16-le")
        + bytes(10)
    )
    shared = record(0x00FC, start) + record(CONTINUE, rest)
    cells = b"".join(record(0x00FD, struct.pack("<3HL", 0, at, 0, at)) for at in (0, 1))
    texts = {address: cell.text for address, cell in read(book(cells, more=shared)).sheets[0].cells.items()}
    assert texts == {"A1": "ab中文字", "B1": "丙丁"}


def test_rich_text_of_excel_95_is_its_letters() -> None:
    words = "甲乙".encode("gb18030")
    content = book(record(0x00D6, struct.pack("<4H", 0, 0, 0, len(words)) + words + b"\x01\0\0"), version=5)
    assert only(content) == {"A1": (CellKind.TEXT, "甲乙", "")}


@pytest.mark.parametrize("code_page", [936, 54936, 10008, None, 1252])
def test_an_excel_95_file_of_plain_letters_needs_no_chinese_code_page(code_page: int | None) -> None:
    content = Biff(version=5, code_page=code_page, sheets=[("Sheet1", 0, b"")]).file()
    assert read(content).sheets[0].name == "Sheet1"


# ---- the whole workbook ----


def test_both_date_systems_are_told() -> None:
    day = Biff(formats=["yyyy/m/d"], date1904=True, sheets=[("表1", 0, number(value=42915))])
    workbook = read(day.file())
    assert workbook.date1904
    assert only(day.file()) == {"A1": (CellKind.DATE, "42915", "")}


@pytest.mark.parametrize(
    ("records", "hidden"),
    [
        (record(0x0208, struct.pack("<8H", 0, 0, 1, 255, 0, 0, 0x20, 0)), True),
        (record(0x0208, struct.pack("<8H", 0, 0, 1, 0, 0, 0, 0, 0)), True),
        (record(0x0208, struct.pack("<8H", 0, 0, 1, 255, 0, 0, 0, 0)), False),
        (record(0x007D, struct.pack("<6H", 0, 2, 2048, 0, 1, 0)), True),
        (record(0x007D, struct.pack("<6H", 0, 256, 0, 0, 0, 0)), True),
        (record(0x007D, struct.pack("<6H", 0, 256, 2048, 0, 0, 0)), False),
        (record(0x0225, struct.pack("<2H", 2, 255)), True),
        (
            record(0x0225, struct.pack("<2H", 2, 255))
            + record(0x0208, struct.pack("<8H", 0, 0, 1, 255, 0, 0, 0, 0)),
            False,
        ),
    ],
)
def test_a_cell_that_nobody_sees_is_hidden(records: bytes, hidden: bool) -> None:
    (cell,) = read(book(records + number())).sheets[0].cells.values()
    assert cell.hidden is hidden


def test_a_chart_on_a_sheet_and_a_sheet_that_is_a_chart_hold_no_cells() -> None:
    chart = Biff().start(32) + number(5, 5) + record(0x000A)
    inside = book(number() + chart + number(1, 1))
    assert list(read(inside).sheets[0].cells) == ["A1", "B2"]
    beside = Biff(sheets=[("图", 2 << 8, number()), ("表", 0, number())]).file()
    assert [len(sheet.cells) for sheet in read(beside).sheets] == [0, 1]


def test_every_sheet_that_is_wrong_is_reported() -> None:
    bad = number() + number()
    _, refusals = parse_biff(Biff(sheets=[("甲", 0, bad), ("乙", 0, b""), ("丙", 0, bad)]).file())
    assert [(one.code, one.sheet, one.cell) for one in refusals] == [
        ("duplicate-cell", "甲", "A1"),
        ("duplicate-cell", "丙", "A1"),
    ]


def test_a_limit_of_the_whole_ends_the_reading() -> None:
    sheets = [("甲", 0, number()), ("乙", 0, number() + number(1))]
    _, refusals = parse_biff(Biff(sheets=sheets).file(), Limits(cells=2))
    assert [one.code for one in refusals] == ["too-many-cells"]


def test_a_file_with_one_byte_changed_is_refused_or_read_and_never_breaks_the_reader() -> None:
    content = (FOLDER / EXCEL_95).read_bytes()
    for place in range(0, len(content), 3):
        changed = bytearray(content)
        changed[place] ^= 0x55
        workbook, refusals = parse_biff(bytes(changed))
        assert (workbook is None) == bool(refusals)


@pytest.mark.parametrize("size", range(0, 5632, 128))
def test_a_file_cut_anywhere_is_refused(size: int) -> None:
    content = (FOLDER / EXCEL_95).read_bytes()
    workbook, refusals = parse_biff(content[:size])
    assert workbook is None
    assert len(refusals) == 1
