"""Definitions: formulas by name, put in where they are used, never in a ring and never without end."""

from __future__ import annotations

import pytest

from scoring.codes import NodeCode
from scoring.errors import Severity
from scoring.expression_text import expression_text
from scoring.rulebook.language import MOST_WRITTEN_OUT
from scoring.rulebook.rules import RuleSet
from tests.support.defects import FORM, RATE, RULESET, Defect, assert_told, defect
from tests.support.rulesets import changed, load, rules_from, small_files

LINES = "breakdowns:\n  lines:"
RATE_VALUE = "100 * E2 / E1"


def defined(*definitions: str) -> tuple[str, str, str]:
    written = "".join(f"  {each}\n" for each in definitions)
    return (RULESET, LINES, f"definitions:\n{written}{LINES}")


def with_definitions(value: str, *definitions: str) -> RuleSet:
    files = small_files()
    for file, old, new in (defined(*definitions), (RATE, f"value: {RATE_VALUE}", f"value: {value}")):
        files = changed(files, file, old, new)
    return rules_from(files)


def root_of(rules: RuleSet) -> str:
    formula = rules.indicators[NodeCode("I1")].value
    assert formula is not None
    return expression_text(formula.root)


def test_a_definition_stands_for_its_formula() -> None:
    rules = with_definitions("100 * 办结比", "办结比: {formula: E2 / E1, title: 办结比例, measure: 倍}")
    assert root_of(rules) == "100 * (E2 / E1)"
    found = rules.definitions["办结比"]
    assert (found.title, found.measure, found.formula.text) == ("办结比例", "倍", "E2 / E1")
    value = rules.indicators[NodeCode("I1")].value
    assert value is not None
    assert (value.text, value.uses) == ("100 * 办结比", ("办结比",))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_definitions_may_use_each_other_in_any_order(order: tuple[int, ...]) -> None:
    written = ("share: {formula: done / due}", "done: {formula: E2}", 'due: {formula: "max(done, E1)"}')
    rules = with_definitions("100 * share", *(written[place] for place in order))
    assert root_of(rules) == "100 * (E2 / max(E2, E1))"
    assert list(rules.definitions) == [written[place].partition(":")[0] for place in order]


def test_a_definition_may_be_a_condition_or_cases() -> None:
    rules = with_definitions(
        "IF(busy, level, 0)",
        "busy: {formula: E1 > 10}",
        "level: {formula: {cases: [{when: E2 > 5, then: 2}], otherwise: 1}}",
    )
    assert root_of(rules) == "IF(E1 > 10, IF(E2 > 5, 2, 1), 0)"


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "definitions in a ring",
            defined("a: {formula: b + 1}", "b: {formula: c}", "c: {formula: a * 2}", "d: {formula: a}"),
            code="definition-ring",
            at="{formula: b + 1}",
            found="a",
        ),
        defect(
            "a definition of itself",
            defined("a: {formula: a + 1}"),
            code="definition-ring",
            at="{formula: a + 1}",
            found="a",
        ),
        defect(
            "a definition is misspelt",
            (RATE, RATE_VALUE, "100 * shaer"),
            defined("share: {formula: E2 / E1}"),
            code="unknown-name",
            at="shaer",
        ),
        defect(
            "a definition asks for what is not there",
            defined("share: {formula: E2 / E11}"),
            code="unknown-name",
            at="E11}",
        ),
        defect(
            "a definition has no formula", defined("a: {title: 无}"), code="missing-key", at="{title: 无}"
        ),
        defect(
            "a definition has the name of an element",
            defined("E1: {formula: E2}"),
            code="duplicate-code",
            at="E1: {formula",
            found="E1",
        ),
        defect(
            "a definition has the name of a scope",
            defined("peers: {formula: E2}"),
            code="duplicate-code",
            at="peers: {formula",
            found="peers",
        ),
        defect(
            "a definition has no plain name",
            defined("办结-比: {formula: E2}"),
            code="wrong-form",
            at="办结-比: {formula",
            found="办结-比",
        ),
        defect(
            "a definition is called if",
            defined("if: {formula: E2}"),
            code="wrong-form",
            at="if: {formula",
            found="if",
        ),
        defect(
            "a check of a form looks at other units by a definition",
            (FORM, "rule: E2 <= E1,", "rule: E2 <= most,"),
            defined("most: {formula: units_max(E1)}"),
            code="formula-not-allowed",
            at="most, message",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_a_ring_is_told_with_everything_in_it() -> None:
    files = changed(small_files(), *defined("a: {formula: b + 1}", "b: {formula: c}", "c: {formula: a * 2}"))
    (issue,) = [each for each in load(files)[1] if each.severity is Severity.HARD]
    assert "a → b → c → a" in issue.zh


def test_doubling_definitions_end_at_a_bound_and_not_in_memory() -> None:
    doubling = [f"d{number + 1}: {{formula: d{number} + d{number}}}" for number in range(40)]
    files = changed(small_files(), *defined("d0: {formula: E1}", *doubling))
    _, issues = load(files)
    first = next(each for each in issues if each.severity is Severity.HARD)
    assert first.code == "formula-too-long"
    assert str(MOST_WRITTEN_OUT) in first.zh
