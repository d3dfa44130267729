"""How far a relation may be off by nothing but the rounding of the figures in it.

A figure of so many places stands for every value that rounds to it: half a unit of the last place either
way (the idea of XBRL's Calculations 1.1). The declared places count, not those that were typed: 12.5 where
two places are asked for is 12.50. Counts are exact.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from scoring.evaluation import Evaluator
from scoring.expressions import Call, Comparison, Expression, Figure, Logic, Number, Operation, parts
from scoring.facts import Standing
from scoring.rulebook.forms import Element, ElementType

NOTHING = Fraction(0)
_EXACT_ORDER = {"<=", "<", ">=", ">"}

Spread = Callable[[Figure], Fraction]
"""How far the true value of a figure may lie from the one reported."""


def half_unit(element: Element) -> Fraction:
    """Half a unit of the last declared place; nothing for counts, dates and words."""
    return Fraction(1, 2 * 10**element.places) if element.type is ElementType.DECIMAL else NOTHING


def holds_within_rounding(root: Expression, evaluator: Evaluator, spread: Spread) -> bool:
    """Whether a relation that does not hold as reported could hold of the unrounded values.

    What cannot be told is taken to hold.
    """
    if isinstance(root, Logic) and root.operator in {"and", "or"}:
        found = (holds_within_rounding(part, evaluator, spread) for part in root.operands)
        return all(found) if root.operator == "and" else any(found)
    if isinstance(root, Comparison):
        outcome = evaluator.evaluate(root)
        return bool(outcome) or _is_near(root, evaluator, spread)
    outcome = evaluator.evaluate(root)
    return isinstance(outcome, Standing) or bool(outcome)


def slack_of(comparison: Comparison, evaluator: Evaluator, spread: Spread) -> Fraction:
    """How far apart the sides may be and still agree; nothing where one must merely not exceed the other.

    Rounding keeps two single figures in order. It need not keep a sum below a figure.
    """
    sides = comparison.left, comparison.right
    if comparison.operator == "!=":
        return NOTHING
    if comparison.operator in _EXACT_ORDER and all(isinstance(side, Figure | Number) for side in sides):
        return NOTHING
    return sum((_spread(side, evaluator, spread) for side in sides), NOTHING)


def _is_near(comparison: Comparison, evaluator: Evaluator, spread: Spread) -> bool:
    left, right = evaluator.evaluate(comparison.left), evaluator.evaluate(comparison.right)
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return isinstance(left, Standing) or isinstance(right, Standing)
    slack = slack_of(comparison, evaluator, spread)
    return bool(slack) and abs(left - right) <= slack


def _spread(node: Expression, evaluator: Evaluator, spread: Spread) -> Fraction:
    """How far the value of an expression may be off; nothing for what is not made of sums and multiples."""
    if isinstance(node, Figure):
        return spread(node)
    inner = [_spread(part, evaluator, spread) for part in parts(node)]
    if isinstance(node, Call) and node.function in {"abs", "min", "max"}:
        return max(inner)
    if not isinstance(node, Operation):
        return NOTHING
    if node.operator in {"+", "-", "neg"}:
        return sum(inner, NOTHING)
    values = [evaluator.evaluate(part) for part in node.operands]
    numbers = [abs(each) for each in values if isinstance(each, Fraction)]
    if node.operator == "*" and len(numbers) == len(inner):
        return numbers[0] * inner[1] + numbers[1] * inner[0] + inner[0] * inner[1]
    if node.operator == "/" and len(numbers) == len(inner) and numbers[1] and not inner[1]:
        return inner[0] / numbers[1]
    return NOTHING
