"""Formulas written as cases: choices from the first that applies, every mistake at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.errors import Issue
from scoring.expressions import Choice, Comparison, Expression, Figure, Number
from scoring.rulebook.cases import MOST_CASES
from tests.support.rulesets import changed, load, rules_from, small_files

E1 = Figure(ElementCode("E1"))
VALUE = "value: 100 * E2 / E1"


def number(value: int) -> Number:
    return Number(Fraction(value))


def above(value: int) -> Expression:
    return Comparison(">=", E1, number(value))


def with_value(text: str) -> dict[str, str]:
    files = changed(small_files(), "indicators/I1.yaml", VALUE, f"value: {text}")
    before, _, _ = files["indicators/I1.yaml"].partition("examples:")
    return {**files, "indicators/I1.yaml": before}


def issues_of(text: str) -> list[Issue]:
    return [each for each in load(with_value(text))[1] if each.code != "unused-element"]


def test_cases_are_choices_in_their_order() -> None:
    text = "{cases: [{when: E1 >= 10, then: 5}, {when: E1 >= 5, then: E2}], otherwise: 0}"
    formula = rules_from(with_value(text)).indicators["I1"].value  # type: ignore[index]
    assert formula is not None
    inner = Choice(above(5), Figure(ElementCode("E2")), number(0))
    assert formula.root == Choice(above(10), number(5), inner)
    assert formula.text == "E1 >= 10 时取 5;E1 >= 5 时取 E2;其余取 0"


@pytest.mark.parametrize(
    ("text", "code", "at", "words"),
    [
        ("{cases: [{when: E1, then: 5}], otherwise: 0}", "formula-type", "E1, then", "when 要写条件"),
        (
            "{cases: [{when: E1 > 1, then: E1 > 2}], otherwise: 0}",
            "formula-type",
            "E1 > 2",
            "then 要写一个数",
        ),
        ("{cases: [{when: E1 > 1, then: 1}], otherwise: E6}", "formula-type", "E6", "otherwise 要写一个数"),
        ("{cases: [{when: E1 > 1, then: E11}], otherwise: 0}", "unknown-name", "E11", "没有名为 E11"),
        ("{cases: [{when: E1 > 1, then: 1}]}", "missing-key", "{case", "缺少 otherwise"),
        ("{cases: [{then: 1}], otherwise: 0}", "missing-key", "{then", "缺少 when"),
        ("{cases: [], otherwise: 0}", "wrong-form", "[]", "至少写一种情形"),
        ("{case: [{when: E1 > 1, then: 1}], otherwise: 0}", "missing-key", "{case", "缺少 cases"),
        (
            "{cases: [{when: E1 > 1, them: 1, then: 2}], otherwise: 0}",
            "unknown-key",
            "them",
            "不认识的键 them",
        ),
        ("{cases: {when: E1 > 1, then: 1}, otherwise: 0}", "wrong-form", "{when", "cases 要写成列表"),
    ],
)
def test_each_mistake_is_told_at_its_place(text: str, code: str, at: str, words: str) -> None:
    first = issues_of(text)[0]
    assert (first.code, first.place.line, first.place.column) == (code, 7, 8 + text.index(at))
    assert words in first.zh


def test_so_many_cases_that_they_should_be_a_table_are_refused() -> None:
    case = "{when: E1 > 1, then: 1}"
    most = f"{{cases: [{', '.join([case] * MOST_CASES)}], otherwise: 0}}"
    more = f"{{cases: [{', '.join([case] * (MOST_CASES + 1))}], otherwise: 0}}"
    assert issues_of(most) == []
    assert [(each.code, each.fix_zh) for each in issues_of(more)] == [
        ("formula-too-long", "可以改用 tables:")
    ]


def test_a_condition_cannot_be_cases() -> None:
    files = changed(
        with_value("E1"),
        "indicators/I1.yaml",
        "value: E1",
        "value: E1\napplicable_when: {cases: [{when: E1 > 1, then: 1}], otherwise: 0}",
    )
    assert [each.code for each in load(files)[1]] == ["formula-type"]
