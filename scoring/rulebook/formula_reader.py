"""Reads Python's syntax tree of one formula, taking only what the formula language has."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import Any

from scoring.codes import ElementCode, MemberCode
from scoring.expressions import (
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Logic,
    Number,
    OfQuarters,
    Operation,
    OverQuarters,
    Text,
    When,
    is_condition,
    walk,
)
from scoring.nearest import meant
from scoring.numbers import number_from_text
from scoring.rulebook.language import (
    ALL_FUNCTIONS,
    DEEPEST_FORMULA,
    FUNCTIONS,
    LONGEST_FORMULA,
    MOST_PARTS,
    MOST_PLACES,
    QUARTER_WORDS,
    TIME_WORDS,
    Vocabulary,
    half_width,
)

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%", ast.Pow: "**"}
_COMPARE = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==", ast.NotEq: "!="}


class Refused(Exception):
    """A part of a formula that the language does not have."""

    def __init__(self, node: ast.expr | None, code: str, zh: str, en: str, fix: str = "") -> None:
        self.code, self.zh, self.en, self.fix = code, zh, en, fix
        self.bytes_before = node.col_offset if node is not None else 0
        super().__init__(zh)


class FormulaReader:
    """One pass over Python's syntax tree of one formula, taking only what the language has."""

    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.count = 0
        self.depth = 0

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
        return Refused(at, "formula-syntax", zh, "brackets, operators or commas are wrong")

    def expression(self, node: ast.expr) -> Expression:
        """Any expression of the language."""
        self.count += 1
        self.depth += 1
        if self.count > MOST_PARTS or self.depth > DEEPEST_FORMULA:
            zh = f"公式超过 {MOST_PARTS} 个部分或 {DEEPEST_FORMULA} 层"
            raise Refused(node, "formula-too-long", zh, "too many parts or levels")
        reader = _READERS.get(type(node))
        if reader is None:
            raise Refused(node, "formula-not-allowed", "公式里不能这样写", "not part of the language")
        found = reader(self, node)
        self.depth -= 1
        return found

    def number(self, node: ast.expr, *, or_word: bool = False) -> Expression:
        """An expression that is a number, as far as can be known before any figure is."""
        found = self.expression(node)
        if is_condition(found) or (self.is_word(found) and not or_word):
            raise Refused(node, "formula-type", "这里要用数字,不能用条件或文字", "a number is needed here")
        return found

    def condition(self, node: ast.expr) -> Expression:
        """An expression that is true or false."""
        found = self.expression(node)
        if not is_condition(found):
            raise Refused(node, "formula-type", "这里要用条件(如 E101 >= 10)", "a condition is needed here")
        return found

    def is_word(self, node: Expression) -> bool:
        """Whether the expression is a word, such as 是."""
        if isinstance(node, Figure):
            return node.element in self.vocabulary.choices
        return isinstance(node, Text) or (isinstance(node, Attribute) and node.name in self.vocabulary.worded)

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

    def name(self, node: ast.Name) -> Expression:
        """An element, constant or attribute by its name."""
        words = self.vocabulary
        if node.id in words.elements:
            return Figure(ElementCode(node.id))
        if node.id in words.aliases:
            return Figure(words.aliases[node.id])
        if node.id in words.constants:
            return Number(words.constants[node.id])
        if node.id in words.attributes:
            return Attribute(node.id)
        raise self.unknown(node, node.id, words.names())

    def unknown(self, node: ast.expr, name: str, known: Collection[str]) -> Refused:
        """The refusal of a name that does not exist, with the nearest that does."""
        zh, en = f"没有名为 {name} 的数据项、属性或函数", f"unknown name {name}"
        return Refused(node, "unknown-name", zh, en, meant(name, known))

    def subscript(self, node: ast.Subscript) -> Expression:
        """Members of an element's breakdown."""
        base = self.name(node.value) if isinstance(node.value, ast.Name) else None
        if not isinstance(base, Figure):
            raise Refused(node, "formula-not-allowed", "方括号前要写数据项", "brackets follow an element")
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        members = tuple(self.member(part, base.element) for part in inner)
        if not members or len(set(members)) < len(members):
            raise Refused(node, "formula-not-allowed", "方括号里每个分类写一次", "each member once")
        return Figure(base.element, members)

    def member(self, node: ast.expr, element: ElementCode) -> MemberCode:
        """One member, however its characters are composed."""
        members = self.vocabulary.elements[element]
        by_name = {unicodedata.normalize("NFKC", member): member for member in members}
        word = node.id if isinstance(node, ast.Name) else getattr(node, "value", None)
        found = by_name.get(unicodedata.normalize("NFKC", word)) if isinstance(word, str) else None
        if found is None:
            known = "、".join(members) or "(无分类)"
            zh = f"{element} 没有这个分类,它的分类是:{known}"
            raise Refused(node, "unknown-member", zh, f"{element} has no such member")
        return found

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

    def call(self, node: ast.Call) -> Expression:
        """A function of the language, or a figure of another time."""
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise Refused(node, "formula-not-allowed", "公式里不能这样调用", "not part of the language")
        name = node.func.id
        if name not in ALL_FUNCTIONS:
            raise self.unknown(node.func, name, ALL_FUNCTIONS)
        least, most = FUNCTIONS.get(name, (1, 1))
        if not least <= len(node.args) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            zh, en = f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments"
            raise Refused(node, "formula-arguments", zh, en)
        if name in TIME_WORDS:
            return self.timed(node, TIME_WORDS[name])
        if name in QUARTER_WORDS:
            return self.over_quarters(node, OfQuarters(name))
        return self.function(node, name)

    def function(self, node: ast.Call, name: str) -> Expression:
        """A function of numbers; whether something is missing can be asked of a word too."""
        asks = name in {"is_missing", "is_not_applicable"}
        arguments = tuple(self.number(part, or_word=asks) for part in node.args)
        if name in {"round", "truncate"} and len(arguments) == 2 and not _is_places(arguments[1]):
            zh = f"小数位数要写 0 到 {MOST_PLACES} 的整数"
            raise Refused(node.args[1], "formula-arguments", zh, f"places: 0 to {MOST_PLACES}")
        return Call(name, arguments)

    def timed(self, node: ast.Call, when: When) -> Expression:
        """The figure of another time."""
        inner = self.expression(node.args[0])
        if not isinstance(inner, Figure) or inner.when is not When.NOW:
            raise Refused(node, "formula-arguments", "括号里只能写一个数据项", "takes one element")
        return Figure(inner.element, inner.members, when)

    def over_quarters(self, node: ast.Call, function: OfQuarters) -> Expression:
        """One number of the quarters due."""
        inner = self.number(node.args[0])
        if any(isinstance(part, OverQuarters) for part in walk(inner)):
            raise Refused(node, "formula-not-allowed", f"{function} 里不能再逐季计算", "cannot be nested")
        return OverQuarters(function, inner)


def _is_places(node: Expression) -> bool:
    return isinstance(node, Number) and node.value.denominator == 1 and 0 <= node.value <= MOST_PLACES


def _is_power(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)


_READERS: Mapping[type[ast.expr], Callable[[FormulaReader, Any], Expression]] = {
    ast.Constant: FormulaReader.constant,
    ast.Name: FormulaReader.name,
    ast.Subscript: FormulaReader.subscript,
    ast.UnaryOp: FormulaReader.unary,
    ast.BinOp: FormulaReader.binary,
    ast.Compare: FormulaReader.comparison,
    ast.BoolOp: FormulaReader.logic,
    ast.IfExp: FormulaReader.choice,
    ast.Call: FormulaReader.call,
}
