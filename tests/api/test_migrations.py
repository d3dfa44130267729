"""Old workbooks carried into the present template over HTTP."""

from __future__ import annotations

import io

import openpyxl

from services.reports import XLSX
from tests.support.callers import BEIJING_CLERK, OFFICE_STAFF, TIANJIN_CLERK, Callers, is_problem
from tests.support.office import BEIJING, ROOT, TIANJIN

VERSION_1 = (ROOT / "tests" / "intake" / "fixtures" / "version-1.xlsx").read_bytes()
FILE = {"file": ("旧表.xlsx", VERSION_1)}


def test_the_answer_is_the_new_workbook_with_the_list_as_its_last_sheet(callers: Callers) -> None:
    answer = callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate", files=FILE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == XLSX
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q4-migrated.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[-2:] == ["迁移情况", "_meta"]
    assert "带入 181 格" in str(book["迁移情况"]["A2"].value)
    dry = callers.hand_in(BEIJING_CLERK, answer.content, period="2021Q4", params={"dry_run": "true"})
    assert dry.status_code == 200


def test_the_list_alone_comes_as_json(callers: Callers) -> None:
    answer = callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate?list=json", files=FILE)
    body = answer.json()
    assert (body["carried"], body["blank"]) == (181, 1)
    assert [(item["fate"], item["text"]) for item in body["items"]] == [("left", "约20")]
    assert "模板第 1 版" in body["source"]


def test_another_quarters_workbook_of_the_same_unit_is_carried(callers: Callers) -> None:
    answer = callers.ask(OFFICE_STAFF, "POST", f"/templates/{BEIJING}/2021Q1/migrate?list=json", files=FILE)
    body = answer.json()
    assert body["carried_by_form"]["F01"] == 94
    assert {item["why"] for item in body["items"] if item["form"] == "F08"} == {"本期不用报"}


def test_nobody_gets_the_figures_of_another_unit_into_a_template(callers: Callers) -> None:
    answer = callers.ask(TIANJIN_CLERK, "POST", f"/templates/{TIANJIN}/2021Q4/migrate", files=FILE)
    problem = is_problem(answer, 422)
    assert [issue["code"] for issue in problem["issues"]] == ["wrong-unit"]
    is_problem(callers.ask(TIANJIN_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate", files=FILE), 403)


def test_what_is_no_workbook_or_no_quarter_is_refused(callers: Callers) -> None:
    nothing = {"file": ("x.xlsx", b"not a workbook")}
    is_problem(callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate", files=nothing), 422)
    is_problem(callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021/migrate", files=FILE), 422)
    is_problem(callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate"), 415)


def test_nothing_is_kept(callers: Callers) -> None:
    callers.ask(BEIJING_CLERK, "POST", f"/templates/{BEIJING}/2021Q4/migrate", files=FILE)
    with callers.office.context.read() as work:
        assert work.reports.list(unit=None) == ()
        assert work.blobs.digests() == ()
