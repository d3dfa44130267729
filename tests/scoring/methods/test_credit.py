"""Credit: so many points for each, up to a cap."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.credit import Credit

FULL = Fraction(4)
CREDIT = Credit(each=Fraction("0.5"))
LIMITED = Credit(
    each=Fraction("0.5"),
    least=Quantity(Fraction(1), of_full=False),
    most=Quantity(Fraction("0.5"), of_full=True),
)
ENDLESS = Credit(each=Fraction("0.5"), most=None)


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (CREDIT, "0", "0"),
        (CREDIT, "3", "1.5"),
        (CREDIT, "8", "4"),
        (CREDIT, "7.9", "3.95"),
        (CREDIT, "9", "4"),
        (CREDIT, "-1", "0"),
        (LIMITED, "0", "1"),
        (LIMITED, "2", "1"),
        (LIMITED, "3", "1.5"),
        (LIMITED, "5", "2"),
        (ENDLESS, "9", "4.5"),
        (ENDLESS, "-1", "0"),
    ],
)
def test_each_earns_its_points_within_the_limits(method: Credit, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), FULL)).points == Fraction(points)


def test_the_steps_show_the_product_and_the_limit() -> None:
    assert CREDIT.award(Subject(Fraction(3), FULL)).steps == ("3 × 0.5 = 1.5 分",)
    assert CREDIT.award(Subject(Fraction(9), FULL)).steps == ("9 × 0.5 = 4.5 分,限定在得分范围内,得 4 分",)


def test_the_printed_rule_says_the_price_and_the_cap() -> None:
    assert LIMITED.describe(FULL) == ("每 1 得 0.5 分,最多 2 分",)
    assert ENDLESS.describe(FULL) == ("每 1 得 0.5 分,不封顶",)
