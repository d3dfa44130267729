"""Rule sets between two others: which facets are taken, and that sums and order stay sound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.impacts.rule_mixing import RULE, TREE, Edit, merged_order, mixed
from tests.support.rule_edits import edited_rules, split_indicator
from tests.support.rulesets import small_rules

SMALL = small_rules()
I1, I3, ITEM = NodeCode("I1"), NodeCode("I3"), NodeCode("item-2")


@pytest.mark.parametrize(
    ("first", "other", "whole"),
    [
        ("abc", "abc", "abc"),
        ("ac", "abc", "abc"),
        ("ac", "bac", "bac"),
        ("ac", "acxy", "acxy"),
        ("axc", "abyc", "abyxc"),
        ("ab", "ba", "ab"),
        ("", "ab", "ab"),
        ("ab", "", "ab"),
    ],
)
def test_two_orders_are_merged_with_the_first_kept(first: str, other: str, whole: str) -> None:
    assert "".join(merged_order(first, other)) == whole


def test_weight_and_reckoning_of_an_indicator_are_taken_apart() -> None:
    after = edited_rules(["weights", "threshold"])
    placed = mixed(SMALL, after, {Edit("indicators", "I1", TREE)}).indicators[I1]
    reckoned = mixed(SMALL, after, {Edit("indicators", "I1", RULE)}).indicators[I1]
    assert (placed.points, placed.method) == (after.indicators[I1].points, SMALL.indicators[I1].method)
    assert (reckoned.points, reckoned.method) == (SMALL.indicators[I1].points, after.indicators[I1].method)


def test_an_indicator_that_comes_hangs_under_its_node_and_one_that_goes_does_not() -> None:
    after = split_indicator()
    with_it = mixed(SMALL, after, {Edit("indicators", "I3", TREE)})
    assert with_it.nodes[ITEM].children == ("I2", "I3")
    without = mixed(after, SMALL, {Edit("indicators", "I3", TREE)})
    assert (without.nodes[ITEM].children, I3 in without.indicators) == (("I2",), False)


def test_the_order_of_adjustments_is_taken_by_itself() -> None:
    turned = replace(SMALL, adjustments=tuple(reversed(SMALL.adjustments)))
    assert mixed(SMALL, turned, ()).adjustments == SMALL.adjustments
    assert mixed(SMALL, turned, {Edit("adjustments")}).adjustments == turned.adjustments


def test_an_attribute_of_all_units_is_taken_and_no_other() -> None:
    after = edited_rules(["population", "group"])
    unit = mixed(SMALL, after, {Edit("units", "population")}).units[UnitCode("120000")]
    assert unit.attributes["population"] == Fraction(5000)
    assert unit.attributes["group"] == "东"


def test_names_that_only_the_later_rule_set_has_are_there_from_the_start() -> None:
    form = "checks:", "  - {code: E9, name: 新数, measure: 件, type: integer}\nchecks:"
    after = small_rules(("forms/F01.yaml", *form))
    assert "E9" in mixed(SMALL, after, ()).elements
    assert "E9" in mixed(after, SMALL, ()).elements
