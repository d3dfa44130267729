"""In which measure a formula's outcome is, and where it adds or compares what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    parts,
    walk,
)
from scoring.rulebook.meaning.measures import DATE, DAY, RATIO, Measure, same_things, surely_differ

_ONE = Fraction(1)
_MOST_NAMED = 3
_MOST_POWER = 4
_FIRST = frozenset({"abs", "round", "round_half_even", "floor", "ceil", "truncate"})
"""Functions whose outcome is in the measure of their first argument."""
_ALIKE = frozenset(
    {"min", "max", "clamp", "coalesce", "sum_members", "mean_members", "min_members", "max_members"}
)
"""Functions whose arguments are compared or added: all in one measure, and so is the outcome."""
_OF_MANY = frozenset(
    {
        "Earlier",
        *(f"{each}_of_quarters" for each in ("mean", "sum", "min", "max")),
        *(f"units_{each}" for each in ("min", "max", "mean", "median", "percentile", "sum")),
        *(f"units_{each}" for each in ("stdev", "pstdev")),
    }
)
"""What is reckoned over quarters or units in the measure of one of them."""


@dataclass(frozen=True, slots=True)
class Yielded:
    """What an expression comes to.

    measure: None where it cannot be known, and of a plain number, which takes the measure of what it is added
    to. factor: the plain numbers it was multiplied by. weighted: whether there were any; they may be weights
    that turn one measure into another, so that nothing sure can be said of sums of such terms.
    """

    measure: Measure | None = None
    factor: Fraction = _ONE
    weighted: bool = False
    number: Fraction | None = None
    """The plain number itself, where it is nothing but that."""

    @property
    def raw(self) -> Measure:
        """The measure without the plain factors."""
        return (self.measure or RATIO).scaled(1 / self.factor)


ANY = Yielded()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two parts of a formula that do not go together.

    kind: `scale` (as 元 and 万元), `kinds` (as 件 and 人), or `dates` (two days of the calendar added).
    sure: whether no reading makes it right. factor: by how much the first unit is larger.
    """

    kind: str
    left: Measure
    right: Measure
    left_text: str
    right_text: str
    sure: bool = True
    factor: Fraction = _ONE


Pair = tuple[tuple[Expression, Yielded], tuple[Expression, Yielded]]


@dataclass
class Weighing:
    """Finds the measure of expressions; every clash met on the way is kept.

    figure, attribute, constant: the measure that each is declared in; None where it is not.
    """

    figure: Callable[[Figure], Measure | None]
    attribute: Callable[[str], Measure | None]
    constant: Callable[[str], Measure | None]
    clashes: list[Clash] = field(default_factory=list)

    def outcome(self, node: Expression) -> Yielded:
        """The measure of an expression; parts of unknown shape are looked into, and yield anything."""
        reader = _READERS.get(type(node))
        if reader is not None:
            return reader(self, node)
        inner = [self.outcome(part) for part in parts(node)]
        word = getattr(node, "kind", getattr(node, "function", type(node).__name__))
        return inner[0] if len(inner) == 1 and word in _OF_MANY else ANY

    def _number(self, node: Number) -> Yielded:
        declared = self.constant(node.name) if node.name else None
        return Yielded(number=node.value) if declared is None else Yielded(declared)

    def _figure(self, node: Figure) -> Yielded:
        return Yielded(self.figure(node))

    def _attribute(self, node: Attribute) -> Yielded:
        return Yielded(self.attribute(node.name))

    def _operation(self, node: Operation) -> Yielded:
        found = [self.outcome(part) for part in node.operands]
        if node.operator == "neg":
            return replace(found[0], number=None if found[0].number is None else -found[0].number)
        left, right = found
        if node.operator in "+-":
            return self._sum(node, left, right)
        if node.operator == "*":
            return _product(left, right)
        if node.operator == "/":
            return _quotient(left, right)
        return left if node.operator == "%" else _power(left, right)

    def _sum(self, node: Operation, left: Yielded, right: Yielded) -> Yielded:
        minus = node.operator == "-"
        if left.number is not None and right.number is not None:
            return Yielded(number=left.number - right.number if minus else left.number + right.number)
        pair = ((node.operands[0], left), (node.operands[1], right))
        if _is_date(left) or _is_date(right):
            return self._days(minus, pair)
        found = self.together(pair)
        if left.measure is None or right.measure is None or found.measure is None:
            return found
        alike = left.measure.difference == right.measure.difference
        apart = alike if minus else left.measure.difference and right.measure.difference
        of_one_whole = minus and not left.measure.difference and _same_denominator(node)
        difference = found.measure.is_ratio and apart and not of_one_whole
        return replace(found, measure=replace(found.measure, difference=difference))

    def _days(self, minus: bool, pair: Pair) -> Yielded:
        """Days of the calendar: their difference is in days, and days may be added to them."""
        (_, left), (_, right) = pair
        if _is_date(left) and _is_date(right):
            if minus:
                return Yielded(DAY)
            self._clash("dates", pair, sure=True)
            return ANY
        other = right.measure if _is_date(left) else left.measure
        if other is not None and other != DAY:
            self._clash("kinds", pair, sure=surely_differ(other, DATE))
        return Yielded(DATE)

    def _comparison(self, node: Comparison) -> Yielded:
        self.together([(side, self.outcome(side)) for side in (node.left, node.right)])
        return ANY

    def _logic(self, node: Logic) -> Yielded:
        for part in node.operands:
            self.outcome(part)
        return ANY

    def _choice(self, node: Choice) -> Yielded:
        self.outcome(node.condition)
        return self.together([(way, self.outcome(way)) for way in (node.then, node.otherwise)], ways=True)

    def _substituted(self, node: Substitute) -> Yielded:
        return self.together([(way, self.outcome(way)) for way in (node.inner, node.instead)], ways=True)

    def _call(self, node: Call) -> Yielded:
        found = [(part, self.outcome(part)) for part in node.arguments]
        if node.function in _FIRST:
            return replace(found[0][1], number=None)
        if node.function in _ALIKE:
            return self.together(found, ways=node.function == "coalesce")
        return ANY

    def together(self, found: Sequence[tuple[Expression, Yielded]], *, ways: bool = False) -> Yielded:
        """What several parts come to that are added, compared, or (`ways`) taken one for the other."""
        if not found:
            return ANY
        first = found[0]
        for each in found[1:]:
            if first[1].measure is None:
                first = each
            elif each[1].measure is not None and not self._agree((first, each), ways):
                return ANY
        return replace(first[1], number=None)

    def _agree(self, pair: Pair, ways: bool) -> bool:
        (_, left), (_, right) = pair
        mine, other = left.measure or RATIO, right.measure or RATIO
        if mine.kinds != other.kinds:
            if not (left.weighted or right.weighted or same_things(mine, other)):
                self._clash("kinds", pair, sure=not ways and surely_differ(mine, other))
            return False
        if mine.scale == other.scale:
            return True
        larger = left.raw.scale / right.raw.scale
        times = left.factor / right.factor
        if times == 1 or times * larger == 1:
            # Nothing was converted, or it was converted the wrong way; any other factor may be a weight.
            self._clash("scale", pair, sure=not ways, factor=larger)
        return False

    def _clash(self, kind: str, pair: Pair, *, sure: bool, factor: Fraction = _ONE) -> None:
        (left, mine), (right, other) = pair
        told = Clash(kind, mine.raw, other.raw, label_of(left), label_of(right), sure, factor)
        self.clashes.append(told)


