"""Totals: what children make of a node, and what becomes of those left out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.facts import Standing
from scoring.numbers import Rounding
from scoring.results import Outcome
from scoring.rulebook.node_formulas import read_node_formula
from scoring.rulebook.rules import Aggregate, Coverage, Node, Policy
from scoring.rulebook.tree import Entries, Findings, Mark, Record, Scalar
from scoring.totals import (
    Child,
    Earned,
    all_totals,
    best_children,
    best_of,
    first_step,
    last_step,
    no_values,
    tree_totals,
    weight_of,
)
from tests.support.rulesets import small_rules

NOWHERE = Mark("", 1, 1)
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


def child(text: str, code: str = "I") -> Child:
    """A child as "3/5" (points of full), "2*3/5" (weighted), "-/5" (no score), "NA" or "2*LATER"."""
    weight, _, rest = text.rpartition("*")
    if rest in LEFT_OUT:
        earned = Earned(Fraction(0), Fraction(0), LEFT_OUT[rest])
    else:
        points, _, full = rest.partition("/")
        earned = Earned(None if points == "-" else Fraction(points), Fraction(full))
    return Child(NodeCode(code), Fraction(weight or 1), earned, weightless=rest == "0/0")


def children(*texts: str) -> list[Child]:
    """Children called A, B, C …"""
    return [child(text, chr(ord("A") + place)) for place, text in enumerate(texts)]


def total(made: Node, *texts: str) -> Earned:
    """The node for the only unit there is."""
    step = first_step(made, children(*texts))
    return last_step(made, step, best_of(made, [step]))


@pytest.mark.parametrize(
    ("made", "texts", "points", "full"),
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
def test_children_make_the_points_of_a_node(made: Node, texts: str, points: str, full: str) -> None:
    found = total(made, *texts.split())
    assert (found.points, found.full, found.outcome) == (Fraction(points), Fraction(full), Outcome.SCORED)


@pytest.mark.parametrize(
    ("made", "texts", "outcome"),
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
def test_a_node_of_which_nothing_counts_says_why(made: Node, texts: str, outcome: Outcome) -> None:
    assert total(made, *texts.split()) == Earned(Fraction(0), Fraction(0), outcome)


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


def asking(text: str, **fields: object) -> Node:
    """A node made by a formula over children A, B, C."""
    issues_of = Findings()
    scalar = Entries({"formula": (NOWHERE, Scalar(text, NOWHERE))}, NOWHERE)
    formula = read_node_formula(Record(scalar, "", issues_of), {"ten": Fraction(10)})
    assert issues_of.issues == []
    return replace(node("formula"), formula=formula, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "texts", "points"),
    [
        pytest.param(node("harmonic"), "2/10 6/10", "3", id="a harmonic mean"),
        pytest.param(node("harmonic"), "3*2/10 6/10", "2.4", id="a weighted harmonic mean: 4 / (3/2 + 1/6)"),
        pytest.param(node("harmonic"), "0/10 6/10", "0", id="with nothing in it there is nothing"),
        pytest.param(node("harmonic"), "2/10 6/10 NA", "3", id="of those that apply"),
        pytest.param(node("product"), "2/3 5/3", "10", id="a product"),
        pytest.param(node("product"), "2*3/3 0.5*16/16", "36", id="a weighted product: 3² × √16"),
        pytest.param(node("product"), "0/3 5/3", "0", id="nothing times anything"),
        pytest.param(node("product"), "-1/3 5/3", "0", id="less than nothing is nothing"),
        pytest.param(node("product"), "0*0/3 5/3", "5", id="what weighs nothing changes no product"),
        pytest.param(asking('points("A") + 2 * points("B")'), "3/5 2/5", "7", id="a formula"),
        pytest.param(asking('ten * share("A")'), "3/5", "6", id="a share of full points, a constant"),
        pytest.param(asking('coalesce(points("A"), 1)'), "NA 2/5", "1", id="asks what does not apply"),
        pytest.param(asking('coalesce(points("A"), 1)'), "-/5 2/5", "1", id="or has no score"),
        pytest.param(
            asking('9 if is_not_applicable(points("A")) else 1'), "NA 2/5", "9", id="and tells why not"
        ),
        pytest.param(
            replace(node("mean"), weights_of_all=True), "6/10 NA", "3", id="a mean over all weights"
        ),
        pytest.param(
            replace(node("mean"), weights_of_all=True), "6/10 NA 0/0", "3", id="but not what is only shown"
        ),
        pytest.param(
            replace(node("geometric"), weights_of_all=True), "16/20 NA", "4", id="a root over all weights"
        ),
        pytest.param(replace(node(), at_most=Fraction(4)), "3/5 2/5", "4", id="no more than"),
        pytest.param(replace(node(), at_least=Fraction(6)), "3/5 2/5", "6", id="no less than"),
        pytest.param(
            replace(node(), at_most=Fraction("4.46"), rounding=Rounding(1)),
            "3/5 2/5",
            "4.5",
            id="bounded before it is rounded",
        ),
    ],
)
def test_rarer_aggregates_and_bounds_make_points(made: Node, texts: str, points: str) -> None:
    found = total(made, *texts.split())
    assert (found.points, found.outcome) == (Fraction(points), Outcome.SCORED)


@pytest.mark.parametrize(
    ("made", "texts", "full"),
    [
        pytest.param(
            node("product", None), "2/3 5/4", "12", id="a product reaches the product of full points"
        ),
        pytest.param(node("product", rescale=True), "2/3 5/4", "10", id="or is converted"),
        pytest.param(node("harmonic", None), "2/3 5/4", "4", id="a mean what its best child reaches"),
        pytest.param(replace(node(points=None), at_most=Fraction(6)), "3/5 2/5", "6", id="bounded points"),
        pytest.param(replace(node(points=None), at_most=Fraction(6)), "3/5 NA", "5", id="if they bind"),
        pytest.param(replace(node(points=None), best=Fraction(100)), "3/5 NA", "100", id="the best unit's"),
    ],
)
def test_full_points_follow_from_the_aggregate(made: Node, texts: str, full: str) -> None:
    assert total(made, *texts.split()).full == Fraction(full)


@pytest.mark.parametrize(
    ("text", "texts", "outcome"),
    [
        ('points("A") + points("B")', "-/5 2/5", Outcome.MISSING),
        ('points("A") / points("B")', "3/5 0/5", Outcome.ZERO_DENOMINATOR),
        ('ln(points("A"))', "0/5", Outcome.UNDEFINED),
    ],
)
def test_a_formula_without_a_result_leaves_the_node_without_a_score(
    text: str, texts: str, outcome: Outcome
) -> None:
    assert total(asking(text), *texts.split()) == Earned(None, Fraction(10), outcome)


def test_a_formula_may_leave_the_node_out() -> None:
    found = total(asking('points("A")'), "NA", "2/5")
    assert found == Earned(Fraction(0), Fraction(0), Outcome.NOT_APPLICABLE)


def test_a_formula_sees_the_value_of_an_indicator_and_none_that_was_found_false() -> None:
    made = asking('value("A")')
    one = Child(NodeCode("A"), Fraction(1), Earned(Fraction(3), Fraction(5)), value=Fraction(42))
    assert first_step(made, [one]).points == 42
    assert first_step(made, [replace(one, value=Standing.MISSING)]).points is None


def covering(share: str, below: Policy, aggregate: str = "mean") -> Node:
    return replace(node(aggregate), coverage=Coverage(at_least=Fraction(share), below=below))


NO_SCORE, ZERO, OUT = Policy(share=None, blocks=True), Policy(share=Fraction(0)), Policy(share=None)


@pytest.mark.parametrize(
    ("made", "texts", "expected"),
    [
        pytest.param(covering("0.5", ZERO), "4/10 NA", "4/10 scored", id="the least that suffices"),
        pytest.param(covering("0.51", ZERO), "4/10 NA", "0/10 missing", id="and less than that"),
        pytest.param(covering("0.51", NO_SCORE), "4/10 NA", "None/10 missing", id="has no score"),
        pytest.param(covering("0.51", OUT), "4/10 NA", "0/0 not_applicable", id="or is left out"),
        pytest.param(
            covering("0.51", Policy(share=Fraction(3, 5))), "4/10 NA", "6/10 missing", id="or a share"
        ),
        pytest.param(covering("0.6", ZERO), "3*4/10 NA NA", "4/10 scored", id="reckoned by weight"),
        pytest.param(covering("0.6", ZERO), "4/10 -/10", "0/10 missing", id="no score covers nothing"),
        pytest.param(covering("0.5", ZERO), "4/10 -/10", "4/10 scored", id="and blocks nothing"),
        pytest.param(covering("1", ZERO), "4/10 LATER", "4/10 scored", id="what is not due is not lacking"),
        pytest.param(covering("1", ZERO), "LATER LATER", "0/0 not_due", id="nothing is due"),
        pytest.param(covering("1", ZERO), "NA NA", "0/10 missing", id="nothing applies"),
        pytest.param(covering("1", ZERO), "4/10 0/0", "4/10 scored", id="what is only shown lacks nowhere"),
    ],
)
def test_a_node_of_which_too_little_has_a_score_follows_its_rule(
    made: Node, texts: str, expected: str
) -> None:
    found = total(made, *texts.split())
    assert f"{found.points}/{found.full} {found.outcome}" == expected


def test_points_by_a_coverage_rule_are_neither_bounded_nor_converted() -> None:
    made = replace(covering("1", ZERO), at_least=Fraction(5), best=Fraction(100))
    steps = [first_step(made, children("8/10", "4/10")), first_step(made, children("9/10", "NA"))]
    top = best_of(made, steps)
    assert top == 6
    assert [last_step(made, each, top).points for each in steps] == [100, 0]


def test_the_best_unit_gets_the_stated_points_and_others_follow_in_proportion() -> None:
    rules = small_rules(
        ("ruleset.yaml", "code: section-1\n      points: 100", "code: section-1\n      best: 50"),
        ("ruleset.yaml", "points: 100\n  rescale: yes\n", "points: 50\n"),
    )
    leaves = [
        {
            NodeCode("I1"): Earned(Fraction(points), Fraction(60)),
            NodeCode("I2"): Earned(Fraction(0), Fraction(40)),
        }
        for points in (40, 30, 0)
    ]
    found, tops = all_totals(rules, leaves, [no_values] * 3)
    section = NodeCode("section-1")
    assert tops == {section: 40}
    assert [own[section].points for own in found] == [50, Fraction("37.5"), 0]
    assert [own[rules.root].full for own in found] == [50, 50, 50]


def test_where_nobody_has_points_nothing_is_converted() -> None:
    made = replace(node(), best=Fraction(100))
    steps = [first_step(made, children("0/5")), first_step(made, children("-1/5"))]
    assert best_of(made, steps) is None
    assert [last_step(made, each, None).points for each in steps] == [0, -1]


@pytest.mark.parametrize(
    ("texts", "best"),
    [("3/5 4/5", "B"), ("4/5 2/5 4/5", "AC"), ("-/5 1/5", "B"), ("NA NA", ""), ("0/5 0/0", "A")],
)
def test_the_children_with_the_most_points_are_known(texts: str, best: str) -> None:
    assert "".join(best_children(children(*texts.split()))) == best
