"""A report may come in any format: it is the same report, and it is sent back as what it was."""

from __future__ import annotations

import pytest

from models.records import ReportId, ReportState
from services.errors import Rejected
from services.reports import original_file
from tests.support.biff import biff_of
from tests.support.csv_files import csv_text, csv_zip
from tests.support.office import BEIJING, OFFICE, Office
from tests.support.reports import opened


def in_other_formats(content: bytes) -> dict[str, bytes]:
    """The same workbook by the ending that its file has."""
    workbook = opened(content)
    return {".xls": biff_of(workbook).file(), ".zip": csv_zip(workbook, separator="\t")}


@pytest.mark.parametrize("suffix", [".xls", ".zip"])
def test_a_report_in_another_format_is_submitted_kept_and_sent_back(office: Office, suffix: str) -> None:
    content = in_other_formats(office.workbook(BEIJING, 1))[suffix]
    answer = office.submit(BEIJING, 1, content, "报表.xlsx")
    assert answer.receipt.state is ReportState.SUBMITTED
    assert answer.intake.issues == ()
    export = original_file(office.context, actor=OFFICE, report=ReportId(answer.receipt.report))
    assert export.content == content
    assert export.file_name == f"110000-2021Q1-v1{suffix}"


def test_the_same_figures_in_another_format_are_the_same_report(office: Office) -> None:
    content = office.workbook(BEIJING, 1)
    first = office.submit(BEIJING, 1, content)
    for other in in_other_formats(content).values():
        again = office.submit(BEIJING, 1, other)
        assert again.intake.figures_digest == first.intake.figures_digest


def test_a_single_form_as_text_is_returned_with_what_is_missing(office: Office) -> None:
    sheet = opened(office.workbook(BEIJING, 1)).sheets[1]
    answer = office.submit(BEIJING, 1, csv_text(sheet).encode("gb18030"), "F01.csv")
    assert answer.receipt.state is ReportState.RETURNED
    assert {issue.code for issue in answer.intake.issues} == {"sheet-beside-csv"}


def test_a_text_of_another_unit_is_not_kept(office: Office) -> None:
    sheet = opened(office.workbook(BEIJING, 1)).sheets[1]
    with pytest.raises(Rejected) as caught:
        office.submit(BEIJING, 1, csv_text(sheet).replace("北京市", "天津市").encode())
    assert [issue.code for issue in caught.value.issues] == ["wrong-unit"]
