"""What formulas are made of: the questions that can be asked about them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode, MemberCode
from scoring.errors import Place
from scoring.expressions import (
    Call,
    Expression,
    Figure,
    Formula,
    Number,
    OfQuarters,
    Operation,
    OverQuarters,
    When,
    at_quarter,
    expanded,
    is_condition,
    parts,
    rebuilt,
    walk,
)
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary

E1, E2 = Figure(ElementCode("E1")), Figure(ElementCode("E2"))
WORDS = Vocabulary(elements={"E1": (MemberCode("甲"), MemberCode("乙")), "E2": ()}, attributes={"population"})


def formula(text: str) -> Formula:
    found, issues = parse_formula(text, WORDS, Place())
    assert found is not None, issues
    return found


EVERYTHING = (
    "(E1 + 1 if not (E2 <= 2 or is_missing(E1)) else -min(population, 3)) ** 2 + mean_of_quarters(E1)"
)


@pytest.mark.parametrize(
    ("figure", "label"),
    [
        (E1, "E1"),
        (Figure(E1.element, (MemberCode("甲"), MemberCode("乙"))), "E1[甲, 乙]"),
        (Figure(E1.element, (), When.LAST_YEAR), "last_year(E1)"),
        (Figure(E1.element, (), When.PREVIOUS), "previous(E1)"),
        (Figure(E1.element, (MemberCode("甲"),), When.Q3), "E1[甲]@Q3"),
        (Figure(E1.element, (), When.WHOLE_YEAR), "whole_year(E1)"),
        (Figure(E1.element, (), When.LAST_Q4), "E1@上年Q4"),
        (Figure(E1.element, (MemberCode("甲"),), excluded=(MemberCode("乙"),)), "E1[not 乙]"),
        (
            Figure(E1.element, (MemberCode("甲"),), When.PREVIOUS, (MemberCode("乙"), MemberCode("丙"))),
            "previous(E1[not (乙, 丙)])",
        ),
    ],
)
def test_a_figure_is_named_as_a_formula_writes_it(figure: Figure, label: str) -> None:
    assert figure.label == label


def test_only_quarters_have_a_number() -> None:
    assert {when: when.quarter for when in When if when.quarter} == {
        When.Q1: 1,
        When.Q2: 2,
        When.Q3: 3,
        When.Q4: 4,
    }


def test_figures_are_listed_once_in_order_of_appearance() -> None:
    assert formula("E2 + E1 + E2 / E1").figures() == (E2, E1)


@pytest.mark.parametrize(
    ("text", "divides", "undefined"),
    [
        ("E1 + E2", False, False),
        ("E1 / E2", True, False),
        ("E1 % 2", False, False),
        ("E1 % E2", True, False),
        ("E1 / (ln(75000) - ln(100))", False, False),
        ("E1 * ln(E2)", False, True),
        ("log10(E1)", False, True),
        ("sqrt(E1)", False, True),
        ("E1 ** E2", False, True),
        ("round(E1, 2)", False, False),
    ],
)
def test_a_formula_knows_what_can_go_wrong_in_it(text: str, divides: bool, undefined: bool) -> None:
    assert (formula(text).divides(), formula(text).can_be_undefined()) == (divides, undefined)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E1 > 1", True),
        ("E1 > 1 and E2 > 1", True),
        ("not E1 > 1", True),
        ("is_missing(E1)", True),
        ("is_not_applicable(E1)", True),
        ("min(E1, 2)", False),
        ("1 if E1 > 1 else 0", False),
        ("E1", False),
    ],
)
def test_a_condition_is_told_from_a_number(text: str, expected: bool) -> None:
    assert is_condition(formula(text).root) is expected


def test_walking_meets_every_part_outermost_first() -> None:
    root = formula(EVERYTHING).root
    met = list(walk(root))
    assert met[0] is root
    assert len(met) == 1 + sum(len(parts(node)) for node in met)
    assert len({type(node) for node in met}) == 9


def test_nothing_is_rebuilt_where_nothing_changes() -> None:
    for node in walk(formula(EVERYTHING).root):
        assert rebuilt(node, parts(node)) is node


def test_every_node_is_rebuilt_with_other_parts() -> None:
    for node in walk(formula(EVERYTHING).root):
        other: tuple[Expression, ...] = tuple(Number(Fraction(9)) for _ in parts(node))
        assert parts(rebuilt(node, other)) == other
        assert type(rebuilt(node, other)) is type(node)


def test_a_leaf_takes_no_parts() -> None:
    with pytest.raises(TypeError, match="Number"):
        rebuilt(Number(Fraction(1)), (E1,))


def test_a_quarter_is_put_on_every_figure_of_the_present() -> None:
    last = Figure(E1.element, (), When.LAST_YEAR)
    assert at_quarter(Operation("+", (E1, last)), 2) == Operation(
        "+", (Figure(E1.element, (), When.Q2), last)
    )


def test_a_mean_over_quarters_is_written_out_for_those_due() -> None:
    first, second = (Figure(E1.element, (), when) for when in (When.Q1, When.Q2))
    mean = Operation("/", (Operation("+", (first, second)), Number(Fraction(2))))
    whole = Operation("+", (OverQuarters(OfQuarters.MEAN, E1), E2))
    assert expanded(whole, (1, 2)) == Operation("+", (mean, E2))
    assert expanded(OverQuarters(OfQuarters.MEAN, E1), (1,)) == Operation("/", (first, Number(Fraction(1))))


@pytest.mark.parametrize(
    ("when", "quarter", "expected"),
    [
        (When.THIS_QUARTER, 3, When.Q3),
        (When.PREVIOUS, 3, When.Q2),
        (When.PREVIOUS, 1, When.LAST_Q4),
        (When.YEAR_TO_DATE, 3, When.YEAR_TO_DATE),
        (When.WHOLE_YEAR, 3, When.WHOLE_YEAR),
        (When.LAST_WHOLE_YEAR, 3, When.LAST_WHOLE_YEAR),
    ],
)
def test_words_of_time_within_a_quarter_are_seen_from_it(when: When, quarter: int, expected: When) -> None:
    assert at_quarter(Figure(E1.element, (), when), quarter) == Figure(E1.element, (), expected)


@pytest.mark.parametrize(
    ("function", "two", "one"),
    [
        (OfQuarters.SUM, "E1@Q1 + E1@Q2", "E1@Q1"),
        (OfQuarters.MIN, "min(E1@Q1, E1@Q2)", "E1@Q1"),
        (OfQuarters.MAX, "max(E1@Q1, E1@Q2)", "E1@Q1"),
    ],
)
def test_sums_and_extremes_over_quarters_are_written_out_too(
    function: OfQuarters, two: str, one: str
) -> None:
    def shown(node: Expression) -> str:
        if isinstance(node, Call):
            return f"{node.function}({', '.join(map(shown, node.arguments))})"
        if isinstance(node, Operation):
            return f" {node.operator} ".join(map(shown, node.operands))
        assert isinstance(node, Figure)
        return node.label

    assert shown(expanded(OverQuarters(function, E1), (1, 2))) == two
    assert shown(expanded(OverQuarters(function, E1), (1,))) == one
