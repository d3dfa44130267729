"""Which figures never exceed which others, as the hard checks of the forms demand of every report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scoring.codes import MemberCode
from scoring.expressions import Comparison, Expression, Figure, Logic, Operation, When, parts, rebuilt, walk
from scoring.rulebook.forms import Check, OverTime
from scoring.rulebook.rules import RuleSet


class Orderings:
    """Pairs of expressions (smaller, larger) that hold for every report that was taken.

    They hold for year-to-date figures of which no quarter is left out.
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._pairs: dict[tuple[Expression, Expression], frozenset[MemberCode]] = {}
        for form in rules.forms.values():
            for check in form.checks:
                if check.hard and _holds_for_the_year(rules, check):
                    for pair in _pairs(check.rule.root):
                        self._pairs[pair] = frozenset(check.each)

    def never_exceeds(self, small: Expression, large: Expression) -> bool:
        """Whether the first is never larger than the second; a part is never larger than a sum of parts."""
        if small == large or (small, large) in self._pairs:
            return True
        members = {figure.members for node in (small, large) for figure in _figures(node)}
        if len(members) != 1:
            return False
        chosen = members.pop()
        pair = _unselected(small), _unselected(large)
        return bool(chosen) and pair in self._pairs and set(chosen) <= self._pairs[pair]


def _holds_for_the_year(rules: RuleSet, check: Check) -> bool:
    """Said of the year to date; or of each quarter, of figures that all add up or are all as of the last."""
    figures = check.rule.figures()
    if any(figure.when is not When.NOW for figure in figures):
        return False
    if check.year_to_date:
        return True
    kinds = {rules.elements[figure.element].over_time for figure in figures}
    frequencies = {rules.elements[figure.element].frequency for figure in figures}
    return len(kinds) == 1 and len(frequencies) == 1 and kinds <= {OverTime.SUM, OverTime.LAST}


def _pairs(node: Expression) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(node, Logic) and node.operator == "and":
        for part in node.operands:
            yield from _pairs(part)
    elif isinstance(node, Comparison):
        if node.operator in {"<=", "<", "=="}:
            yield node.left, node.right
        if node.operator in {">=", ">", "=="}:
            yield node.right, node.left


def _figures(node: Expression) -> Iterator[Figure]:
    return (part for part in walk(node) if isinstance(part, Figure))


def _unselected(node: Expression) -> Expression:
    if isinstance(node, Figure):
        return replace(node, members=(), excluded=())
    return rebuilt(node, tuple(_unselected(part) for part in parts(node)))


def terms(node: Expression) -> tuple[Expression, ...]:
    """What a sum is made of, from left to right; the node itself where it is no sum."""
    if isinstance(node, Operation) and node.operator == "+":
        return tuple(term for operand in node.operands for term in terms(operand))
    return (node,)
