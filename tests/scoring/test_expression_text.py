"""Expressions are written so that the reader of formulas gets the same expression back."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import MemberCode
from scoring.errors import Place
from scoring.expression_text import expression_text
from scoring.expressions import Earlier, Formula, Number, Substitute, expanded
from scoring.facts import Standing
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary

WORDS = Vocabulary(
    elements={
        "E1": (),
        "E2": (),
        "LINE": (MemberCode("甲"), MemberCode("乙"), MemberCode("丙")),
        "OPEN": (),
    },
    attributes={"population", "region"},
    choices={"OPEN": ("是", "否")},
    worded={"region"},
    constants={"issued": Fraction(738000)},
    statistics=True,
)


def parsed(text: str) -> Formula:
    formula, issues = parse_formula(text, WORDS, Place())
    assert formula is not None, issues
    return formula


@pytest.mark.parametrize(
    "text",
    [
        "E1 + E2 * 2 - 0.5",
        "(E1 + E2) * 2",
        "E1 - (E2 - 1)",
        "E1 / (E2 / population)",
        "E1 / E2 * 100",
        "-E1 * E2",
        "-(E1 ** 2)",
        "(-E1) ** 2",
        "(E1 ** 2) ** E2",
        "E1 % 7",
        "E1 > 1 and (E2 > 1 or E1 < 5)",
        "not (E1 > 1 and E2 > 1)",
        'OPEN == "是"',
        "IF(E1 >= 10, 5, IF(E1 >= 5, 3, 0))",
        "IF(E1 > 1, 1, 0) + 1",
        "round_half_even(max(E1, E2, 1), 2)",
        "last_year(E1) + previous(LINE[甲, 乙]) + whole_year(E2)",
        "LINE[not 甲] / LINE[not (甲, 乙)]",
        "mean_of_quarters(E1 / E2)",
        "units_mean(100 * E1 / E2)",
        "(E1 - units_mean(E1, peers)) / units_stdev(E1, peers)",
        "units_percentile(E1, 12.5, region)",
        "units_rank(-E1, average, every)",
        "units_rank(E1)",
        "is_missing(E1)",
        "E1 - issued",
    ],
)
def test_a_formula_is_written_as_it_was(text: str) -> None:
    assert expression_text(parsed(text).root) == text


def test_a_figure_of_one_quarter_is_marked() -> None:
    assert expression_text(expanded(parsed("sum_of_quarters(E1)").root, (1, 2))) == "E1@Q1 + E1@Q2"


def test_what_rules_put_around_a_formula_is_written_shortly() -> None:
    root = parsed("E1 / E2").root
    filled = Substitute(root, (Standing.MISSING,), Number(Fraction(0)), "指标值", "0")
    assert expression_text(filled) == "E1 / E2"
    assert expression_text(Earlier(filled)) == "previous(E1 / E2)"
