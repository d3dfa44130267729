"""Graded: a word earns what its scale says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.graded import Graded

SCALE = Graded(
    scale={"优秀": Quantity(Fraction(1), of_full=True), "良好": Quantity(Fraction(3), of_full=False)},
    otherwise=Quantity(Fraction("0.25"), of_full=True),
)


@pytest.mark.parametrize(("word", "points"), [("优秀", 4), ("良好", 3), ("差", 1)])
def test_a_word_earns_its_points_and_a_strange_one_the_rest(word: str, points: int) -> None:
    award = SCALE.award(Subject(word, Fraction(4)))
    assert award.points == points
    assert award.steps == (f"评为“{word}”,得 {points} 分",)


def test_the_printed_rule_has_a_line_for_each_word() -> None:
    assert SCALE.describe(Fraction(4)) == ("优秀 得 4 分", "良好 得 3 分")
