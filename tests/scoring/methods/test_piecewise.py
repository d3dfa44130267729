"""Piecewise: straight lines between the given points, flat outside."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.piecewise import Knot, Piecewise

FULL = Fraction(4)
LINE = Piecewise(
    points=(
        Knot(Fraction(0), Quantity(Fraction("0.25"), of_full=True)),
        Knot(Fraction(60), Quantity(Fraction(2), of_full=False)),
        Knot(Fraction(100), Quantity(Fraction(1), of_full=True)),
    )
)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        pytest.param("-1", "1", id="flat before the first"),
        ("0", "1"),
        ("30", "1.5"),
        pytest.param("60", "2", id="on a bend"),
        ("59.94", "1.999"),
        ("80", "3"),
        ("100", "4"),
        pytest.param("101", "4", id="flat after the last"),
    ],
)
def test_points_lie_on_the_line(value: str, points: str) -> None:
    assert LINE.award(Subject(Fraction(value), FULL)).points == Fraction(points)


def test_the_steps_name_the_stretch() -> None:
    assert LINE.award(Subject(Fraction(80), FULL)).steps == ("80 在 [60, 100) 段,由 2 到 4 按比例得 3 分",)
    assert LINE.award(Subject(Fraction(101), FULL)).steps == ("101 在折线之外(或端点上),得 4 分",)


def test_the_printed_rule_has_a_line_for_each_stretch() -> None:
    assert LINE.describe(FULL) == ("0–60:由 1 分到 2 分按比例", "60–100:由 2 分到 4 分按比例")
