"""Workbooks are given back with what is wrong in them: kept reports, files looked at, files at a desk."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from intake.explanations import Explanation
from intake.issue_keys import issue_key
from models.records import ReportState
from scoring.errors import Severity
from scoring.facts import Standing
from scoring.rulebook.explanations import ReasonCode
from services.annotated import annotated_check, annotated_file, annotated_report
from services.errors import Conflict, NotAllowed, NotFound
from services.explaining import explain_issues
from services.report_files import check_file
from tests.support.office import BEIJING, IN_TIME, OFFICE, ROOT, TIANJIN, Office, clerk, number, series

FAULTY = {series("E602", "2021Q1", "市场监管"): number(10**6)}
DOUBTFUL = {series("E106", "2021Q1", "市场监管"): number(10**6)}


def listed(content: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["问题清单"]
    heads = [str(cell.value) for cell in sheet[4]]
    return [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=5)]


def test_a_kept_report_comes_back_with_every_issue_that_was_kept(office: Office) -> None:
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, FAULTY))
    found = annotated_report(office.context, actor=clerk(BEIJING), report=answer.receipt.report)
    assert found.file_name == "110000-2021Q1-v1-annotated.xlsx"
    assert {row["问题"] for row in listed(found.content)} == {issue.zh for issue in answer.intake.issues}
    assert all(float(str(row["影响分值"])) >= 0 for row in listed(found.content))


def test_handing_it_in_again_is_handing_the_same_report_in(office: Office) -> None:
    first = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, FAULTY)).receipt
    found = annotated_report(office.context, actor=clerk(BEIJING), report=first.report)
    again = office.submit(BEIJING, 1, found.content)
    assert (again.repeated, again.receipt) == (True, first)


def test_another_regions_report_does_not_exist(office: Office) -> None:
    receipt = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, FAULTY)).receipt
    with pytest.raises(NotFound):
        annotated_report(office.context, actor=clerk(TIANJIN), report=receipt.report)
    assert annotated_report(office.context, actor=OFFICE, report=receipt.report).content


def test_a_file_that_is_only_looked_at_leaves_no_trace(office: Office) -> None:
    content = office.workbook(BEIJING, 1, FAULTY)
    found = annotated_check(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1", content=content
    )
    assert "必须改正" in {row["级别"] for row in listed(found.content)}
    with office.context.read() as work:
        assert work.log.last_position() == 0
        assert work.blobs.digests() == ()
    with pytest.raises(NotAllowed):
        annotated_check(office.context, actor=clerk(TIANJIN), unit=BEIJING, period="2021Q1", content=content)


def test_a_file_that_cannot_be_read_is_answered_with_the_list_alone(office: Office) -> None:
    found = annotated_check(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1", content=b"PK\x03\x04" + bytes(40)
    )
    assert found.file_name == "110000-2021Q1-issues.xlsx"
    assert len(listed(found.content)) == 1


def test_a_report_in_order_comes_back_as_it_was(office: Office) -> None:
    content = office.workbook(BEIJING, 1)
    found = annotated_check(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1", content=content
    )
    assert found.content == content


def test_what_was_said_to_an_issue_is_filled_in(office: Office) -> None:
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, DOUBTFUL))
    assert answer.receipt.state is ReportState.DRAFT, [str(each) for each in answer.intake.issues]
    soft = [issue for issue in answer.intake.issues if issue.severity is Severity.SOFT]
    said = Explanation(key=issue_key(soft[0]), reason=ReasonCode("campaign"), text="一起特大制假案")
    explain_issues(office.context, actor=clerk(BEIJING), report=answer.receipt.report, given=[said])
    found = annotated_report(office.context, actor=clerk(BEIJING), report=answer.receipt.report)
    assert ("专项行动", "一起特大制假案") in {(row["原因"], row["情况说明"]) for row in listed(found.content)}


def test_what_was_accepted_last_quarter_is_offered_and_counts_only_with_a_reason(office: Office) -> None:
    blank = {series("E203", "2021Q1"): Standing.MISSING}
    office.accepted(BEIJING, 1, blank)
    office.now = IN_TIME[2]
    content = office.workbook(BEIJING, 2, {series("E203", "2021Q2"): Standing.MISSING})
    actor = clerk(BEIJING)
    marked = annotated_check(office.context, actor=actor, unit=BEIJING, period="2021Q2", content=content)
    (row,) = [each for each in listed(marked.content) if "E203" in str(each["数据项"])]
    assert (row["原因"] or "", row["情况说明"]) == ("", "已与台账核对无误：cell-blank")
    again = office.submit(BEIJING, 2, marked.content)
    assert again.receipt.state is ReportState.DRAFT
    assert "explanation-without-reason" in {issue.code for issue in again.intake.issues}


def test_at_a_desk_the_same_file_gives_the_same_list_without_a_database(
    office: Office, tmp_path: Path
) -> None:
    file, rules = tmp_path / "报表.xlsx", ROOT / "rules" / "national" / "2021"
    file.write_bytes(office.workbook(BEIJING, 1, FAULTY))
    found = check_file(folder=rules, file=file).intake
    content = annotated_file(folder=rules, file=file, found=found)
    assert {row["问题"] for row in listed(content)} == {issue.zh for issue in found.issues}
    file.write_bytes(office.workbook(BEIJING, 1))
    with pytest.raises(Conflict):
        annotated_file(folder=rules, file=file, found=found)
