"""Exports read back: the right numbers, exact bytes again, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from models.records import RunId
from services.export_run import export_run
from services.exports.csv_file import ranking_csv
from services.exports.xlsx_file import ranking_xlsx
from services.harmless import harmless
from services.runs import ranking
from services.score import score_period
from services.views import Ranking
from tests.support.office import OFFICE, Office


@pytest.fixture(scope="module")
def run(reporting_office: Office) -> RunId:
    return score_period(reporting_office.context, actor=OFFICE, period="2021Q1").id


@pytest.fixture(scope="module")
def view(reporting_office: Office, run: RunId) -> Ranking:
    return ranking(reporting_office.context, actor=OFFICE, run=run)


def test_csv_opens_as_chinese_and_has_a_row_a_unit(reporting_office: Office, run: RunId) -> None:
    content = export_run(reporting_office.context, actor=OFFICE, run=run, form="csv").content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0][:3] == ["名次", "代码", "单位"]
    assert len(rows) == 33
    assert {row[2] for row in rows[1:3]} == {"北京市", "天津市"}


def test_the_workbook_holds_the_same_numbers_as_the_csv(view: Ranking) -> None:
    rows = list(csv.reader(io.StringIO(ranking_csv(view).decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(view)))["排名"]
    for row, cells in zip(rows[1:], sheet.iter_rows(min_row=3, values_only=True), strict=True):
        told = [
            "" if cell is None else f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells
        ]
        assert [text.removesuffix(".00") for text in told] == [text.removesuffix(".00") for text in row]


def test_the_same_ranking_gives_the_same_bytes(view: Ranking) -> None:
    assert ranking_xlsx(view) == ranking_xlsx(view)
    assert ranking_csv(view) == ranking_csv(view)


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\uff1d1+1", "\ufeff=1", " =1"])
def test_a_name_that_looks_like_a_formula_stays_a_text(view: Ranking, name: str) -> None:
    evil = replace(view, lines=(replace(view.lines[0], name=name),))
    row = list(csv.reader(io.StringIO(ranking_csv(evil).decode("utf-8-sig"))))[1]
    cell = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(evil)))["排名"].cell(3, 3)
    assert row[2] == f"'{name}"
    assert cell.data_type == "s"


def test_honest_texts_are_left_alone() -> None:
    assert [harmless(text) for text in ("北京市", "", "1-2", "a=b")] == ["北京市", "", "1-2", "a=b"]


def test_half_places_and_best_sections_are_told_where_there_are_some(view: Ranking) -> None:
    line = view.lines[0]
    shared = replace(line, result=replace(line.result, rank=Decimal("2.5")), best=("第一章", "第二章"))
    told = replace(view, lines=(shared,), names_best=True)
    rows = list(csv.reader(io.StringIO(ranking_csv(told).decode("utf-8-sig"))))
    assert [(row[0], row[-1]) for row in rows] == [("名次", "得分最高"), ("2.5", "第一章、第二章")]
    sheet = openpyxl.load_workbook(io.BytesIO(ranking_xlsx(told)))["排名"]
    assert sheet.cell(3, 1).value == 2.5
