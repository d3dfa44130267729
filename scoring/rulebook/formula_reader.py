"""Reads Python's syntax tree of one formula, taking only what the formula language has."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from scoring.expressions import (
    Choice,
    Comparison,
    Expression,
    Figure,
    Logic,
    Number,
    Operation,
    Text,
    is_condition,
)
from scoring.numbers import number_from_text
from scoring.rulebook.formula_calls import read_call
from scoring.rulebook.formula_names import read_name, read_selection
from scoring.rulebook.formula_reading import Reading, Refused
from scoring.rulebook.language import LONGEST_FORMULA, half_width

__all__ = ["FormulaReader", "Refused"]

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%", ast.Pow: "**"}
_FOREIGN_SIGNS = (
    (re.compile(r"<>"), "不等于写作 !="),
    (re.compile(r"(?<![<>=!])=(?!=)"), "等于写作 =="),
    (re.compile(r"&&"), "并且写作 and"),
    (re.compile(r"[|][|]"), "或者写作 or"),
    (re.compile(r"[0-9]%\s*(?:[-+*/),]|$)"), "百分数写作小数,如 0.5"),
    (re.compile(r"[≥≤≠]"), "请写 >=、<= 或 !="),
)
"""Signs of other languages that Python cannot read, and what is written instead."""
_COMPARE = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==", ast.NotEq: "!="}


class FormulaReader(Reading):
    """One pass over Python's syntax tree of one formula, taking only what the language has."""

    def read(self) -> Expression:
        """The whole formula; raises Refused."""
        if len(self.source) > LONGEST_FORMULA:
            raise Refused(None, "formula-too-long", f"公式超过 {LONGEST_FORMULA} 个字符", "too long")
        if not self.source.isprintable() or "\\" in self.source:
            raise Refused(None, "formula-syntax", "公式要写在一行里,不含看不见的字符", "one line of text")
        try:
            tree = ast.parse(self.source, mode="eval")
        except SyntaxError as error:
            raise self._syntax(error) from None
        except (RecursionError, MemoryError):
            raise Refused(None, "formula-too-long", "公式嵌套过深", "too deeply nested") from None
        return self.expression(tree.body)

    def _syntax(self, error: SyntaxError) -> Refused:
        # An offset of 0 means the end of the text.
        before = self.source[: error.offset - 1] if error.offset else self.source
        at = ast.Constant(value=0, lineno=1, col_offset=len(before.encode()))
        zh = "公式写法有误,检查括号、运算符和逗号"
        fix = next((fix for sign, fix in _FOREIGN_SIGNS if sign.search(self.source)), "")
        return Refused(at, "formula-syntax", zh, "brackets, operators or commas are wrong", fix)

    def taken(self, node: ast.expr) -> Expression:
        """The expression of one node, its parts read in turn."""
        reader = _READERS.get(type(node))
        if reader is None:
            raise Refused(node, "formula-not-allowed", "公式里不能这样写", "not part of the language")
        return reader(self, node)

    def constant(self, node: ast.Constant) -> Expression:
        """A decimal number or a quoted word."""
        if isinstance(node.value, str):
            return Text(node.value)
        literal = ast.get_source_segment(self.source, node) or ""
        value = number_from_text(literal)
        if value is None:
            raise Refused(
                node, "formula-number", f"“{literal}”不是十进制数", f"{literal!r} is not a decimal number"
            )
        return Number(value)

    def unary(self, node: ast.UnaryOp) -> Expression:
        """A sign or `not`."""
        if isinstance(node.op, ast.Not):
            return Logic("not", (self.condition(node.operand),))
        if isinstance(node.op, ast.Invert):
            raise Refused(node, "formula-not-allowed", "没有这个运算", "no such operator")
        if _is_power(node.operand) and not self.bracketed(node.col_offset + 1, node.operand):
            zh = "符号与乘方并用有歧义,请加括号:(-3)**2 或 -(3**2)"
            raise Refused(node, "formula-ambiguous", zh, "a sign before a power: use brackets")
        found = self.number(node.operand)
        return Operation("neg", (found,)) if isinstance(node.op, ast.USub) else found

    def binary(self, node: ast.BinOp) -> Expression:
        """Arithmetic on two numbers."""
        operator = _BINARY.get(type(node.op))
        if operator is None:
            hint = "乘方写作 **" if isinstance(node.op, ast.BitXor) else ""
            raise Refused(node, "formula-not-allowed", "没有这个运算", "no such operator", hint)
        chained = operator == "**" and _is_power(node.right)
        if chained and not self.bracketed(node.left.end_col_offset or 0, node.right):
            raise Refused(
                node, "formula-ambiguous", "连续乘方有歧义,请加括号", "chained powers: use brackets"
            )
        return Operation(operator, (self.number(node.left), self.number(node.right)))

    def bracketed(self, start: int, node: ast.expr) -> bool:
        """Whether a bracket opens between a byte of the source and the expression."""
        return b"(" in self.source.encode()[start : node.col_offset]

    def comparison(self, node: ast.Compare) -> Expression:
        """One comparison, or a chain of them (0 <= E101 < 10)."""
        sides = [node.left, *node.comparators]
        found = [self.expression(side) for side in sides]
        for side, each in zip(sides, found, strict=True):
            if is_condition(each):
                raise Refused(side, "formula-type", "条件不能再比较大小", "a condition cannot be compared")
        pairs = tuple(
            self.compared(node, operator, left, right)
            for operator, (left, right) in zip(node.ops, pairwise(found), strict=True)
        )
        return pairs[0] if len(pairs) == 1 else Logic("and", pairs)

    def compared(self, node: ast.Compare, kind: ast.cmpop, left: Expression, right: Expression) -> Comparison:
        """One comparison: of numbers, or of a choice with one of its own words."""
        operator = _COMPARE.get(type(kind))
        if operator is None:
            raise Refused(node, "formula-not-allowed", "没有这种比较", "no such comparison")
        if not self.is_word(left) and not self.is_word(right):
            return Comparison(operator, left, right)
        if not (self.is_word(left) and self.is_word(right)) or operator not in {"==", "!="}:
            zh = "文字只能与文字用 == 或 != 比较"
            raise Refused(node, "formula-type", zh, "words are compared by == and != with words")
        return Comparison(operator, self.own_word(node, left, right), self.own_word(node, right, left))

    def own_word(self, node: ast.Compare, word: Expression, other: Expression) -> Expression:
        """A quoted word as the choice it is compared with writes it."""
        if not isinstance(word, Text) or not isinstance(other, Figure):
            return word
        words = {half_width(each): each for each in self.vocabulary.choices[other.element]}
        if word.value not in words:
            zh = f"{other.element} 没有“{word.value}”这个选项,可选:{'、'.join(words.values())}"
            raise Refused(node, "unknown-word", zh, f"{other.element} never is {word.value!r}")
        return Text(words[word.value])

    def logic(self, node: ast.BoolOp) -> Expression:
        """`and`, `or`."""
        operator = "and" if isinstance(node.op, ast.And) else "or"
        return Logic(operator, tuple(self.condition(part) for part in node.values))

    def choice(self, node: ast.IfExp) -> Expression:
        """One of two numbers."""
        return Choice(self.condition(node.test), self.number(node.body), self.number(node.orelse))


def _is_power(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)


_READERS: Mapping[type[ast.expr], Callable[[FormulaReader, Any], Expression]] = {
    ast.Constant: FormulaReader.constant,
    ast.Name: read_name,
    ast.Subscript: read_selection,
    ast.UnaryOp: FormulaReader.unary,
    ast.BinOp: FormulaReader.binary,
    ast.Compare: FormulaReader.comparison,
    ast.BoolOp: FormulaReader.logic,
    ast.IfExp: FormulaReader.choice,
    ast.Call: read_call,
}
