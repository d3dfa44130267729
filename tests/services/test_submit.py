"""Handing in: what is kept, what is refused, and that nothing is ever half kept."""

from __future__ import annotations

import pytest

from models.records import ReportState
from services.errors import Invalid, NotAllowed, NotFound, Rejected
from services.review import accept_report
from services.submit import check_report, submit_report
from tests.support.office import BEIJING, OFFICE, TIANJIN, Office, clerk, number, series


def log_length(office: Office) -> int:
    with office.context.read() as work:
        return work.log.last_position()


def test_a_clean_report_is_submitted_and_answered_with_a_receipt(office: Office) -> None:
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1), "北京一季度.xlsx")
    assert answer.receipt.state is ReportState.SUBMITTED
    assert (answer.receipt.version, answer.receipt.file_name, answer.repeated) == (
        1,
        "北京一季度.xlsx",
        False,
    )
    assert answer.receipt.received_at == office.now
    assert answer.intake.issues == ()


def test_the_same_bytes_twice_give_the_same_receipt_and_no_new_version(office: Office) -> None:
    content = office.workbook(BEIJING, 1)
    first = office.submit(BEIJING, 1, content)
    before = log_length(office)
    again = office.submit(BEIJING, 1, content, "another-name.xlsx")
    assert again.repeated
    assert again.receipt == first.receipt
    assert log_length(office) == before


def test_figures_that_gave_way_to_others_can_be_reported_anew(office: Office) -> None:
    content = office.workbook(BEIJING, 1)
    changed = {series("E101", "2021Q1", "市场监管"): number(1)}
    first = office.accepted(BEIJING, 1)
    second = office.explained(office.submit(BEIJING, 1, office.workbook(BEIJING, 1, changed)))
    assert office.submit(BEIJING, 1, content).receipt == first
    accept_report(office.context, actor=OFFICE, report=second.report)
    anew = office.submit(BEIJING, 1, content)
    assert (anew.repeated, anew.receipt.version, anew.receipt.state) == (False, 3, ReportState.DRAFT)
    handed_in = office.explained(anew)
    assert handed_in.state is ReportState.RESUBMITTED
    assert office.submit(BEIJING, 1, content).receipt == handed_in


def test_a_file_that_was_returned_stays_returned(office: Office) -> None:
    faulty = office.workbook(BEIJING, 1, {series("E602", "2021Q1", "市场监管"): number(10**6)})
    returned = office.submit(BEIJING, 1, faulty).receipt
    office.accepted(BEIJING, 1)
    again = office.submit(BEIJING, 1, faulty)
    assert (again.repeated, again.receipt) == (True, returned)


def test_a_report_with_hard_issues_is_kept_as_returned_and_its_figures_do_not_count(office: Office) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, faulty))
    assert answer.receipt.state is ReportState.RETURNED
    assert all(issue.place.cell and issue.place.sheet for issue in answer.intake.issues)
    with office.context.read() as work:
        assert work.reports.issues(answer.receipt.report) == answer.intake.issues
        assert list(work.reports.facts(answer.receipt.report)) == []


def test_a_corrected_report_is_the_next_version(office: Office) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1, faulty))
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    assert (answer.receipt.version, answer.receipt.state) == (2, ReportState.RESUBMITTED)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"not a workbook", id="a text file"),
        pytest.param(b"", id="nothing at all"),
        pytest.param(b"PK\x03\x04" + bytes(40), id="half a zip"),
    ],
)
def test_what_is_no_workbook_is_rejected_and_leaves_no_trace(office: Office, content: bytes) -> None:
    before = log_length(office)
    with pytest.raises(Rejected) as refused:
        office.submit(BEIJING, 1, content)
    assert refused.value.issues[0].zh
    assert log_length(office) == before
    with office.context.read() as work:
        assert work.reports.list(unit=BEIJING) == ()
        assert work.blobs.digests() == ()


def test_the_report_of_another_region_or_quarter_is_rejected(office: Office) -> None:
    foreign = office.workbook(TIANJIN, 1)
    with pytest.raises(Rejected):
        office.submit(BEIJING, 1, foreign)
    with pytest.raises(Rejected):
        office.submit(TIANJIN, 2, foreign)


def test_an_opening_balance_that_is_not_the_last_closing_one_is_found(office: Office) -> None:
    office.accepted(BEIJING, 1)
    changed = {series("E105", "2021Q2", "市场监管"): number(7)}
    answer = office.submit(BEIJING, 2, office.workbook(BEIJING, 2, changed))
    assert answer.receipt.state is ReportState.RETURNED
    assert any("E105" in (issue.place.row_label + issue.zh) for issue in answer.intake.issues)


def test_a_dry_run_says_the_same_and_keeps_nothing(office: Office) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    content = office.workbook(BEIJING, 1, faulty)
    dry = check_report(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1", content=content)
    assert log_length(office) == 0
    assert dry.intake == office.submit(BEIJING, 1, content).intake


@pytest.mark.parametrize("actor", [OFFICE, clerk(TIANJIN)])
def test_nobody_hands_in_for_a_region_but_the_region(office: Office, actor: object) -> None:
    with pytest.raises(NotAllowed):
        submit_report(
            office.context,
            actor=actor,  # type: ignore[arg-type]
            unit=BEIJING,
            period="2021Q1",
            content=b"",
            file_name="x.xlsx",
        )


@pytest.mark.parametrize(("period", "error"), [("2021", Invalid), ("一季度", Invalid), ("2035Q1", NotFound)])
def test_only_quarters_with_a_rule_set_take_reports(
    office: Office, period: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        check_report(office.context, actor=clerk(BEIJING), unit=BEIJING, period=period, content=b"")
