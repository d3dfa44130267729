"""Arrays of fractions reckon as fractions do, whatever lane their size puts them in."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import Rounding, RoundingMode
from scoring.vectorised.lanes import BIGS, DOUBLES, LONGS
from scoring.vectorised.quotients import (
    Quotients,
    chosen,
    constant_quotients,
    quotients_of,
    raised,
    tightened,
)

SIZES = st.sampled_from([10, 10**7, 10**9, 10**17, 10**30])
NUMBERS = SIZES.flatmap(
    lambda most: st.builds(
        Fraction, st.integers(-most, most), st.integers(1, most) | st.sampled_from([1, 8, 100])
    )
)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6)


def split(values: list[Fraction]) -> Quotients:
    """The values with a denominator each."""
    num = np.array([value.numerator for value in values], dtype=object)
    den = np.array([value.denominator for value in values], dtype=object)
    found = tightened(Quotients(num, den, (0, 0), 1))
    fits = found.most < 2**53 and found.most_den < 2**53
    return (
        Quotients(num.astype(np.float64), den.astype(np.float64), found.span, found.most_den)
        if fits
        else found
    )


def fractions(found: Quotients, size: int) -> list[Fraction]:
    """The values of an array, after checking that its bounds are true."""
    sized = found.sized(size)
    assert all(found.span[0] <= int(number) <= found.span[1] for number in sized.num)
    assert isinstance(found.den, int) or all(0 < int(number) <= found.most_den for number in found.den)
    assert not isinstance(found.den, int) or found.den == found.most_den
    return [sized.at(row) for row in range(size)]


MADE = [quotients_of, split]
OPERATIONS: dict[str, tuple[Callable[..., Quotients], Callable[..., Fraction]]] = {
    "plus": (Quotients.plus, lambda one, other: one + other),
    "minus": (Quotients.minus, lambda one, other: one - other),
    "by": (Quotients.by, lambda one, other: one * other),
}


@given(pairs=PAIRS)
def test_arithmetic_is_that_of_fractions(pairs: list[tuple[Fraction, Fraction]]) -> None:
    for (in_arrays, one_by_one), left, right in product(OPERATIONS.values(), MADE, MADE):
        found = in_arrays(left([one for one, _ in pairs]), right([other for _, other in pairs]))
        assert fractions(found, len(pairs)) == [one_by_one(*pair) for pair in pairs]


@given(pairs=PAIRS)
def test_division_tells_where_it_cannot_divide(pairs: list[tuple[Fraction, Fraction]]) -> None:
    pairs = [*pairs, (Fraction(3), Fraction(0)), (Fraction(1), Fraction(-2))]
    for left, right in product(MADE, MADE):
        found, zero = left([one for one, _ in pairs]).over(right([other for _, other in pairs]))
        assert zero.tolist() == [other == 0 for _, other in pairs]
        values = fractions(found, len(pairs))
        assert [value for value, (_, other) in zip(values, pairs, strict=True) if other] == [
            one / other for one, other in pairs if other
        ]


COMPARED = [
    (np.less, operator.lt),
    (np.less_equal, operator.le),
    (np.greater, operator.gt),
    (np.greater_equal, operator.ge),
    (np.equal, operator.eq),
    (np.not_equal, operator.ne),
]


@given(pairs=PAIRS, constant=NUMBERS)
def test_comparisons_are_those_of_fractions(
    pairs: list[tuple[Fraction, Fraction]], constant: Fraction
) -> None:
    pairs = [*pairs, (pairs[0][0], pairs[0][0])]
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    for (ufunc, plain), made in product(COMPARED, MADE):
        expected = [plain(one, other) for one, other in pairs]
        assert made(left).compared(ufunc, split(right)).tolist() == expected
        for limit in (constant, left[0], -left[0], Fraction(10**50)):
            assert made(left).compared_to(ufunc, limit).tolist() == [plain(one, limit) for one in left]


@given(values=st.lists(NUMBERS, min_size=1, max_size=6), constant=NUMBERS)
def test_constants_scale_shift_and_limit(values: list[Fraction], constant: Fraction) -> None:
    size = len(values)
    for found in (made(values) for made in MADE):
        assert fractions(found.times(constant), size) == [value * constant for value in values]
        assert fractions(found.plus_constant(constant), size) == [value + constant for value in values]
        assert fractions(found.at_most(constant), size) == [min(value, constant) for value in values]
        assert fractions(found.at_least(constant), size) == [max(value, constant) for value in values]
        assert fractions(found.at_least(constant).at_most(values[0]), size) == [
            min(max(value, constant), values[0]) for value in values
        ]


@given(
    values=st.lists(NUMBERS, min_size=1, max_size=6),
    places=st.integers(0, 6),
    mode=st.sampled_from(RoundingMode),
)
def test_rounding_is_that_of_fractions(values: list[Fraction], places: int, mode: RoundingMode) -> None:
    rounding = Rounding(places, mode)
    values = [*values, Fraction(1, 2), Fraction(-5, 2), Fraction(3, 2)]
    for found in (made(values).rounded(rounding) for made in MADE):
        assert found.den == 10**places
        assert fractions(found, len(values)) == [rounding.apply(value) for value in values]


@given(pairs=PAIRS, choices=st.lists(st.booleans(), min_size=6, max_size=6))
def test_choosing_takes_from_either_side(pairs: list[tuple[Fraction, Fraction]], choices: list[bool]) -> None:
    size = len(pairs)
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    condition = np.array(choices[:size])
    expected = [one if choice else other for (one, other), choice in zip(pairs, choices, strict=False)]
    for one in MADE:
        for other in MADE:
            assert fractions(chosen(condition, one(left), other(right)), size) == expected
    constant = constant_quotients(pairs[0][0])
    assert fractions(chosen(condition, constant, quotients_of(right)), size) == [
        pairs[0][0] if choice else other for other, choice in zip(right, choices, strict=False)
    ]


@pytest.mark.parametrize(
    ("left", "right", "lane"),
    [
        (2**26, 2**26, DOUBLES),
        (2**26, 2**27, LONGS),
        (2**31, 2**30, LONGS),
        (2**31, 2**31, BIGS),
        (10**20, 10**20, BIGS),
    ],
)
def test_products_move_to_the_lane_that_holds_them(left: int, right: int, lane: np.dtype[np.generic]) -> None:
    found = quotients_of([Fraction(left)]).by(quotients_of([Fraction(right)]))
    assert found.num.dtype == lane
    assert found.at(0) == left * right


def test_bigs_are_reduced_so_that_they_do_not_grow_without_end() -> None:
    found = split([Fraction(10**30, 7)])
    for _ in range(20):
        found, _zero = found.by(split([Fraction(7, 10**30)])).over(split([Fraction(7, 10**30)]))
    assert (found.at(0), found.most_den) == (Fraction(10**30, 7), 7)


def test_a_raised_array_says_the_same_over_a_multiple() -> None:
    found = raised(quotients_of([Fraction(1, 4), Fraction(3)]), 100)
    assert (found.den, found.num.tolist()) == (100, [25, 300])


def test_there_may_be_no_units_at_all() -> None:
    nothing = quotients_of([])
    assert nothing.plus(constant_quotients(Fraction(1, 3))).num.tolist() == []
    assert nothing.rounded(Rounding(2)).num.tolist() == []
    assert nothing.taken(np.array([], dtype=np.intp)).num.tolist() == []
