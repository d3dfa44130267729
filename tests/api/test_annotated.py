"""Annotated workbooks over HTTP."""

from __future__ import annotations

import io

import openpyxl

from tests.support.callers import BEIJING_CLERK, TIANJIN_CLERK, Callers, is_problem, upload
from tests.support.office import BEIJING, number, series

FAULTY = {series("E602", "2021Q1", "市场监管"): number(10**6)}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_report_is_downloaded_with_its_issues_and_handed_in_again(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1, FAULTY)
    receipt = callers.hand_in(BEIJING_CLERK, content).json()["receipt"]
    answer = callers.get(BEIJING_CLERK, f"/reports/{receipt['report']}/annotated.xlsx")
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-v1-annotated.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.active == book["问题清单"]
    again = callers.hand_in(BEIJING_CLERK, answer.content)
    assert (again.status_code, again.json()["receipt"]) == (200, receipt)


def test_it_is_not_sent_twice_to_one_who_has_it(callers: Callers) -> None:
    receipt = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1, FAULTY)).json()["receipt"]
    path = f"/reports/{receipt['report']}/annotated.xlsx"
    tag = callers.get(BEIJING_CLERK, path).headers["etag"]
    assert callers.get(BEIJING_CLERK, path, headers={"if-none-match": tag}).status_code == 304


def test_a_dry_run_gives_the_marked_workbook_and_keeps_nothing(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1, FAULTY)
    sent = upload(content, BEIJING, "2021Q1", "报表.xlsx")
    answer = callers.ask(BEIJING_CLERK, "POST", "/reports/annotated", **sent)
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert "问题清单" in openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    assert callers.get(BEIJING_CLERK, "/reports").json()["items"] == []
    is_problem(callers.ask(TIANJIN_CLERK, "POST", "/reports/annotated", **sent), 403)
