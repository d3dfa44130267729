"""The plain evaluator of formulas: fractions in, one fraction (or the reason for none) out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Attribute,
    Call,
    Choice,
    Comparison,
    Earlier,
    Expression,
    Figure,
    Logic,
    Number,
    Operation,
    OverQuarters,
    Statistic,
    Substitute,
    Text,
)
from scoring.facts import Amount, Standing
from scoring.numbers import (
    Rounding,
    RoundingMode,
    can_be_held,
    decimal_logarithm,
    natural_logarithm,
    power,
    square_root,
)

Outcome = Fraction | str | bool | Standing
"""A number, a word, a truth, or why there is none of them."""

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "!=": operator.ne,
}


class Evaluator:
    """Evaluates expressions about one unit.

    figure: the amount of a figure, or its standing. attribute: likewise for the unit's properties.
    statistic: likewise for statistics over all units; where no other unit is known these raise TypeError.
    earlier: likewise for the period before. substituted: is told what stood for what, and why.
    A standing without value anywhere in what counts is the outcome; of several the greatest wins.
    """

    def __init__(
        self,
        figure: Callable[[Figure], Amount | Standing],
        attribute: Callable[[str], Amount | Standing],
        statistic: Callable[[Statistic], Outcome] | None = None,
        earlier: Callable[[Earlier], Outcome] | None = None,
        substituted: Callable[[Substitute, Standing, Outcome], None] | None = None,
    ) -> None:
        self.figure = figure
        self.attribute = attribute
        self.statistic = statistic or _alone
        self.earlier = earlier or _without_past
        self.substituted = substituted or _unnoticed

    def evaluate(self, node: Expression) -> Outcome:
        """The outcome of an expression; always ends, never raises for a parsed formula."""
        return _EVALUATORS[type(node)](self, node)

    def _constant(self, node: Number | Text) -> Outcome:
        return node.value

    def _figure(self, node: Figure) -> Outcome:
        return self.figure(node)

    def _attribute(self, node: Attribute) -> Outcome:
        return self.attribute(node.name)

    def _operation(self, node: Operation) -> Outcome:
        return _computed(_OPERATIONS[node.operator], [self.evaluate(part) for part in node.operands])

    def _comparison(self, node: Comparison) -> Outcome:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        absent = _absent([left, right])
        if absent is not None:
            return absent
        if isinstance(left, str) != isinstance(right, str):
            return node.operator == "!="
        return _COMPARE[node.operator](left, right)

    def _logic(self, node: Logic) -> Outcome:
        if node.operator == "not":
            truth = self.evaluate(node.operands[0])
            return truth if isinstance(truth, Standing) else not truth
        decided = node.operator == "or"
        for part in node.operands:
            truth = self.evaluate(part)
            if isinstance(truth, Standing):
                return truth
            if bool(truth) is decided:
                return decided
        return not decided

    def _choice(self, node: Choice) -> Outcome:
        truth = self.evaluate(node.condition)
        if isinstance(truth, Standing):
            return truth
        return self.evaluate(node.then if truth else node.otherwise)

    def _call(self, node: Call) -> Outcome:
        outcomes = [self.evaluate(part) for part in node.arguments]
        if node.function in _ASKED:
            return outcomes[0] is _ASKED[node.function]
        if node.function == "coalesce":
            return next((each for each in outcomes if not isinstance(each, Standing)), outcomes[-1])
        if node.function in MEMBER_FUNCTIONS:
            return _over_members(node.function, outcomes)
        return _computed(_FUNCTIONS[node.function], outcomes)

    def _statistic(self, node: Statistic) -> Outcome:
        return self.statistic(node)

    def _earlier(self, node: Earlier) -> Outcome:
        return self.earlier(node)

    def _substitute(self, node: Substitute) -> Outcome:
        outcome = self.evaluate(node.inner)
        if not isinstance(outcome, Standing) or outcome not in node.reasons:
            return outcome
        instead = self.evaluate(node.instead)
        if isinstance(instead, Standing):
            return outcome
        self.substituted(node, outcome, instead)
        return instead

    def _unexpanded(self, _: OverQuarters) -> Outcome:
        raise TypeError("what goes over quarters must be expanded for the scored period first")


def _alone(node: Statistic) -> Outcome:
    raise TypeError(f"{node.kind.value} looks at other units, and none are known here")


def _without_past(_: Earlier) -> Outcome:
    raise TypeError("no earlier period is known here")


def _unnoticed(_: Substitute, __: Standing, ___: Outcome) -> None:
    """Where nobody asks how an outcome came about."""


def _over_members(function: str, outcomes: Sequence[Outcome]) -> Outcome:
    """One number of the members; those not applicable are left out, any other absence is the whole's."""
    applicable = [each for each in outcomes if each is not Standing.NOT_APPLICABLE]
    if not applicable:
        return Standing.NOT_APPLICABLE
    if function == "count_members":
        absent = _absent(applicable)
        return Fraction(sum(each is True for each in applicable)) if absent is None else absent
    return _computed(_OVER_MEMBERS[function], applicable)


