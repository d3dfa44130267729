"""Totals: what children make of a node, and what becomes of those left out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.numbers import Rounding
from scoring.results import Outcome
from scoring.rulebook.rules import Aggregate, Node
from scoring.totals import Earned, node_total, tree_totals, weight_of
from tests.support.rulesets import small_rules

LEFT_OUT = {"NA": Outcome.NOT_APPLICABLE, "LATER": Outcome.NOT_DUE}


def node(
    aggregate: str = "sum", points: str | None = "10", rescale: bool = False, places: int | None = None
) -> Node:
    return Node(
        code=NodeCode("item"),
        title="项",
        kind="item",
        points=None if points is None else Fraction(points),
        children=(),
        aggregate=Aggregate(aggregate),
        rescale=rescale,
        rounding=None if places is None else Rounding(places),
    )


def child(text: str) -> tuple[Fraction, Earned]:
    """A child as "3/5" (points of full), "2*3/5" (weighted), "-/5" (no score), "NA" or "LATER"."""
    if text in LEFT_OUT:
        return Fraction(1), Earned(Fraction(0), Fraction(0), LEFT_OUT[text])
    weight, _, rest = text.rpartition("*")
    points, _, full = rest.partition("/")
    earned = None if points == "-" else Fraction(points)
    return Fraction(weight or 1), Earned(earned, Fraction(full))


def total(made: Node, *children: str) -> Earned:
    return node_total(made, [child(text) for text in children])


@pytest.mark.parametrize(
    ("made", "children", "points", "full"),
    [
        pytest.param(node(), "3/5 2/5", "5", "10", id="a sum"),
        pytest.param(node(), "2*3/5 0/0", "6", "10", id="a weighted sum"),
        pytest.param(node(), "3/5 NA", "3", "5", id="a child left out cannot be earned either"),
        pytest.param(node(rescale=True), "3/5 NA", "6", "10", id="or the rest is converted to full points"),
        pytest.param(node(rescale=True), "3/5 2/5", "5", "10", id="nothing left out, nothing converted"),
        pytest.param(node(points=None, rescale=True), "3/5 NA", "3", "5", id="no full points, no conversion"),
        pytest.param(node(rescale=True), "3/3 0/0 NA", "10", "10", id="what is only shown does not count"),
        pytest.param(node("mean"), "3/5 2/5", "2.5", "10", id="a mean"),
        pytest.param(node("mean", None), "2*3/5 5/8", "11/3", "8", id="a weighted mean"),
        pytest.param(node("mean"), "3/5 NA 5/5", "4", "10", id="a mean of those that apply"),
        pytest.param(node("mean"), "3/5 0/0 5/5", "4", "10", id="what is only shown lowers no mean"),
        pytest.param(node("mean"), "0*3/5 0*5/5", "0", "10", id="a mean of nothing that weighs"),
        pytest.param(node("min"), "3/5 2/5 NA", "2", "10", id="the least"),
        pytest.param(node("max", None), "3/5 2/5 NA", "3", "5", id="the most"),
        pytest.param(node("geometric"), "2/10 8/10", "4", "10", id="a geometric mean"),
        pytest.param(node("geometric"), "2*2/10 16/10", "4", "10", id="a weighted geometric mean"),
        pytest.param(node("geometric"), "0/10 8/10", "0", "10", id="with nothing in it there is nothing"),
        pytest.param(node("geometric"), "-1/10 8/10", "0", "10", id="nor with less"),
        pytest.param(node("geometric"), "0*2/10 0*8/10", "0", "10", id="nor without any weight"),
        pytest.param(node(places=1), "0.33/5 0.34/5", "0.7", "10", id="rounded where the node says so"),
    ],
)
def test_children_make_the_points_of_a_node(made: Node, children: str, points: str, full: str) -> None:
    found = total(made, *children.split())
    assert (found.points, found.full, found.outcome) == (Fraction(points), Fraction(full), Outcome.SCORED)


@pytest.mark.parametrize(
    ("made", "children", "outcome"),
    [
        pytest.param(node(), "NA NA", Outcome.NOT_APPLICABLE, id="nothing applies"),
        pytest.param(node(), "NA LATER", Outcome.NOT_DUE, id="something is still to come"),
        pytest.param(node(), "NA 0/0", Outcome.NOT_APPLICABLE, id="what is only shown does not stand in"),
        pytest.param(node(), "LATER 0/0", Outcome.NOT_DUE, id="nor for what is to come"),
        pytest.param(node(points="0"), "NA 0/0", Outcome.SCORED, id="a node that is only shown"),
        pytest.param(node(points="0"), "NA", Outcome.NOT_APPLICABLE, id="unless nothing of it applies"),
        pytest.param(node(), "", Outcome.NOT_APPLICABLE, id="no children at all"),
    ],
)
def test_a_node_of_which_nothing_counts_says_why(made: Node, children: str, outcome: Outcome) -> None:
    assert total(made, *children.split()) == Earned(Fraction(0), Fraction(0), outcome)


@pytest.mark.parametrize(("points", "full"), [("10", "10"), (None, "8")])
def test_one_child_without_a_score_leaves_the_node_without_one(points: str | None, full: str) -> None:
    assert total(node(points=points), "3/5 ", "-/3", "NA") == Earned(None, Fraction(full), Outcome.MISSING)


def test_the_tree_is_summed_from_the_leaves_to_the_root() -> None:
    rules = small_rules()
    leaves = {
        NodeCode("I1"): Earned(Fraction(30), Fraction(60)),
        NodeCode("I2"): Earned(Fraction(0), Fraction(0), Outcome.NOT_APPLICABLE),
    }
    found = tree_totals(rules, leaves)
    assert {code: f"{each.points}/{each.full} {each.outcome}" for code, each in found.items()} == {
        "I1": "30/60 scored",
        "I2": "0/0 not_applicable",
        "item-1": "30/60 scored",
        "item-2": "0/0 not_applicable",
        "section-1": "30/60 scored",
        "total": "50/100 scored",
    }


def test_nodes_and_indicators_enter_by_their_weight() -> None:
    rules = small_rules(
        ("ruleset.yaml", "{code: item-1, points: 60}", "{code: item-1, points: 60, weight: 1}")
    )
    assert [weight_of(rules, NodeCode(code)) for code in ("item-1", "I1")] == [1, 1]


def test_an_inner_node_among_the_leaves_is_taken_as_it_is_given() -> None:
    rules = small_rules()
    full = {code: Earned(each.points, each.points) for code, each in rules.indicators.items()}
    item = NodeCode("item-1")
    found = tree_totals(rules, {**full, item: Earned(Fraction(6), Fraction(60))})
    assert found[item].points == Fraction(6)
    assert found[rules.root].points == 100 - 60 + 6
