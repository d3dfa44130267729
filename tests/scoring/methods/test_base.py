"""What all methods share: points as rules write them, and limits."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import FULL, NOTHING, Quantity, clamp


@pytest.mark.parametrize(
    ("quantity", "text", "points"),
    [
        (Quantity(Fraction("0.8"), of_full=True), "80%", "3.2"),
        (Quantity(Fraction(1, 3), of_full=True), "33.333333…%", "4/3"),
        (Quantity(Fraction("0.5"), of_full=False), "0.5", "0.5"),
        (FULL, "100%", "4"),
        (NOTHING, "0", "0"),
    ],
)
def test_a_quantity_is_points_or_a_share_of_full_points(quantity: Quantity, text: str, points: str) -> None:
    assert str(quantity) == text
    assert quantity.points(Fraction(4)) == Fraction(points)


@pytest.mark.parametrize(("points", "expected"), [(-1, 0), (0, 0), (2, 2), (4, 4), (5, 4)])
def test_points_are_kept_within_limits_that_belong_to_them(points: int, expected: int) -> None:
    assert clamp(Fraction(points), Fraction(0), Fraction(4)) == expected
