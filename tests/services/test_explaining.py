"""Explaining: drafts wait until every doubt has its own word; what was accepted is offered again."""

from __future__ import annotations

from datetime import datetime

import pytest

from intake.explanations import Explanation
from intake.issue_keys import IssueKey
from models.records import ReportId, ReportState
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.explanations import ReasonCode
from services.errors import Conflict, NotAllowed, NotFound, Rejected
from services.evidence import EvidenceView, Proves, attach_evidence, withdraw_evidence
from services.explaining import explain_issues, quarters_before
from services.reports import report_with_issues
from services.review import accept_report, return_report
from services.submit import check_report
from services.upload_answers import KeptAnswer
from tests.support.hostile_evidence import png
from tests.support.office import AUDITOR, BEIJING, CHINA, OFFICE, TIANJIN, Office, clerk, number, series

LEFT_BLANK = ("E203", "EA04")
BLANK: dict[Series, Amount | Standing] = {series(code, "2021Q1"): Standing.MISSING for code in LEFT_BLANK}
SECOND_QUARTER = datetime(2021, 7, 8, 10, tzinfo=CHINA)


def said(key: str, text: str = "数据尚未取得，下季补报", reason: str = "not_available") -> Explanation:
    return Explanation(key=IssueKey(key), reason=ReasonCode(reason), text=text)


@pytest.fixture
def draft(office: Office) -> KeptAnswer:
    """A report of 北京 with two figures left blank, and with what depends on them."""
    return office.submit(BEIJING, 1, office.workbook(BEIJING, 1, BLANK))


def test_a_report_with_doubts_is_a_draft_and_does_not_reach_the_reviewer(
    office: Office, draft: KeptAnswer
) -> None:
    assert draft.receipt.state is ReportState.DRAFT
    assert {"cell-blank|E203|数值", "cell-blank|EA04|数值"} <= set(draft.waiting)
    with pytest.raises(Exception, match="draft"):
        accept_report(office.context, actor=OFFICE, report=draft.receipt.report)


def test_with_the_last_word_the_report_is_submitted(office: Office, draft: KeptAnswer) -> None:
    report, (first, *rest) = draft.receipt.report, list(draft.waiting)
    some = explain_issues(office.context, actor=clerk(BEIJING), report=report, given=[said(first)])
    assert (some.receipt.state, some.open) == (ReportState.DRAFT, tuple(rest))
    done = explain_issues(office.context, actor=clerk(BEIJING), report=report, given=[*map(said, rest)])
    assert (done.receipt.state, done.open) == (ReportState.SUBMITTED, ())
    view = report_with_issues(office.context, actor=OFFICE, report=report)
    assert {each.text for each in view.explained.values()} == {"数据尚未取得，下季补报"}
    assert {each.actor for each in view.explained.values()} == {clerk(BEIJING).id}
    accept_report(office.context, actor=OFFICE, report=report)


def test_a_second_saying_counts_and_the_first_is_kept(office: Office, draft: KeptAnswer) -> None:
    report, key = draft.receipt.report, next(iter(draft.waiting))
    for text in ("第一次说的话", "第二次说的话"):
        explain_issues(office.context, actor=clerk(BEIJING), report=report, given=[said(key, text)])
    with office.context.read() as work:
        assert work.explanations.of_report(report)[key].text == "第二次说的话"
        assert [each.text for each in work.explanations.history(report)] == ["第一次说的话", "第二次说的话"]


def test_all_that_is_wrong_with_explanations_is_said_at_once_and_none_is_kept(
    office: Office, draft: KeptAnswer
) -> None:
    good, bad, *_ = draft.waiting
    given = [said(good), said(bad, "无"), said(bad, reason="weather"), said("check-f01-99|E103|")]
    with pytest.raises(Rejected) as refused:
        explain_issues(office.context, actor=clerk(BEIJING), report=draft.receipt.report, given=given)
    assert [issue.code for issue in refused.value.issues] == [
        "explanation-too-short",
        "explanation-unknown-reason",
        "explanation-of-nothing",
    ]
    with office.context.read() as work:
        assert work.explanations.of_report(draft.receipt.report) == {}


def test_who_may_not_hand_in_may_not_explain(office: Office, draft: KeptAnswer) -> None:
    given = [said(next(iter(draft.waiting)))]
    for actor, error in ((clerk(TIANJIN), NotFound), (OFFICE, NotAllowed), (AUDITOR, NotAllowed)):
        with pytest.raises(error):
            explain_issues(office.context, actor=actor, report=draft.receipt.report, given=given)
    with pytest.raises(NotFound):
        explain_issues(office.context, actor=clerk(BEIJING), report=ReportId("none"), given=given)


