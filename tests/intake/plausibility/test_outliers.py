"""Robust distances: decided as exactly as the textbook formula would be with endless digits."""

from __future__ import annotations

from fractions import Fraction
from math import log
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.plausibility.outliers import find_outlier

LIMIT, SPREAD = Fraction(7, 2), Fraction(1, 20)
figures = st.integers(1, 10**7).map(Fraction)


def textbook(value: Fraction, others: list[Fraction]) -> float:
    """The modified z of the logarithms, in floats."""
    logs = [log(each) for each in others]
    middle = median(logs)
    mad = max(median(abs(each - middle) for each in logs), log(1.05))
    return 0.6745 * abs(log(value) - middle) / mad


@given(figures, st.lists(figures, min_size=1, max_size=9))
def test_it_is_the_modified_z_of_the_logarithms(value: Fraction, others: list[Fraction]) -> None:
    found = find_outlier(value, others, limit=LIMIT, spread=SPREAD)
    expected = textbook(value, others)
    if abs(expected - 3.5) > 1e-6:  # so near the limit floats decide nothing
        assert (found is not None) is (expected > 3.5)
    if found is not None:
        assert float(found.z) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("value", "others", "outlier"),
    [
        ("100", "100 100 100 100", False),
        ("128", "100 100 100 100", False),
        ("129", "100 100 100 100", True),
        ("77", "100 100 100 100", True),
        ("78", "100 100 100 100", False),
        ("0", "100 100 100 100", False),
        ("300", "50 100 200 400", False),
        ("6000", "50 100 200 400", True),
    ],
)
def test_steady_figures_count_as_moving_a_little(value: str, others: str, outlier: bool) -> None:
    # 0.6745 · ln(1.29) / ln(1.05) = 3.52
    known = [Fraction(each) for each in others.split()]
    assert (find_outlier(Fraction(value), known, limit=LIMIT, spread=SPREAD) is not None) is outlier


def test_exactly_the_limit_is_no_outlier() -> None:
    # x is ten deviations away: ln 2^10 / ln 2, and z is exactly 6.745
    others = [Fraction(each) for each in (50, 100, 200)]
    far = Fraction(100 * 2**10)
    exact = Fraction(6745, 1000)
    for limit, told in ((exact, False), (exact - Fraction(1, 10**12), True)):
        assert (find_outlier(far, others, limit=limit, spread=SPREAD) is not None) is told


def test_the_median_of_an_even_number_is_the_geometric_one() -> None:
    found = find_outlier(Fraction(10**6), [Fraction(4), Fraction(9)], limit=LIMIT, spread=SPREAD)
    assert found is not None
    assert found.median == 6