def _sum(*values: Fraction) -> Fraction:
    return sum(values, Fraction(0))


def _mean(*values: Fraction) -> Fraction:
    return _sum(*values) / len(values)


def _absent(outcomes: Sequence[Outcome]) -> Standing | None:
    return max((each for each in outcomes if isinstance(each, Standing)), default=None)


def _computed(function: Callable[..., Outcome], operands: Sequence[Outcome]) -> Outcome:
    """The function of the operands; undefined for words and for what is too long to be held exactly."""
    numbers = [each for each in operands if isinstance(each, Fraction)]
    if len(numbers) < len(operands):
        absent = _absent(operands)
        return Standing.UNDEFINED if absent is None else absent
    outcome = function(*numbers)
    return Standing.UNDEFINED if isinstance(outcome, Fraction) and not can_be_held(outcome) else outcome


def _divide(left: Fraction, right: Fraction) -> Outcome:
    return left / right if right else Standing.ZERO_DENOMINATOR


def _modulo(left: Fraction, right: Fraction) -> Outcome:
    return left % right if right else Standing.ZERO_DENOMINATOR


def _defined(value: Fraction | None) -> Outcome:
    return Standing.UNDEFINED if value is None else value


def _rounded(mode: RoundingMode) -> Callable[..., Outcome]:
    return lambda value, places=Fraction(0): Rounding(int(places), mode).apply(value)


_OPERATIONS: Mapping[str, Callable[..., Outcome]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
    "%": _modulo,
    "**": lambda base, exponent: _defined(power(base, exponent)),
    "neg": operator.neg,
}
_OVER_MEMBERS: Mapping[str, Callable[..., Outcome]] = {
    "sum_members": _sum,
    "mean_members": _mean,
    "min_members": lambda *values: min(values),
    "max_members": lambda *values: max(values),
}
_FUNCTIONS: Mapping[str, Callable[..., Outcome]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "clamp": lambda value, least, most: max(least, min(most, value)),
    "round": _rounded(RoundingMode.HALF_UP),
    "round_half_even": _rounded(RoundingMode.HALF_EVEN),
    "truncate": _rounded(RoundingMode.TRUNCATE),
    "floor": _rounded(RoundingMode.FLOOR),
    "ceil": _rounded(RoundingMode.CEIL),
    "sqrt": lambda value: _defined(square_root(value)),
    "ln": lambda value: _defined(natural_logarithm(value)),
    "log10": lambda value: _defined(decimal_logarithm(value)),
}
_ASKED = {"is_missing": Standing.MISSING, "is_not_applicable": Standing.NOT_APPLICABLE}
_EVALUATORS: Mapping[type, Callable[[Evaluator, Any], Outcome]] = {
    Number: Evaluator._constant,
    Text: Evaluator._constant,
    Figure: Evaluator._figure,
    Attribute: Evaluator._attribute,
    Operation: Evaluator._operation,
    Comparison: Evaluator._comparison,
    Logic: Evaluator._logic,
    Choice: Evaluator._choice,
    Call: Evaluator._call,
    OverQuarters: Evaluator._unexpanded,
    Statistic: Evaluator._statistic,
    Earlier: Evaluator._earlier,
    Substitute: Evaluator._substitute,
}
