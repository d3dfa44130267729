"""indicators/*.yaml: formulas, policies and examples."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.parse_policies import policy_from_text
from scoring.rulebook.rules import Indicator, Policy
from scoring.rulebook.sources import Source
from tests.support.defects import RATE, WHOLE_EXAMPLE, Change, Defect, assert_told, defect, method
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "an indicator has no formula",
            (RATE, "value: 100 * E2 / E1\n", ""),
            (RATE, WHOLE_EXAMPLE, ""),
            code="missing-key",
            at="code: I1",
            more=[],
        ),
        defect(
            "an indicator that divides says nothing of zero",
            (RATE, "zero_denominator: not_applicable\n", ""),
            code="missing-key",
            at="code: I1",
        ),
        defect(
            "an indicator with a root says nothing of what is undefined",
            (RATE, "value: 100 * E2 / E1", "value: sqrt(E2) / E1"),
            (RATE, WHOLE_EXAMPLE, ""),
            code="missing-key",
            at="code: I1",
        ),
        defect(
            "an indicator says nothing of what is missing",
            (RATE, "missing: zero\n", ""),
            code="missing-key",
            at="code: I1",
        ),
        defect(
            "an indicator gives no reason",
            (RATE, "reason: 说明办得怎样\n", ""),
            code="missing-key",
            at="code: I1",
        ),
        defect(
            "an indicator gives no source",
            (RATE, "source: {document: paper, text: 第一条}\n", ""),
            code="missing-key",
            at="code: I1",
        ),
        defect(
            "a formula is misspelt", (RATE, "100 * E2 / E1", "100 * E2 / E11"), code="unknown-name", at="E11"
        ),
        defect(
            "a formula over two lines is misspelt",
            (RATE, "value: 100 * E2 / E1", "value:\n  100 * E2\n  / E11"),
            code="unknown-name",
            at="8:",
        ),
        defect(
            "it applies when a number",
            (RATE, "points: 60\n", "points: 60\napplicable_when: E1\n"),
            code="formula-type",
            at="E1\nmeasure",
        ),
        defect(
            "an example says nothing of what it expects",
            (RATE, "    expect: {value: 90, points: 60}\n", ""),
            code="missing-key",
            at="name: 办结九成",
        ),
        defect(
            "an example expects nothing",
            (RATE, "expect: {value: 90, points: 60}", "expect: {}"),
            code="wrong-form",
            at="{}",
        ),
        defect(
            "an example expects an unknown outcome",
            (RATE, "{value: 90, points: 60}", "{outcome: scord}"),
            code="unknown-word",
            at="scord",
        ),
        defect(
            "an example gives a list",
            (RATE, "{E1: 10, E2: 9}", "{E1: [10], E2: 9}"),
            code="wrong-form",
            at="[10]",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def indicator(*changes: Change) -> Indicator:
    return small_rules(*changes).indicators[NodeCode("I1")]


def test_an_indicator_holds_what_its_file_says() -> None:
    found = indicator()
    assert [found.code, found.name, found.parent, found.measure] == ["I1", "办结率", "item-1", "%"]
    assert [found.points, found.weight, found.clauses] == [60, 1, ("1.1",)]
    assert found.value is not None
    assert found.value.text == "100 * E2 / E1"
    assert found.source == Source(document="paper", text="第一条")
    assert [found.reason, found.missing.name, found.zero_denominator.name] == [
        "说明办得怎样",
        "zero",
        "not_applicable",
    ]
    assert str(found.place) == "indicators/I1.yaml:1:1"


def test_what_an_indicator_does_not_say_has_a_usual_meaning() -> None:
    found = indicator()
    assert [found.direction, found.yearly, found.statistical, found.applicable_when] == [
        "higher",
        False,
        False,
        None,
    ]
    assert found.rounding == Rounding(2)


def test_an_indicator_may_say_all_of_it() -> None:
    found = indicator(
        (
            RATE,
            "points: 60\n",
            "points: 60\ndirection: lower\nassessed: yearly\nassessor: 办公室\nevidence: 台账\n"
            "rounding: {places: 1, mode: truncate}\napplicable_when: E1 > 0\n",
        )
    )
    assert [found.direction, found.yearly, found.assessor, found.evidence] == [
        "lower",
        True,
        "办公室",
        "台账",
    ]
    assert found.rounding == Rounding(1, RoundingMode.TRUNCATE)
    assert found.applicable_when is not None


def test_an_example_holds_what_is_given_and_expected() -> None:
    passage = "given: {E1: 10, E2: 9}\n    expect: {value: 90, points: 60}"
    whole = (
        "given: {E1: {Q1: 10}, E2: NA}\n    last_year: {E1: 1}\n    peers: [{E1: 2}, {E2: 3}]\n"
        "    expect: {value: 200/3, points: 0, outcome: not_applicable}"
    )
    (found,) = indicator((RATE, passage, whole)).examples
    assert found.given == {"E1": {"Q1": "10"}, "E2": "NA"}
    assert [found.last_year, found.peers] == [{"E1": "1"}, ({"E1": "2"}, {"E2": "3"})]
    assert [found.value, found.points, found.outcome] == [Fraction(200, 3), 0, "not_applicable"]
    assert str(found.place) == "indicators/I1.yaml:14:5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zero", Policy(share=Fraction(0))),
        ("full", Policy(share=Fraction(1))),
        ("not_applicable", Policy(share=None)),
        ("no_score", Policy(share=None, blocks=True)),
        ("60%", Policy(share=Fraction("0.6"))),
        ("0.6", None),
        ("", None),
    ],
)
def test_a_policy_is_a_word_or_a_percentage(text: str, expected: Policy | None) -> None:
    assert policy_from_text(text) == expected
    assert expected is None or expected.name == text


def test_a_checklist_makes_its_own_formula() -> None:
    found = indicator(
        (RATE, "value: 100 * E2 / E1\n", ""),
        (RATE, "zero_denominator: not_applicable\n", ""),
        *method("{kind: checklist, parts: [{element: E6, name: 会, earn: 60}]}"),
    )
    assert found.value is not None
    assert found.value.text == "60×[E6=是]"
