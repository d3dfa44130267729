"""Formulas in readable Chinese: elements by name, fractions as fractions, choices as cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from scoring.codes import NodeCode
from scoring.expressions import (
    Attribute,
    Call,
    Choice,
    Comparison,
    Earlier,
    Expression,
    Figure,
    Formula,
    Logic,
    Number,
    Operation,
    OverQuarters,
    Statistic,
    Substitute,
    Text,
    parts,
    rebuilt,
)
from scoring.numbers import exact_text
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import Constant, RuleSet
from services.rule_book.formula_vocabulary import (
    CHILD_WORDS,
    COMPARED,
    LEVELS,
    MEMBERS,
    OF_CHILD,
    OF_QUARTERS,
    OWN_NAMES,
    ROUNDED,
    SCOPES,
    SIGNS,
    STATISTICS,
    TIMES,
)
from services.rule_book.layout import (
    ATOM,
    LOOSE,
    PRODUCT,
    SUM,
    Cases,
    Layout,
    Named,
    Quotient,
    Raised,
    Root,
    Row,
    Words,
    joined,
    level_of,
    raw,
    row,
)
from services.rule_book.typography import printed, visible


class UnknownPart(Exception):
    """A part of a formula that has no words here; the formula is then printed as it is written."""


def day_text(day: date) -> str:
    """A day in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日"


def in_words(formula: Formula, rules: RuleSet) -> Layout:
    """The formula in Chinese; as it is written where it has a part that has no words."""
    try:
        return FormulaWords(rules).words(formula.root)
    except UnknownPart:
        return raw(formula.text)


def is_in_words(formula: Formula, rules: RuleSet) -> bool:
    """Whether the formula is printed in Chinese rather than as it is written."""
    try:
        FormulaWords(rules).words(formula.root)
    except UnknownPart:
        return False
    return True


