"""Reads statistics over units: what is looked at, in which scope, and how ties are placed."""

from __future__ import annotations

import ast
from fractions import Fraction

from scoring.expressions import (
    COMPETITION,
    REPORTED,
    SCOPES,
    Attribute,
    Expression,
    Number,
    Statistic,
    StatisticKind,
    walk,
)
from scoring.nearest import meant
from scoring.numbers import number_from_text
from scoring.rulebook.final_rules import Ties
from scoring.rulebook.formula_reading import Reading, Refused


def read_statistic(reading: Reading, node: ast.Call, name: str) -> Expression:
    """A statistic such as `units_mean(E101)` or `units_percentile(E101, 25, peers)`."""
    if not reading.vocabulary.statistics:
        zh = f"这里只看一个单位的数,不能用 {name}"
        raise Refused(node, "formula-not-allowed", zh, "statistics over units are not known here")
    kind = StatisticKind(name)
    inner = reading.number(node.args[0], or_condition=kind is StatisticKind.COUNT)
    own = {part.name for part in walk(inner) if isinstance(part, Attribute)} & {*reading.vocabulary.own}
    if own:
        zh = f"{'、'.join(sorted(own))} 不能用在 {name} 里"
        raise Refused(node, "formula-not-allowed", zh, "known of the unit itself alone")
    rest = node.args[1:]
    position: Fraction | None = None
    ties = ""
    if kind is StatisticKind.PERCENTILE:
        position, rest = _position(reading, rest[0]), rest[1:]
    if kind is StatisticKind.RANK:
        ties, rest = _ties(reading, rest)
    return Statistic(kind, inner, _scope(reading, rest[0]) if rest else REPORTED, position, ties)


def _position(reading: Reading, node: ast.expr) -> Fraction:
    literal = ast.get_source_segment(reading.source, node) or ""
    found = number_from_text(literal)
    if found is None and isinstance(node, ast.Name):
        named = reading.expression(node)
        found = named.value if isinstance(named, Number) else None
    if found is None or not 0 <= found <= 100:
        zh = "第二个参数是百分位,要写 0 到 100 的数"
        raise Refused(node, "formula-arguments", zh, "the percentile is a number from 0 to 100")
    return found


def _ties(reading: Reading, rest: list[ast.expr]) -> tuple[str, list[ast.expr]]:
    """The way of ties, if it is said, and what stands behind it."""
    first = rest[0] if rest else None
    if isinstance(first, ast.Name) and first.id in set(Ties):
        return first.id, rest[1:]
    if len(rest) == 2:
        raise _not_a_word(first, "并列的算法", [*Ties])
    if isinstance(first, ast.Name) and first.id not in {*SCOPES, *reading.vocabulary.worded}:
        raise _not_a_word(first, "并列的算法或范围", [*Ties, *_scopes(reading)])
    return COMPETITION, rest


def _scope(reading: Reading, node: ast.expr) -> str:
    if isinstance(node, ast.Name) and node.id in {*SCOPES, *reading.vocabulary.worded}:
        return node.id
    raise _not_a_word(node, "范围", _scopes(reading))


def _scopes(reading: Reading) -> list[str]:
    return [*SCOPES, *sorted(reading.vocabulary.worded)]


def _not_a_word(node: ast.expr | None, what: str, known: list[str]) -> Refused:
    zh = f"{what}要写 {'、'.join(known)} 之一"
    name = node.id if isinstance(node, ast.Name) else ""
    return Refused(node, "unknown-word", zh, f"one of {', '.join(known)} is needed", meant(name, known))
