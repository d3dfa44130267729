"""Deduction: full points less so many for each."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.deduction import Deduction

FULL = Fraction(4)
TO_NOTHING = Deduction(each=Fraction("0.5"))
TO_ONE = Deduction(each=Fraction("0.5"), least=Quantity(Fraction(1), of_full=False))


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (TO_NOTHING, "0", "4"),
        (TO_NOTHING, "3", "2.5"),
        (TO_NOTHING, "8", "0"),
        (TO_NOTHING, "9", "0"),
        pytest.param(TO_NOTHING, "-3", "4", id="less than nothing earns no more than full points"),
        (TO_ONE, "6", "1"),
        (TO_ONE, "7", "1"),
    ],
)
def test_each_costs_its_points_down_to_the_least(method: Deduction, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), FULL)).points == Fraction(points)


def test_the_steps_show_what_is_taken() -> None:
    assert TO_NOTHING.award(Subject(Fraction(3), FULL)).steps == ("3 × 0.5 = 扣 1.5 分,得 2.5 分",)


def test_the_printed_rule_says_where_deduction_ends() -> None:
    assert TO_NOTHING.describe(FULL) == ("满分 4 分,每 1 扣 0.5 分,扣完为止",)
    assert TO_ONE.describe(FULL) == ("满分 4 分,每 1 扣 0.5 分,最少得 1 分",)
