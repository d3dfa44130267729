"""Explanations: what can be taken, and what issue they belong to wherever its cell has moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.explanations import Explanation, explanation_issue, nothing_to_explain, soft_issues
from intake.issue_keys import IssueKey, issue_key
from scoring.errors import Issue, Place, Severity
from scoring.rulebook.explanations import ExplanationRules, ReasonCode

CHANGED = Issue(
    code="check-f01-26",
    zh="增减超过 30%",
    en="changed by more than 30%",
    place=Place(sheet="F01 行政执法办案季报表", cell="D9", row_label="E103 行政立案数", column_label="合计"),
)
BLANK_FORM = Issue(code="form-blank", zh="空白", en="blank", place=Place(sheet="F05 刑事司法情况表"))


def test_an_issue_keeps_its_key_when_its_cell_moves() -> None:
    moved = replace(CHANGED, place=replace(CHANGED.place, cell="D12", sheet="F01"))
    assert issue_key(moved) == issue_key(CHANGED) == "check-f01-26|E103|合计"


def test_an_issue_of_a_whole_form_is_known_by_the_form() -> None:
    assert issue_key(BLANK_FORM) == "form-blank|F05|"


def test_a_label_with_the_separator_cannot_pose_as_another_issue() -> None:
    tricky = replace(CHANGED, place=replace(CHANGED.place, column_label="市场|监管"))
    assert issue_key(tricky).count("|") == 2


@pytest.mark.parametrize(
    ("reason", "text", "expected"),
    [
        ("campaign", "剑网行动集中办结", ""),
        ("holiday", "剑网行动集中办结", "explanation-unknown-reason"),
        ("", "剑网行动集中办结", "explanation-without-reason"),
        ("campaign", "行 动 集 中", "explanation-too-short"),
        ("campaign", "行动集中办", ""),
        ("campaign", "办" * 500, ""),
        ("campaign", "办" * 501, "explanation-too-long"),
    ],
)
def test_an_explanation_needs_a_known_reason_and_a_text_of_fair_length(
    reason: str, text: str, expected: str
) -> None:
    given = Explanation(key=IssueKey("k"), reason=ReasonCode(reason), text=text)
    found = explanation_issue(given, ExplanationRules(), Place(sheet="问题清单", cell="N3"))
    assert (found.code if found else "") == expected
    assert found is None or found.place.cell == "N3"


def test_an_unknown_reason_is_answered_with_the_names_of_those_there_are() -> None:
    given = Explanation(key=IssueKey("k"), reason=ReasonCode("因为"), text="剑网行动集中办结")
    found = explanation_issue(given, ExplanationRules(), Place())
    assert found is not None
    assert "专项行动" in found.fix_zh
    assert "因为" in found.zh


def test_what_is_no_issue_cannot_be_explained() -> None:
    given = Explanation(key=IssueKey("check-f01-99|E103|"), reason=ReasonCode("other"), text="没有这回事")
    assert "check-f01-99|E103|" in nothing_to_explain(given).zh


def test_each_soft_issue_waits_once_and_hard_ones_never() -> None:
    soft = replace(CHANGED, severity=Severity.SOFT)
    again = replace(soft, place=replace(soft.place, cell="Z99"))
    assert soft_issues([BLANK_FORM, soft, again]) == {issue_key(soft): soft}


def test_an_explanation_that_cannot_be_taken_is_not_to_be_explained_itself() -> None:
    given = Explanation(key=IssueKey("k"), reason=ReasonCode("other"), text="无")
    wrong = explanation_issue(given, ExplanationRules(), Place())
    assert wrong is not None
    assert wrong.severity is Severity.SOFT
    assert soft_issues([wrong]) == {}
