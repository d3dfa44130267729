"""What only concerns reports: no sum of overlapping figures, and limits of doubt about figures there are."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.expressions import Expression, Figure, Number, Operation, parts
from scoring.rulebook.forms import ElementType
from scoring.rulebook.meaning.asked import asked_anywhere
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings

_NUMERIC = {ElementType.INTEGER, ElementType.DECIMAL}


def check_reporting(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about what checks of reports look at."""
    _check_overlaps(rules, findings)
    _check_plausibility(rules, findings)


def _check_overlaps(rules: RuleSet, findings: Findings) -> None:
    groups = [frozenset(form.overlapping) for form in rules.forms.values() if form.overlapping]
    for asked in asked_anywhere(rules) if groups else ():
        added = [set(terms) for terms in _sums(asked.formula.root)]
        twice = [sorted(terms & group) for terms in added for group in groups if len(terms & group) > 1]
        if twice:
            codes = "、".join(twice[0])
            zh = f"{asked.rule} 把互相重叠的 {codes} 相加，同一件事会数两次"
            en = f"{', '.join(twice[0])} overlap: their sum counts some things twice"
            fix = "请改用包含它们的总数；确实不重叠的，从表的 overlapping 中去掉"
            findings.add(asked.place, "overlapping-summed", zh, en, fix, found=asked.formula.text)


def _sums(node: Expression) -> Iterator[list[ElementCode]]:
    """The elements that are added to each other, sum by sum."""
    if isinstance(node, Operation) and node.operator in "+-":
        yield [figure.element for sign, figure in _terms(node, 1) if sign > 0]
        yield [figure.element for sign, figure in _terms(node, 1) if sign < 0]
    for part in parts(node):
        yield from _sums(part)


def _terms(node: Expression, sign: int) -> Iterator[tuple[int, Figure]]:
    """The figures that a sum adds and takes away, those times a number among them."""
    if isinstance(node, Figure):
        yield sign, node
    elif isinstance(node, Operation):
        if node.operator == "neg":
            yield from _terms(node.operands[0], -sign)
        elif node.operator in "+-":
            yield from _terms(node.operands[0], sign)
            yield from _terms(node.operands[1], sign if node.operator == "+" else -sign)
        elif node.operator in "*/":
            figures = [each for each in node.operands if not isinstance(each, Number)]
            if len(figures) == 1:
                yield from _terms(figures[0], sign)


def _check_plausibility(rules: RuleSet, findings: Findings) -> None:
    place = rules.places.get("plausibility", Place())
    limits = rules.plausibility
    for rule in (limits.change, limits.history, limits.peers):
        for code in rule.elements if rule else ():
            element = rules.elements.get(code)
            if element is None:
                findings.unknown(place, "unknown-name", "数据项", code, rules.elements)
            elif element.type not in _NUMERIC:
                zh, en = f"数字的合理性:{code} 不是数字", f"{code} is no number"
                findings.add(place, "not-a-number", zh, en, "请从 elements 中去掉", found=code)
    per = limits.peers.per if limits.peers else ""
    if per and per not in rules.attribute_names:
        findings.unknown(place, "unknown-name", "单位属性", per, rules.attribute_names)
