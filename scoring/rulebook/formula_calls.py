"""Reads the functions of formulas: numbers, times, quarters, members of breakdowns, statistics over units."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping

from scoring.codes import ElementCode, MemberCode
from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Call,
    Choice,
    Expression,
    Figure,
    Number,
    OfQuarters,
    Operation,
    OverQuarters,
    When,
    at_member,
    parts,
    walk,
)
from scoring.periods import QUARTERS
from scoring.rulebook.formula_reading import Reading, Refused
from scoring.rulebook.formula_statistics import read_statistic
from scoring.rulebook.language import (
    ALL_FUNCTIONS,
    FUNCTIONS,
    MOST_PLACES,
    QUARTER_WORDS,
    STATISTICS,
    TIME_WORDS,
)

_ROUNDING = frozenset({"round", "round_half_even", "truncate", "floor", "ceil"})
_ASKING = frozenset({"is_missing", "is_not_applicable"})
_EXCEL_WORDS: Mapping[str, str] = {
    "AND": "两个条件之间写 and",
    "OR": "两个条件之间写 or",
    "NOT": "条件前写 not",
    "IFERROR": "可用 coalesce",
    "POWER": "乘方写作 **",
    "MOD": "取余写作 %",
    "AVERAGE": "请写成相加再除以个数",
}


def read_call(reading: Reading, node: ast.Call) -> Expression:
    """A function of the language, with as many arguments as it takes."""
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise Refused(node, "formula-not-allowed", "公式里不能这样调用", "not part of the language")
    name = node.func.id
    if name not in ALL_FUNCTIONS:
        raise _unknown(reading, node.func, name)
    least, most = FUNCTIONS.get(name) or STATISTICS.get(name) or (1, 1)
    if not least <= len(node.args) <= most:
        wanted = str(least) if least == most else f"{least}–{most}"
        zh, en = f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments"
        raise Refused(node, "formula-arguments", zh, en)
    if name in TIME_WORDS:
        return _timed(reading, node, TIME_WORDS[name])
    if name in QUARTER_WORDS:
        return _over_quarters(reading, node, OfQuarters(name))
    if name in MEMBER_FUNCTIONS:
        return _over_members(reading, node, name)
    if name in STATISTICS:
        return read_statistic(reading, node, name)
    return _function(reading, node, name)


def _unknown(reading: Reading, node: ast.Name, name: str) -> Refused:
    refused = reading.unknown(node, name, ALL_FUNCTIONS)
    if not refused.fix:
        lower = name.lower()
        refused.fix = _EXCEL_WORDS.get(name.upper(), f"是否想写 {lower}?" if lower in ALL_FUNCTIONS else "")
    return refused


def _function(reading: Reading, node: ast.Call, name: str) -> Expression:
    """A function of numbers; whether something is missing can be asked of a word too."""
    if name == "IF":
        test, then, otherwise = node.args
        return Choice(reading.condition(test), reading.number(then), reading.number(otherwise))
    arguments = tuple(reading.number(part, or_word=name in _ASKING) for part in node.args)
    if len(arguments) == 2 and name in _ROUNDING and not _is_places(arguments[1]):
        zh = f"小数位数要写 0 到 {MOST_PLACES} 的整数"
        raise Refused(node.args[1], "formula-arguments", zh, f"places: 0 to {MOST_PLACES}")
    if len(arguments) == 2 and name == "ln":
        return Call("ln", (Operation("+", arguments),))
    return Call(name, arguments)


def _is_places(node: Expression) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and 0 <= node.value <= MOST_PLACES


def _timed(reading: Reading, node: ast.Call, when: When) -> Expression:
    """The figure of another time."""
    inner = reading.expression(node.args[0])
    if not isinstance(inner, Figure) or inner.when is not When.NOW:
        raise Refused(node, "formula-arguments", "括号里只能写一个数据项", "takes one element")
    return Figure(inner.element, inner.members, when, inner.excluded)


def _over_quarters(reading: Reading, node: ast.Call, function: OfQuarters) -> Expression:
    """One number of the quarters due."""
    before = reading.written_out
    inner = reading.number(node.args[0])
    if any(isinstance(part, OverQuarters) for part in walk(inner)):
        raise Refused(node, "formula-not-allowed", f"{function} 里不能再逐季计算", "cannot be nested")
    reading.add(node, (len(QUARTERS) - 1) * (reading.written_out - before), len(QUARTERS))
    return OverQuarters(function, inner)


def _over_members(reading: Reading, node: ast.Call, name: str) -> Expression:
    """One number of the members of the breakdown that the unselected figures share."""
    before = reading.written_out
    argument = node.args[0]
    inner = reading.condition(argument) if name == "count_members" else reading.number(argument)
    if any(isinstance(part, Call) and part.function in MEMBER_FUNCTIONS for part in walk(inner)):
        raise Refused(node, "formula-not-allowed", f"{name} 里不能再逐个分类计算", "cannot be nested")
    divided, members = _shared_members(reading, node, name, inner)
    reading.add(node, (len(members) - 1) * (reading.written_out - before))
    return Call(name, tuple(at_member(inner, member, divided) for member in members))


def _shared_members(
    reading: Reading, node: ast.Call, name: str, inner: Expression
) -> tuple[Collection[ElementCode], tuple[MemberCode, ...]]:
    """The elements with a breakdown of which no member is selected, and the members that they share."""
    broken_down = reading.vocabulary.elements
    open_ = {part.element: broken_down[part.element] for part in _unselected(inner)}
    divided = {element: members for element, members in open_.items() if members}
    if not divided:
        zh = f"{name} 的括号里要有一个分了类、又没有用方括号选定分类的数据项"
        raise Refused(node, "formula-arguments", zh, f"{name} needs an element with a breakdown")
    first, *others = divided.items()
    for element, members in others:
        if members != first[1]:
            zh = f"{name} 的括号里 {first[0]} 与 {element} 的分类不同,不知道按哪个分类逐个计算"
            fix = "请用方括号选定其中一个的分类"
            raise Refused(node, "formula-ambiguous", zh, "the elements have different breakdowns", fix)
    return divided.keys(), first[1]


def _unselected(node: Expression) -> Iterator[Figure]:
    if isinstance(node, Figure):
        if not node.members:
            yield node
        return
    for part in parts(node):
        yield from _unselected(part)
