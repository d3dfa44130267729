"""What rounding alone can do to a relation is no error; a hundredth more is, and the slack is stated."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.rounding_slack import half_unit, holds_within_rounding, slack_of
from scoring.codes import ElementCode
from scoring.evaluation import Evaluator
from scoring.expressions import Call, Comparison, Expression, Figure, Logic, Number, Operation
from scoring.facts import Standing
from tests.support.reports import (
    Change,
    agreeing_workbook,
    cell_of,
    codes,
    element_of,
    number,
    taken,
    text,
    with_cells,
)

RIGHT = agreeing_workbook()
LINES = ("市场监管", "知识产权", "农业农村", "林草", "文化版权", "药监", "邮政", "海关")
A, B, C = (Figure(ElementCode(name)) for name in "ABC")
AMOUNTS = {A: "10.00", B: "4.00", C: "5.99"}
CENT, TWO = Fraction(1, 200), Fraction(2)


def evaluator(amounts: dict[Figure, str] | None = None) -> Evaluator:
    """Figures of two places; what is not named is not reported."""
    known = AMOUNTS if amounts is None else amounts
    return Evaluator(
        lambda figure: Fraction(known[figure]) if figure in known else Standing.MISSING,
        lambda _: Standing.MISSING,
    )


def plus(*terms: Expression) -> Operation:
    return Operation("+", terms)


@pytest.mark.parametrize(
    ("code", "half"), [("E106", "0.005"), ("EC01", "0.0005"), ("E101", "0"), ("ED01", "0")]
)
def test_a_figure_stands_for_half_a_unit_of_its_declared_last_place(code: str, half: str) -> None:
    assert half_unit(element_of(code)) == Fraction(half)


@pytest.mark.parametrize(
    ("relation", "slack", "holds"),
    [
        (Comparison("==", A, plus(B, C)), "0.015", True),
        (Comparison("==", A, plus(B, B)), "0.015", False),
        (Comparison("<=", A, plus(B, C)), "0.015", True),
        (Comparison("<=", A, C), "0", False),
        (Comparison("<=", A, Number(Fraction("9.999"))), "0", False),
        (Comparison("!=", A, A), "0", False),
        (
            Comparison(
                "==", A, Operation("*", (Number(Fraction(2)), Operation("-", (C, Number(Fraction(1))))))
            ),
            "0.015",
            False,
        ),
        (
            Comparison("==", Number(Fraction(2)), Operation("/", (C, Number(Fraction(3))))),
            f"{CENT / 3}",
            False,
        ),
        (Comparison("==", A, Call("max", (B, C))), "0.01", False),
        (Comparison("==", Call("abs", (plus(B, C),)), A), "0.015", True),
    ],
)
def test_sides_may_be_apart_by_the_rounding_of_their_parts(
    relation: Comparison, slack: str, holds: bool
) -> None:
    figures = evaluator()
    assert slack_of(relation, figures, lambda _: CENT) == Fraction(slack)
    assert holds_within_rounding(relation, figures, lambda _: CENT) is holds
    assert not holds_within_rounding(Comparison("<", A, A), figures, lambda _: CENT)


def test_counts_are_exact() -> None:
    assert not holds_within_rounding(Comparison("==", A, plus(B, C)), evaluator(), lambda _: Fraction(0))


def test_conditions_are_taken_one_by_one() -> None:
    near, far = Comparison("==", A, plus(B, C)), Comparison("==", A, B)
    assert not holds_within_rounding(Logic("and", (near, far)), evaluator(), lambda _: CENT)
    assert holds_within_rounding(Logic("or", (far, near)), evaluator(), lambda _: CENT)
    assert not holds_within_rounding(Logic("not", (Comparison("==", A, A),)), evaluator(), lambda _: CENT)


def test_what_cannot_be_told_is_taken_to_hold() -> None:
    assert holds_within_rounding(Comparison("==", A, B), evaluator({A: "1"}), lambda _: CENT)


def with_total(total: str) -> list[str]:
    """What is said of a total where eight columns make 4002."""
    return codes(taken(with_cells(RIGHT, {cell_of(RIGHT, "E106"): number(total)})))


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("4002", []),
        ("4002.04", []),
        ("4001.96", []),
        ("4002.05", ["total-differs"]),
        ("4001.95", ["total-differs"]),
    ],
)
def test_an_honest_total_off_by_the_rounding_of_its_columns_is_no_error(
    total: str, expected: list[str]
) -> None:
    # nine figures of two places: eight columns and the total itself, 9 × 0.005
    assert with_total(total) == expected


def test_the_message_says_how_much_slack_was_allowed() -> None:
    [issue] = taken(with_cells(RIGHT, {cell_of(RIGHT, "E106"): number("4010")})).issues
    assert "相差 8，允许的舍入误差是 0.045（" in issue.zh
    assert "0.045 allowed for rounding" in issue.en
    [count] = taken(with_cells(RIGHT, {cell_of(RIGHT, "E101"): number("1601")})).issues
    assert "相差 1，允许的舍入误差是 0（" in count.zh


def test_columns_declared_nil_are_exact() -> None:
    changes: dict[tuple[str, str], Change] = {
        cell_of(RIGHT, "E106", line): number("0.25") if line == "药监" else text("零申报") for line in LINES
    }
    for total, expected in (("0.26", []), ("0.27", ["total-differs"])):
        found = taken(with_cells(RIGHT, {**changes, cell_of(RIGHT, "E106"): number(total)}))
        assert codes(found) == expected
