"""Explanations: what can be taken, and what issue they belong to wherever its cell has moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.explanations import Explanation, Unfit, unfit
from intake.issue_keys import IssueKey, issue_key
from scoring.errors import Issue, Place
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
        ("campaign", "剑网行动集中办结", None),
        ("holiday", "剑网行动集中办结", Unfit.UNKNOWN_REASON),
        ("campaign", "行 动 集 中", Unfit.TOO_SHORT),
        ("campaign", "行动集中办", None),
        ("campaign", "办" * 500, None),
        ("campaign", "办" * 501, Unfit.TOO_LONG),
    ],
)
def test_an_explanation_needs_a_known_reason_and_a_text_of_fair_length(
    reason: str, text: str, expected: Unfit | None
) -> None:
    given = Explanation(key=IssueKey("k"), reason=ReasonCode(reason), text=text)
    assert unfit(given, ExplanationRules()) is expected