class FormulaWords:
    """Turns expressions into lines of print.

    figure: how a figure is called; by its name and code where nothing else is said, and constants likewise.
    """

    def __init__(self, rules: RuleSet, figure: Callable[[Figure], Layout] | None = None) -> None:
        self.rules = rules
        self.figure = figure or self.name_of
        self.by_name = figure is None

    def words(self, node: Expression) -> Layout:
        """Any expression; raises UnknownPart."""
        writer = _WRITERS.get(type(node))
        if writer is None:
            raise UnknownPart(type(node).__name__)
        return writer(self, node)

    def within(self, node: Expression, level: int) -> Layout:
        """An expression as a part of another, in brackets where it holds together less tightly."""
        found = self.words(node)
        # A fraction needs none in print: its bar holds it together.
        return found if isinstance(found, Quotient) or level_of(found) >= level else _bracketed(found)

    def name_of(self, figure: Figure) -> Layout:
        """The figure by name: "上年同期 海关查扣批次 E401"."""
        element = self.rules.elements.get(figure.element)
        if element is None or figure.when not in TIMES:
            raise UnknownPart(figure.label)
        members = f"（{'、'.join(figure.members)}）" if figure.members else ""
        if figure.excluded:
            members = f"（除{'、'.join(figure.excluded)}以外）"
        return Named(printed(f"{TIMES[figure.when]}{element.name}{members}"), visible(element.code))

    def number(self, node: Number) -> Layout:
        """A number, or the constant that a number of a day must be."""
        constant = self.rules.constants.get(node.name)
        if constant is not None:
            return self.constant(constant)
        if node.value < 0:
            return row(Words("−"), raw(exact_text(-node.value)), level=SUM)
        return raw(exact_text(node.value))

    def constant(self, constant: Constant) -> Layout:
        """A constant by its title and amount; in a sum of numbers only the amount."""
        amount = f"{exact_text(constant.amount)}{constant.measure}"
        if constant.type is ElementType.DATE:
            amount = day_text(date.fromordinal(int(constant.amount)))
        if not self.by_name:
            return raw(amount if constant.type is ElementType.DATE else exact_text(constant.amount))
        title = printed(constant.title)
        return Named(f"{title}（{printed(amount)}）" if title else printed(amount), visible(constant.name))

    def text(self, node: Text) -> Layout:
        """A quoted word."""
        return Words(f"“{visible(node.value)}”")

    def attribute(self, node: Attribute) -> Layout:
        """A property of the unit, by its title."""
        if node.name in OWN_NAMES:
            return Named(OWN_NAMES[node.name], "")
        known = self.rules.attributes.get(node.name) or self.rules.tables.get(node.name)
        if known is not None and known.title:
            return Named(printed(known.title), visible(node.name))
        return self.child(node.name) or raw(node.name)

    def child(self, name: str) -> Layout | None:
        """What a node's formula asks of one of its children, such as share("C")."""
        match = OF_CHILD.fullmatch(name)
        code = NodeCode(match[2]) if match else NodeCode("")
        if match is None or (code not in self.rules.nodes and code not in self.rules.indicators):
            return None
        node, indicator = self.rules.nodes.get(code), self.rules.indicators.get(code)
        title = node.title if node is not None else indicator.name if indicator is not None else ""
        return Named(printed(f"“{title}”{CHILD_WORDS[match[1]]}"), visible(code))

    def operation(self, node: Operation) -> Layout:
        """Arithmetic."""
        first, *rest = node.operands
        if node.operator == "neg":
            return row(Words("−"), self.within(first, PRODUCT), level=SUM)
        second = rest[0]
        if node.operator == "/":
            return self.quotient(first, second)
        if node.operator == "**":
            return Raised(self.raised(first), self.words(second))
        if node.operator == "%":
            return row(
                self.within(first, PRODUCT), "除以", self.within(second, PRODUCT), "的余数", level=LOOSE
            )
        level = LEVELS.get(node.operator)
        if level is None:
            raise UnknownPart(node.operator)
        # What is taken away has to be held together: a − (b + c).
        right = level + 1 if node.operator == "-" else level
        negative = isinstance(first, Operation) and first.operator == "neg"
        return row(
            self.words(first) if negative else self.within(first, level),
            Words(SIGNS[node.operator]),
            self.within(second, right),
            level=level,
        )

    def quotient(self, above: Expression, below: Expression) -> Layout:
        """A fraction; a number that it is multiplied by stands before it: 100 × (a ÷ b)."""
        if isinstance(above, Operation) and above.operator == "*" and isinstance(above.operands[0], Number):
            share = Quotient(self.words(above.operands[1]), self.words(below))
            return row(self.within(above.operands[0], PRODUCT), Words(" × "), share, level=PRODUCT)
        return Quotient(self.words(above), self.words(below))

    def raised(self, node: Expression) -> Layout:
        """The base of a power; a fraction needs brackets there."""
        found = self.words(node)
        return found if level_of(found) >= ATOM else _bracketed(found)

    def comparison(self, node: Comparison) -> Layout:
        """A condition on two amounts."""
        sign = COMPARED.get(node.operator)
        if sign is None:
            raise UnknownPart(node.operator)
        return row(self.within(node.left, SUM), Words(sign), self.within(node.right, SUM))

    def logic(self, node: Logic) -> Layout:
        """Conditions together."""
        if node.operator == "not":
            return row("不是“", self.words(node.operands[0]), "”")
        between = "，且" if node.operator == "and" else "，或"
        parts = [self.words(part) for part in node.operands]
        mixed = [
            _bracketed(found) if isinstance(part, Logic) and part.operator != node.operator else found
            for part, found in zip(node.operands, parts, strict=True)
        ]
        return joined(mixed, between)

    def choice(self, node: Choice) -> Layout:
        """One of several amounts; a chain of choices is one list of cases."""
        branches: list[tuple[Layout, Layout]] = []
        rest: Expression = node
        while isinstance(rest, Choice):
            branches.append((self.words(rest.then), self.words(rest.condition)))
            rest = rest.otherwise
        return Cases(tuple(branches), self.words(rest))

    def call(self, node: Call) -> Layout:
        """A function."""
        writer = _FUNCTIONS.get(node.function)
        if writer is None:
            raise UnknownPart(node.function)
        return writer(self, node)

    def bounded(self, node: Call) -> Layout:
        """The lesser or greater of amounts; of one amount and a number, the amount with its limit."""
        limits = [part for part in node.arguments if isinstance(part, Number)]
        others = [part for part in node.arguments if not isinstance(part, Number)]
        if len(limits) == 1 and len(others) == 1:
            word = "最多" if node.function == "min" else "最少"
            limit = exact_text(limits[0].value).replace("-", "−")
            return row(self.within(others[0], PRODUCT), f"（{word}按{limit}计）", level=PRODUCT)
        word = "最小值" if node.function == "min" else "最大值"
        return row(word, _bracketed(joined(map(self.words, node.arguments), "，")), level=ATOM)

    def clamped(self, node: Call) -> Layout:
        """An amount within two limits."""
        value, least, most = map(self.words, node.arguments)
        limits = row("（最少按", least, "计，最多按", most, "计）")
        return row(_held(value), limits, level=PRODUCT)

    def rounded(self, node: Call) -> Layout:
        """An amount rounded."""
        places = f"到{exact_text(_amount(node.arguments[1]))}位小数" if len(node.arguments) > 1 else ""
        word = ROUNDED[node.function]
        whole = "到整数" if not places and word in {"四舍五入", "四舍六入五成双", "截断"} else places
        return row(_held(self.words(node.arguments[0])), f"（{word}{whole}）", level=PRODUCT)

    def coalesced(self, node: Call) -> Layout:
        """The first amount there is."""
        first, *others = map(self.words, node.arguments)
        rest = joined(others, "；再没有的，取")
        return row(_held(first), "（没有数的，取", rest, "）", level=PRODUCT)

    def asked(self, node: Call) -> Layout:
        """Whether a figure is missing or not applicable."""
        word = "未报" if node.function == "is_missing" else "不适用"
        return row(self.words(node.arguments[0]), word)

    def size(self, node: Call) -> Layout:
        """The size of an amount without its sign."""
        return row(Words("|"), self.words(node.arguments[0]), Words("|"), level=ATOM)

    def root(self, node: Call) -> Layout:
        """A square root."""
        return Root(self.words(node.arguments[0]))

    def logarithm(self, node: Call) -> Layout:
        """A logarithm; a second argument of ln is added first."""
        name = "lg" if node.function == "log10" else "ln"
        inner = joined(map(self.words, node.arguments), " + ")
        return row(Words(f"{name} "), _bracketed(inner), level=ATOM)

    def statistic(self, node: Statistic) -> Layout:
        """A number of many units: whose, of what, and which."""
        whose = SCOPES.get(node.scope)
        if whose is None:
            known = self.rules.attributes.get(node.scope)
            title = printed(known.title) if known is not None and known.title else visible(node.scope)
            whose = f"同一{title}中有数单位"
        what = (
            f"第{exact_text(node.position)}百分位数" if node.position is not None else STATISTICS[node.kind]
        )
        return row(whose, _bracketed(self.words(node.inner)), f"的{what}", level=ATOM)

    def members(self, node: Call) -> Layout:
        """A number of the members of a breakdown; all parts are the same but for the member."""
        first = _without_member(node.arguments[0])
        return row("各分类", _bracketed(self.words(first)), MEMBERS[node.function], level=ATOM)

    def earlier(self, node: Earlier) -> Layout:
        """The same of the period before."""
        return row("上一考核期的", _bracketed(self.words(node.inner)), level=ATOM)

    def substitute(self, node: Substitute) -> Layout:
        """What is asked for; what stands for it when it is absent is said beside the formula."""
        return self.words(node.inner)

    def quarters(self, node: OverQuarters) -> Layout:
        """One number of the quarters due."""
        return row(f"各季度分别计算再{OF_QUARTERS[node.function]}：", self.words(node.inner))


