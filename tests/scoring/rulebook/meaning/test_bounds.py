"""Bounds of formulas from elements, units and the checks of the forms."""

from __future__ import annotations

import pytest

from scoring.errors import Place
from scoring.expressions import Formula
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.meaning.bounds import Bounds
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.vocabulary import vocabulary_of
from tests.support.rulesets import changed, rules_from, small_files

FORM = "forms/F01.yaml"
MORE = """  - {code: S1, name: 本月, measure: 件, type: integer, maximum: 3, over_time: last}
  - {code: S2, name: 度数, measure: 度, type: decimal, minimum: -5, maximum: 40, over_time: last}
  - {code: S3, name: 累加, measure: 件, type: integer, minimum: 1, maximum: 3}
  - {code: S4, name: 期初, measure: 件, type: integer, over_time: first}
"""
CHECKS = """  - {code: F01-3, rule: S1 <= S4 + E1, message: 不多于}
  - {code: F01-4, rule: S3 <= S4, message: 不多于, measured_over: year_to_date}
  - {code: F01-5, rule: E7 <= E1, message: 不多于, severity: soft}
"""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    files = changed(small_files(), FORM, "  - {code: X3,", f"{MORE}  - {{code: X3,")
    return rules_from({**files, FORM: files[FORM] + CHECKS})


def formula(rules: RuleSet, text: str) -> Formula:
    kinds = {name: each.kind for name, each in rules.attributes.items()}
    words: Vocabulary = vocabulary_of(rules.elements.values(), kinds, rules.constants)
    found, issues = parse_formula(text, words, Place())
    assert found is not None, issues
    return found


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("E1", "[0, +∞)"),
        ("S1", "[0, 3]"),
        ("S2", "[-5, 40]"),
        ("S3", "[1, 12]"),
        ("S1 - S2", "[-40, 8]"),
        ("100 * E2 / E1", "[0, 100]"),
        ("E2 / (2 * E1)", "[0, +∞)"),
        ("E1 / (E1 + E2)", "[0, 1]"),
        ("E1 - E2", "[0, +∞)"),
        ("E2 - E1", "(-∞, +∞)"),
        ("S1 / (S4 + E1)", "[0, +∞)"),
        ("S3 / S4", "[0, 1]"),
        ("E7 / E1", "[0, +∞)"),
        ("E3[市场监管] / E3", "[0, 1]"),
        ("E3 / E3[市场监管]", "[0, +∞)"),
        ("population", "[250, 1000]"),
        ("100 / population", "[0.1, 0.4]"),
        ("min(E1, 5)", "[0, 5]"),
        ("max(S2, 0)", "[0, 40]"),
        ("clamp(E1, 2, 9)", "[2, 9]"),
        ("abs(S2)", "[0, 40]"),
        ("floor(S2 / 3)", "[-2, 13]"),
        ("sqrt(S1 + 1)", "[1, 2]"),
        ("S2 ** 2", "[0, 1600]"),
        ("E1 - E1", "[0, +∞)"),
        ("-S2", "[-40, 5]"),
        ("coalesce(S1, 7)", "[0, 7]"),
        ("mean_of_quarters(0 if S1 >= 2 else 100 - 10 * S1)", "[0, 100]"),
        ("mean_of_quarters(S3 / S4)", "[0, +∞)"),
        ("sum_of_quarters(S1)", "(-∞, +∞)"),
        ("S1 if S1 > 2 else 9", "(2, 9]"),
        ("1 if E1 > 3 else 2 if E1 > 5 else 4", "[1, 4]"),
        ("ln(S1)", "(-∞, +∞)"),
    ],
)
def test_a_formula_lies_within_what_its_figures_allow(rules: RuleSet, text: str, bounds: str) -> None:
    assert str(Bounds(rules).of(formula(rules, text).root)) == bounds


def test_without_declarations_only_the_formula_itself_speaks(rules: RuleSet) -> None:
    bare = Bounds(rules, declared=False)
    assert str(bare.of(formula(rules, "S1").root)) == "(-∞, +∞)"
    assert str(bare.of(formula(rules, "min(S1, 5) * 2").root)) == "(-∞, 10]"
    assert str(bare.of(formula(rules, "100 * E2 / E1").root)) == "(-∞, +∞)"
