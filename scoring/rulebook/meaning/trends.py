"""Whether what a formula comes to rises or falls with each of its figures, proved from its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
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
    Text,
    parts,
    walk,
)
from scoring.rulebook.meaning.bounds import NOTHING_KNOWN, Bounds, Known
from scoring.rulebook.meaning.intervals import Interval


class Trend(Enum):
    """How a number moves when another grows; whatever else moves, stays as it is."""

    FLAT = "0"
    RISES = "+"
    FALLS = "-"
    UNKNOWN = "?"

    def turned(self) -> Trend:
        """Of the negative."""
        return _TURNED.get(self, self)

    def and_(self, other: Trend) -> Trend:
        """Of a sum."""
        if Trend.FLAT in (self, other):
            return other if self is Trend.FLAT else self
        return self if self is other else Trend.UNKNOWN

    def then(self, other: Trend) -> Trend:
        """Of a function (`other`) of the number."""
        if Trend.FLAT in (self, other):
            return Trend.FLAT
        if Trend.UNKNOWN in (self, other):
            return Trend.UNKNOWN
        return Trend.RISES if self is other else Trend.FALLS


_TURNED = {Trend.RISES: Trend.FALLS, Trend.FALLS: Trend.RISES}
Trends = Mapping[Figure, Trend]
"""Each figure that matters; any other is flat."""


class Sloping:
    """Proves trends from the shape of a formula; what it does not know is unknown, never guessed."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds

    def of(self, node: Expression, known: Known = NOTHING_KNOWN) -> Trends:
        """How the expression moves with each of its figures, wherever it has a value."""
        reader = _READERS.get(type(node))
        if reader is not None:
            return reader(self, node, known)
        inner = parts(node)
        word = getattr(node, "function", type(node).__name__)
        if len(inner) == 1 and word in _OVER_QUARTERS:
            return Sloping(Bounds(self.bounds.rules, self.bounds.declared, related=False)).of(inner[0])
        return _unknown(node)

    def _leaf(self, node: Expression, _: Known) -> Trends:
        return {node: Trend.RISES} if isinstance(node, Figure) else {}

    def _operation(self, node: Operation, known: Known) -> Trends:
        if node.operator == "neg":
            return _each(self.of(node.operands[0], known), Trend.FALLS)
        left, right = (self.of(part, known) for part in node.operands)
        if node.operator == "+":
            return _both(left, right)
        if node.operator == "-":
            return _both(left, _each(right, Trend.FALLS))
        if not left and not right:
            return {}
        if node.operator in {"*", "/"}:
            return self._scaled(node, left, right, known)
        exponent = self.bounds.of(node.operands[1], known).only
        base = self.bounds.of(node.operands[0], known)
        if node.operator == "**" and exponent is not None and base.never_negative:
            return _each(left, sign_trend(exponent))
        return _unknown(node)

    def _scaled(self, node: Operation, left: Trends, right: Trends, known: Known) -> Trends:
        """A product by the signs of both factors, a quotient by those of numerator and denominator."""
        one, other = (_side(self.bounds.of(part, known)) for part in node.operands)
        if node.operator == "*":
            return _both(_each(left, other), _each(right, one))
        if right and other is Trend.UNKNOWN:
            # Beyond 0 the quotient jumps to the other side.
            return _unknown(node)
        if left.keys() & right.keys():
            return self._shared(node, left, right, known)
        return _both(_each(left, other), _each(right, one.turned()))

    def _shared(self, node: Operation, left: Trends, right: Trends, known: Known) -> Trends:
        """A figure in numerator and denominator: a / (a + b) rises in a, and (a - b) / a does."""
        numerator, denominator = node.operands
        found = dict(_both(_each(left, _side(self.bounds.of(denominator, known))), {}))
        one = _side(self.bounds.of(numerator, known)).turned()
        found |= {figure: trend.then(one) for figure, trend in right.items() if figure not in left}
        for figure in left.keys() & right.keys():
            found[figure] = self._linear_fraction(numerator, denominator, figure, known)
        return found

    def _linear_fraction(
        self, numerator: Expression, denominator: Expression, figure: Figure, known: Known
    ) -> Trend:
        """(a·x + b) / (c·x + d) rises where a·d - b·c is positive; known where b or d has a known sign."""
        above, below = linear_in(numerator, figure), linear_in(denominator, figure)
        if above is None or below is None:
            return Trend.UNKNOWN
        (slope, rest), (other_slope, other_rest) = above, below
        first = self._sum_side(other_rest, known).then(sign_trend(slope))
        second = self._sum_side(rest, known).then(sign_trend(other_slope)).turned()
        return first.and_(second)

    def _sum_side(self, terms: Iterable[tuple[Fraction, Expression]], known: Known) -> Trend:
        found = Trend.FLAT
        for factor, term in terms:
            found = found.and_(_side(self.bounds.of(term, known)).then(sign_trend(factor)))
        return found

    def _choice(self, node: Choice, known: Known) -> Trends:
        alone = {part for part in walk(node) if isinstance(part, Figure)}
        undecided = self.bounds.truth(node.condition, known) is None
        if undecided and len(alone) == 1:
            figure = next(iter(alone))
            return {figure: self._piece_by_piece(node, figure, known)}
        found: Trends = {}
        for way, inner in self.bounds.ways(node, known):
            found = _both(found, self.of(way, inner))
        if not undecided:
            return found
        asked = {part for part in walk(node.condition) if isinstance(part, Figure)}
        return {**found, **dict.fromkeys(asked, Trend.UNKNOWN)}

    def _piece_by_piece(self, node: Choice, figure: Figure, known: Known) -> Trend:
        """Of one figure alone: the trend between the values it is compared with, and from piece to piece."""
        cuts = _cuts(node, figure)
        if cuts is None:
            return Trend.UNKNOWN
        domain = self.bounds.of(figure, known)
        pieces = [piece for each in _between(cuts) if not (piece := each.meet(domain)).is_empty]
        found, before = Trend.FLAT, None
        for piece in pieces:
            inner: Known = {**known, figure: piece}
            if any(self._undecided(part, inner) for part in walk(node)):
                return Trend.UNKNOWN
            reached = self.bounds.of(node, inner)
            found = found.and_(self.of(node, inner).get(figure, Trend.FLAT))
            if before is not None:
                found = found.and_(_step(before, reached))
            before = reached
        return found

    def _undecided(self, part: Expression, known: Known) -> bool:
        return isinstance(part, Comparison) and self.bounds.truth(part, known) is None

    def _comparison(self, node: Comparison, known: Known) -> Trends:
        left, right = self.of(node.left, known), self.of(node.right, known)
        if node.operator in {">", ">="}:
            return _both(left, _each(right, Trend.FALLS))
        if node.operator in {"<", "<="}:
            return _both(_each(left, Trend.FALLS), right)
        return _unknown(node)

    def _logic(self, node: Logic, known: Known) -> Trends:
        found: Trends = {}
        for part in node.operands:
            found = _both(found, self.of(part, known))
        return _each(found, Trend.FALLS) if node.operator == "not" else found

    def _substituted(self, node: Substitute, known: Known) -> Trends:
        """Which of the two counts is a matter of what was reported, not of how much."""
        return _both(self.of(node.inner, known), self.of(node.instead, known))

    def _call(self, node: Call, known: Known) -> Trends:
        found = [self.of(part, known) for part in node.arguments]
        if not any(found):
            return {}
        if node.function in _RISING:
            merged: Trends = {}
            for each in found:
                merged = _both(merged, each)
            return merged
        if node.function in _RISING_IN_FIRST and not any(found[1:]):
            return found[0]
        if node.function == "abs":
            return _each(found[0], _side(self.bounds.of(node.arguments[0], known)))
        return _unknown(node)


