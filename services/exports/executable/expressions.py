"""From an expression of the formula language to a formula of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Logic,
    Number,
    Operation,
    Statistic,
    Substitute,
    Text,
)
from scoring.facts import Standing
from scoring.numbers import RoundingMode
from services.exports.executable.words import (
    Unexpressible,
    is_absent,
    marker,
    number,
    quoted,
    settled,
    to_places,
    worst_absence,
)

_ROUNDINGS = {
    "round": RoundingMode.HALF_UP,
    "round_half_even": RoundingMode.HALF_EVEN,
    "truncate": RoundingMode.TRUNCATE,
    "floor": RoundingMode.FLOOR,
    "ceil": RoundingMode.CEIL,
}
_PLAIN = {"min": "MIN", "max": "MAX", "abs": "ABS"}
_IN_LINE = frozenset({*_ROUNDINGS, *_PLAIN, "clamp"})
_ROOTS = {"sqrt": ("SQRT", "<0"), "ln": ("LN", "<=0"), "log10": ("LOG10", "<=0")}
_STANDINGS = {"is_missing": Standing.MISSING, "is_not_applicable": Standing.NOT_APPLICABLE}
_MEMBERS = {"sum_members": "SUM", "mean_members": "AVERAGE", "min_members": "MIN", "max_members": "MAX"}
_SIGNS = {"==": "=", "!=": "<>"}


class Cells(Protocol):
    """Where figures, attributes and steps on the way stand."""

    def figure(self, figure: Figure) -> str:
        """The address of a figure's amount or marker."""

    def attribute(self, name: str) -> str:
        """The address of a property of the unit."""

    def statistic(self, statistic: Statistic) -> str:
        """The address of what a statistic comes to."""

    def step(self, node: Expression, formula: str) -> str:
        """Keeps a step in a cell of its own; its address."""


@dataclass(slots=True)
class _Parts:
    """What an arithmetic text rests on: cells that may hold no number, and divisors that may be zero."""

    leaves: list[str] = field(default_factory=list)
    divisors: list[str] = field(default_factory=list)


