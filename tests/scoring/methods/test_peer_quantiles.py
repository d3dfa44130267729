"""Peer quantiles: bands that lie where the group's own values put them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Quantity, Subject
from scoring.methods.peer_quantiles import PeerQuantiles, QuantileBand, quantile

GROUP = tuple(Fraction(each) for each in (10, 20, 30, 40, 50))
METHOD = PeerQuantiles(
    bands=(
        QuantileBand(Fraction(3, 4), Quantity(Fraction(1), of_full=True)),
        QuantileBand(Fraction(1, 2), Quantity(Fraction("0.5"), of_full=True)),
    ),
    otherwise=Quantity(Fraction(1), of_full=False),
)


@pytest.mark.parametrize(
    ("position", "expected"),
    [("0", "10"), ("1/4", "20"), ("0.3", "22"), ("1/2", "30"), ("0.99", "49.6"), ("1", "50")],
)
def test_a_quantile_lies_on_the_line_between_neighbours(position: str, expected: str) -> None:
    assert quantile(GROUP, Fraction(position)) == Fraction(expected)


def test_the_quantiles_of_one_value_are_that_value() -> None:
    assert {quantile((Fraction(7),), Fraction(each, 4)) for each in range(5)} == {Fraction(7)}


@pytest.mark.parametrize(
    ("value", "higher", "points"),
    [
        ("50", True, "4"),
        pytest.param("40", True, "4", id="on the limit of a band"),
        ("39.99", True, "2"),
        ("30", True, "2"),
        ("29.99", True, "1"),
        pytest.param("10", False, "4", id="lower is better: quantiles count from the top"),
        ("20", False, "4"),
        ("20.01", False, "2"),
        ("30", False, "2"),
        ("30.01", False, "1"),
    ],
)
def test_the_first_band_reached_says_the_points(value: str, higher: bool, points: str) -> None:
    award = METHOD.award(Subject(Fraction(value), Fraction(4), higher, GROUP))
    assert award.points == Fraction(points)


def test_the_steps_name_the_limit_that_was_reached() -> None:
    assert METHOD.award(Subject(Fraction(45), Fraction(4), True, GROUP)).steps == (
        "达到组内 P75(= 40),得 4 分",
    )
    assert METHOD.award(Subject(Fraction(5), Fraction(4), True, GROUP)).steps == ("未达到任何分位档,得 1 分",)


def test_the_printed_rule_has_a_line_for_each_band() -> None:
    assert METHOD.describe(Fraction(4)) == ("达到 P75 得 4 分", "达到 P50 得 2 分", "其余得 1 分")