def _is_date(found: Yielded) -> bool:
    return found.measure is not None and found.measure.is_date


def _same_denominator(node: Operation) -> bool:
    """Whether two shares of one whole are subtracted: that is a share again."""
    below = [_denominator(side) for side in node.operands]
    return below[0] is not None and below[0] == below[1]


def _denominator(node: Expression) -> Expression | None:
    if not isinstance(node, Operation):
        return None
    if node.operator == "/":
        return node.operands[1]
    if node.operator == "*":
        return next((found for part in node.operands if (found := _denominator(part)) is not None), None)
    return None


def _product(left: Yielded, right: Yielded) -> Yielded:
    if left.number is not None and right.number is not None:
        return Yielded(number=left.number * right.number)
    if left.number is not None:
        return _times(right, left.number)
    if right.number is not None:
        return _times(left, right.number)
    if left.measure is None or right.measure is None:
        return ANY
    weighted = left.weighted or right.weighted
    return Yielded(left.measure.times(right.measure), left.factor * right.factor, weighted)


def _times(found: Yielded, number: Fraction) -> Yielded:
    """A sign is no factor; a product with nought is nothing."""
    size = abs(number)
    if found.measure is None or not size:
        return ANY
    return Yielded(found.measure.scaled(size), found.factor * size, True)


def _quotient(left: Yielded, right: Yielded) -> Yielded:
    if right.number is not None:
        if not right.number:
            return ANY
        return (
            Yielded(number=left.number / right.number)
            if left.number is not None
            else _times(left, 1 / right.number)
        )
    if right.measure is None:
        return ANY
    below = Yielded(RATIO.over(right.measure), 1 / right.factor, right.weighted)
    if left.number is not None:
        return _times(below, left.number)
    return ANY if left.measure is None else _product(left, below)


def _power(base: Yielded, exponent: Yielded) -> Yielded:
    power = exponent.number
    if base.measure is None or power is None or power.denominator != 1 or not 0 < power <= _MOST_POWER:
        return ANY
    found = base
    for _ in range(int(power) - 1):
        found = _product(found, base)
    return found


def label_of(node: Expression) -> str:
    """The figures, properties and constants of a part, by which a message can name it."""
    names: list[str] = []
    for part in walk(node):
        if isinstance(part, Figure):
            names.append(part.label)
        elif isinstance(part, Attribute) or (isinstance(part, Number) and part.name):
            names.append(part.name)
    distinct = list(dict.fromkeys(names))
    more = " 等" if len(distinct) > _MOST_NAMED else ""
    return "、".join(distinct[:_MOST_NAMED]) + more


_READERS: Mapping[type, Callable[[Weighing, Any], Yielded]] = {
    Number: Weighing._number,
    Figure: Weighing._figure,
    Attribute: Weighing._attribute,
    Operation: Weighing._operation,
    Comparison: Weighing._comparison,
    Logic: Weighing._logic,
    Choice: Weighing._choice,
    Call: Weighing._call,
    Substitute: Weighing._substituted,
}