_RISING = frozenset(
    {"min", "max", "clamp", "coalesce", "sum_members", "mean_members", "min_members", "max_members"}
)
_RISING_IN_FIRST = frozenset({"round", "round_half_even", "floor", "ceil", "truncate", "sqrt", "ln", "log10"})
_OVER_QUARTERS = frozenset({"Earlier", *(f"{each}_of_quarters" for each in ("mean", "sum", "min", "max"))})
_READERS: Mapping[type, Callable[[Sloping, Any, Known], Trends]] = {
    Number: Sloping._leaf,
    Text: Sloping._leaf,
    Attribute: Sloping._leaf,
    Figure: Sloping._leaf,
    Operation: Sloping._operation,
    Choice: Sloping._choice,
    Comparison: Sloping._comparison,
    Logic: Sloping._logic,
    Call: Sloping._call,
    Substitute: Sloping._substituted,
}


def _unknown(node: Expression) -> Trends:
    return {part: Trend.UNKNOWN for part in walk(node) if isinstance(part, Figure)}


def _each(trends: Trends, way: Trend) -> Trends:
    return {figure: trend.then(way) for figure, trend in trends.items()}


def _both(left: Trends, right: Trends) -> Trends:
    found = dict(left)
    for figure, trend in right.items():
        found[figure] = found.get(figure, Trend.FLAT).and_(trend)
    return found


