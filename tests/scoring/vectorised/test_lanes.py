"""Whole numbers keep to their lanes, and division in doubles is exact up to its limit."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import RoundingMode, round_quotient
from scoring.vectorised.lanes import (
    BIGS,
    DOUBLE_LIMIT,
    DOUBLES,
    LONGS,
    Lane,
    floor_quotient,
    held,
    lane_for,
    round_quotient_arrays,
    whole,
)

LANES = [DOUBLES, LONGS, BIGS]


@pytest.mark.parametrize(
    ("most", "lane"),
    [(0, DOUBLES), (2**53 - 1, DOUBLES), (2**53, LONGS), (2**62 - 1, LONGS), (2**62, BIGS), (10**40, BIGS)],
)
def test_the_lane_follows_from_the_greatest_number(most: int, lane: Lane) -> None:
    assert lane_for(most) == lane


@pytest.mark.parametrize("before", LANES)
@pytest.mark.parametrize("after", LANES)
def test_numbers_stay_what_they_are_when_they_change_lanes(before: Lane, after: Lane) -> None:
    numbers = np.array([0, -3, 2**53 - 1, -(2**53) + 1], dtype=before)
    moved = held(numbers, after)
    assert moved.dtype == after
    assert [int(number) for number in moved] == [0, -3, 2**53 - 1, -(2**53) + 1]


def test_bigs_are_integers_and_never_doubles() -> None:
    assert [type(number) for number in held(np.array([1.0, 2.0]), BIGS)] == [int, int]
    assert whole(10**30, BIGS) == 10**30


@st.composite
def near_the_limit(draw: st.DrawFn) -> tuple[int, int]:
    """Numerator and denominator that together stay just below 2^53, often at or next to a multiple."""
    denominator = draw(st.one_of(st.integers(1, 50), st.integers(1, 2**26), st.integers(1, DOUBLE_LIMIT - 2)))
    multiple = draw(st.integers(0, (DOUBLE_LIMIT - 1 - denominator) // denominator)) * denominator
    most = DOUBLE_LIMIT - 1 - denominator
    numerator = draw(
        st.sampled_from([multiple - 1, multiple, multiple + 1, most, draw(st.integers(0, most))])
    )
    return draw(st.sampled_from([1, -1])) * max(0, min(numerator, most)), denominator


@given(st.lists(near_the_limit(), min_size=1, max_size=20))
def test_floor_in_doubles_is_exact_where_the_sum_is_below_two_to_the_53(pairs: list[tuple[int, int]]) -> None:
    tops, bottoms = np.array(pairs, dtype=np.float64).T
    assert floor_quotient(tops, bottoms).tolist() == [top // bottom for top, bottom in pairs]
    assert np.ceil(tops / bottoms).tolist() == [-(-top // bottom) for top, bottom in pairs]


def test_beyond_that_limit_floor_in_doubles_can_be_wrong() -> None:
    top, bottom = 2**53 + 2**30 - 1, 2**30
    assert floor_quotient(np.array([top], dtype=np.float64), np.array([bottom * 1.0]))[0] != top // bottom
    assert floor_quotient(np.array([top]), np.array([bottom]))[0] == top // bottom


NUMBERS = st.tuples(st.integers(-(2**49), 2**49), st.integers(1, 2**49))


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=9))
def test_rounding_in_arrays_is_rounding_one_by_one(numbers: list[tuple[int, int]]) -> None:
    ties = [(odd * bottom, 2 * bottom) for odd in (-3, -1, 1, 3, 5) for bottom in (1, 7)]
    pairs = [*numbers, *ties]
    for lane, mode in product(LANES, RoundingMode):
        tops = np.array([top for top, _ in pairs], dtype=lane)
        bottoms = np.array([bottom for _, bottom in pairs], dtype=lane)
        rounded = round_quotient_arrays(tops, bottoms, mode)
        assert [int(number) for number in rounded] == [round_quotient(*pair, mode) for pair in pairs]


def test_rounding_half_up_may_be_told_that_nothing_is_negative() -> None:
    tops, bottoms = np.array([0.0, 1.0, 3.0, 5.0]), np.array([2.0, 2.0, 2.0, 4.0])
    assert round_quotient_arrays(tops, bottoms, RoundingMode.HALF_UP, positive=True).tolist() == [0, 1, 2, 1]
