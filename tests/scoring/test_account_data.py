"""Accounts as data for JSON: exact texts only, and every key that readers go by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from scoring.account_data import as_data
from scoring.account_sentences import sentences
from scoring.accounts import account_of
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

UNIT = UnitCode("110000")
RATE = "indicators/I1.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
GOOD = {"E1 2021": "10", "E2 2021": "9", "E3[市场监管] 2021": "NA", "E3[药监] 2021": "NA"}


def data(rules: RuleSet, written: Mapping[str, str], code: str, when: str = "2021") -> dict[str, Any]:
    engine = PlainEngine(rules, facts_from(rules, {UNIT: written}), period(when))
    return as_data(account_of(engine, UNIT, NodeCode(code)))


def leaves_of(tree: object) -> Iterator[object]:
    """Every value within lists and mappings."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            assert type(key) is str
            yield from leaves_of(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves_of(value)
    else:
        yield tree


@pytest.mark.parametrize(
    "written",
    [
        pytest.param({}, id="nothing was reported"),
        pytest.param({**GOOD, "X2 2021": "1"}, id="a bonus"),
        pytest.param({**GOOD, "X2 2021": "3", "X3 2021": "1"}, id="a veto"),
        pytest.param({**GOOD, "X1[I1] 2021": "1", "E6 2021": "否"}, id="voided and demoted"),
        pytest.param(
            {"E1 2021Q1": "7", "E2 2021Q1": "3", "E5 2021Q1": "2021-06-01"}, id="fractions and days"
        ),
    ],
)
def test_nothing_in_it_is_a_binary_float_and_json_takes_it_all(written: Mapping[str, str]) -> None:
    rules = small_rules((RATE, LADDER, "{kind: attain, target: 70}"))
    for code in rules.order:
        found = data(rules, written, code)
        assert {type(leaf) for leaf in leaves_of(json.loads(json.dumps(found)))} <= {
            str,
            int,
            bool,
            type(None),
        }
        assert not any(isinstance(leaf, float) for leaf in leaves_of(found))


def test_an_indicator_tells_its_rule_its_value_and_its_points() -> None:
    found = data(
        small_rules((RATE, LADDER, "{kind: attain, target: 70}")),
        {"E1 2021": "7", "E2 2021": "3"},
        "I1",
    )
    assert {key: found[key] for key in ("unit", "period", "node", "name", "kind", "outcome")} == {
        "unit": "110000",
        "period": "2021",
        "node": "I1",
        "name": "办结率",
        "kind": "indicator",
        "outcome": "scored",
    }
    assert (found["value"], found["points_unrounded"], found["points"]) == ("300/7", "1800/49", "36.73")
    assert (found["full_points"], found["rounding"]) == ("60", "四舍五入到 2 位小数")
    assert (found["formula"], found["applicable_when"], found["policy"]) == ("100 * E2 / E1", "", "")
    assert found["method"]["kind"] == "attain"
    assert found["source"] == "一份文件:第一条"
    assert found["rule_file"] == "indicators/I1.yaml:1:1"
    assert found["clauses"] == [
        {"code": "1.1", "paraphrase": "一句话", "agencies": ["甲部"], "digest": "abc"}
    ]


def test_an_indicator_without_a_value_tells_why_and_what_the_rule_says() -> None:
    found = data(small_rules(), {"E1 2021": "7"}, "I1")
    assert (found["value"], found["points"], found["outcome"], found["policy"]) == (
        None,
        "0",
        "missing",
        "zero",
    )
    assert found["inputs"][0]["amount"] is None
    assert [each["standing"] for each in found["inputs"]] == ["missing", "value"]


def test_an_indicator_that_applies_on_a_condition_tells_it() -> None:
    found = data(small_rules((RATE, "points: 60\n", "points: 60\napplicable_when: E1 > 20\n")), GOOD, "I1")
    assert (found["applicable_when"], found["outcome"], found["full_points"]) == (
        "E1 > 20",
        "not_applicable",
        "0",
    )


def test_a_checklist_tells_its_formula_and_an_indicator_without_one_none() -> None:
    rules = small_rules()
    bare = replace(rules.indicators[NodeCode("I1")], value=None)
    changed = replace(rules, indicators={**rules.indicators, bare.code: bare})
    assert data(changed, GOOD, "I1")["formula"] == ""


def test_a_figure_tells_every_cell_it_was_looked_for_in() -> None:
    rules = small_rules()
    facts = facts_from(rules, {UNIT: {"E1 2021Q1": "10", "E2 2021Q1": "NIL"}})
    origins = {
        (UNIT, series): {"E1": "facts.csv!7", "E2": "abc!案件!C5"}[series.element] for series in facts.columns
    }
    engine = PlainEngine(rules, replace(facts, origins=origins), period("2021Q2"))
    found: Any = as_data(account_of(engine, UNIT, NodeCode("I1")))
    closed, due = found["inputs"]
    assert (closed["figure"], closed["name"], closed["measure"], closed["standing"]) == (
        "E2",
        "办结数",
        "件",
        "nil",
    )
    assert closed["made_of"] == [
        {
            "period": "2021Q1",
            "member": "",
            "amount": "0",
            "standing": "nil",
            "file_sha256": "abc",
            "sheet": "案件",
            "cell": "C5",
        },
        {"period": "2021Q2", "member": "", "amount": None, "standing": "missing"},
    ]
    assert due["made_of"][0] == {
        "period": "2021Q1",
        "member": "",
        "amount": "10",
        "standing": "value",
        "file": "facts.csv",
        "line": "7",
    }


def test_attributes_are_told_and_so_is_their_absence() -> None:
    rules = small_rules((RATE, "value: 100 * E2 / E1", "value: E2 / population"))
    assert data(rules, GOOD, "I1")["attributes"] == {"population": "1000"}
    nobody = replace(rules, units={UNIT: replace(rules.units[UNIT], attributes={})})
    assert data(nobody, GOOD, "I1")["attributes"] == {"population": "未报"}


def test_voided_figures_are_told_with_what_they_would_have_earned() -> None:
    found = data(small_rules(), {**GOOD, "X1[I1] 2021": "1"}, "I1")
    assert (found["outcome"], found["points"], found["points_unrounded"]) == ("voided", "0", "60")


def test_peers_are_counted() -> None:
    rules = small_rules((RATE, LADDER, "{kind: peer_range, group: all}"))
    assert data(rules, GOOD, "I1")["peers"] == 1


def test_a_node_tells_its_children() -> None:
    found = data(small_rules(), GOOD, "section-1")
    assert (found["kind"], found["points"], found["full_points"]) == ("section", "60", "60")
    assert found["children"][1] == {
        "node": "item-2",
        "name": "第二项",
        "weight": "1",
        "points": "0",
        "full_points": "0",
        "outcome": "not_applicable",
    }
    assert "result" not in found


def test_the_root_tells_its_result_and_the_adjustments_that_held() -> None:
    found = data(small_rules(), {**GOOD, "X2 2021": "3"}, "total")
    assert found["result"] == {
        "base": "100",
        "bonus": "1",
        "penalty": "0",
        "final": "101",
        "score": "101",
        "grade": "不合格",
        "tier": "",
        "converted": None,
        "rank": None,
        "group": "东",
        "group_rank": None,
        "effects": ["V1"],
    }
    assert found["adjustments"] == [
        {"code": "B1", "points": "1", "value": "3"},
        {"code": "V1", "points": "0", "value": None},
    ]


@pytest.mark.parametrize("code", ["total", "I1"])
def test_the_sentences_are_in_the_data_too(code: str) -> None:
    rules = small_rules()
    engine = PlainEngine(rules, facts_from(rules, {UNIT: GOOD}), period("2021"))
    account = account_of(engine, UNIT, NodeCode(code))
    assert as_data(account)["sentences"] == list(sentences(account))
