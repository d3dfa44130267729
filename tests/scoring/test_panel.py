"""Statistics within a scoring: each unit sees the units of its scope, and is told no other's figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest

from scoring.accounts import account_of
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.explain import as_data, sentences
from scoring.facts import Standing
from scoring.rulebook.rules import RuleSet
from scoring.vectorised import accounts as vectorised
from scoring.vectorised.engine import VectorEngine
from tests.support.rulesets import RATE, facts_from, period, rules_from, small_files

FIGURES = {
    "110000": {"E1 2021Q1": "10", "E2 2021Q1": "9"},
    "120000": {"E1 2021Q1": "20"},
    "130000": {"E1 2021Q1": "40", "E2 2021Q1": "4"},
}


def rules_with(value: str) -> RuleSet:
    """The small rule set with another value of its first indicator."""
    files = small_files()
    before, _, _ = RATE.partition("examples:")
    files["indicators/I1.yaml"] = before.replace("value: 100 * E2 / E1", f"value: {value}\nundefined: zero")
    return rules_from(files)


def values(rules: RuleSet, written: Mapping[Any, Mapping[str, str]]) -> list[object]:
    engine = PlainEngine(rules, facts_from(rules, written), period("2021Q1"))
    found = [engine.points(NodeCode("I1"))[row].value for row in range(len(rules.units))]
    return [each.standing if each.amount is None else each.amount for each in found]


def test_every_unit_sees_the_mean_of_those_that_reported() -> None:
    assert values(rules_with("units_mean(E2)"), FIGURES) == [6.5, 6.5, 6.5]


def test_every_unit_or_none() -> None:
    assert values(rules_with("units_mean(E2, every)"), FIGURES) == [Standing.MISSING] * 3


def test_peers_are_those_of_the_own_group() -> None:
    rules = rules_with("units_max(E1, peers)")
    groups = [unit.attributes["group"] for unit in rules.units.values()]
    expected = [
        max(
            int(FIGURES[code]["E1 2021Q1"])
            for code, other in zip(FIGURES, groups, strict=True)
            if other == own
        )
        for own in groups
    ]
    assert values(rules, FIGURES) == expected
    assert len(set(groups)) > 1
    assert values(rules_with("units_max(E1, group)"), FIGURES) == expected


def test_a_place_is_the_units_own() -> None:
    assert values(rules_with("units_rank(E1)"), FIGURES) == [3, 2, 1]
    assert values(rules_with("units_rank(-E2)"), FIGURES) == [2, Standing.MISSING, 1]


def test_statistics_nest() -> None:
    assert values(rules_with("units_max(abs(E1 - units_median(E1)))"), FIGURES) == [20, 20, 20]


def test_a_statistic_can_be_of_a_condition() -> None:
    assert values(rules_with("3 * units_count(E1 >= 20) / units_count(E1)"), FIGURES) == [2, 2, 2]


@pytest.mark.parametrize(
    ("value", "sentence", "amount"),
    [
        ("100 * E2 / E1 - units_mean(E2)", "units_mean(E2):全部有数的单位 2 个,平均数 = 6.5。", "6.5"),
        (
            "units_percentile(E1, 25, group)",
            "units_percentile(E1, 25, group):group 相同且有数的单位 2 个,第 25 百分位数 = ",
            None,
        ),
        ("units_rank(E1, peers)", "units_rank(E1, peers):同组有数的单位 2 个,名次(从大到小) = ", None),
        ("units_sum(E2, every)", "units_sum(E2, every):全部单位 2 个,合计 = 未报。", "未报"),
        ("units_count(E1 >= 20)", "units_count(E1 >= 20):全部有数的单位 3 个,符合条件的个数 = 2。", "2"),
    ],
)
def test_an_account_tells_the_statistic_its_scope_its_units_and_its_amount(
    value: str, sentence: str, amount: str | None
) -> None:
    rules = rules_with(value)
    facts, unit, node = facts_from(rules, FIGURES), UnitCode("110000"), NodeCode("I1")
    account = account_of(PlainEngine(rules, facts, period("2021Q1")), unit, node)
    table = VectorEngine(rules, facts, period("2021Q1")).table
    fast = vectorised.account_of(table, unit, node)
    assert (as_data(fast), sentences(fast)) == (as_data(account), sentences(account))
    assert any(line.startswith(sentence) for line in sentences(account)), sentences(account)
    (told,) = cast("list[dict[str, str]]", as_data(account)["statistics"])
    assert amount in {None, told["amount"]}


def test_of_other_units_an_account_tells_no_figure() -> None:
    rules = rules_with("units_mean(E1) + units_rank(E2)")
    engine = PlainEngine(rules, facts_from(rules, FIGURES), period("2021Q1"))
    account = as_data(account_of(engine, UnitCode("110000"), NodeCode("I1")))
    assert [each["figure"] for each in account["inputs"]] == ["E2"]  # type: ignore[attr-defined]
    assert "40" not in str(account["statistics"])


def test_an_account_tells_every_definition_and_what_it_came_to() -> None:
    files = small_files()
    written = """definitions:
  share: {formula: E2 / due, title: 办结比, measure: 倍}
  due: {formula: E1}
  busy: {formula: E1 >= 15}
  unused: {formula: E1}
breakdowns:
  lines:"""
    files["ruleset.yaml"] = files["ruleset.yaml"].replace("breakdowns:\n  lines:", written)
    before, _, _ = RATE.partition("examples:")
    files["indicators/I1.yaml"] = before.replace("100 * E2 / E1", "IF(busy, 1, 100 * share)")
    rules = rules_from(files)
    facts, unit, node = facts_from(rules, FIGURES), UnitCode("110000"), NodeCode("I1")
    account = account_of(PlainEngine(rules, facts, period("2021Q1")), unit, node)
    table = VectorEngine(rules, facts, period("2021Q1")).table
    assert as_data(vectorised.account_of(table, unit, node)) == as_data(account)
    assert as_data(account)["definitions"] == [
        {"name": "busy", "title": "", "measure": "", "formula": "E1 >= 15", "amount": "不成立"},
        {"name": "due", "title": "", "measure": "", "formula": "E1", "amount": "10"},
        {"name": "share", "title": "办结比", "measure": "倍", "formula": "E2 / due", "amount": "0.9"},
    ]
    told = [line for line in sentences(account) if line.startswith(("busy", "share"))]
    assert told == ["busy:E1 >= 15,算得 不成立。", "share 办结比:E2 / due,算得 0.9 倍。"]
    account = account_of(PlainEngine(rules, facts, period("2021Q1")), UnitCode("120000"), node)
    assert "share 办结比:E2 / due,算得 未报。" in sentences(account)
