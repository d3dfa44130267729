"""The formula language: text to expression, every mistake with its line and column."""

from __future__ import annotations

import ast
import difflib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.codes import ElementCode, MemberCode
from scoring.errors import Issue, Place
from scoring.expressions import (
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Formula,
    Logic,
    MeanOfQuarters,
    Number,
    Operation,
    Text,
    When,
    parts,
)
from scoring.numbers import number_from_text

LONGEST_FORMULA = 2_000
MOST_PARTS = 400
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "min": (2, 50),
    "max": (2, 50),
    "abs": (1, 1),
    "clamp": (3, 3),
    "round": (1, 2),
    "floor": (1, 1),
    "ceil": (1, 1),
    "truncate": (1, 2),
    "sqrt": (1, 1),
    "ln": (1, 1),
    "log10": (1, 1),
    "coalesce": (2, 50),
    "is_missing": (1, 1),
    "is_not_applicable": (1, 1),
}
"""Each function with the least and greatest number of its arguments."""
TIME_WORDS = {"last_year": When.LAST_YEAR, "previous": When.PREVIOUS}
_FULL_WIDTH = str.maketrans("（），×÷－＋［］＞＜", "(),*/-+[]><")
_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: "%", ast.Pow: "**"}
_COMPARE = {ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">", ast.Eq: "==", ast.NotEq: "!="}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a formula may use: elements with the members of their breakdowns, attributes, constants."""

    elements: Mapping[str, tuple[MemberCode, ...]] = field(default_factory=dict)
    attributes: Collection[str] = ()
    constants: Mapping[str, Fraction] = field(default_factory=dict)
    aliases: Mapping[str, ElementCode] = field(default_factory=dict)
    """Other names of elements, such as their Chinese names."""


class _Refused(Exception):
    """A part of a formula that the language does not have."""

    def __init__(self, node: ast.AST | None, code: str, zh: str, en: str, fix: str = "") -> None:
        self.node, self.code, self.zh, self.en, self.fix = node, code, zh, en, fix
        super().__init__(zh)


def parse_formula(
    text: str, vocabulary: Vocabulary, place: Place
) -> tuple[Formula | None, tuple[Issue, ...]]:
    """The formula, or the issue that says at which line and column it cannot be read.

    `place` is where the text begins in its file. Parsing always ends: length and parts are bounded.
    """
    source = text.translate(_FULL_WIDTH)
    try:
        return Formula(text, _Reader(source, vocabulary).read()), ()
    except _Refused as refused:
        offset = _offset(source, refused.node)
        column = None if place.column is None else place.column + offset
        at = Place(file=place.file, line=place.line, column=column)
        where = f"公式第 {offset + 1} 个字符处:"
        issue = Issue(
            code=refused.code,
            zh=where + refused.zh,
            en=f"at character {offset + 1} of the formula: {refused.en}",
            fix_zh=refused.fix,
            place=at,
            found=text[:200],
        )
        return None, (issue,)


def _offset(source: str, node: ast.AST | None) -> int:
    """Characters before the node; the parser itself counts UTF-8 bytes."""
    column = getattr(node, "col_offset", 0) or 0
    return len(source.encode()[:column].decode(errors="ignore"))


class _Reader:
    """One pass over Python's syntax tree of one formula, taking only what the language has."""

    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.count = 0

    def read(self) -> Expression:
        if len(self.source) > LONGEST_FORMULA:
            raise _Refused(
                None, "formula-too-long", f"公式超过 {LONGEST_FORMULA} 个字符", "the formula is too long"
            )
        if "\n" in self.source:
            raise _Refused(None, "formula-syntax", "公式要写在一行里", "a formula stands on one line")
        try:
            tree = ast.parse(self.source, mode="eval")
        except SyntaxError as error:
            raise self._syntax(error) from None
        except (ValueError, RecursionError, MemoryError):
            raise _Refused(
                None, "formula-syntax", "公式无法读懂(嵌套过深或有不可见字符)", "cannot be read"
            ) from None
        return self.expression(tree.body)

    def _syntax(self, error: SyntaxError) -> _Refused:
        anchor = ast.Constant(value=0)
        anchor.col_offset = len(self.source[: max((error.offset or 1) - 1, 0)].encode())
        return _Refused(
            anchor, "formula-syntax", "公式写法有误,检查括号、运算符和逗号", "the formula cannot be read"
        )

    def expression(self, node: ast.expr) -> Expression:
        self.count += 1
        if self.count > MOST_PARTS:
            raise _Refused(node, "formula-too-long", f"公式超过 {MOST_PARTS} 个部分", "too many parts")
        reader = {
            ast.Constant: self.constant,
            ast.Name: self.name,
            ast.Subscript: self.subscript,
            ast.UnaryOp: self.unary,
            ast.BinOp: self.binary,
            ast.Compare: self.comparison,
            ast.BoolOp: self.logic,
            ast.IfExp: self.choice,
            ast.Call: self.call,
        }.get(type(node))
        if reader is None:
            raise _Refused(
                node, "formula-not-allowed", "公式里不能这样写", "not part of the formula language"
            )
        return reader(node)  # type: ignore[operator]

    def constant(self, node: ast.Constant) -> Expression:
        if isinstance(node.value, str):
            return Text(node.value)
        literal = ast.get_source_segment(self.source, node) or ""
        value = number_from_text(literal)
        if value is None:
            raise _Refused(
                node, "formula-number", f"“{literal}”不是十进制数", f"{literal!r} is not a decimal number"
            )
        return Number(value)

    def name(self, node: ast.Name) -> Expression:
        words = self.vocabulary
        if node.id in words.elements:
            return Figure(ElementCode(node.id))
        if node.id in words.aliases:
            return Figure(words.aliases[node.id])
        if node.id in words.constants:
            return Number(words.constants[node.id])
        if node.id in words.attributes:
            return Attribute(node.id)
        raise self.unknown(
            node, node.id, {*words.elements, *words.aliases, *words.constants, *words.attributes}
        )

    def unknown(self, node: ast.expr, name: str, known: Collection[str]) -> _Refused:
        near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
        fix = f"是否想写 {near[0]}?" if near else ""
        return _Refused(
            node, "unknown-name", f"没有名为 {name} 的数据项、属性或函数", f"unknown name {name}", fix
        )

    def subscript(self, node: ast.Subscript) -> Expression:
        if not isinstance(node.value, ast.Name):
            raise _Refused(node, "formula-not-allowed", "方括号前要写数据项", "brackets follow an element")
        base = self.name(node.value)
        if not isinstance(base, Figure):
            raise _Refused(
                node, "formula-not-allowed", f"{node.value.id} 不是数据项,没有分类", "not an element"
            )
        members = self.vocabulary.elements[base.element]
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return Figure(base.element, tuple(self.member(part, base.element, members) for part in inner))

    def member(self, node: ast.expr, element: str, members: tuple[MemberCode, ...]) -> MemberCode:
        by_name = {unicodedata.normalize("NFKC", member): member for member in members}
        word = node.id if isinstance(node, ast.Name) else getattr(node, "value", None)
        if isinstance(word, str) and unicodedata.normalize("NFKC", word) in by_name:
            return by_name[unicodedata.normalize("NFKC", word)]
        known = "、".join(members) or "(无分类)"
        raise _Refused(node, "unknown-member", f"{element} 没有这个分类,它的分类是:{known}", "unknown member")

    def unary(self, node: ast.UnaryOp) -> Expression:
        inner = self.expression(node.operand)
        if isinstance(node.op, ast.Not):
            return Logic("not", (self.condition(inner, node),))
        if isinstance(node.op, ast.USub):
            if (
                isinstance(node.operand, ast.BinOp)
                and isinstance(node.operand.op, ast.Pow)
                and self.bare(node)
            ):
                raise _Refused(
                    node,
                    "formula-ambiguous",
                    "负号与乘方并用有歧义,请加括号:(-3)**2 或 -(3**2)",
                    "ambiguous: use brackets",
                )
            return Operation("neg", (inner,))
        if isinstance(node.op, ast.UAdd):
            return inner
        raise _Refused(node, "formula-not-allowed", "没有这个运算", "no such operator")

    def bare(self, node: ast.UnaryOp) -> bool:
        """Whether the operand follows the sign directly, without a bracket of its own."""
        between = self.source.encode()[node.col_offset + 1 : node.operand.col_offset].decode()
        return "(" not in between

    def binary(self, node: ast.BinOp) -> Expression:
        operator = _BINARY.get(type(node.op))
        if operator is None:
            hint = "乘方写作 **" if isinstance(node.op, ast.BitXor) else ""
            raise _Refused(node, "formula-not-allowed", "没有这个运算", "no such operator", hint)
        right = node.right
        chained = isinstance(right, ast.BinOp) and isinstance(right.op, ast.Pow)
        between = self.source.encode()[node.left.end_col_offset or 0 : right.col_offset].decode()
        if operator == "**" and chained and "(" not in between:
            raise _Refused(node, "formula-ambiguous", "连续乘方有歧义,请加括号", "ambiguous: use brackets")
        return Operation(operator, (self.number(node.left), self.number(right)))

    def number(self, node: ast.expr) -> Expression:
        inner = self.expression(node)
        if isinstance(inner, Comparison | Logic | Text):
            raise _Refused(node, "formula-type", "这里要用数字,不能用条件或文字", "a number is needed here")
        return inner

    def condition(self, inner: Expression, node: ast.expr) -> Expression:
        logical = isinstance(inner, Comparison | Logic) or (
            isinstance(inner, Call) and inner.function in {"is_missing", "is_not_applicable"}
        )
        if not logical:
            raise _Refused(node, "formula-type", "这里要用条件(如 E101 >= 10)", "a condition is needed here")
        return inner

    def comparison(self, node: ast.Compare) -> Expression:
        operator = _COMPARE.get(type(node.ops[0]))
        if operator is None:
            raise _Refused(node, "formula-not-allowed", "没有这种比较", "no such comparison")
        sides = [self.expression(side) for side in (node.left, *node.comparators)]
        pairs = [
            Comparison(_COMPARE[type(kind)], left, right)
            for kind, left, right in zip(node.ops, sides, sides[1:], strict=False)
            if type(kind) in _COMPARE
        ]
        if len(pairs) != len(node.ops):
            raise _Refused(node, "formula-not-allowed", "没有这种比较", "no such comparison")
        return pairs[0] if len(pairs) == 1 else Logic("and", tuple(pairs))

    def logic(self, node: ast.BoolOp) -> Expression:
        operator = "and" if isinstance(node.op, ast.And) else "or"
        return Logic(operator, tuple(self.condition(self.expression(part), part) for part in node.values))

    def choice(self, node: ast.IfExp) -> Expression:
        condition = self.condition(self.expression(node.test), node.test)
        return Choice(condition, self.number(node.body), self.number(node.orelse))

    def call(self, node: ast.Call) -> Expression:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise _Refused(
                node, "formula-not-allowed", "公式里不能这样调用", "not part of the formula language"
            )
        name = node.func.id
        if name in TIME_WORDS:
            return self.timed(node, TIME_WORDS[name])
        if name == "mean_of_quarters":
            return self.mean_of_quarters(node)
        if name not in FUNCTIONS:
            raise self.unknown(node.func, name, {*FUNCTIONS, *TIME_WORDS, "mean_of_quarters"})
        least, most = FUNCTIONS[name]
        if not least <= len(node.args) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            raise _Refused(
                node, "formula-arguments", f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments"
            )
        return self.checked_call(node, name, tuple(self.number(part) for part in node.args))

    def checked_call(self, node: ast.Call, name: str, arguments: tuple[Expression, ...]) -> Expression:
        if name in {"round", "truncate"} and len(arguments) == 2:
            places = arguments[1]
            whole = isinstance(places, Number) and places.value.denominator == 1 and 0 <= places.value <= 12
            if not whole:
                raise _Refused(node, "formula-arguments", "小数位数要写 0 到 12 的整数", "places: 0 to 12")
        return Call(name, arguments)

    def timed(self, node: ast.Call, when: When) -> Expression:
        inner = self.expression(node.args[0]) if len(node.args) == 1 else None
        if not isinstance(inner, Figure) or inner.when is not When.NOW:
            raise _Refused(node, "formula-arguments", "括号里只能写一个数据项", "takes one element")
        return Figure(inner.element, inner.members, when)

    def mean_of_quarters(self, node: ast.Call) -> Expression:
        if len(node.args) != 1:
            raise _Refused(node, "formula-arguments", "mean_of_quarters 要 1 个参数", "takes one argument")
        inner = self.number(node.args[0])
        stack = [inner]
        while stack:
            part = stack.pop()
            if isinstance(part, MeanOfQuarters):
                raise _Refused(node, "formula-not-allowed", "mean_of_quarters 不能套用", "cannot be nested")
            stack.extend(parts(part))
        return MeanOfQuarters(inner)
