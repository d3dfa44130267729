"""Strategies for numbers and formulas: the common shapes, and whatever else the formula language allows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from scoring.adjustments import BASE_RANK
from scoring.codes import ElementCode, MemberCode
from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Attribute,
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Formula,
    Logic,
    Number,
    OfQuarters,
    Operation,
    OverQuarters,
    Statistic,
    StatisticKind,
    Text,
    When,
    parts,
    rebuilt,
)
from scoring.rulebook.final_rules import Ties
from scoring.rulebook.forms import Element

WORDS = ("是", "否", "优", "7")
BREAKDOWN = (MemberCode("甲"), MemberCode("乙"))

# Plain decimals meet thresholds and tie; great ones leave the lane of doubles, then that of whole 64 bits.
PLAIN = st.integers(-400, 1200).map(lambda number: Fraction(number, 8))
DECIMALS = st.integers(-(10**4), 10**5).map(lambda number: Fraction(number, 100))
GREAT = st.builds(
    lambda exponent, near, sign: sign * Fraction(10**exponent + near, 1),
    st.sampled_from([7, 8, 13, 15, 16, 18, 19, 24, 40]),
    st.integers(-3, 3),
    st.sampled_from([1, 1, 1, -1]),
)
COUNTS = st.integers(0, 12).map(Fraction)
CONSTANTS = st.one_of(
    COUNTS, st.sampled_from([Fraction(100), Fraction(1, 2), Fraction(-3), Fraction(1, 4), Fraction("0.05")])
)

_MOST_ELEMENTS = 6
_HUNDRED, _ONE = Number(Fraction(100)), Number(Fraction(1))
# Elements stand for places in the list of those that a rule set has; `fitted` puts in the real ones.
_FIGURES = st.builds(
    Figure,
    st.integers(0, _MOST_ELEMENTS - 1).map(lambda place: ElementCode(str(place))),
    st.sampled_from([(), (), BREAKDOWN, BREAKDOWN[:1]]),
    st.sampled_from([When.NOW] * 12 + list(When)),
)
_ATTRIBUTES = st.sampled_from(["size", "mixed", BASE_RANK, "group", "goal"]).map(Attribute)
_LEAVES = st.one_of(*[_FIGURES] * 6, _ATTRIBUTES, *[CONSTANTS.map(Number)] * 3)


def _conditions(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    compared = st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner, inner)
    # a word can only be compared for being the same: for more or less the reader of formulas wants numbers
    same = st.builds(Comparison, st.sampled_from(["==", "!="]), inner, st.sampled_from(WORDS).map(Text))
    asked = inner.map(lambda each: Call("is_missing", (each,)))
    simple = st.one_of(compared, compared, same, asked)
    both = st.builds(Logic, st.sampled_from(["and", "or"]), st.tuples(simple, simple))
    return st.one_of(simple, simple, both, simple.map(lambda each: Logic("not", (each,))))


def _wider(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    operators = st.sampled_from(["+", "-", "*", "/", "/", "%"])
    binary = st.builds(Operation, operators, st.tuples(inner, inner))
    power = inner.map(lambda base: Operation("**", (base, Number(Fraction(2)))))
    negative = inner.map(lambda each: Operation("neg", (each,)))
    choice = st.builds(Choice, _conditions(inner), inner, inner)
    rounded = st.builds(
        lambda name, each, places: Call(name, (each, Number(Fraction(places)))),
        st.sampled_from(["round", "round_half_even", "truncate", "floor", "ceil"]),
        inner,
        st.integers(0, 3),
    )
    names = ["abs", "floor", "ceil", "round", "sqrt", "is_missing", "is_not_applicable"]
    unary = st.builds(lambda name, each: Call(name, (each,)), st.sampled_from(names), inner)
    several = st.builds(
        lambda name, each: Call(name, tuple(each)),
        st.sampled_from(["min", "max", "coalesce"]),
        st.lists(inner, min_size=2, max_size=3),
    )
    over_members = st.builds(
        lambda name, each: Call(name, tuple(each)),
        st.sampled_from(sorted(MEMBER_FUNCTIONS - {"count_members"})),
        st.lists(inner, min_size=1, max_size=3),
    )
    counted = st.lists(_conditions(inner), min_size=1, max_size=3).map(
        lambda each: Call("count_members", tuple(each))
    )
    clamped = st.tuples(inner, inner, inner).map(lambda each: Call("clamp", each))
    wider = [power, negative, choice, rounded, unary, several, over_members, counted, clamped]
    return st.one_of(binary, binary, binary, *wider, _statistics(inner), _statistics(inner))


def _statistics(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Statistics of every kind and scope; of the place before adjustments there are none."""
    scope = st.sampled_from(["reported", "peers", "every", "group"])
    values = inner.map(_without_base_rank)
    plain = [each for each in StatisticKind if each not in {StatisticKind.PERCENTILE, StatisticKind.RANK}]
    return st.one_of(
        st.builds(Statistic, st.sampled_from(plain), values, scope),
        st.builds(
            lambda each, where, position: Statistic(StatisticKind.PERCENTILE, each, where, position),
            values,
            scope,
            st.sampled_from([Fraction(0), Fraction(25), Fraction(100, 3), Fraction(100)]),
        ),
        st.builds(
            lambda each, where, ties: Statistic(StatisticKind.RANK, each, where, ties=ties),
            values,
            scope,
            st.sampled_from(Ties).map(str),
        ),
        st.builds(
            lambda each, where: Statistic(StatisticKind.COUNT, each, where), _conditions(values), scope
        ),
    )


def _without_base_rank(node: Expression) -> Expression:
    if node == Attribute(BASE_RANK):
        return Attribute("size")
    return rebuilt(node, tuple(_without_base_rank(part) for part in parts(node)))


def _common() -> st.SearchStrategy[Expression]:
    plain = st.sampled_from([Figure(ElementCode("0")), Figure(ElementCode("1"))])
    percent = st.builds(lambda a, b: Operation("/", (Operation("*", (_HUNDRED, a)), b)), plain, plain)
    growth = st.builds(
        lambda a, b: Operation("*", (_HUNDRED, Operation("-", (Operation("/", (a, b)), _ONE)))), plain, plain
    )
    difference = st.builds(lambda a, b: Operation("-", (a, b)), plain, plain)
    return st.one_of(plain, percent, percent, difference, growth)


_NUMBERS = st.recursive(_LEAVES, _wider, max_leaves=8)
_OF_QUARTERS = st.builds(OverQuarters, st.sampled_from(OfQuarters), _NUMBERS)
_ROOTS = st.one_of(_common(), _common(), _NUMBERS, _OF_QUARTERS)
_CONDITIONS = _conditions(st.one_of(_LEAVES, _LEAVES, _LEAVES, _statistics(_LEAVES)))


def formulas(known: Sequence[Element]) -> st.SearchStrategy[Formula]:
    """Formulas about the elements that the reader of formulas would let pass."""
    return _ROOTS.map(lambda root: Formula("…", fitted(root, known)))


def conditions(known: Sequence[Element]) -> st.SearchStrategy[Formula]:
    """Conditions about the elements."""
    return _CONDITIONS.map(lambda root: Formula("…", fitted(root, known)))


def fitted(node: Expression, known: Sequence[Element]) -> Expression:
    """The expression about elements that there are, with members only where they have any."""
    if isinstance(node, Figure):
        element = known[int(node.element) % len(known)]
        return Figure(element.code, node.members if element.members else (), node.when)
    return rebuilt(node, tuple(fitted(part, known) for part in parts(node)))