def sign_trend(number: Fraction) -> Trend:
    """Of what is multiplied by the number."""
    if not number:
        return Trend.FLAT
    return Trend.RISES if number > 0 else Trend.FALLS


def _side(interval: Interval) -> Trend:
    """The sign of every number of an interval, as a trend of what is multiplied by it."""
    if interval.only == 0:
        return Trend.FLAT
    if interval.never_negative:
        return Trend.RISES
    return Trend.FALLS if interval.never_positive else Trend.UNKNOWN


def _cuts(node: Expression, figure: Figure) -> list[Fraction] | None:
    """The numbers that a figure is compared with, in order; None where it is compared otherwise."""
    found: set[Fraction] = set()
    for part in walk(node):
        if isinstance(part, Comparison):
            sides = (part.left, part.right)
            numbers = [side.value for side in sides if isinstance(side, Number)]
            if figure not in sides or len(numbers) != 1:
                return None
            found.update(numbers)
        elif isinstance(part, Call) and part.function.startswith("is_"):
            return None
    return sorted(found)


def _between(cuts: list[Fraction]) -> Iterator[Interval]:
    """The line cut at these numbers: what is below, each cut, what lies between, what is above."""
    low: Fraction | None = None
    for cut in cuts:
        yield Interval(low, cut, low_open=True, high_open=True)
        yield Interval(cut, cut)
        low = cut
    yield Interval(low, None, low_open=True)


def _step(before: Interval, after: Interval) -> Trend:
    """From one piece to the next, whose values all lie on one side of those before."""
    rises = before.high is not None and after.low is not None and before.high <= after.low
    falls = before.low is not None and after.high is not None and before.low >= after.high
    if rises and falls:
        return Trend.FLAT
    return Trend.RISES if rises else Trend.FALLS if falls else Trend.UNKNOWN


Terms = tuple[tuple[Fraction, Expression], ...]


def linear_in(node: Expression, figure: Figure) -> tuple[Fraction, Terms] | None:
    """The factor of a figure in a sum, and the terms without it; None for what is no such sum."""
    slope, rest = Fraction(0), []
    for factor, term in _summed(node, Fraction(1)):
        if term == figure:
            slope += factor
        elif figure in walk(term):
            return None
        else:
            rest.append((factor, term))
    return slope, tuple(rest)


def _summed(node: Expression, factor: Fraction) -> Iterable[tuple[Fraction, Expression]]:
    if isinstance(node, Operation):
        left, right = node.operands[0], node.operands[-1]
        if node.operator == "neg":
            yield from _summed(left, -factor)
            return
        if node.operator in "+-":
            yield from _summed(left, factor)
            yield from _summed(right, factor if node.operator == "+" else -factor)
            return
        if node.operator == "*" and isinstance(left, Number):
            yield from _summed(right, factor * left.value)
            return
        if node.operator in "*/" and isinstance(right, Number) and right.value:
            by = right.value if node.operator == "*" else 1 / right.value
            yield from _summed(left, factor * by)
            return
    yield factor, node
