"""Ladder: at, beside and beyond each threshold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.ladder import Ladder, Rung


def share(text: str) -> Quantity:
    return Quantity(Fraction(text), of_full=True)


UPWARD = Ladder(
    rungs=(
        Rung("above", Fraction(95), share("1")),
        Rung("at_least", Fraction(90), share("0.8")),
        Rung("at_least", Fraction(60), Quantity(Fraction("1.5"), of_full=False)),
    ),
    otherwise=share("0.1"),
)
DOWNWARD = Ladder(
    rungs=(Rung("below", Fraction(1), share("1")), Rung("at_most", Fraction(5), share("0.5"))),
)


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (UPWARD, "100", "4"),
        (UPWARD, "95.000001", "4"),
        pytest.param(UPWARD, "95", "3.2", id="above does not include its threshold"),
        pytest.param(UPWARD, "90", "3.2", id="at least includes it"),
        (UPWARD, "89.999999", "1.5"),
        (UPWARD, "60", "1.5"),
        (UPWARD, "179/3", "0.4"),
        (UPWARD, "-1", "0.4"),
        (DOWNWARD, "0", "4"),
        (DOWNWARD, "0.999999", "4"),
        pytest.param(DOWNWARD, "1", "2", id="below does not include its threshold"),
        pytest.param(DOWNWARD, "5", "2", id="at most includes it"),
        (DOWNWARD, "5.000001", "0"),
    ],
)
def test_the_first_rung_that_holds_says_the_points(method: Ladder, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), Fraction(4))).points == Fraction(points)


def test_the_steps_name_the_rung() -> None:
    assert UPWARD.award(Subject(Fraction(92), Fraction(4))).steps == ("92 ≥90,该档得 3.2 分",)
    assert UPWARD.award(Subject(Fraction(1), Fraction(4))).steps == ("1 不在任何一档,得 0.4 分",)


def test_the_printed_rule_has_a_line_for_each_rung() -> None:
    assert UPWARD.describe(Fraction(4)) == (
        ">95 得 4 分",
        "≥90 得 3.2 分",
        "≥60 得 1.5 分",
        "其余得 0.4 分",
    )
    assert DOWNWARD.describe(Fraction(4)) == ("<1 得 4 分", "≤5 得 2 分", "其余得 0 分")
