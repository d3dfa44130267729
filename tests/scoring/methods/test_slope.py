"""Slope: so many points off for each step short of the target."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import NOTHING, Quantity, Subject
from scoring.methods.slope import Slope

FULL = Fraction(4)
HUNDRED = Fraction(100)


def slope(steps: str = "continuous", add: str = "0", most: Quantity | None = None) -> Slope:
    limits = {} if most is None else {"most": most}
    return Slope(
        target=HUNDRED,
        per=Fraction(2),
        deduct=Fraction("0.5"),
        add=Fraction(add),
        steps=steps,
        least=Quantity(Fraction(1), of_full=False),
        **limits,
    )


SIX = Quantity(Fraction("1.5"), of_full=True)


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (slope(), "100", "4"),
        (slope(), "99.999", "3.99975"),
        (slope(), "101", "4"),
        (slope(), "97", "3.25"),
        (slope(), "88", "1"),
        pytest.param(slope(), "0", "1", id="never under the least"),
        (slope("whole"), "98.001", "4"),
        (slope("whole"), "98", "3.5"),
        (slope("whole"), "97", "3.5"),
        (slope("started"), "99.999", "3.5"),
        (slope("started"), "98", "3.5"),
        (slope("started"), "97.999", "3"),
        pytest.param(slope(add="0.5"), "104", "4", id="an addition ends at full points"),
        pytest.param(slope(add="0.5", most=SIX), "104", "5", id="or at the most that is said"),
        pytest.param(slope(add="0.5", most=SIX), "1000", "6", id="and never beyond it"),
        (slope("whole", "0.5", SIX), "103.9", "4.5"),
        (slope("started", "0.5", SIX), "102.1", "5"),
    ],
)
def test_points_fall_with_the_distance_to_the_target(method: Slope, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), FULL)).points == Fraction(points)


@pytest.mark.parametrize(("value", "points"), [("100", "4"), ("96", "4"), ("103", "3.25"), ("200", "1")])
def test_lower_is_better_mirrors_the_slope(value: str, points: str) -> None:
    assert slope().award(Subject(Fraction(value), FULL, higher_is_better=False)).points == Fraction(points)


def test_the_steps_say_how_far_and_how_much() -> None:
    assert slope().award(Subject(Fraction(97), FULL)).steps == ("比目标 100 差 3,扣 0.75 分,得 3.25 分",)
    assert slope().award(Subject(Fraction(100), FULL)).steps == ("达到目标 100,得 4 分",)


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (slope(), "达到 100 得满分 4 分,每差 2 扣 0.5 分,最少得 1 分"),
        (slope("whole"), "达到 100 得满分 4 分,每差 2 扣 0.5 分(只算整步),最少得 1 分"),
        (
            slope("started", "0.5"),
            "达到 100 得满分 4 分,每差 2 扣 0.5 分(不足一步按一步),每超 2 加 0.5 分,最少得 1 分",
        ),
        (
            Slope(target=HUNDRED, deduct=Fraction(1), least=NOTHING),
            "达到 100 得满分 4 分,每差 1 扣 1 分,扣完为止",
        ),
    ],
)
def test_the_printed_rule_says_target_step_and_end(method: Slope, text: str) -> None:
    assert method.describe(FULL) == (text,)
