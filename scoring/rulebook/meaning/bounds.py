"""Between which bounds a formula lies, and which of its conditions are decided before any figure is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.expressions import (
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Logic,
    Number,
    Operation,
    Substitute,
    When,
    parts,
)
from scoring.rulebook.forms import Element, ElementType, Frequency, OverTime
from scoring.rulebook.meaning.call_bounds import CALL_BOUNDS
from scoring.rulebook.meaning.intervals import EVERYTHING, NOT_NEGATIVE, SHARE, Interval, hull, point
from scoring.rulebook.meaning.orderings import Orderings, terms
from scoring.rulebook.rules import RuleSet

Known = Mapping[Expression, Interval]
"""What the conditions passed so far say of parts of the formula."""
NOTHING_KNOWN: Known = {}
_QUARTERS = 4
_HALVES = 2
_NEGATED = {"<=": ">", "<": ">=", ">=": "<", ">": "<=", "==": "!=", "!=": "=="}
_TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "==", "!=": "!="}
_BETWEEN = frozenset(
    {
        "Earlier",
        *(f"{each}_of_quarters" for each in ("mean", "min", "max")),
        *(f"units_{each}" for each in ("min", "max", "mean", "median", "percentile")),
    }
)
_ONE_PERIOD = frozenset(
    {
        When.PREVIOUS,
        *(When(f"q{quarter}") for quarter in range(1, _QUARTERS + 1)),
        When.THIS_QUARTER,
        When.LAST_Q4,
    }
)


@dataclass(frozen=True)
class Bounds:
    """Reckons bounds; with `declared` from those of the elements, the units and the checks of the forms.

    Without it nothing is known of any figure, so that what is decided is decided by the formula alone.
    """

    rules: RuleSet
    declared: bool = True
    related: bool = True
    """Whether the checks of the forms are believed."""
    _figures: dict[Figure, Interval] = field(default_factory=dict)
    _orderings: list[Orderings] = field(default_factory=list)

    @property
    def orderings(self) -> Orderings:
        """What the checks of the forms say of pairs of figures; made when it is first asked for."""
        if not self._orderings:
            self._orderings.append(Orderings(self.rules))
        return self._orderings[0]

    def of(self, node: Expression, known: Known = NOTHING_KNOWN) -> Interval:
        """The bounds of an expression wherever it has a value; everything for what is not known here."""
        reader = _READERS.get(type(node))
        found = reader(self, node, known) if reader is not None else self._of_many(node)
        told = known.get(node)
        return found if told is None else found.meet(told)

    def truth(self, node: Expression, known: Known = NOTHING_KNOWN) -> bool | None:
        """Whether a condition always holds or never does, wherever it can be decided; None else."""
        if isinstance(node, Comparison):
            return self._compared(node, known)
        if not isinstance(node, Logic):
            return None
        if node.operator == "not":
            truth = self.truth(node.operands[0], known)
            return None if truth is None else not truth
        decisive = node.operator == "or"
        found: list[bool | None] = []
        for part in node.operands:
            found.append(self.truth(part, known))
            known = self.assuming(part, not decisive, known)
        if decisive in found:
            return decisive
        return None if None in found else not decisive

    def _compared(self, node: Comparison, known: Known) -> bool | None:
        left, right = self.of(node.left, known), self.of(node.right, known)
        if left.is_empty or right.is_empty:
            return None
        for operator, truth in ((node.operator, True), (_NEGATED[node.operator], False)):
            if _always(operator, left, right) or self._ordered(node, operator):
                return truth
        return None

    def _ordered(self, node: Comparison, operator: str) -> bool:
        pairs = {"<=": (node.left, node.right), ">=": (node.right, node.left)}
        pair = pairs.get(operator)
        return pair is not None and pair[0] != pair[1] and self._never_exceeds(*pair)

    def _never_exceeds(self, small: Expression, large: Expression) -> bool:
        return self.declared and self.related and self.orderings.never_exceeds(small, large)

    def assuming(self, node: Expression, truth: bool, known: Known) -> Known:
        """What is known once a condition has been found true or false."""
        if isinstance(node, Logic):
            if node.operator == "not":
                return self.assuming(node.operands[0], not truth, known)
            if (node.operator == "and") is truth:
                for part in node.operands:
                    known = self.assuming(part, truth, known)
            return known
        if not isinstance(node, Comparison):
            return known
        operator = node.operator if truth else _NEGATED[node.operator]
        known = self._narrowed(node.left, operator, node.right, known)
        return self._narrowed(node.right, _TURNED[operator], node.left, known)

    def _narrowed(self, part: Expression, operator: str, other: Expression, known: Known) -> Known:
        if isinstance(part, Number):
            return known
        limits = self.of(other, known)
        low = Interval(low=limits.low, low_open=limits.low_open or operator == ">")
        high = Interval(high=limits.high, high_open=limits.high_open or operator == "<")
        narrowed = {">": low, ">=": low, "<": high, "<=": high, "==": limits}.get(operator)
        if narrowed is None:
            return known
        return {**known, part: known.get(part, EVERYTHING).meet(narrowed)}

    def _of_many(self, node: Expression) -> Interval:
        """What lies between the values of single quarters or units has the bounds of one of them.

        What the checks say of the year is not said of each quarter.
        """
        inner = parts(node)
        word = getattr(node, "kind", getattr(node, "function", type(node).__name__))
        if len(inner) != 1 or word not in _BETWEEN:
            return EVERYTHING
        return Bounds(self.rules, self.declared, related=False).of(inner[0])

    def _number(self, node: Number, _: Known) -> Interval:
        """A constant of the rule set is no more part of the formula itself than a figure is."""
        return point(node.value) if self.declared or not node.name else EVERYTHING

    def _figure(self, node: Figure, _: Known) -> Interval:
        if not self.declared:
            return EVERYTHING
        if node not in self._figures:
            element = self.rules.elements[node.element]
            replaced = element.if_missing is not None
            self._figures[node] = EVERYTHING if replaced else figure_bounds(element, node)
        return self._figures[node]

    def _attribute(self, node: Attribute, _: Known) -> Interval:
        """Of a property: what the units of the rule set have."""
        if not self.declared or not self.rules.units:
            return EVERYTHING
        amounts = [unit.attributes.get(node.name) for unit in self.rules.units.values()]
        numbers = [amount for amount in amounts if isinstance(amount, Fraction)]
        return Interval(min(numbers), max(numbers)) if len(numbers) == len(amounts) else EVERYTHING

    def _operation(self, node: Operation, known: Known) -> Interval:
        if node.operator == "neg":
            return -self.of(node.operands[0], known)
        left, right = (self.of(part, known) for part in node.operands)
        if node.operator == "+":
            return left + right
        if node.operator == "-":
            return self._difference(node, left, right)
        if node.operator == "*":
            if node.operands[0] == node.operands[1]:
                return (left * right).meet(NOT_NEGATIVE)
            return left * right
        if node.operator == "/":
            return self._quotient(node, left, right, known)
        return _power(left, right) if node.operator == "**" else EVERYTHING

    def _difference(self, node: Operation, left: Interval, right: Interval) -> Interval:
        small, large = node.operands[1], node.operands[0]
        found = left - right
        if self._never_exceeds(small, large):
            return found.meet(NOT_NEGATIVE)
        return found

    def _quotient(self, node: Operation, left: Interval, right: Interval, known: Known) -> Interval:
        factor, above = _without_factor(node.operands[0])
        below = node.operands[1]
        if self.part_of(above, below, known):
            return SHARE.times(factor)
        divisor = right.inverse() if right.only is None or right.only else EVERYTHING
        return left * divisor

    def part_of(self, small: Expression, large: Expression, known: Known = NOTHING_KNOWN) -> bool:
        """Whether the first, never negative, never exceeds the second: their quotient is a share."""
        if not self.of(small, known).never_negative:
            return False
        if small == large or self._never_exceeds(small, large) or self._selected_from(small, large):
            return True
        summands = terms(large)
        others = [self.of(each, known) for each in summands if each != small]
        return len(others) < len(summands) and all(each.never_negative for each in others)

    def _selected_from(self, small: Expression, large: Expression) -> bool:
        """Whether the one is of some of the members of the other, of which none is negative."""
        if not isinstance(small, Figure) or not isinstance(large, Figure) or not self.declared:
            return False
        alike = (small.element, small.when) == (large.element, large.when)
        if not alike or not small.members:
            return False
        least = self.rules.elements[small.element].minimum
        inside = not large.members or set(small.members) <= set(large.members)
        return inside and least is not None and least >= 0

    def _choice(self, node: Choice, known: Known) -> Interval:
        return hull(self.of(way, inner) for way, inner in self.ways(node, known))

    def ways(self, node: Choice, known: Known) -> Iterator[tuple[Expression, Known]]:
        """The branches that can be taken, each with what is known there."""
        truth = self.truth(node.condition, known)
        if truth is not False:
            yield node.then, self.assuming(node.condition, True, known)
        if truth is not True:
            yield node.otherwise, self.assuming(node.condition, False, known)

    def _substituted(self, node: Substitute, known: Known) -> Interval:
        """The expression's own, or that of what stands for it."""
        return hull([self.of(node.inner, known), self.of(node.instead, known)])

    def _truth_value(self, node: Comparison | Logic, known: Known) -> Interval:
        """A condition taken as a number is 1 or 0."""
        truth = self.truth(node, known)
        return SHARE if truth is None else point(Fraction(truth))

    def _call(self, node: Call, known: Known) -> Interval:
        reader = CALL_BOUNDS.get(node.function)
        if reader is None:
            return EVERYTHING
        return reader(node, [self.of(part, known) for part in node.arguments])


