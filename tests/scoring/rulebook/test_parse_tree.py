"""The tree of ruleset.yaml: inner nodes and how they are made."""

from __future__ import annotations

import pytest

from scoring.codes import NodeCode
from scoring.numbers import Rounding
from scoring.rulebook.rules import Aggregate
from tests.support.defects import ADJUSTMENTS, COUNT, PLAN, RULESET, Defect, assert_told, defect
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "there is no tree",
            (RULESET, "tree:\n", "baum:\n"),
            code="missing-key",
            at="language",
            more=["unknown-key", "unknown-node", "unknown-node", "unknown-node", "unknown-node"],
        ),
        defect(
            "a node is written twice",
            (RULESET, "{code: item-2, points: 40}", "{code: item-1, points: 40}"),
            (COUNT, "parent: item-2", "parent: item-1"),
            code="duplicate-code",
            at="item-1, points: 40",
            found="item-1",
            more=["weights-do-not-sum", "weights-do-not-sum", "clause-of-other-item"],
        ),
        defect(
            "a node has no title anywhere",
            (PLAN, "title: 第一项", "title: ''"),
            code="wrong-form",
            at="'\n        clauses",
        ),
        defect(
            "a node beside the plan has no title",
            (
                RULESET,
                "{code: item-2, points: 40}",
                "{code: item-2, points: 40}\n        - {code: item-3, points: 0}",
            ),
            code="missing-key",
            at="{code: item-3",
        ),
        defect(
            "a node is put together in an unknown way",
            (RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 40, aggregate: avg}"),
            code="unknown-word",
            at="avg",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_nodes_know_their_kind_parent_children_and_title() -> None:
    nodes = small_rules().nodes
    assert {code: (node.kind, node.parent, node.children) for code, node in nodes.items()} == {
        "total": ("total", None, ("section-1",)),
        "section-1": ("section", "total", ("item-1", "item-2")),
        "item-1": ("item", "section-1", ("I1",)),
        "item-2": ("item", "section-1", ("I2",)),
    }
    assert [node.title for node in nodes.values()] == ["总分", "第一章", "第一项", "第二项"]


def test_levels_may_have_other_names_and_the_last_goes_on() -> None:
    rules = small_rules(
        (RULESET, "tree:\n", "levels: [root, branch]\ntree:\n"), (ADJUSTMENTS, "sections", "branchs")
    )
    assert [node.kind for node in rules.nodes.values()] == ["root", "branch", "branch", "branch"]
    (floor,) = [each for each in rules.adjustments if each.code == "V3"]
    assert floor.nodes == ("section-1", "item-1", "item-2")


def test_a_node_may_say_how_it_is_made() -> None:
    said = "aggregate: mean, weight: 0.5, rescale: yes, rounding: {places: 1}, title: 另名}"
    rules = small_rules((RULESET, "{code: item-2, points: 40}", f"{{code: item-2, points: 80, {said}"))
    node = rules.nodes[NodeCode("item-2")]
    assert [node.aggregate, node.rescale, node.rounding, node.title] == [
        Aggregate.MEAN,
        True,
        Rounding(1),
        "另名",
    ]
    assert str(node.weight) == "1/2"
    assert rules.nodes[NodeCode("total")].rescale


def test_the_tree_reads_from_the_root_down() -> None:
    assert small_rules().order == ("total", "section-1", "item-1", "I1", "item-2", "I2")
