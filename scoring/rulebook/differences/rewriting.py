"""Whether two formulas mean the same however written: brackets, order of sums, turned comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from scoring.expressions import Call, Comparison, Expression, Formula, Operation

Shape = tuple[object, ...]
_TURNED = {">": "<", ">=": "<="}
_SYMMETRIC = {"==", "!="}
_COMMUTING = {"+", "*"}
_UNORDERED = {"min", "max"}


def same_meaning(one: Formula, other: Formula) -> bool:
    """Whether both give the same for all figures, as far as that shows without reckoning.

    True is certain: exact sums, products, least and greatest do not depend on the order of their parts, nor
    does the reason why there is no value. False may still be two ways of saying one thing.
    """
    return one.root == other.root or shape_of(one.root) == shape_of(other.root)


def shape_of(node: object) -> object:
    """An expression as nested tuples that are equal for every way of writing it that is seen through."""
    if isinstance(node, Operation) and node.operator in _COMMUTING:
        return node.operator, *_sorted(_flat(node.operator, node))
    if isinstance(node, Call) and node.function in _UNORDERED:
        return node.function, *_sorted(node.arguments)
    if isinstance(node, Comparison):
        return _comparison(node)
    if is_dataclass(node):
        compared = (each.name for each in fields(node) if each.compare)
        return type(node).__name__, *(shape_of(getattr(node, name)) for name in compared)
    if isinstance(node, tuple):
        return tuple(shape_of(each) for each in node)
    return node


def words_of(node: object) -> Iterator[str]:
    """Every word in an expression, a method or any other record: codes of elements, names, choices."""
    if isinstance(node, str):
        if not isinstance(node, Enum):
            yield node
    elif is_dataclass(node):
        for each in fields(node):
            yield from words_of(getattr(node, each.name))
    elif isinstance(node, tuple | frozenset | Mapping):
        for part in node:
            yield from words_of(part)


def _comparison(node: Comparison) -> Shape:
    left, right, sign = shape_of(node.left), shape_of(node.right), node.operator
    if sign in _SYMMETRIC:
        return sign, *sorted((left, right), key=repr)
    return (_TURNED[sign], right, left) if sign in _TURNED else (sign, left, right)


def _flat(operator: str, node: Expression) -> Iterator[Expression]:
    if isinstance(node, Operation) and node.operator == operator:
        for part in node.operands:
            yield from _flat(operator, part)
    else:
        yield node


def _sorted(nodes: Iterator[Expression] | tuple[Expression, ...]) -> list[object]:
    return sorted((shape_of(each) for each in nodes), key=repr)
