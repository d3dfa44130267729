"""Direct: the value is the points, within limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.direct import Direct

FULL = Fraction(4)
SIGNED = Direct(least=Quantity(Fraction(-2), of_full=False), most=Quantity(Fraction("0.5"), of_full=True))
FREE = Direct(least=None, most=None)


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (Direct(), "3.5", "3.5"),
        (Direct(), "4", "4"),
        (Direct(), "4.01", "4"),
        (Direct(), "-1", "0"),
        (SIGNED, "-2", "-2"),
        (SIGNED, "-3", "-2"),
        (SIGNED, "2.5", "2"),
        (FREE, "-1000", "-1000"),
        (FREE, "1000", "1000"),
    ],
)
def test_the_value_is_kept_within_the_limits(method: Direct, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), FULL)).points == Fraction(points)


def test_the_steps_say_whether_a_limit_was_met() -> None:
    assert Direct().award(Subject(Fraction(3), FULL)).steps == ("计算值 3 分",)
    assert Direct().award(Subject(Fraction(5), FULL)).steps == ("计算值 5 分,限定在得分范围内,得 4 分",)


def test_the_printed_rule_says_both_limits() -> None:
    assert SIGNED.describe(FULL) == ("按公式计算的值即得分,最少 -2 分,最多 2 分",)
    assert FREE.describe(FULL) == ("按公式计算的值即得分,可以为负,不封顶",)