def test_a_report_that_was_submitted_is_not_explained_any_more(office: Office, draft: KeptAnswer) -> None:
    office.explained(draft)
    with pytest.raises(Conflict, match="submitted"):
        explain_issues(
            office.context,
            actor=clerk(BEIJING),
            report=draft.receipt.report,
            given=[said(next(iter(draft.waiting)))],
        )


def test_a_draft_that_was_given_up_for_a_later_version_cannot_be_submitted(
    office: Office, draft: KeptAnswer
) -> None:
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    given = [said(key) for key in draft.waiting]
    with pytest.raises(Conflict, match="第 2 版"):
        explain_issues(office.context, actor=clerk(BEIJING), report=draft.receipt.report, given=given)


def test_what_was_said_of_the_same_value_need_not_be_said_again_in_the_next_version(
    office: Office, draft: KeptAnswer
) -> None:
    receipt = office.explained(draft)
    return_report(office.context, actor=OFFICE, report=receipt.report, reason="E210 请核对")
    corrected: dict[Series, Amount | Standing] = {**BLANK, series("E210", "2021Q1"): number(0)}
    again = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, corrected))
    assert "cell-blank|E203|数值" in again.explained
    assert "cell-blank|E203|数值" not in again.waiting


def test_an_accepted_explanation_is_offered_next_quarter_and_no_longer_than_the_rules_say(
    office: Office, draft: KeptAnswer
) -> None:
    accept_report(office.context, actor=OFFICE, report=office.explained(draft).report)
    office.now = SECOND_QUARTER
    blank: dict[Series, Amount | Standing] = {series(code, "2021Q2"): Standing.MISSING for code in LEFT_BLANK}
    content = office.workbook(BEIJING, 2, blank)
    second = check_report(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q2", content=content
    )
    offer = second.offered[IssueKey("cell-blank|E203|数值")]
    assert (offer.period, offer.explanation.reason) == ("2021Q1", "confirmed")
    assert offer.explanation.text.startswith("已与台账核对无误")
    assert "cell-blank|E203|数值" in second.waiting, "an offer is not yet a saying"


@pytest.mark.parametrize(
    ("quarter", "count", "expected"),
    [
        ((2021, 1), 2, ("2020Q3", "2020Q4")),
        ((2021, 4), 1, ("2021Q3",)),
        ((2021, 3), 0, ()),
    ],
)
def test_offers_look_back_over_the_turn_of_the_year(
    quarter: tuple[int, int], count: int, expected: tuple[str, ...]
) -> None:
    assert quarters_before(Period(*quarter, yearly=False), count) == expected


def test_explaining_is_in_the_log_with_the_state_it_led_to(office: Office, draft: KeptAnswer) -> None:
    office.explained(draft)
    with office.context.read() as work:
        last = list(work.log.entries())[-1]
    assert (last.act, last.actor, last.detail["state"]) == ("explain_issues", clerk(BEIJING).id, "submitted")


def test_a_reason_that_needs_evidence_waits_for_a_file_linked_to_the_very_issue(
    office: Office, draft: KeptAnswer
) -> None:
    report, (key, other, *_) = draft.receipt.report, list(draft.waiting)
    given = [said(key, reason="large_case")]
    with pytest.raises(Rejected) as refused:
        explain_issues(office.context, actor=clerk(BEIJING), report=report, given=given)
    assert [issue.code for issue in refused.value.issues] == ["explanation-needs-evidence"]
    assert "个别重大案件" in refused.value.issues[0].zh
    attached = attach(office, other)
    with pytest.raises(Rejected):
        explain_issues(office.context, actor=clerk(BEIJING), report=report, given=given)
    attach(office, key)
    done = explain_issues(office.context, actor=clerk(BEIJING), report=report, given=given)
    assert done.given[key].reason == "large_case"
    assert attached.links[0].issue_key == other


def test_evidence_that_was_withdrawn_proves_nothing_any_more(office: Office, draft: KeptAnswer) -> None:
    key = next(iter(draft.waiting))
    file = attach(office, key).file
    withdraw_evidence(office.context, actor=clerk(BEIJING), evidence=file.id, because="传错了文件")
    with pytest.raises(Rejected):
        explain_issues(
            office.context,
            actor=clerk(BEIJING),
            report=draft.receipt.report,
            given=[said(key, reason="large_case")],
        )


def attach(office: Office, key: str) -> EvidenceView:
    """A picture that is to prove what is said to an issue."""
    return attach_evidence(
        office.context,
        actor=clerk(BEIJING),
        unit=BEIJING,
        period="2021Q1",
        content=png(),
        file_name="判决书.png",
        proves=Proves(issue=key),
    )