def figure_bounds(element: Element, figure: Figure) -> Interval:
    """The bounds of a figure made of one or more reports, each within the element's own."""
    if element.type is ElementType.CHOICE:
        return EVERYTHING
    low, high = element.minimum, element.maximum
    most = _most_periods(element, figure) * max(len(figure.members or element.members), 1)
    if most > 1:
        low = low * most if low is not None and low < 0 else low
        high = high * most if high is not None and high > 0 else high
    return Interval(low, high)


def _most_periods(element: Element, figure: Figure) -> int:
    if element.over_time is not OverTime.SUM or figure.when in _ONE_PERIOD:
        return 1
    return {Frequency.QUARTERLY: _QUARTERS, Frequency.HALF_YEARLY: _HALVES}.get(element.frequency, 1)


def _always(operator: str, left: Interval, right: Interval) -> bool:
    """Whether every number of the one stands so to every number of the other."""
    if operator in {">", ">="}:
        return _always({">": "<", ">=": "<="}[operator], right, left)
    if operator == "==":
        return left.only is not None and left.only == right.only
    if operator == "!=":
        return left.meet(right).is_empty
    if left.high is None or right.low is None:
        return False
    apart = left.high_open or right.low_open or operator == "<="
    return left.high < right.low or (left.high == right.low and apart)


def _without_factor(node: Expression) -> tuple[Fraction, Expression]:
    """A product with a number as that number and the rest."""
    if isinstance(node, Operation) and node.operator == "*":
        left, right = node.operands
        if isinstance(left, Number):
            factor, rest = _without_factor(right)
            return left.value * factor, rest
        if isinstance(right, Number):
            factor, rest = _without_factor(left)
            return right.value * factor, rest
    return Fraction(1), node


def _power(base: Interval, exponent: Interval) -> Interval:
    power = exponent.only
    if power is None or power.denominator != 1 or not 0 < power <= _QUARTERS:
        return NOT_NEGATIVE if base.never_negative else EVERYTHING
    found = base
    for _ in range(int(power) - 1):
        found = found * base
    return found if power % 2 else found.meet(NOT_NEGATIVE)


_READERS: Mapping[type, Callable[[Bounds, Any, Known], Interval]] = {
    Number: Bounds._number,
    Figure: Bounds._figure,
    Attribute: Bounds._attribute,
    Operation: Bounds._operation,
    Choice: Bounds._choice,
    Comparison: Bounds._truth_value,
    Logic: Bounds._truth_value,
    Call: Bounds._call,
    Substitute: Bounds._substituted,
}
