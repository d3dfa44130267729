"""Texts as sheets: encoding, separator and kinds of cells decided by what stands in the file."""

from __future__ import annotations

import pytest

from intake.cells import CellKind, FileFormat, Told, Workbook
from intake.csv_files import parse_csv, parse_csv_zip
from intake.csv_text import decode_csv
from intake.formats import format_of, parse_file
from intake.limits import Limits
from intake.reading_notes import reading_notes
from intake.refusals import Refused
from tests.support.csv_files import UTF8_NAME, zip_of
from tests.support.hostile_formats import TABLE
from tests.support.xlsx import make_xlsx

ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8"),
    ("gb18030", "GB18030"),
    ("gbk", "GB18030"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
]


def read(content: bytes) -> Workbook:
    workbook, refusals = parse_file(content)
    assert workbook is not None, refusals
    return workbook


def cells(*rows: str) -> dict[str, tuple[CellKind, str]]:
    """The cells below the head row of a text with these rows."""
    content = ("代码,数据项,计量单位,数值\r\n" + "\r\n".join(rows)).encode()
    (sheet,) = read(content).sheets
    return {address: (cell.kind, cell.text) for address, cell in sheet.cells.items() if cell.row > 1}


@pytest.mark.parametrize(("encoding", "name"), ENCODINGS)
@pytest.mark.parametrize(("separator", "word"), [(",", "comma"), ("\t", "tab"), (";", "semicolon")])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_sheet(
    encoding: str, name: str, separator: str, word: str, line_end: str
) -> None:
    text = TABLE.replace(",", separator).replace("\r\n", line_end)
    workbook = read(text.encode(encoding))
    assert workbook.format is FileFormat.CSV
    assert workbook.sheets == read(TABLE.encode()).sheets
    assert workbook.told == (Told("csv-read", {"encoding": name, "separator": word}, "表一"),)


def test_the_sheet_is_called_by_its_first_text() -> None:
    (sheet,) = read(TABLE.encode()).sheets
    assert (sheet.name, {cell.sheet for cell in sheet.cells.values()}) == ("表一", {"表一"})


def test_a_text_of_two_encodings_at_once_is_read_in_the_one_that_makes_sense() -> None:
    # These bytes are valid UTF-8, too: they would read as ͨ.
    text = "代码,数据项\r\n".encode("gb18030") + b"\xcd\xa8,1\r\n"
    assert decode_csv(text)[1] == "GB18030"
    assert decode_csv(b"\xcd\xa8")[1] == "UTF-8"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("12", CellKind.NUMBER),
        ("-0.5", CellKind.NUMBER),
        ("+3", CellKind.NUMBER),
        ("0", CellKind.NUMBER),
        ("123456789012345", CellKind.NUMBER),
        ("1234567890123456", CellKind.TEXT),
        ("1.23E+11", CellKind.TEXT),
        ("007", CellKind.TEXT),
        ("1_000", CellKind.TEXT),
        ("１２", CellKind.TEXT),
        ("12 ", CellKind.TEXT),
        ("95%", CellKind.TEXT),
        ("2021-06-30", CellKind.DATE),
        ("2021/6/30", CellKind.TEXT),
        ("#DIV/0!", CellKind.ERROR),
        ("#N/A", CellKind.ERROR),
        ("#别处", CellKind.TEXT),
        ("TRUE", CellKind.TEXT),
        ("=1+1", CellKind.TEXT),
    ],
)
def test_what_stands_in_a_cell_tells_its_kind(word: str, kind: CellKind) -> None:
    assert cells(f"E1,甲,件,{word}")["D2"] == (kind, word)


def test_quotes_hold_separators_and_breaks_and_a_broken_row_is_one_row() -> None:
    found = cells('E1,"甲,乙\n""丙""",件,1', "", "E2,丁,件,2")
    assert found["B2"] == (CellKind.TEXT, '甲,乙\n"丙"')
    assert found["A4"] == (CellKind.TEXT, "E2")


