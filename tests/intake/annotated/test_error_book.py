"""The list of issues as a workbook of its own."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl

from intake.annotated.error_book import error_workbook
from intake.issue_keys import issue_key
from scoring.errors import Issue, Place, Severity
from tests.support.read_xlsx import read

HARD = Issue(
    code="not-a-number",
    zh="填的不是数字。",
    en="no number",
    fix_zh="请填数字。",
    place=Place(sheet="F01.csv", cell="E5", row_label="E101 人员", column_label="合计"),
    found="=cmd|'/c calc'!A1",
)
SOFT = Issue(code="missing", zh="没有填。", en="blank", severity=Severity.SOFT)


def test_it_lists_the_issues_and_says_where_explanations_are_typed() -> None:
    content = error_workbook([HARD, SOFT], stakes={issue_key(SOFT): Fraction(3)}, title="北京市问题清单")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["问题清单"]
    assert sheet["A1"].value == "北京市问题清单"
    assert "1 处必须改正" in str(sheet["A2"].value)
    assert "系统页面" in str(sheet["A3"].value)
    heads = [cell.value for cell in sheet[4]]
    assert "情况说明" not in heads
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[heads.index("问题")] for row in rows] == ["没有填。", "填的不是数字。"]
    assert rows[1][heads.index("填的是")] == "=cmd|'/c calc'!A1"
    assert sheet.cell(6, heads.index("填的是") + 1).data_type == "s"
    assert all(cell.hyperlink is None for row in sheet.iter_rows() for cell in row)


def test_it_is_read_by_the_strict_reader_and_always_the_same() -> None:
    content = error_workbook([HARD])
    assert [sheet.name for sheet in read(content).sheets] == ["问题清单"]
    assert content == error_workbook([HARD])


def test_without_issues_it_says_so() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(error_workbook([])))["问题清单"]
    assert sheet["A2"].value == "没有发现问题。"
