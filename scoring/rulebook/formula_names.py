"""Reads the names of formulas: elements, constants, attributes, definitions, and members of a breakdown."""

from __future__ import annotations

import ast
import unicodedata

from scoring.codes import ElementCode, MemberCode
from scoring.expressions import Attribute, Expression, Figure, Number, Statistic, walk
from scoring.rulebook.formula_reading import Reading, Refused


def read_name(reading: Reading, node: ast.Name) -> Expression:
    """What a name stands for; of a definition the expression itself."""
    words, name = reading.vocabulary, node.id
    if name in words.elements:
        return Figure(ElementCode(name))
    if name in words.aliases:
        return Figure(words.aliases[name])
    if name in words.constants:
        return Number(words.constants[name], name)
    if name in words.attributes or name in words.tables:
        return Attribute(name)
    defined = words.definitions.get(name)
    if defined is None:
        raise reading.unknown(node, name, words.names())
    if not words.statistics and any(isinstance(part, Statistic) for part in walk(defined.root)):
        zh = f"这里只看一个单位的数,定义 {name} 要看别的单位"
        raise Refused(node, "formula-not-allowed", zh, "statistics over units are not known here")
    reading.add(node, defined.parts, defined.levels)
    reading.uses[name] = None
    return defined.root


def read_selection(reading: Reading, node: ast.Subscript) -> Expression:
    """Some members of an element's breakdown: `E[a, b]`, or all but some: `E[not a]`, `E[not (a, b)]`."""
    base = read_name(reading, node.value) if isinstance(node.value, ast.Name) else None
    if not isinstance(base, Figure) or base.members:
        raise Refused(node, "formula-not-allowed", "方括号前要写数据项", "brackets follow an element")
    inner, without = node.slice, False
    if isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.Not):
        inner, without = inner.operand, True
    named = _members(reading, inner, base.element)
    if not named or len(set(named)) < len(named):
        raise Refused(node, "formula-not-allowed", "方括号里每个分类写一次", "each member once")
    if not without:
        return Figure(base.element, named)
    rest = tuple(each for each in reading.vocabulary.elements[base.element] if each not in named)
    if not rest:
        zh = f"除去这些,{base.element} 就没有分类了"
        raise Refused(node, "formula-not-allowed", zh, "no member is left")
    return Figure(base.element, rest, excluded=named)


def _members(reading: Reading, node: ast.expr, element: ElementCode) -> tuple[MemberCode, ...]:
    written = node.elts if isinstance(node, ast.Tuple) else [node]
    for each in written:
        if isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.Not):
            zh = "not 与逗号并用有歧义,请写成 [not (甲, 乙)]"
            raise Refused(each, "formula-ambiguous", zh, "not beside commas: write [not (a, b)]")
    return tuple(_member(reading, each, element) for each in written)


def _member(reading: Reading, node: ast.expr, element: ElementCode) -> MemberCode:
    """One member, however its characters are composed."""
    members = reading.vocabulary.elements[element]
    by_name = {unicodedata.normalize("NFKC", member): member for member in members}
    word = node.id if isinstance(node, ast.Name) else getattr(node, "value", None)
    found = by_name.get(unicodedata.normalize("NFKC", word)) if isinstance(word, str) else None
    if found is None:
        known = "、".join(members) or "(无分类)"
        zh = f"{element} 没有这个分类,它的分类是:{known}"
        raise Refused(node, "unknown-member", zh, f"{element} has no such member")
    return found