class Compiler:
    """Writes expressions about one unit as formulas, without the leading equals sign."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def formula(self, node: Expression) -> str:
        """The outcome of an expression: a number, a word, a truth, or a marker.

        Raises Unexpressible for what a spreadsheet has no formula for.
        """
        if isinstance(node, Comparison):
            return self._comparison(node)
        if isinstance(node, Choice):
            return self.branch(node.condition, self.formula(node.then), self.formula(node.otherwise))
        return self._other(node)

    def _other(self, node: Expression) -> str:
        if isinstance(node, Logic):
            return self._logic(node)
        if isinstance(node, Call) and node.function not in _IN_LINE:
            return self._call(node)
        if isinstance(node, Substitute):
            return self._substitute(node)
        if isinstance(node, Text | Figure | Attribute | Statistic):
            return quoted(node.value) if isinstance(node, Text) else self._leaf(node)
        if isinstance(node, Operation) and node.operator == "**":
            return self._power(node)
        return self._arithmetic(node)

    def branch(self, condition: Expression, then: str, otherwise: str) -> str:
        """One of two formulas by a condition; the marker of a condition that cannot be decided."""
        if isinstance(condition, Comparison) and not _is_word(condition):
            parts = _Parts()
            test = self._test(condition, parts)
            return _guarded(parts, f"IF({test},{then},{otherwise})")
        cell = self.cell(condition)
        return f"IF({is_absent(cell)},{cell},IF({cell},{then},{otherwise}))"

    def cell(self, node: Expression) -> str:
        """The address of a cell that holds the outcome."""
        if isinstance(node, Figure | Attribute | Statistic):
            return self._leaf(node)
        return self.cells.step(node, self.formula(node))

    def _leaf(self, node: Figure | Attribute | Statistic) -> str:
        if isinstance(node, Figure):
            return self.cells.figure(node)
        return self.cells.attribute(node.name) if isinstance(node, Attribute) else self.cells.statistic(node)

    def _arithmetic(self, node: Expression) -> str:
        parts = _Parts()
        text = self._inline(node, parts)
        return _guarded(parts, text)

    def _inline(self, node: Expression, parts: _Parts) -> str:
        """The text of an arithmetic expression, in brackets where it needs them."""
        if isinstance(node, Number):
            return number(node.value)
        if isinstance(node, Operation) and node.operator != "**":
            return self._operation(node, parts)
        if isinstance(node, Call) and node.function in _IN_LINE:
            return self._function(node, parts)
        cell = self.cell(node)
        parts.leaves.append(cell)
        return cell

    def _operation(self, node: Operation, parts: _Parts) -> str:
        operands = [self._inline(each, parts) for each in node.operands]
        if node.operator == "neg":
            return f"(-{operands[0]})"
        fixed = isinstance(node.operands[-1], Number) and node.operands[-1].value
        if node.operator in "/%" and not fixed:
            parts.divisors.append(operands[1])
        if node.operator == "%":
            return f"MOD({operands[0]},{operands[1]})"
        return f"({node.operator.join(operands)})"

    def _function(self, node: Call, parts: _Parts) -> str:
        arguments = [self._inline(each, parts) for each in node.arguments]
        if node.function in _PLAIN:
            return f"{_PLAIN[node.function]}({','.join(arguments)})"
        if node.function == "clamp":
            return f"MAX({arguments[1]},MIN({arguments[2]},{arguments[0]}))"
        places = node.arguments[1] if len(node.arguments) > 1 else Number(Fraction(0))
        if not isinstance(places, Number):
            raise Unexpressible("取整的位数不是写明的数")
        return to_places(arguments[0], int(places.value), _ROUNDINGS[node.function])

    def _comparison(self, node: Comparison) -> str:
        if _is_word(node):
            return self._words_compared(node)
        parts = _Parts()
        return _guarded(parts, self._test(node, parts))

    def _test(self, node: Comparison, parts: _Parts) -> str:
        left, right = (settled(self._inline(each, parts)) for each in (node.left, node.right))
        return f"{left}{_SIGNS.get(node.operator, node.operator)}{right}"

    def _words_compared(self, node: Comparison) -> str:
        if node.operator not in _SIGNS:
            raise Unexpressible("文字之间比较大小")
        word, other = (node.left, node.right) if isinstance(node.left, Text) else (node.right, node.left)
        cell = self.cell(other)
        same = f"EXACT({cell},{self.formula(word)})"
        test = same if node.operator == "==" else f"NOT({same})"
        return f"IF({is_absent(cell)},{cell},{test})"

    def _logic(self, node: Logic) -> str:
        cells = [self.cell(each) for each in node.operands]
        if node.operator == "not":
            return f"IF({is_absent(cells[0])},{cells[0]},NOT({cells[0]}))"
        text, decided = ("FALSE", "TRUE") if node.operator == "or" else ("TRUE", "FALSE")
        for cell in reversed(cells):
            then, otherwise = (decided, text) if node.operator == "or" else (text, decided)
            text = f"IF({is_absent(cell)},{cell},IF({cell},{then},{otherwise}))"
        return text

    def _call(self, node: Call) -> str:
        if node.function in _ROOTS:
            return self._root(node)
        cells = [self.cell(each) for each in node.arguments]
        if node.function in _STANDINGS:
            return f"{cells[0]}={marker(_STANDINGS[node.function])}"
        if node.function == "coalesce":
            text = cells[-1]
            for cell in reversed(cells[:-1]):
                text = f"IF({is_absent(cell)},{text},{cell})"
            return text
        if node.function in MEMBER_FUNCTIONS:
            return over_members(node.function, cells)
        raise Unexpressible(f"函数 {node.function}")

    def _root(self, node: Call) -> str:
        name, outside = _ROOTS[node.function]
        parts = _Parts()
        text = self._inline(node.arguments[0], parts)
        return _guarded(parts, f"IF({text}{outside},{marker(Standing.UNDEFINED)},{name}({text}))")

    def _power(self, node: Operation) -> str:
        parts = _Parts()
        base, exponent = (self._inline(each, parts) for each in node.operands)
        undefined = marker(Standing.UNDEFINED)
        known = f"IFERROR(({base})^({exponent}),{undefined})"
        no_root = f"AND({base}<0,{exponent}<>INT({exponent}))"
        nothing = f"IF({exponent}=0,1,IF({exponent}<0,{undefined},0))"
        return _guarded(parts, f"IF({base}=0,{nothing},IF({no_root},{undefined},{known}))")

    def _substitute(self, node: Substitute) -> str:
        inner, instead = self.cell(node.inner), self.cell(node.instead)
        tests = [f"{inner}={marker(each)}" for each in node.reasons]
        return f"IF(OR({','.join(tests)}),IF({is_absent(instead)},{inner},{instead}),{inner})"


def _is_word(node: Comparison) -> bool:
    return isinstance(node.left, Text) or isinstance(node.right, Text)


def _guarded(parts: _Parts, text: str) -> str:
    """The text where all cells hold numbers and no divisor is zero; else the marker that says why not."""
    for divisor in reversed(dict.fromkeys(parts.divisors)):
        text = f"IF({settled(divisor)}=0,{marker(Standing.ZERO_DENOMINATOR)},{text})"
    leaves = list(dict.fromkeys(parts.leaves))
    if not leaves:
        return text
    return f"IF(COUNT({','.join(leaves)})<{len(leaves)},{worst_absence(leaves)},{text})"


def over_members(function: str, cells: Sequence[str]) -> str:
    """One number of the members' cells; those not applicable are left out."""
    missing = worst_absence(cells, without=[Standing.NOT_APPLICABLE])
    none = marker(Standing.NOT_APPLICABLE)
    tests = ",".join(f"{cell}={none}" for cell in cells)
    absent = "+".join(f"IF({cell}={none},1,0)" for cell in cells)
    if function == "count_members":
        text = "+".join(f"IF({is_absent(cell)},0,IF({cell},1,0))" for cell in cells)
        there = "+".join(f"IF({is_absent(cell)},0,1)" for cell in cells)
    else:
        text = f"{_MEMBERS[function]}({','.join(cells)})"
        there = f"COUNT({','.join(cells)})"
    return f"IF(AND({tests}),{none},IF({there}+{absent}<{len(cells)},{missing},{text}))"
