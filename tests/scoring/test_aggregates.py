"""The points of a node from those of its children, where the children are few, weightless or have nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.aggregates import Aggregation, arithmetic_mean, geometric_mean, harmonic_mean

NOTHING, ONE, TWO, THREE = map(Fraction, (0, 1, 2, 3))


@pytest.mark.parametrize("mean", [arithmetic_mean, geometric_mean, harmonic_mean])
@pytest.mark.parametrize("weights", [NOTHING, ONE])
def test_a_mean_of_children_that_weigh_nothing_does_not_divide_by_them(
    mean: Aggregation, weights: Fraction
) -> None:
    found = mean([(NOTHING, TWO), (NOTHING, THREE)], weights)
    # by the weights of all children a product of children without weight is one; a sum is nothing
    assert found == (ONE if mean is geometric_mean and weights else NOTHING)


@pytest.mark.parametrize("mean", [geometric_mean, harmonic_mean])
def test_a_child_with_nothing_leaves_nothing_of_a_mean_that_multiplies_or_divides(mean: Aggregation) -> None:
    assert mean([(ONE, NOTHING), (ONE, THREE)], TWO) == NOTHING


def test_the_harmonic_mean_divides_the_weights_by_the_weighted_reciprocals() -> None:
    assert harmonic_mean([(ONE, TWO), (TWO, THREE)], THREE) == Fraction(18, 7)
