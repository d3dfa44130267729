"""Issues and places as people read them, and what the library raises."""

from __future__ import annotations

import pytest

from scoring.errors import (
    Issue,
    Place,
    RuleSetInvalid,
    ScoringError,
    Severity,
    UnknownNode,
    UnknownUnit,
    has_hard,
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(file="a.yaml"), "a.yaml"),
        (Place(file="a.yaml", line=3), "a.yaml:3"),
        (Place(file="a.yaml", line=3, column=7), "a.yaml:3:7"),
        (Place(sheet="F01", cell="C5"), "F01!C5"),
        (Place(file="r.xlsx", sheet="F01", cell="C5"), "r.xlsx F01!C5"),
    ],
)
def test_a_place_reads_as_file_and_line_or_as_sheet_and_cell(place: Place, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize(
    ("issue", "text"),
    [
        (Issue(code="x-y", zh="错了", en="wrong"), "错了 [x-y]"),
        (Issue(code="x-y", zh="错了", en="wrong", fix_zh="改", place=Place(file="a")), "a: 错了 → 改 [x-y]"),
    ],
)
def test_an_issue_reads_as_place_sentence_remedy_and_code(issue: Issue, text: str) -> None:
    assert str(issue) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲省 没有\u3000报", "甲省 没有\u3000报"),
        ("甲\n乙\r丙", "甲\\n乙\\r丙"),
        ("\x1b[31m红\x07", "\\x1b[31m红\\x07"),
        ("\u202e倒\u2028行", "\\u202e倒\\u2028行"),
        ("\udcff", "\\udcff"),
        ("x" * 1000, "x" * 1000),
        ("x" * 1001, "x" * 1000 + "…"),
    ],
)
def test_an_issue_is_one_line_whatever_it_quotes(text: str, shown: str) -> None:
    issue = Issue(code="x-y", zh=text, en="", fix_zh=text, place=Place(file=text))
    assert str(issue) == f"{shown}: {shown} → {shown} [x-y]"


def test_soft_issues_stop_nothing() -> None:
    hard = Issue(code="a", zh="", en="")
    soft = Issue(code="b", zh="", en="", severity=Severity.SOFT)
    assert [has_hard(issues) for issues in ([], [soft], [soft, hard])] == [False, False, True]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuleSetInvalid([Issue(code="a", zh="", en="")]), "1 个问题"),
        (UnknownNode("I9"), "I9"),
        (UnknownUnit("999999"), "999999"),
    ],
)
def test_what_is_raised_says_what_it_was_about(error: ScoringError, words: str) -> None:
    assert words in str(error)
    assert isinstance(error, ScoringError)
    assert "issues" not in vars(error) or [each.code for each in vars(error)["issues"]] == ["a"]
