"""What only the whole rule set can show: weights, clauses, bans, references; every finding at its place."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.expressions import Attribute, Figure, Formula, walk
from scoring.methods.base import Quantity
from scoring.numbers import shown
from scoring.rulebook.rules import Adjustment, Aggregate, Indicator, Node, RuleSet
from scoring.rulebook.tree import Findings


def check_rule_set(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about the rule set as a whole."""
    for node in rules.nodes.values():
        _check_sum(rules, node, findings)
    for indicator in rules.indicators.values():
        _check_indicator(rules, indicator, findings)
    for adjustment in rules.adjustments:
        _check_adjustment(rules, adjustment, findings)
    _check_clauses(rules, findings)
    _check_bans(rules, findings)
    _check_units(rules, findings)
    _check_ranking(rules, findings)
    _check_unused(rules, findings)


def _check_sum(rules: RuleSet, node: Node, findings: Findings) -> None:
    if node.points is None or node.aggregate is not Aggregate.SUM or not node.children:
        return
    full = sum((_weighted_points(rules, child) for child in node.children), Fraction(0))
    if full != node.points:
        zh = f"{node.code} 满分写 {shown(node.points)},下级合计是 {shown(full)},相差 {shown(full - node.points)}"
        en = f"{node.code} says {shown(node.points)} points, its children make {shown(full)}"
        findings.add(node.place, "weights-do-not-sum", zh, en, "请调整下级的分值,使合计正好相等")


def _weighted_points(rules: RuleSet, code: str) -> Fraction:
    node = rules.nodes.get(code)  # type: ignore[call-overload]
    if node is not None:
        return (node.points or Fraction(0)) * node.weight
    indicator = rules.indicators[code]  # type: ignore[index]
    return indicator.points * indicator.weight


def _check_indicator(rules: RuleSet, indicator: Indicator, findings: Findings) -> None:
    if indicator.points < 0:
        findings.add(
            indicator.place, "negative-points", f"指标 {indicator.code} 满分不能为负", "points are negative"
        )
    if indicator.statistical and indicator.points:
        zh = f"指标 {indicator.code} 只作统计,分值要写 0"
        findings.add(indicator.place, "statistical-with-points", zh, "a statistical indicator earns nothing")
    for clause in indicator.clauses:
        if clause not in rules.clauses:
            findings.unknown(
                indicator.place, "unknown-clause", f"条款(指标 {indicator.code})", clause, rules.clauses
            )
        elif rules.clauses[clause].item != indicator.parent:
            zh = (
                f"指标 {indicator.code} 在 {indicator.parent},条款 {clause} 属于 {rules.clauses[clause].item}"
            )
            findings.add(
                indicator.place, "clause-of-other-item", zh, f"clause {clause} belongs to another item"
            )
    if rules.clauses and not indicator.clauses:
        zh = f"指标 {indicator.code} 没有写衡量哪一条款"
        findings.add(
            indicator.place, "no-clause", zh, "the indicator names no clause", '请写 clauses: ["9.1"]'
        )


def _check_adjustment(rules: RuleSet, adjustment: Adjustment, findings: Findings) -> None:
    code, place = adjustment.code, adjustment.place
    if code in rules.indicators or code in rules.nodes:
        findings.add(
            place, "duplicate-code", f"代码 {code} 已用于树中的节点", f"code {code} is used in the tree"
        )
    grades = {grade.name for grade in rules.grades}
    if adjustment.grade_at_most and adjustment.grade_at_most not in grades:
        findings.unknown(place, "unknown-grade", f"等级(事项 {code})", adjustment.grade_at_most, grades)
    if adjustment.element and adjustment.element not in rules.elements:
        findings.unknown(place, "unknown-name", f"数据项(事项 {code})", adjustment.element, rules.elements)
    for node in adjustment.nodes:
        if node not in rules.nodes and node not in rules.indicators:
            findings.unknown(place, "unknown-node", f"节点(事项 {code})", node, rules.nodes)
    limits = (getattr(adjustment.method, name, None) for name in ("most", "least"))
    if any(isinstance(limit, Quantity) and limit.of_full and limit.amount for limit in limits):
        zh = f"事项 {code} 在树外,没有满分,most 要写分数而不是百分比"
        findings.add(place, "no-full-points", zh, "an adjustment has no full points: give `most` in points")


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
            findings.add(
                clause.place, "clause-forgotten", zh, f"clause {clause.code} is not assessed by anything", fix
            )


