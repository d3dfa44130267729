"""Each method's curve says what the method itself says, about values of every size."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.methods.base import Method, Quantity, Subject
from scoring.methods.direct import Direct
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.peer_rank import PeerRank
from scoring.methods.registry import METHODS
from scoring.methods.slope import Slope
from scoring.vectorised.curves import Bends, Line, Stairs, Steps, curve_of
from scoring.vectorised.quotients import quotients_of
from tests.support.random_formulas import DECIMALS, GREAT, PLAIN
from tests.support.random_methods import methods

FULL = st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(10, 3)])
VALUES = st.lists(st.one_of(PLAIN, DECIMALS, GREAT), min_size=1, max_size=8)


@given(method=methods((), peers=False), full=FULL, higher=st.booleans(), values=VALUES)
def test_a_curve_gives_what_the_method_awards(
    method: Method, full: Fraction, higher: bool, values: list[Fraction]
) -> None:
    curve = curve_of(method, full, higher=higher)
    if curve is None:
        # only where there is no lower limit, which no curve has
        assert isinstance(method, Direct)
        assert method.least is None
        return
    values += thresholds(curve)
    points = curve.points(quotients_of(values)).sized(len(values))
    expected = [method.award(Subject(value, full, higher)).points for value in values]
    assert [points.at(row) for row in range(len(values))] == expected
    if curve.ends is not None:
        least, most = curve.ends
        assert all(least <= each <= most for each in expected)


def thresholds(curve: Line | Steps | Bends | Stairs) -> list[Fraction]:
    """The values at which a curve turns."""
    if isinstance(curve, Steps):
        return [threshold for _, threshold, _ in curve.tests]
    if isinstance(curve, Bends):
        return list(curve.knots)
    return [curve.slope.target] if isinstance(curve, Stairs) else []


def test_only_methods_about_words_or_peers_have_no_curve() -> None:
    without = {"graded", "peer_quantiles", "peer_range", "peer_rank"}
    assert {method.kind for method in METHODS.values()} >= without
    assert curve_of(Graded(scale={}), Fraction(1), higher=True) is None
    assert curve_of(PeerRank(), Fraction(1), higher=True) is None


@pytest.mark.parametrize(
    ("rungs", "nested"),
    [
        ([("at_least", 90), ("at_least", 80)], True),
        ([("above", 90), ("at_least", 90)], True),
        ([("at_least", 90), ("above", 90)], False),
        ([("at_least", 80), ("at_least", 90)], False),
        ([("at_most", 5), ("at_most", 9)], True),
        ([("below", 5), ("at_most", 5)], True),
        ([("at_most", 9), ("at_most", 5)], False),
        ([("at_least", 90), ("at_most", 5)], False),
    ],
)
def test_steps_are_nested_where_each_rung_implies_the_next(
    rungs: list[tuple[str, int]], nested: bool
) -> None:
    earn = Quantity(Fraction(1), of_full=False)
    ladder = Ladder(rungs=tuple(Rung(test, Fraction(limit), earn) for test, limit in rungs))
    curve = curve_of(ladder, Fraction(1), higher=True)
    assert isinstance(curve, Steps)
    assert curve.nested is nested


@pytest.mark.parametrize(
    ("given_slope", "kind"),
    [
        ({"deduct": Fraction(1)}, Line),
        ({"deduct": Fraction(1), "add": Fraction(1)}, Bends),
        ({"deduct": Fraction(-1)}, Bends),
        ({"deduct": Fraction(1), "steps": "whole"}, Stairs),
    ],
)
def test_a_slope_is_the_simplest_curve_that_it_can_be(given_slope: dict[str, Fraction], kind: type) -> None:
    slope = Slope(target=Fraction(90), **given_slope)  # type: ignore[arg-type]
    assert isinstance(curve_of(slope, Fraction(2), higher=True), kind)
