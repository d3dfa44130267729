"""Values: an indicator's formula over what a unit reported, and why there may be no value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.facts import Standing
from scoring.rulebook.rules import RuleSet
from scoring.values import UnitView, Value, indicator_value
from tests.support.rulesets import facts_from, period, small_rules

RATE = "indicators/I1.yaml"


def view(rules: RuleSet, written: Mapping[str, str], when: str = "2021Q1") -> UnitView:
    return UnitView(rules, facts_from(rules, {"110000": written}), 0, period(when))


def value(rules: RuleSet, written: Mapping[str, str], when: str = "2021Q1") -> Value:
    return indicator_value(rules.indicators[NodeCode("I1")], view(rules, written, when))


def with_formula(text: str) -> RuleSet:
    return small_rules((RATE, "value: 100 * E2 / E1", f"value: {text}"), (RATE, "value: 90, ", ""))


def test_a_value_is_exact_and_tells_what_it_was_made_of() -> None:
    found = value(small_rules(), {"E1 2021Q1": "3", "E2 2021Q1": "2"})
    assert (found.amount, found.standing) == (Fraction(200, 3), Standing.VALUE)
    assert {each.figure.label: each.amount for each in found.inputs} == {"E2": 2, "E1": 3}


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        ({"E1 2021Q1": "0", "E2 2021Q1": "0"}, Standing.ZERO_DENOMINATOR),
        ({"E1 2021Q1": "NIL", "E2 2021Q1": "NIL"}, Standing.ZERO_DENOMINATOR),
        ({"E1 2021Q1": "3"}, Standing.MISSING),
        ({"E2 2021Q1": "NA"}, Standing.NOT_APPLICABLE),
    ],
)
def test_without_a_value_the_reason_stands_in_its_place(
    written: Mapping[str, str], standing: Standing
) -> None:
    found = value(small_rules(), written)
    assert (found.amount, found.standing) == (None, standing)
    assert len(found.inputs) == 2


def test_a_truth_counts_as_one_or_nothing() -> None:
    rules = with_formula("E2 >= E1 / 2")
    assert value(rules, {"E1 2021Q1": "3", "E2 2021Q1": "2"}).amount == 1
    assert value(rules, {"E1 2021Q1": "3", "E2 2021Q1": "1"}).amount == 0


@pytest.mark.parametrize(
    ("written", "standing"),
    [
        pytest.param({"E1 2021Q1": "3", "E2 2021Q1": "2"}, Standing.VALUE, id="it applies"),
        pytest.param({"E1 2021Q1": "2", "E2 2021Q1": "2"}, Standing.NOT_APPLICABLE, id="it does not"),
        pytest.param({"E2 2021Q1": "2"}, Standing.MISSING, id="whether it does is not known"),
    ],
)
def test_an_indicator_applies_where_its_condition_holds(
    written: Mapping[str, str], standing: Standing
) -> None:
    rules = small_rules((RATE, "points: 60\n", "points: 60\napplicable_when: E1 > 2\n"))
    assert value(rules, written).standing is standing


@pytest.mark.parametrize(
    ("when", "due"), [("2021Q1", False), ("2021Q3", False), ("2021Q4", True), ("2021", True)]
)
def test_an_indicator_assessed_yearly_waits_for_the_last_quarter(when: str, due: bool) -> None:
    rules = small_rules((RATE, "points: 60\n", "points: 60\nassessed: yearly\n"))
    found = value(rules, {"E1 2021Q1": "3", "E2 2021Q1": "2"}, when)
    assert (found.standing is Standing.VALUE) is due
    assert due or (found.standing, found.inputs) == (Standing.NOT_DUE, ())


def test_an_indicator_without_a_formula_has_no_value() -> None:
    rules = small_rules()
    bare = replace(rules.indicators[NodeCode("I1")], value=None)
    assert indicator_value(bare, view(rules, {})).standing is Standing.MISSING


def test_attributes_are_those_of_the_unit_and_are_remembered() -> None:
    rules = with_formula("E1 / population")
    found = value(rules, {"E1 2021Q1": "3"})
    assert (found.amount, found.attributes) == (Fraction(3, 1000), {"population": Fraction(1000)})


def test_an_attribute_the_unit_has_not_is_missing_and_an_extra_one_comes_first() -> None:
    rules = small_rules()
    facts = facts_from(rules, {})
    seen = UnitView(rules, facts, 0, period("2021"), {"base_rank": Fraction(2), "population": Fraction(5)})
    assert [seen.attribute(name) for name in ("base_rank", "population", "other")] == [
        2,
        5,
        Standing.MISSING,
    ]


def test_a_mean_over_quarters_is_of_the_quarters_due() -> None:
    rules = with_formula("mean_of_quarters(E1)")
    written = {"E1 2021Q1": "1", "E1 2021Q2": "2", "E1 2021Q3": "6"}
    assert [value(rules, written, when).amount for when in ("2021Q1", "2021Q2", "2021Q3")] == [
        1,
        Fraction(3, 2),
        3,
    ]
    assert value(rules, written, "2021").standing is Standing.MISSING
