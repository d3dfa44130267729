"""What two formulas have in common however they are written, and what is never taken for the same."""

from __future__ import annotations

import pytest

from scoring.codes import MemberCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.rulebook.differences.rewriting import same_meaning, words_of
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary

MEMBERS = (MemberCode("甲"), MemberCode("乙"))
WORDS = Vocabulary(elements={"E1": (), "E2": (), "E3": MEMBERS}, attributes={"population"})


def formula(text: str) -> Formula:
    found, issues = parse_formula(text, WORDS, Place())
    assert found is not None, issues
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E1 + E2", "E2 + E1"),
        ("E1 + E2 + 3", "3 + (E2 + E1)"),
        ("2 * E1 * E2", "E2 * (E1 * 2)"),
        ("E1 / (E2)", "E1/E2"),
        ("0.50 * E1", "E1 * 0.5"),
        ("min(E1, E2)", "min(E2, E1)"),
        ("E1 if E1 > E2 else 0", "E1 if E2 < E1 else 0"),
        ("E1 if E1 == E2 else 0", "E1 if E2 == E1 else 0"),
        ("max(E1 + 1, E2)", "max(E2, 1 + E1)"),
    ],
)
def test_two_ways_of_writing_mean_the_same(one: str, other: str) -> None:
    assert same_meaning(formula(one), formula(other))
    assert same_meaning(formula(other), formula(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("E1 - E2", "E2 - E1"),
        ("E1 / E2", "E2 / E1"),
        ("E1 + E2", "E1 * E2"),
        ("E1 if E1 > E2 else 0", "E1 if E1 >= E2 else 0"),
        ("coalesce(E1, E2)", "coalesce(E2, E1)"),
        ("last_year(E1)", "E1"),
        ("E3[甲]", "E3[乙]"),
        ("E1 if E1 > 0 and E2 > 0 else 0", "E1 if E2 > 0 and E1 > 0 else 0"),
        ("min(E1, E2)", "max(E1, E2)"),
    ],
)
def test_what_can_differ_for_some_figures_is_not_the_same(one: str, other: str) -> None:
    assert not same_meaning(formula(one), formula(other))


def test_every_name_in_a_formula_is_found() -> None:
    assert {"E1", "E3", "甲", "population"} <= set(words_of(formula("E1 + E3[甲] / population").root))
