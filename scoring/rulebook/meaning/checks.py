"""What only the whole rule set can show: weights, clauses, references; every finding at its place."""

from __future__ import annotations

from fractions import Fraction

from scoring.codes import NodeCode
from scoring.numbers import shown
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.meaning.check_figures import check_figures
from scoring.rulebook.meaning.check_methods import check_methods
from scoring.rulebook.meaning.check_reporting import check_reporting
from scoring.rulebook.meaning.check_tree import check_tree
from scoring.rulebook.rules import Aggregate, Indicator, Node, RuleSet
from scoring.rulebook.tree import Findings


def check_rule_set(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about the rule set as a whole."""
    for node in rules.nodes.values():
        _check_node(rules, node, findings)
    for indicator in rules.indicators.values():
        _check_indicator(rules, indicator, findings)
    for adjustment in rules.adjustments:
        _check_adjustment(rules, adjustment, findings)
    _check_clauses(rules, findings)
    _check_ranking(rules, findings)
    check_tree(rules, findings)
    check_methods(rules, findings)
    check_figures(rules, findings)
    check_reporting(rules, findings)


def _check_node(rules: RuleSet, node: Node, findings: Findings) -> None:
    if node.weight < 0:
        zh, en = f"节点 {node.code} 的权重不能为负", "the weight is negative"
        findings.add(node.place, "negative-weight", zh, en)
    if node.points is None or node.aggregate is not Aggregate.SUM or node.best is not None:
        return
    full = sum((_weighted_points(rules, child) for child in node.children), Fraction(0))
    if full != node.points and (node.at_most is None or full < node.points):
        written, made, gap = shown(node.points), shown(full), shown(full - node.points)
        zh = f"{node.code} 满分写 {written},下级合计是 {made},相差 {gap}"
        en = f"{node.code} says {written} points, its children make {made}"
        findings.add(node.place, "weights-do-not-sum", zh, en, "请调整下级的分值,使合计正好相等")


def _weighted_points(rules: RuleSet, code: NodeCode) -> Fraction:
    node = rules.nodes.get(code)
    if node is not None:
        return (node.best or node.points or Fraction(0)) * node.weight
    return rules.indicators[code].points * rules.indicators[code].weight


def _check_indicator(rules: RuleSet, indicator: Indicator, findings: Findings) -> None:
    code, place = indicator.code, indicator.place
    if indicator.points < 0 or indicator.weight < 0:
        kind = "negative-points" if indicator.points < 0 else "negative-weight"
        findings.add(place, kind, f"指标 {code} 的满分和权重不能为负", "points or weight are negative")
    for clause in indicator.clauses:
        if clause not in rules.clauses:
            findings.unknown(place, "unknown-clause", f"条款(指标 {code})", clause, rules.clauses)
        elif rules.clauses[clause].item != indicator.parent:
            own = rules.clauses[clause].item
            zh = f"指标 {code} 在 {indicator.parent},条款 {clause} 属于 {own}"
            en = f"clause {clause} belongs to {own}, not to {indicator.parent}"
            findings.add(place, "clause-of-other-item", zh, en, "请改 parent 或 clauses")
    if rules.clauses and not indicator.clauses:
        zh, en = f"指标 {code} 没有写衡量哪一条款", "the indicator names no clause"
        findings.add(place, "no-clause", zh, en, '请写 clauses: ["9.1"]')


def _check_adjustment(rules: RuleSet, adjustment: Adjustment, findings: Findings) -> None:
    code, place = adjustment.code, adjustment.place
    if code in rules.indicators or code in rules.nodes:
        zh, en = f"代码 {code} 已用于树中的节点", f"code {code} is used in the tree"
        findings.add(place, "duplicate-code", zh, en, "请换一个代码")
    if [each.code for each in rules.adjustments].count(code) > 1:
        findings.add(
            place, "duplicate-code", f"事项 {code} 写了两次", f"duplicate code {code}", "请换一个代码"
        )
    grades = {grade.name for grade in rules.grades}
    if adjustment.grade_at_most and adjustment.grade_at_most not in grades:
        findings.unknown(place, "unknown-grade", f"等级(事项 {code})", adjustment.grade_at_most, grades)
    for node in adjustment.nodes:
        if node not in rules.nodes and node not in rules.indicators:
            findings.unknown(place, "unknown-node", f"节点(事项 {code})", node, rules.nodes)
    if adjustment.kind is AdjustmentKind.VOID:
        _check_void(rules, adjustment, findings)


def _check_void(rules: RuleSet, adjustment: Adjustment, findings: Findings) -> None:
    code, place, name = adjustment.code, adjustment.place, adjustment.element
    element = rules.elements.get(name) if name else None
    if element is None:
        findings.unknown(place, "unknown-name", f"数据项(事项 {code})", name or "", rules.elements)
    elif not element.members or any(NodeCode(member) not in rules.indicators for member in element.members):
        zh = f"事项 {code} 的数据项 {element.code} 要按指标分类(breakdown: indicators)"
        findings.add(place, "void-needs-indicators", zh, f"{element.code} must be broken down by indicator")


def _check_clauses(rules: RuleSet, findings: Findings) -> None:
    measured = {clause for indicator in rules.indicators.values() for clause in indicator.clauses}
    for clause in rules.clauses.values():
        if clause.code in measured and clause.not_assessed:
            zh = f"条款 {clause.code} 写了不考核,却有指标衡量它"
            findings.add(
                clause.place, "clause-both-ways", zh, f"clause {clause.code} is measured and set aside"
            )
        if clause.code not in measured and not clause.not_assessed:
            zh = f"条款 {clause.code} 没有指标衡量,也没有写不考核的理由"
            fix = "请在指标的 clauses 中写上它,或在 plan.yaml 写 not_assessed: 理由"
            findings.add(clause.place, "clause-forgotten", zh, f"nothing measures clause {clause.code}", fix)


def _check_ranking(rules: RuleSet, findings: Findings) -> None:
    for rule in rules.ranking.tie_breaks:
        if rule.node is not None and rule.node not in rules.nodes and rule.node not in rules.indicators:
            findings.unknown(rule.place, "unknown-node", "同分排序用的节点", rule.node, rules.nodes)
    group = rules.ranking.peer_group
    if group and group not in rules.attribute_names:
        findings.unknown(rules.ranking.place, "unknown-name", "分组属性", group, rules.attribute_names)
