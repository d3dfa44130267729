"""What examples of the whole rule set give: points of nodes, figures, attributes; and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from scoring.codes import NodeCode
from scoring.example_runs import full_points, given_points, prepare_set_example, run_set_example
from scoring.results import Outcome
from scoring.rulebook.rules import Aggregate
from scoring.rulebook.sources import RuleSetExample, UnitExample
from scoring.totals import Earned
from tests.support.rulesets import small_rules

ALL_FULL = {"I1": "60/60 scored", "I2": "40/40 scored"}


def shown(found: dict[NodeCode, Earned]) -> dict[str, str]:
    return {code: f"{each.points}/{each.full} {each.outcome}" for code, each in found.items()}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {}),
        ({"others": "full"}, ALL_FULL),
        ({"others": "zero"}, {"I1": "0/60 scored", "I2": "0/40 scored"}),
        ({"others": "not_applicable"}, {"I1": "0/0 not_applicable", "I2": "0/0 not_applicable"}),
        ({"I1": "30"}, {"I1": "30/60 scored"}),
        ({"I1": "40%", "others": "full"}, {"I1": "24/60 scored", "I2": "40/40 scored"}),
        ({"I1": "NA"}, {"I1": "0/0 not_applicable"}),
        ({"I1": "none"}, {"I1": "None/60 missing"}),
        ({"item-1": "30"}, {"item-1": "30/60 scored", "I1": "0/0 not_applicable"}),
        (
            {"section-1": "50", "others": "full"},
            {"section-1": "50/100 scored", "I1": "0/0 not_applicable", "I2": "0/0 not_applicable"},
        ),
    ],
)
def test_points_are_given_by_the_codes_of_nodes(given: dict[str, str], expected: dict[str, str]) -> None:
    unread: list[str] = []
    assert shown(given_points(small_rules(), "甲", UnitExample(given=given), unread)) == expected
    assert unread == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"others": "some"}, "甲:others 只能是 full、zero、not_applicable"),
        ({"I1": "很多"}, "甲:I1 的“很多”要写成分数、百分比、NA 或 none"),
    ],
)
def test_points_that_cannot_be_read_are_told(given: dict[str, str], told: str) -> None:
    unread: list[str] = []
    given_points(small_rules(), "甲", UnitExample(given=given), unread)
    assert unread == [told]


@pytest.mark.parametrize(
    ("aggregate", "full"), [(Aggregate.SUM, 60), (Aggregate.MEAN, 60), (Aggregate.MAX, 60)]
)
def test_the_full_points_of_a_node_that_names_none_follow_from_its_children(
    aggregate: Aggregate, full: int
) -> None:
    rules = small_rules()
    item = replace(rules.nodes[NodeCode("item-1")], points=None, aggregate=aggregate)
    assert full_points(replace(rules, nodes={**rules.nodes, item.code: item}), item.code) == full
    assert full_points(rules, NodeCode("I2")) == 40


def example(**units: Mapping[str, str | Mapping[str, str]]) -> RuleSetExample:
    return RuleSetExample(name="例", units={name: UnitExample(given=each) for name, each in units.items()})


def test_given_points_go_up_the_tree_and_are_ranked() -> None:
    rules, whole = small_rules(), example(甲={"others": "full", "item-1": "30"}, 乙={"others": "full"})
    engine, unread = run_set_example(rules, whole, prepare_set_example(rules, whole))
    assert unread == ()
    assert [each.base for each in engine.results] == [70, 100]
    assert [each.rank for each in engine.results] == [2, 1]


def test_figures_count_where_no_points_are_given_and_events_act_on_given_points() -> None:
    rules = small_rules()
    given = example(
        甲={"E1": "10", "E2": "9", "others": "not_applicable"},
        乙={"E1": "10", "E2": "9", "I2": "40"},
        丙={"others": "full", "X1": {"I1": "1"}},
    )
    engine, _ = run_set_example(rules, given, prepare_set_example(rules, given))
    first, second, third = engine.totals
    assert first[NodeCode("I1")].outcome is Outcome.NOT_APPLICABLE
    assert second[rules.root].points == 100
    assert shown({NodeCode("I1"): third[NodeCode("I1")]}) == {"I1": "0/60 voided"}
    assert engine.results[2].penalty == -3, "30 points, capped at 3"


def test_a_unit_by_the_code_of_an_assessed_one_has_its_attributes() -> None:
    rules = small_rules()
    given = example(**{"110000": {"others": "full"}, "丁": {"others": "full", "group": "西"}, "130000": {}})
    prepared = prepare_set_example(rules, given)
    assert {code: each.attributes.get("group") for code, each in prepared.units.items()} == {
        "110000": "东",
        "丁": "西",
        "130000": "西",
    }


@pytest.mark.parametrize(("period", "unread"), [("2021Q2", ()), ("", ()), ("2020", 1), ("Q2", 1)])
def test_the_period_of_an_example_is_one_of_the_year(period: str, unread: object) -> None:
    whole = RuleSetExample(name="例", units={"甲": UnitExample(given={})}, period=period)
    found = prepare_set_example(small_rules(), whole).unread
    assert found == unread if unread == () else len(found) == unread
