"""Annotated workbooks in LibreOffice: it opens, prints and saves them, and loses nothing we need."""

from __future__ import annotations

import io
import warnings
from typing import Any

import openpyxl
import pypdf
import pytest

from intake.annotated.annotate import annotate_workbook
from intake.annotated.notes import LAST_LINE
from intake.annotated.ours import is_ours
from scoring.errors import Issue, Place, Severity
from tests.support.libreoffice import convert
from tests.support.read_xlsx import read
from tests.support.reports import agreeing_figures, template
from tests.support.rich_books import COMMENTS, canonical, packed, parts_of, rich_parts

FORM = "F01 行政执法办案季报表"


def issue(cell: str, severity: Severity = Severity.HARD, sheet: str = FORM) -> Issue:
    place = Place(sheet=sheet, cell=cell, row_label="E101 人员", column_label="合计")
    return Issue(code="bad", zh="这里不对。", en="Wrong.", fix_zh="请改正。", place=place, severity=severity)


ISSUES = (issue("E5"), issue("F6", Severity.SOFT))


@pytest.fixture(scope="module")
def resaved() -> bytes:
    """An annotated template after LibreOffice has opened and saved it."""
    return convert(annotate_workbook(template(agreeing_figures()), ISSUES), "xlsx")


def test_it_keeps_figures_marks_and_comments(resaved: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(resaved))
    sheet = book[FORM]
    assert sheet["E5"].fill.fgColor.rgb[:5] == "FFFFC"
    assert sheet["F6"].fill.fgColor.rgb[:5] == "FFFFE"
    assert sheet["E5"].comment.text.startswith("考核系统 · 必须改正\n这里不对。")
    assert book["问题清单"]["C5"].value == FORM
    assert sum(is_ours(each) for each in read(resaved).sheets) == 2


def looks_of(cell: Any) -> tuple[object, ...]:
    """What is seen of a cell; the second colour of a solid fill is not."""
    fill = cell.fill
    return (
        cell.value,
        fill.fill_type,
        repr(fill.fgColor),
        cell.number_format,
        repr(cell.border),
        repr(cell.font),
    )


def test_the_marks_are_taken_away_again(resaved: bytes) -> None:
    plain = openpyxl.load_workbook(io.BytesIO(convert(template(agreeing_figures()), "xlsx")))
    back = openpyxl.load_workbook(io.BytesIO(annotate_workbook(resaved, ())))
    assert back.sheetnames == plain.sheetnames
    for name in plain.sheetnames:
        for row in plain[name].iter_rows():
            for cell in row:
                same = back[name][cell.coordinate]
                assert looks_of(same) == looks_of(cell)
                assert same.comment is None


def test_the_next_round_marks_what_is_wrong_then(resaved: bytes) -> None:
    again = openpyxl.load_workbook(io.BytesIO(annotate_workbook(resaved, [issue("G7")])))
    sheet = again[FORM]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == {"G7"}
    assert again.sheetnames.count("问题清单") == 1


def test_a_workbook_saved_by_libreoffice_comes_back_as_it_was() -> None:
    content = convert(template(agreeing_figures()), "xlsx")
    before = parts_of(content)
    marked = annotate_workbook(content, ISSUES)
    assert [sheet.cells for sheet in read(marked).sheets if not is_ours(sheet)] == [
        sheet.cells for sheet in read(content).sheets
    ]
    back = parts_of(annotate_workbook(marked, ()))
    assert list(back) == list(before)
    assert {part: canonical(part, data) for part, data in back.items()} == {
        part: canonical(part, data) for part, data in before.items()
    }


def test_it_is_printed_with_the_list_on_its_last_page() -> None:
    marked = annotate_workbook(template(agreeing_figures()), ISSUES, title="北京市问题清单")
    pages = pypdf.PdfReader(io.BytesIO(convert(marked, "pdf"))).pages
    last = pages[-1].extract_text()
    assert "北京市问题清单" in last
    assert "这里不对" in last
    width, height = pages[-1].mediabox.width, pages[-1].mediabox.height
    assert width > height


def test_a_workbook_in_the_style_of_excel_opens_with_both_comments() -> None:
    marked = annotate_workbook(packed(rich_parts(comments=COMMENTS)), [issue("B2", sheet="表1")])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        sheet = openpyxl.load_workbook(io.BytesIO(convert(marked, "xlsx")))["表1"]
    assert "这个数核对过" in sheet["B2"].comment.text
    assert LAST_LINE in sheet["B2"].comment.text
