"""What only the whole can show of nodes, ties and grades: what cannot be made, compared or reached."""

from __future__ import annotations

from scoring.methods.graded import Graded
from scoring.numbers import shown
from scoring.rulebook.final_rules import TieBreak, has_quota
from scoring.rulebook.rules import Aggregate, Node, RuleSet
from scoring.rulebook.tree import Findings

_ABOVE_ZERO = {Aggregate.GEOMETRIC, Aggregate.HARMONIC, Aggregate.PRODUCT}


def check_tree(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about how nodes are made of their children."""
    for node in rules.nodes.values():
        _check_children(rules, node, findings)
        _check_full_points(node, findings)
    for rule in rules.ranking.tie_breaks:
        if rule.by_value:
            _check_value(rules, rule, findings)
    _check_caps(rules, findings)


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


def _check_value(rules: RuleSet, rule: TieBreak, findings: Findings) -> None:
    """Only an indicator has a value, and only a number can be compared."""
    indicator = rules.indicators.get(rule.node) if rule.node is not None else None
    if indicator is not None and isinstance(indicator.method, Graded):
        zh = f"指标 {rule.node} 的值是选项,不能比较大小"
        findings.add(rule.place, "value-of-choice", zh, f"{rule.node} is a choice", "请改写 by: points")
    elif rule.node in rules.nodes:
        zh = f"{rule.node} 是节点,没有指标值,同分时不能按值比较"
        en = f"{rule.node} is a node without a value"
        findings.add(rule.place, "value-of-node", zh, en, "请改写 by: points,或写一个指标")


def _check_caps(rules: RuleSet, findings: Findings) -> None:
    """A score is capped just under a grade's lower limit; a grade by places alone has none."""
    bare = [grade.name for grade in rules.grades if has_quota(grade) and grade.at_least is None]
    for adjustment in rules.adjustments:
        if adjustment.cap_score and bare:
            zh = f"事项 {adjustment.code} 写了 cap_score,而等级 {'、'.join(bare)} 只看名次,没有分数线可封顶"
            en = f"{adjustment.code} caps the score, but {', '.join(bare)} has no lower limit"
            fix = "请给这些等级写 at_least,或删去 cap_score"
            findings.add(adjustment.place, "nothing-to-cap", zh, en, fix)
