"""Roots and powers that come out even do so to the last digit, so that no grade hangs on the fiftieth."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.numbers import natural_logarithm, power, square_root
from scoring.rulebook.rules import Aggregate, Node
from scoring.totals import Child, Earned, first_step


@pytest.mark.parametrize("degree", [2, 3, 5, 6, 7])
def test_the_root_of_a_whole_power_is_the_whole_number(degree: int) -> None:
    found = {number: power(Fraction(number**degree), Fraction(1, degree)) for number in range(1, 300)}
    assert found == {number: Fraction(number) for number in range(1, 300)}


@pytest.mark.parametrize("score", ["90", "60", "79.99", "0.005", "100"])
def test_equal_scores_have_themselves_as_geometric_mean(score: str) -> None:
    node = Node(
        code=NodeCode("total"),
        title="总分",
        kind="total",
        points=Fraction(100),
        children=(),
        aggregate=Aggregate.GEOMETRIC,
    )
    children = [Child(NodeCode(code), Fraction(1), Earned(Fraction(score), Fraction(100))) for code in "ABC"]
    assert first_step(node, children).points == Fraction(score)


def test_a_logarithm_close_to_zero_keeps_its_digits() -> None:
    # ln(1 + x) = x - x²/2 + x³/3 …; beyond the cube nothing shows in fifty digits.
    small = Fraction(1, 3 * 10**20)
    found = natural_logarithm(1 + small)
    assert found is not None
    series = small - small**2 / 2 + small**3 / 3
    assert abs(found / series - 1) < Fraction(1, 10**49)


def test_a_root_without_end_has_fifty_digits() -> None:
    found = square_root(Fraction(2))
    assert found is not None
    assert len(str(found.numerator * 10**49 // found.denominator)) == 50
    assert abs(found**2 / 2 - 1) < Fraction(1, 10**48)
