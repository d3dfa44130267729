"""What every part of the reader of formulas needs: refusals, limits, and what is a number."""

from __future__ import annotations

import ast
from collections.abc import Collection

from scoring.expressions import Attribute, Expression, Figure, Text, is_condition
from scoring.nearest import meant
from scoring.rulebook.language import (
    DEEPEST_FORMULA,
    DEEPEST_WRITTEN_OUT,
    MOST_PARTS,
    MOST_WRITTEN_OUT,
    Vocabulary,
)


class Refused(Exception):
    """A part of a formula that the language does not have."""

    def __init__(self, node: ast.expr | None, code: str, zh: str, en: str, fix: str = "") -> None:
        self.code, self.zh, self.en, self.fix = code, zh, en, fix
        self.bytes_before = node.col_offset if node is not None else 0
        super().__init__(zh)


class Reading:
    """One formula being read.

    count: the parts written so far. added: those that come to them where definitions are put in and members
    and quarters are written out. uses: the definitions that the formula names, in order.
    """

    def __init__(self, source: str, vocabulary: Vocabulary) -> None:
        self.source = source
        self.vocabulary = vocabulary
        self.count = 0
        self.depth = 0
        self.added = 0
        self.uses: dict[str, None] = {}

    def expression(self, node: ast.expr) -> Expression:
        """Any expression of the language."""
        self.count += 1
        self.depth += 1
        if self.count > MOST_PARTS or self.depth > DEEPEST_FORMULA:
            zh = f"公式超过 {MOST_PARTS} 个部分或 {DEEPEST_FORMULA} 层"
            raise Refused(node, "formula-too-long", zh, "too many parts or levels")
        found = self.taken(node)
        self.depth -= 1
        return found

    def taken(self, node: ast.expr) -> Expression:
        """The expression of one node, its parts read in turn."""
        raise NotImplementedError

    def number(self, node: ast.expr, *, or_word: bool = False, or_condition: bool = False) -> Expression:
        """An expression that is a number, as far as can be known before any figure is."""
        found = self.expression(node)
        if (is_condition(found) and not or_condition) or (self.is_word(found) and not or_word):
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

    def unknown(self, node: ast.expr, name: str, known: Collection[str]) -> Refused:
        """The refusal of a name that does not exist, with the nearest that does."""
        zh, en = f"没有名为 {name} 的数据项、属性或函数", f"unknown name {name}"
        return Refused(node, "unknown-name", zh, en, meant(name, known))

    @property
    def written_out(self) -> int:
        """How many parts there are so far, everything written out."""
        return self.count + self.added

    def add(self, node: ast.expr, parts: int, levels: int = 0) -> None:
        """Takes note of parts that are not written but put in; refuses too many, or too many levels."""
        self.added += parts
        if self.written_out > MOST_WRITTEN_OUT or self.depth + levels > DEEPEST_WRITTEN_OUT:
            zh = f"定义、分类和季度展开以后,公式超过 {MOST_WRITTEN_OUT} 个部分或 {DEEPEST_WRITTEN_OUT} 层"
            en = "too many parts or levels once definitions, members and quarters are written out"
            raise Refused(node, "formula-too-long", zh, en)