@pytest.mark.parametrize(
    ("word", "taken"), [('"=""007"""', "007"), ("'12", "12"), ("'", ""), ('"="""""', ""), ('="007"', "007")]
)
def test_a_forced_text_is_what_was_forced_and_that_is_told(word: str, taken: str) -> None:
    content = f"{TABLE}E2,乙,件,{word}\r\n".encode()
    workbook = read(content)
    cell = workbook.sheets[0].cell("D5")
    assert (cell.text if cell else "") == taken
    (note,) = (note for note in reading_notes(workbook) if note.cell)
    assert (note.sheet, note.cell, note.after) == ("表一", "D5", taken)


def test_what_was_decided_is_told_once_for_texts_that_were_read_alike() -> None:
    one = read(zip_of([(b"a.csv", TABLE.encode()), (b"b.csv", TABLE.encode())]))
    assert [(note.sheet, note.after) for note in reading_notes(one)] == [("", "UTF-8，逗号")]
    two = read(zip_of([(b"a.csv", TABLE.encode()), (b"b.csv", TABLE.encode("gb18030"))]))
    assert [(note.sheet, note.after) for note in reading_notes(two)] == [
        ("a", "UTF-8，逗号"),
        ("b", "GB18030，逗号"),
    ]
    assert reading_notes(read(make_xlsx())) == ()


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("表 一.csv".encode("gb18030"), 0),
        ("表 一.csv".encode(), 0),
        ("表 一.csv".encode(), UTF8_NAME),
        ("填报/表 一.CSV".encode("gb18030"), 0),
        ("表 一.txt".encode(), 0),
    ],
)
def test_a_file_in_a_zip_is_called_as_it_is_shown(name: bytes, flags: int) -> None:
    workbook = read(zip_of([(name, TABLE.encode()), (b"b.csv", TABLE.encode())], flags=flags))
    assert workbook.format is FileFormat.CSV_ZIP
    assert [sheet.name for sheet in workbook.sheets] == ["表 一", "b"]


def test_what_systems_add_to_a_zip_is_left_out() -> None:
    extras = [(b"__MACOSX/._a.csv", b"\0"), (b"x/.DS_Store", b"\0"), (b"Thumbs.db", b""), (b"x/", b"")]
    workbook = read(zip_of([*extras, (b"x/a.csv", TABLE.encode())]))
    assert [sheet.name for sheet in workbook.sheets] == ["a"]


def test_marks_and_cover_need_no_head_row() -> None:
    marks = b"unit,110000\r\nperiod,2021Q4\r\n"
    cover = "填报说明;请看\r\n".encode()
    workbook = read(zip_of([(b"_meta.csv", marks), ("说明.csv".encode(), cover), (b"a.csv", TABLE.encode())]))
    sheet = workbook.sheet("_meta")
    assert sheet is not None
    assert {address: cell.text for address, cell in sheet.cells.items()} == {
        "A1": "unit",
        "B1": "110000",
        "A2": "period",
        "B2": "2021Q4",
    }


def test_every_text_in_a_zip_that_is_wrong_is_reported() -> None:
    files = [(b"a.csv", b"x"), (b"b.csv", TABLE.encode()), (b"c.csv", TABLE.encode() + b'"')]
    _, refusals = parse_csv_zip(zip_of(files), Limits())
    assert [(one.code, one.sheet) for one in refusals] == [("csv-without-head", "a"), ("csv-malformed", "c")]


def test_the_limits_hold_for_all_texts_of_a_zip_together() -> None:
    files = [(b"a.csv", TABLE.encode()), (b"b.csv", TABLE.encode())]
    for limits, code in (
        (Limits(cells=20), "too-many-cells"),
        (Limits(workbook_characters=50), "too-much-text"),
    ):
        _, refusals = parse_csv_zip(zip_of(files), limits)
        assert [one.code for one in refusals] == [code]
        assert parse_csv(TABLE.encode(), limits)[1] == ()


@pytest.mark.parametrize("names", [[b"a.csv"], [b"x/b.CSV", b"y/c.txt"]])
def test_a_zip_of_texts_is_known_by_what_it_lists(names: list[bytes]) -> None:
    assert format_of(zip_of([(name, b"") for name in names])) is FileFormat.CSV_ZIP


def test_a_file_too_large_is_refused_before_anything() -> None:
    with pytest.raises(Refused) as caught:
        format_of(bytes(10), Limits(file_bytes=9))
    assert caught.value.refusal.code == "file-too-large"
