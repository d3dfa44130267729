"""The store of explanations: the last saying holds, all are kept, and accepted ones are found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.errors import Conflict
from models.records import ReportId, ReportState
from models.unit_of_work import Database
from scoring.codes import PeriodCode
from tests.support.stored import A_REPORT, AN_EXPLANATION, BEIJING, TIANJIN, add_report, keep_basics

AGAIN = replace(AN_EXPLANATION, version=2, text="剑网行动集中办结了积案")
OTHER = replace(AN_EXPLANATION, issue_key="cell-blank|E105|合计", text="暂时取不到数，下季补报")


def filled(database: Database) -> None:
    with database.writing() as work:
        keep_basics(work)
        add_report(work)
        work.explanations.add([AN_EXPLANATION, OTHER, AGAIN])
        work.commit()


def test_the_last_saying_holds_and_the_earlier_one_is_kept(database: Database) -> None:
    filled(database)
    with database.reading() as work:
        holds = work.explanations.of_report(A_REPORT.id)
        assert holds == {AN_EXPLANATION.issue_key: AGAIN, OTHER.issue_key: OTHER}
        assert work.explanations.history(A_REPORT.id) == (OTHER, AN_EXPLANATION, AGAIN)
        assert work.explanations.next_version(A_REPORT.id, AGAIN.issue_key) == 3
        assert work.explanations.next_version(A_REPORT.id, "new") == 1


def test_one_version_is_said_once(database: Database) -> None:
    filled(database)
    with pytest.raises(Conflict), database.writing() as work:
        work.explanations.add([replace(AGAIN, text="别的话")])


def test_only_what_was_accepted_is_offered_again_and_of_two_quarters_the_later(database: Database) -> None:
    filled(database)
    later = replace(A_REPORT, id=ReportId("report-2"), period=PeriodCode("2021Q2"))
    with database.writing() as work:
        work.reports.add(later)
        work.explanations.add([replace(AN_EXPLANATION, report_id=later.id, text="二季度的话")])
        work.commit()
    quarters = (PeriodCode("2021Q1"), PeriodCode("2021Q2"))
    with database.writing() as work:
        assert work.explanations.accepted(BEIJING, "region", quarters) == {}
        for report in (A_REPORT, later):
            work.reports.move(report.id, from_states=[ReportState.SUBMITTED], to_state=ReportState.ACCEPTED)
        work.commit()
    with database.reading() as work:
        found = work.explanations.accepted(BEIJING, "region", quarters)
        assert {key: each.text for key, each in found.items()} == {
            AN_EXPLANATION.issue_key: "二季度的话",
            OTHER.issue_key: OTHER.text,
        }
        assert work.explanations.accepted(BEIJING, "region", quarters[:1])[AGAIN.issue_key] == AGAIN
        assert work.explanations.accepted(TIANJIN, "region", quarters) == {}
        assert work.explanations.accepted(BEIJING, "office", quarters) == {}
        assert work.explanations.accepted(BEIJING, "region", ()) == {}
