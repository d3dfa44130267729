"""The answer to a kept report, given again: what was stored holds, whatever is known since."""

from __future__ import annotations

import pytest

from intake.report import Verdict
from scoring.facts import Standing
from services.errors import NotFound
from services.report_answers import answer_of_report
from services.submit_table import submit_table
from tests.support.office import (
    AUDITOR,
    BEIJING,
    OFFICE,
    TIANJIN,
    Office,
    clerk,
    number,
    sample_figures,
    series,
)

BLANK = {series("E203", "2021Q1"): Standing.MISSING}


def test_it_is_what_was_answered_at_first(office: Office) -> None:
    first = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, BLANK))
    again = answer_of_report(office.context, actor=clerk(BEIJING), report=first.receipt.report)
    assert (again.receipt, again.stakes, again.waiting) == (first.receipt, first.stakes, first.waiting)
    assert again.intake.issues == first.intake.issues
    assert again.intake.verdict is first.intake.verdict is Verdict.TO_EXPLAIN
    assert again.intake.missing == first.intake.missing
    assert again.intake.facts == first.intake.facts
    assert again.changes == first.changes


def test_what_was_accepted_since_raises_no_new_issue(office: Office) -> None:
    first = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, BLANK))
    more = {series("E203", "2021Q1"): number(900), series("E103", "2021Q1", "市场监管"): number(5000)}
    office.accepted(BEIJING, 1, more)
    again = answer_of_report(office.context, actor=clerk(BEIJING), report=first.receipt.report)
    assert again.intake.issues == first.intake.issues


def test_findings_are_for_the_reviewer_alone(office: Office) -> None:
    office.accepted(TIANJIN, 1, sample_figures(office.rules, BEIJING))
    report = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt.report
    assert answer_of_report(office.context, actor=AUDITOR, report=report).intake.findings
    assert answer_of_report(office.context, actor=clerk(BEIJING), report=report).intake.findings == ()


def test_to_another_region_it_does_not_exist(office: Office) -> None:
    report = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt.report
    with pytest.raises(NotFound):
        answer_of_report(office.context, actor=clerk(TIANJIN), report=report)


def test_a_table_of_another_provider_has_no_such_answer(office: Office) -> None:
    table = f"unit,period,element,value,breakdown\n{BEIJING},2021,AB1,1,\n"
    submit_table(office.context, actor=OFFICE, year=2021, content=table.encode(), file_name="t.csv")
    with office.context.read() as work:
        (stored,) = work.reports.list(unit=None)
    with pytest.raises(NotFound):
        answer_of_report(office.context, actor=OFFICE, report=stored.id)
