"""Reviewing: accepting and returning, each once, with a reason and a log entry."""

from __future__ import annotations

import pytest

from models.records import ReportState
from services.errors import Conflict, Invalid, NotAllowed
from services.report_life import IllegalMove
from services.review import accept_report, return_report
from tests.support.office import AUDITOR, BEIJING, OFFICE, Office, clerk, number, series


def test_an_accepted_report_is_in_force(office: Office) -> None:
    receipt = office.accepted(BEIJING, 1)
    assert receipt.state is ReportState.ACCEPTED
    with office.context.read() as work:
        assert [report.id for report in work.reports.in_force(unit=None)] == [receipt.report]


def test_a_returned_report_carries_its_reason_and_the_accepted_version_stays_in_force(office: Office) -> None:
    accepted = office.accepted(BEIJING, 1)
    second = office.submit(BEIJING, 1, office.workbook(BEIJING, 1) + b"").receipt
    assert second == accepted  # the same bytes: nothing new to return
    with pytest.raises(IllegalMove):
        return_report(office.context, actor=OFFICE, report=accepted.report, reason="再查")
    with office.context.read() as work:
        assert [report.id for report in work.reports.in_force(unit=None)] == [accepted.report]


def test_returning_needs_a_reason(office: Office) -> None:
    report = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt.report
    with pytest.raises(Invalid):
        return_report(office.context, actor=OFFICE, report=report, reason="  ")
    returned = return_report(office.context, actor=OFFICE, report=report, reason="E101 与上年相差过大")
    assert (returned.state, returned.reason) == (ReportState.RETURNED, "E101 与上年相差过大")


def test_a_report_is_decided_once(office: Office) -> None:
    report = office.accepted(BEIJING, 1).report
    with pytest.raises(IllegalMove):
        accept_report(office.context, actor=OFFICE, report=report)


def test_an_earlier_version_cannot_be_accepted_after_a_later_one_but_returned(office: Office) -> None:
    changed = {series("E101", "2021Q1", "市场监管"): number(1)}
    early = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt
    late = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, changed)).receipt
    if late.state is ReportState.RETURNED:
        pytest.fail("the changed report should be in order")
    accept_report(office.context, actor=OFFICE, report=late.report)
    with pytest.raises(Conflict, match="第 2 版已通过"):
        accept_report(office.context, actor=OFFICE, report=early.report)
    with office.context.read() as work:
        assert work.reports.by_id(early.report, unit=None).state is ReportState.SUBMITTED
        assert [entry.act for entry in work.log.entries()][-1] == "accept_report"
        assert [report.id for report in work.reports.in_force(unit=None)] == [late.report]
    returned = return_report(office.context, actor=OFFICE, report=early.report, reason="以第2版为准")
    assert returned.state is ReportState.RETURNED


@pytest.mark.parametrize("actor", [AUDITOR, clerk(BEIJING)])
def test_only_the_office_reviews(office: Office, actor: object) -> None:
    report = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt.report
    with pytest.raises(NotAllowed):
        accept_report(office.context, actor=actor, report=report)  # type: ignore[arg-type]


def test_every_act_is_in_the_log_with_its_actor(office: Office) -> None:
    office.accepted(BEIJING, 1)
    with office.context.read() as work:
        entries = work.log.entries()
    assert [(entry.act, entry.actor) for entry in entries] == [
        ("keep_rule_set", "clerk-110000"),
        ("submit_report", "clerk-110000"),
        ("accept_report", "office-1"),
    ]