def _check_bans(rules: RuleSet, findings: Findings) -> None:
    for indicator in rules.indicators.values():
        if indicator.points * indicator.weight:
            formulas = (indicator.value, indicator.applicable_when)
            _refuse_banned(rules, f"指标 {indicator.code}", indicator.place, formulas, (), findings)
    for each in rules.adjustments:
        elements = (each.element,) if each.element else ()
        _refuse_banned(rules, f"事项 {each.code}", each.place, (each.value, each.when), elements, findings)


def _refuse_banned(
    rules: RuleSet,
    what: str,
    place: Place,
    formulas: Iterable[Formula | None],
    elements: tuple[ElementCode, ...],
    findings: Findings,
) -> None:
    asked = {figure.element for formula in formulas if formula for figure in formula.figures()} | set(
        elements
    )
    for code in sorted(asked):
        element = rules.elements.get(code)
        if element is not None and element.ban is not None:
            zh = f"{what} 用到 {code} {element.name},它只作统计,不得计分:{element.ban.reason}"
            en = f"{code} is statistical only and may never earn points"
            findings.add(
                place, "banned-figure", zh, en, f"依据:{element.ban.source}。请改用其他数据项", found=code
            )


def _check_units(rules: RuleSet, findings: Findings) -> None:
    asked = {
        name for formula in _formulas(rules) for part in walk(formula.root) if (name := _attribute(part))
    }
    asked = {name for name in asked if name in rules.attribute_names} | {rules.ranking.peer_group} - {""}
    for unit in rules.units.values():
        for name in sorted(asked - unit.attributes.keys()):
            zh = f"单位 {unit.code} {unit.name} 缺少属性 {name},而规则要用到它"
            place = Place(file="units.yaml")
            findings.add(place, "missing-attribute", zh, f"unit {unit.code} has no {name}", f"请补上 {name}:")


def _attribute(part: object) -> str:
    return part.name if isinstance(part, Attribute) else ""


def _formulas(rules: RuleSet) -> Iterable[Formula]:
    for indicator in rules.indicators.values():
        yield from (formula for formula in (indicator.value, indicator.applicable_when) if formula)
    for adjustment in rules.adjustments:
        yield from (formula for formula in (adjustment.value, adjustment.when) if formula)


def _check_ranking(rules: RuleSet, findings: Findings) -> None:
    place = Place(file="ruleset.yaml")
    for rule in rules.ranking.tie_breaks:
        if rule.node is not None and rule.node not in rules.nodes and rule.node not in rules.indicators:
            findings.unknown(place, "unknown-node", "同分排序用的节点", rule.node, rules.nodes)
    group = rules.ranking.peer_group
    if group and group not in rules.attribute_names:
        findings.unknown(place, "unknown-name", "分组属性", group, rules.attribute_names)


def _check_unused(rules: RuleSet, findings: Findings) -> None:
    checks = (check.rule for form in rules.forms.values() for check in form.checks)
    asked = {
        part.element
        for formula in (*_formulas(rules), *checks)
        for part in walk(formula.root)
        if isinstance(part, Figure)
    }
    asked |= {adjustment.element for adjustment in rules.adjustments if adjustment.element}
    for element in rules.elements.values():
        if element.code not in asked and element.ban is None:
            zh = f"数据项 {element.code} {element.name} 没有任何指标或审核关系用到"
            findings.add(element.place, "unused-element", zh, f"{element.code} is used by nothing", soft=True)
