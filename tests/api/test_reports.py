"""Handing in, looking at and reviewing reports over HTTP."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from scoring.facts import Standing
from tests.support.callers import (
    AUDITOR,
    BEIJING_CLERK,
    OFFICE_STAFF,
    TIANJIN_CLERK,
    Callers,
    is_chinese,
    is_problem,
    upload,
)
from tests.support.office import BEIJING, TIANJIN, number, series

FAULTY = {series("E602", "2021Q1", "市场监管"): number(10**6)}


def nothing_kept(callers: Callers) -> bool:
    with callers.office.context.read() as work:
        return work.reports.list(unit=None) == () and work.blobs.digests() == ()


def test_a_template_is_downloaded_filled_in_and_handed_in(callers: Callers) -> None:
    template = callers.get(BEIJING_CLERK, f"/templates/{BEIJING}/2021Q1.xlsx")
    assert template.status_code == 200
    assert template.content[:2] == b"PK"
    assert template.headers["content-disposition"] == 'attachment; filename="110000-2021Q1.xlsx"'
    content = callers.office.workbook(BEIJING, 1)
    answer = callers.hand_in(BEIJING_CLERK, content, name="北京一季度.xlsx")
    body = answer.json()
    receipt = body["receipt"]
    assert answer.status_code == 201
    assert (receipt["state"], receipt["version"], receipt["unit"]) == ("submitted", 1, BEIJING)
    assert receipt["file_name"] == "北京一季度.xlsx"
    assert receipt["file_sha256"] == hashlib.sha256(content).hexdigest()
    assert receipt["received_at"] == "2021-04-08T10:00:00+08:00"
    assert body["findings"]["verdict"] == "in_order"
    assert answer.headers["location"] == f"/reports/{receipt['report']}"
    assert callers.get(BEIJING_CLERK, answer.headers["location"]).json()["receipt"] == receipt


def test_the_same_bytes_twice_give_the_same_receipt(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1)
    first = callers.hand_in(BEIJING_CLERK, content)
    again = callers.hand_in(BEIJING_CLERK, content, name="改名.xlsx")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["receipt"] == first.json()["receipt"]
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert "location" not in again.headers


def test_the_same_bytes_at_the_same_moment_are_one_report(callers: Callers) -> None:
    brought = upload(callers.office.workbook(BEIJING, 1), BEIJING, "2021Q1", "报表.xlsx")
    answers = callers.ask_at_once(6, BEIJING_CLERK, "POST", "/reports", **brought)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["receipt"]["report"] for answer in answers}) == 1
    assert len(callers.get(BEIJING_CLERK, "/reports").json()["items"]) == 1


def test_a_defective_report_is_returned_with_every_issue_at_its_cell(callers: Callers) -> None:
    answer = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1, FAULTY))
    body = answer.json()
    issues = body["findings"]["issues"]
    assert answer.status_code == 201
    assert body["receipt"]["state"] == "returned"
    assert issues
    assert all(issue["sheet"] and issue["cell"] and is_chinese(issue["zh"]) for issue in issues)
    stored = callers.get(BEIJING_CLERK, f"/reports/{body['receipt']['report']}").json()
    told = sorted((issue["key"], issue["zh"], issue["cell"]) for issue in issues)
    assert sorted((issue["key"], issue["zh"], issue["cell"]) for issue in stored["issues"]) == told


def test_a_doubtful_report_waits_until_each_doubt_is_explained(callers: Callers) -> None:
    blank = {series("EA04", "2021Q1"): Standing.MISSING}
    answer = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1, blank)).json()
    assert (answer["receipt"]["state"], answer["findings"]["verdict"]) == ("draft", "to_explain")
    assert is_chinese(answer["findings"]["zh"])
    keys = [issue["key"] for issue in answer["findings"]["issues"]]
    assert answer["findings"]["to_explain"] == len(keys) > 0
    reason = answer["explaining"]["reasons"][0]["code"]
    path = f"/reports/{answer['receipt']['report']}/explanations"
    said = [{"key": key, "reason": reason, "text": "数据尚未取得，下季补报"} for key in keys]
    short = [{**said[0], "text": "无"}, {**said[0], "reason": "weather"}]
    refused = is_problem(callers.ask(BEIJING_CLERK, "POST", path, json={"explanations": short}), 422)
    assert [issue["code"] for issue in refused["issues"]] == [
        "explanation-too-short",
        "explanation-unknown-reason",
    ]
    done = callers.ask(BEIJING_CLERK, "POST", path, json={"explanations": said}).json()
    assert (done["receipt"]["state"], done["open"]) == ("submitted", [])
    stored = callers.get(BEIJING_CLERK, f"/reports/{answer['receipt']['report']}").json()
    assert {issue["explanation"]["text"] for issue in stored["issues"]} == {"数据尚未取得，下季补报"}
    is_problem(callers.ask(BEIJING_CLERK, "POST", path, json={"explanations": said}), 409)
    is_problem(callers.ask(BEIJING_CLERK, "POST", path, json={"explanations": []}), 422)


def test_a_dry_run_tells_the_score_to_expect_and_what_would_change(callers: Callers) -> None:
    callers.office.accepted(BEIJING, 1)
    fewer = {series("E210", "2021Q1"): number(0)}
    content = callers.office.workbook(BEIJING, 1, fewer)
    body = callers.hand_in(BEIJING_CLERK, content, params={"dry_run": "true"}).json()
    (change,) = body["changes"]["figures"]
    assert (body["changes"]["against"], change["element"], change["after"]) == (1, "E210", "0")
    dated = {series("ED01", "2021"): Fraction(date(2021, 6, 30).toordinal())}
    later = callers.office.workbook(BEIJING, 4, dated)
    callers.office.explained(callers.office.submit(BEIJING, 4, later))
    moved = {series("ED01", "2021"): Fraction(date(2021, 7, 1).toordinal())}
    content = callers.office.workbook(BEIJING, 4, moved)
    other = callers.ask(
        BEIJING_CLERK, "POST", "/reports?dry_run=true", **upload(content, BEIJING, "2021Q4", "报表.xlsx")
    ).json()
    (day,) = other["changes"]["figures"]
    assert (day["element"], day["before"], day["after"]) == ("ED01", "2021-06-30", "2021-07-01")
    assert Fraction(body["forecast"]["score"]) < Fraction(body["forecast"]["before"])
    assert "I02-4" in {line["code"] for line in body["forecast"]["lines"]}
    assert body["receipt"] is None


def test_a_dry_run_says_the_same_and_keeps_nothing(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1, FAULTY)
    dry = callers.hand_in(BEIJING_CLERK, content, params={"dry_run": "true"})
    assert dry.status_code == 200
    assert dry.json()["receipt"] is None
    assert nothing_kept(callers)
    assert dry.json()["findings"] == callers.hand_in(BEIJING_CLERK, content).json()["findings"]


@pytest.mark.parametrize(
    "content", [b"", b"not a workbook", b"PK\x03\x04" + b"\0" * 40], ids=["empty", "text", "half a zip"]
)
def test_what_is_no_workbook_is_rejected_with_its_issues_and_not_kept(
    callers: Callers, content: bytes
) -> None:
    problem = is_problem(callers.hand_in(BEIJING_CLERK, content), 422, "rejected")
    assert problem["issues"]
    assert nothing_kept(callers)


def test_the_workbook_of_another_region_is_rejected_and_kept_for_neither(callers: Callers) -> None:
    problem = is_problem(callers.hand_in(BEIJING_CLERK, callers.office.workbook(TIANJIN, 1)), 422, "rejected")
    assert "wrong-unit" in [issue["code"] for issue in problem["issues"]]
    assert nothing_kept(callers)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"unit": BEIJING, "period": "2021"}, 422),
        ({"unit": BEIJING, "period": "一季度"}, 422),
        ({"unit": BEIJING, "period": "2035Q1"}, 404),
        ({"unit": TIANJIN, "period": "2021Q1"}, 403),
        ({"unit": "no such unit", "period": "2021Q1"}, 403),
    ],
)
def test_a_report_for_nobody_or_never_is_refused(callers: Callers, words: Any, status: int) -> None:
    is_problem(callers.hand_in(BEIJING_CLERK, b"x", **words), status)
    assert nothing_kept(callers)


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        ({"data": {"unit": BEIJING, "period": "2021Q1"}, "files": {"other": ("x", b"x")}}, "missing", "file"),
        ({"data": {"unit": BEIJING}, "files": {"file": ("x", b"x")}}, "missing", "period"),
        (
            {"data": {"unit": BEIJING, "period": "2021Q1", "actor": "x"}, "files": {"file": ("x", b"x")}},
            "extra-forbidden",
            "actor",
        ),
        (
            {"files": [("file", (None, "text")), ("unit", (None, BEIJING)), ("period", (None, "2021Q1"))]},
            "file-expected",
            "file",
        ),
    ],
    ids=["no file", "no period", "an unknown word", "a text for a file"],
)
def test_a_form_that_is_not_as_required_is_refused_by_field(
    callers: Callers, form: Any, code: str, field: str
) -> None:
    problem = is_problem(callers.ask(BEIJING_CLERK, "POST", "/reports", **form), 422, "invalid")
    assert (code, field) in [(issue["code"], issue["field"]) for issue in problem["issues"]]
    assert all(field in issue["zh"] for issue in problem["issues"] if issue["field"] == field)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\表\\一季度.xlsx", "一季度.xlsx"),
        ("坏\u202e名.xlsx", "坏名.xlsx"),
        ("长" * 500 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)
def test_a_file_name_is_made_harmless(callers: Callers, name: str, kept: str) -> None:
    answer = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1), name=name)
    assert answer.json()["receipt"]["file_name"] == kept


def test_the_office_reviews_and_a_decision_stands(callers: Callers) -> None:
    receipt = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1)).json()["receipt"]
    report = f"/reports/{receipt['report']}"
    is_problem(callers.ask(BEIJING_CLERK, "POST", f"{report}/accept"), 403)
    accepted = callers.ask(OFFICE_STAFF, "POST", f"{report}/accept")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    again = callers.ask(OFFICE_STAFF, "POST", f"{report}/return", json={"reason": "晚了"})
    assert "accepted" in is_problem(again, 409, "wrong-state")["detail"]


def test_a_returned_report_carries_the_reason_and_a_corrected_one_follows(callers: Callers) -> None:
    first = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1)).json()["receipt"]
    path = f"/reports/{first['report']}/return"
    is_problem(callers.ask(OFFICE_STAFF, "POST", path, json={"reason": "  "}), 422)
    is_problem(callers.ask(OFFICE_STAFF, "POST", path, json={}), 422)
    is_problem(callers.ask(OFFICE_STAFF, "POST", path, json={"reason": "x", "state": "accepted"}), 422)
    returned = callers.ask(OFFICE_STAFF, "POST", path, json={"reason": "合计不对"}).json()
    assert (returned["state"], returned["reason"]) == ("returned", "合计不对")
    fewer = {series("E210", "2021Q1"): number(0)}
    second = callers.hand_in(BEIJING_CLERK, callers.office.workbook(BEIJING, 1, fewer)).json()["receipt"]
    assert (second["version"], second["state"]) == (2, "resubmitted")


@pytest.mark.parametrize("act", ["accept", "return"])
def test_a_report_that_does_not_exist_cannot_be_decided(callers: Callers, act: str) -> None:
    is_problem(callers.ask(OFFICE_STAFF, "POST", f"/reports/none/{act}", json={"reason": "x"}), 404)


def test_the_file_comes_back_byte_for_byte(callers: Callers) -> None:
    content = callers.office.workbook(BEIJING, 1)
    receipt = callers.hand_in(BEIJING_CLERK, content).json()["receipt"]
    path = f"/reports/{receipt['report']}/file"
    answer = callers.get(AUDITOR, path)
    assert answer.content == content
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-v1.xlsx"'
    again = callers.get(AUDITOR, path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_list_comes_in_pages_without_gaps(callers: Callers) -> None:
    for unit, who in ((BEIJING, BEIJING_CLERK), (TIANJIN, TIANJIN_CLERK)):
        for quarter in (1, 2):
            content = callers.office.workbook(unit, quarter)
            assert callers.hand_in(who, content, unit=unit, period=f"2021Q{quarter}").status_code == 201
    whole = callers.get(OFFICE_STAFF, "/reports").json()
    seen, after = [], None
    for _ in range(4):
        params = {"limit": 1} if after is None else {"limit": 1, "after": after}
        page = callers.get(OFFICE_STAFF, "/reports", params=params).json()
        seen += page["items"]
        after = page["next"]
    assert after is None
    assert seen == whole["items"]
    assert len({each["report"] for each in seen}) == 4
    one = callers.get(OFFICE_STAFF, "/reports", params={"unit": BEIJING, "period": "2021Q2"}).json()
    assert [(each["unit"], each["period"]) for each in one["items"]] == [(BEIJING, "2021Q2")]


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 501}, {"limit": "many"}])
def test_a_page_of_no_size_is_refused(callers: Callers, params: Any) -> None:
    problem = is_problem(callers.get(OFFICE_STAFF, "/reports", params=params), 422)
    assert problem["issues"][0]["field"] == "limit"


def test_a_page_after_nothing_is_not_found(callers: Callers) -> None:
    is_problem(callers.get(OFFICE_STAFF, "/reports", params={"after": "none"}), 404)


def test_a_table_is_taken_whole_or_not_at_all(callers: Callers) -> None:
    table = "unit,period,element,value\n110000,2021Q1,NONE,1\nnowhere,2021Q1,E101,1\n"
    answer = callers.ask(
        OFFICE_STAFF,
        "POST",
        "/tables",
        data={"year": "2021"},
        files={"file": ("部门数据.csv", table.encode())},
    )
    problem = is_problem(answer, 422, "rejected")
    assert [(issue["file"], issue["line"]) for issue in problem["issues"]] == [
        ("部门数据.csv", 2),
        ("部门数据.csv", 3),
    ]
    assert nothing_kept(callers)


@pytest.mark.parametrize(
    ("year", "status"), [("2035", 404), ("今年", 422), ("２０２１", 422), ("-2021", 422)]
)
def test_a_table_needs_a_year_with_a_rule_set(callers: Callers, year: str, status: int) -> None:
    answer = callers.ask(
        OFFICE_STAFF, "POST", "/tables", data={"year": year}, files={"file": ("t.csv", b"unit\n")}
    )
    is_problem(answer, status)
