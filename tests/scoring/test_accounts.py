"""Accounts: what led to a number, whether it was asked for by itself or after everything was scored."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from scoring.accounts import LeafAccount, NodeAccount, account_of, title_of
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode, UnknownUnit
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

A, B, C = UnitCode("110000"), UnitCode("120000"), UnitCode("130000")
RATE = "indicators/I1.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
GOOD = {"E1 2021": "10", "E2 2021": "9", "E3[市场监管] 2021": "NA", "E3[药监] 2021": "NA"}


def engine(rules: RuleSet, written: Mapping[str, Mapping[str, str]], when: str = "2021") -> PlainEngine:
    return PlainEngine(rules, facts_from(rules, written), period(when))


def leaf(found: PlainEngine, unit: UnitCode = A, code: str = "I1") -> Any:
    account = account_of(found, unit, NodeCode(code))
    assert isinstance(account, LeafAccount)
    return account


def node(found: PlainEngine, unit: UnitCode = A, code: str = "total") -> Any:
    account = account_of(found, unit, NodeCode(code))
    assert isinstance(account, NodeAccount)
    return account


def test_an_indicator_is_explained_by_its_points_and_their_rule() -> None:
    account = leaf(engine(small_rules(), {A: GOOD}))
    assert (account.unit, account.period.code, account.indicator.code) == (A, "2021", "I1")
    assert (account.earned, account.points.value.amount) == (60, 90)
    assert (account.peers, account.voided) == ([], False)


def test_a_node_is_explained_by_its_children_as_the_tree_reads() -> None:
    account = node(engine(small_rules(), {A: GOOD}), code="section-1")
    assert [(code, title, weight, child.points) for code, title, weight, child in account.children] == [
        ("item-1", "第一项", 1, 60),
        ("item-2", "第二项", 1, 0),
    ]
    assert (account.earned.points, account.earned.full) == (60, 60)
    assert (account.result, account.adjustments) == (None, ())


def test_only_the_root_tells_of_what_followed() -> None:
    account = node(engine(small_rules(), {A: {**GOOD, "X2 2021": "1"}}))
    assert account.result is not None
    assert (account.result.final, account.result.rank) == (Fraction("100.5"), 1)
    assert [each.code for each in account.adjustments] == ["B1", "P1", "P2", "V1", "V2", "V3"]


def test_a_lone_indicator_is_explained_without_scoring_the_others() -> None:
    alone, scored = engine(small_rules(), {A: GOOD}), engine(small_rules(), {A: GOOD})
    scored.score()
    assert leaf(alone) == leaf(scored)
    assert alone._points == {}


@pytest.mark.parametrize(("group", "peers"), [("all", [70, 80, 90]), ("peers", [80, 90])])
def test_an_indicator_compared_with_others_tells_their_values(group: str, peers: list[int]) -> None:
    rules = small_rules((RATE, LADDER, f"{{kind: peer_range, group: {group}}}"))
    written: dict[str, dict[str, str]] = {
        unit: {**GOOD, "E2 2021": closed} for unit, closed in ((A, "9"), (B, "8"), (C, "7"))
    }
    account = leaf(engine(rules, written))
    assert account.peers == peers
    assert account.earned == 60


def test_voided_figures_earn_nothing_but_what_is_left_out_stays_left_out() -> None:
    found = engine(small_rules(), {A: {**GOOD, "X1[I1] 2021": "1", "X1[I2] 2021": "1"}})
    voided, left_out = leaf(found), leaf(found, code="I2")
    assert (voided.voided, voided.earned, voided.points.rounded) == (True, 0, 60)
    assert (left_out.voided, left_out.points.outcome) == (False, "not_applicable")


def test_an_indicator_that_blocks_has_no_points() -> None:
    rules = small_rules((RATE, "missing: zero", "missing: no_score"))
    assert leaf(engine(rules, {A: {}})).earned is None


@pytest.mark.parametrize("code", ["I9", "item-9", ""])
def test_a_node_that_is_not_there_is_said_so(code: str) -> None:
    with pytest.raises(UnknownNode):
        account_of(engine(small_rules(), {}), A, NodeCode(code))


@pytest.mark.parametrize("code", ["total", "I1", "I9"])
def test_a_unit_that_is_not_there_is_said_so_first(code: str) -> None:
    with pytest.raises(UnknownUnit):
        account_of(engine(small_rules(), {}), UnitCode("990000"), NodeCode(code))


def test_nodes_and_indicators_have_titles() -> None:
    rules = small_rules()
    assert [title_of(rules, code) for code in rules.order] == [
        "总分",
        "第一章",
        "第一项",
        "办结率",
        "第二项",
        "人均",
    ]
