"""What only the whole tree can show of a node: children that cannot make it, bounds that nobody can reach."""

from __future__ import annotations

from scoring.numbers import shown
from scoring.rulebook.rules import Aggregate, Node, RuleSet
from scoring.rulebook.tree import Findings

_ABOVE_ZERO = {Aggregate.GEOMETRIC, Aggregate.HARMONIC, Aggregate.PRODUCT}


def check_tree(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about how nodes are made of their children."""
    for node in rules.nodes.values():
        _check_children(rules, node, findings)
        _check_full_points(node, findings)


def _check_children(rules: RuleSet, node: Node, findings: Findings) -> None:
    """What multiplies or divides by points needs some that can be above zero."""
    children = [rules.nodes.get(child) or rules.indicators[child] for child in node.children]
    if node.aggregate in _ABOVE_ZERO and children and all(child.points == 0 for child in children):
        zh = f"节点 {node.code} 用 {node.aggregate} 合成,下级却没有一项的满分大于 0"
        en = f"{node.code} is a {node.aggregate} of children without points"
        findings.add(node.place, "nothing-to-aggregate", zh, en, "请给下级写大于 0 的 points,或改用 sum")


def _check_full_points(node: Node, findings: Findings) -> None:
    full = node.points
    if node.best is not None and full is not None and full != node.best:
        zh = f"节点 {node.code} 写了 best: {shown(node.best)},满分 points 又写 {shown(full)}"
        en = f"{node.code} has {shown(full)} points, but its best unit gets {shown(node.best)}"
        findings.add(node.place, "best-is-not-full", zh, en, "请删去 points,或写成与 best 相同")
    if node.at_most is not None and full is not None and node.at_most < full:
        zh = f"节点 {node.code} 至多得 {shown(node.at_most)} 分,满分 {shown(full)} 谁也得不到"
        en = f"{node.code} has {shown(full)} points, but nobody gets more than {shown(node.at_most)}"
        findings.add(node.place, "full-out-of-reach", zh, en, "请改 at_most 或 points")
