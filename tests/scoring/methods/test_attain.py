"""Attain: points in proportion to how much of the target was reached."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.attain import Attain
from scoring.methods.base import Quantity, Subject

FULL = Fraction(4)
WHOLE = Attain(target=Fraction(80))
FROM_SIXTY = Attain(target=Fraction(80), start=Fraction(60), least=Quantity(Fraction("0.25"), of_full=True))
DOWNWARD = Attain(target=Fraction(0), start=Fraction(10))
BEYOND = Attain(target=Fraction(80), most=Quantity(Fraction("1.5"), of_full=True))


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (WHOLE, "80", "4"),
        (WHOLE, "79", "3.95"),
        (WHOLE, "81", "4"),
        (WHOLE, "0", "0"),
        (WHOLE, "-5", "0"),
        (FROM_SIXTY, "80", "4"),
        (FROM_SIXTY, "70", "2"),
        pytest.param(FROM_SIXTY, "60", "1", id="the least is given at the start and below"),
        (FROM_SIXTY, "0", "1"),
        pytest.param(DOWNWARD, "0", "4", id="downwards the target is the lower end"),
        (DOWNWARD, "5", "2"),
        (DOWNWARD, "10", "0"),
        (DOWNWARD, "12", "0"),
        pytest.param(BEYOND, "100", "5", id="beyond the target up to the most"),
        (BEYOND, "160", "6"),
    ],
)
def test_points_are_in_proportion_within_the_limits(method: Attain, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), FULL)).points == Fraction(points)


def test_the_steps_say_the_share_and_the_limit() -> None:
    assert WHOLE.award(Subject(Fraction(20), FULL)).steps == ("完成目标的 25%,4 × 0.25 = 1",)
    assert WHOLE.award(Subject(Fraction(120), FULL)).steps == (
        "完成目标的 150%,4 × 1.5 = 6,限定在得分范围内,得 4 分",
    )


def test_the_printed_rule_names_target_and_start() -> None:
    assert WHOLE.describe(FULL) == ("实际值 ÷ 80 × 4 分,最多 4 分",)
    assert FROM_SIXTY.describe(FULL) == ("实际值 ÷ 80 × 4 分(从 60 起算),最多 4 分",)
