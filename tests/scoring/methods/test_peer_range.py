"""Peer range: between the group's worst and best."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.peer_range import PeerRange

GROUP = tuple(Fraction(each) for each in (10, 25, 40))
HIGHEST, LOWEST = PeerRange(), PeerRange(best="min", equal=Quantity(Fraction("0.5"), of_full=True))


@pytest.mark.parametrize(
    ("method", "value", "points"),
    [
        (HIGHEST, "40", "4"),
        (HIGHEST, "25", "2"),
        (HIGHEST, "10", "0"),
        (HIGHEST, "20", "4/3"),
        (LOWEST, "10", "4"),
        (LOWEST, "25", "2"),
        (LOWEST, "40", "0"),
    ],
)
def test_points_go_by_the_place_between_worst_and_best(method: PeerRange, value: str, points: str) -> None:
    assert method.award(Subject(Fraction(value), Fraction(4), True, GROUP)).points == Fraction(points)


def test_where_all_are_alike_the_rule_says_what_they_earn() -> None:
    alike = Subject(Fraction(7), Fraction(4), True, (Fraction(7),) * 3)
    assert HIGHEST.award(alike).points == 4
    assert LOWEST.award(alike).points == 2
    assert LOWEST.award(alike).steps == ("组内各单位相同(均为 7),得 2 分",)


def test_the_steps_name_best_and_worst() -> None:
    steps = LOWEST.award(Subject(Fraction(25), Fraction(4), True, GROUP)).steps
    assert steps == ("组内最好 10、最差 40,按位置得 2 分",)


def test_the_printed_rule_writes_the_formula() -> None:
    assert HIGHEST.describe(Fraction(4)) == (
        "组内 (本单位 − 最小) ÷ (最大 − 最小) × 4 分;组内全部相同得 4 分",
    )
    assert LOWEST.describe(Fraction(4)) == (
        "组内 (最大 − 本单位) ÷ (最大 − 最小) × 4 分;组内全部相同得 2 分",
    )
