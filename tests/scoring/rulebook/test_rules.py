"""The rule set as objects: what is derived from its parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.rulebook.rules import Policy
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    ("policy", "name"),
    [
        (Policy(share=Fraction(0)), "zero"),
        (Policy(share=Fraction(1)), "full"),
        (Policy(share=None), "not_applicable"),
        (Policy(share=None, blocks=True), "no_score"),
        (Policy(share=Fraction(1, 3)), "33.333333…%"),
        (Policy(share=Fraction("0.605")), "60.5%"),
    ],
)
def test_a_policy_is_called_as_a_rule_file_writes_it(policy: Policy, name: str) -> None:
    assert policy.name == name


def test_elements_of_all_forms_are_found_by_code() -> None:
    rules = small_rules()
    assert list(rules.elements) == [
        element.code for form in rules.forms.values() for element in form.elements
    ]


def test_every_node_and_indicator_is_in_the_order_of_the_tree_once() -> None:
    rules = small_rules()
    assert sorted(rules.order) == sorted([*rules.nodes, *rules.indicators])
    for code, node in rules.nodes.items():
        assert all(rules.order.index(child) > rules.order.index(code) for child in node.children)


def test_rule_sets_read_alike_are_equal() -> None:
    assert small_rules() == small_rules()
