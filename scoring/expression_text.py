"""Expressions written as formulas again: what an explanation calls a part of a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scoring.expressions import (
    COMPETITION,
    REPORTED,
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
from scoring.numbers import exact_text

_LOOSE, _CHOICE, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(11)
_LEVELS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "%": _PRODUCT, "or": _OR, "and": _AND}


def expression_text(node: Expression) -> str:
    """The expression as the formula language writes it; definitions stand written out.

    What stands in for a gap is not said, and a whole formula of the period before is called `previous`.
    """
    return _text(node)[0]


def _text(node: Expression) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    return _WRITERS[type(node)](node)


def _within(node: Expression, level: int) -> str:
    text, own = _text(node)
    return text if own >= level else f"({text})"


def _number(node: Number) -> tuple[str, int]:
    if node.name:
        return node.name, _ATOM
    text = exact_text(node.value)
    return text, _SIGN if node.value < 0 else _PRODUCT if "/" in text else _ATOM


def _operation(node: Operation) -> tuple[str, int]:
    if node.operator == "neg":
        return f"-{_within(node.operands[0], _ATOM)}", _SIGN
    if node.operator == "**":
        left, right = (_within(each, _ATOM) for each in node.operands)
        return f"{left} ** {right}", _POWER
    level = _LEVELS[node.operator]
    left, right = _within(node.operands[0], level), _within(node.operands[1], level + 1)
    return f"{left} {node.operator} {right}", level


def _comparison(node: Comparison) -> tuple[str, int]:
    left, right = _within(node.left, _SUM), _within(node.right, _SUM)
    return f"{left} {node.operator} {right}", _COMPARISON


def _logic(node: Logic) -> tuple[str, int]:
    if node.operator == "not":
        return f"not {_within(node.operands[0], _COMPARISON)}", _NOT
    level = _LEVELS[node.operator]
    return f" {node.operator} ".join(_within(each, level + 1) for each in node.operands), level


def _choice(node: Choice) -> tuple[str, int]:
    return _called("IF", node.condition, node.then, node.otherwise)


def _called(name: str, *arguments: Expression | str) -> tuple[str, int]:
    texts = (each if isinstance(each, str) else expression_text(each) for each in arguments)
    return f"{name}({', '.join(texts)})", _ATOM


def _statistic(node: Statistic) -> tuple[str, int]:
    position = () if node.position is None else (exact_text(node.position),)
    ties = (node.ties,) if node.ties not in {"", COMPETITION} else ()
    scope = (node.scope,) if node.scope != REPORTED else ()
    return _called(node.kind.value, node.inner, *position, *ties, *scope)


_WRITERS: Mapping[type, Callable[[Any], tuple[str, int]]] = {
    Number: _number,
    Text: lambda node: (f'"{node.value}"', _ATOM),
    Figure: lambda node: (node.label, _ATOM),
    Attribute: lambda node: (node.name, _ATOM),
    Operation: _operation,
    Comparison: _comparison,
    Logic: _logic,
    Choice: _choice,
    Call: lambda node: _called(node.function, *node.arguments),
    OverQuarters: lambda node: _called(node.function.value, node.inner),
    Statistic: _statistic,
    Substitute: lambda node: _text(node.inner),
    Earlier: lambda node: _called("previous", node.inner),
}