def _bracketed(inner: Layout) -> Layout:
    return Row((Words("（"), inner, Words("）")), ATOM)


def _held(layout: Layout) -> Layout:
    return layout if isinstance(layout, Quotient) or level_of(layout) >= PRODUCT else _bracketed(layout)


def _amount(node: Expression) -> Fraction:
    if isinstance(node, Number):
        return node.value
    raise UnknownPart("places")


def _without_member(node: Expression) -> Expression:
    """The expression about all members, of one about a single member."""
    if isinstance(node, Figure):
        return replace(node, members=()) if len(node.members) == 1 else node
    return rebuilt(node, tuple(_without_member(part) for part in parts(node)))


_FUNCTIONS: Mapping[str, Callable[[FormulaWords, Call], Layout]] = {
    **dict.fromkeys(MEMBERS, FormulaWords.members),
    "min": FormulaWords.bounded,
    "max": FormulaWords.bounded,
    "clamp": FormulaWords.clamped,
    **dict.fromkeys(ROUNDED, FormulaWords.rounded),
    "coalesce": FormulaWords.coalesced,
    "is_missing": FormulaWords.asked,
    "is_not_applicable": FormulaWords.asked,
    "abs": FormulaWords.size,
    "sqrt": FormulaWords.root,
    "ln": FormulaWords.logarithm,
    "log10": FormulaWords.logarithm,
}
_WRITERS: Mapping[type, Callable[[FormulaWords, Any], Layout]] = {
    Number: FormulaWords.number,
    Text: FormulaWords.text,
    Figure: lambda words, node: words.figure(node),
    Attribute: FormulaWords.attribute,
    Operation: FormulaWords.operation,
    Comparison: FormulaWords.comparison,
    Logic: FormulaWords.logic,
    Choice: FormulaWords.choice,
    Call: FormulaWords.call,
    OverQuarters: FormulaWords.quarters,
    Statistic: FormulaWords.statistic,
    Substitute: FormulaWords.substitute,
    Earlier: FormulaWords.earlier,
}
