"""Fractions are put in order exactly: near neighbours, ties, groups and great numbers of units."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scoring.ranks import places_of, places_within
from scoring.vectorised.ordering import (
    ascending,
    competition_ranks,
    dense_codes,
    first_of_runs,
    last_of_runs,
    sorted_values,
)
from scoring.vectorised.quotients import Quotients, constant_quotients, quotients_of, tightened

NEAR = Fraction(10**8, 3)
CLOSE = st.integers(-3, 3).map(lambda step: NEAR + Fraction(step, 10**25))
VALUES = st.one_of(
    st.integers(-4, 4).map(Fraction),
    st.builds(Fraction, st.integers(-50, 50), st.integers(1, 12)),
    st.builds(Fraction, st.integers(-(10**14), 10**14), st.integers(1, 10**14)),
    CLOSE,
    st.integers(2**53 - 2, 2**53 + 2).map(Fraction),
    st.integers(10**30 - 1, 10**30 + 1).map(Fraction),
)


def split(values: list[Fraction]) -> Quotients:
    num = np.array([value.numerator for value in values], dtype=object)
    den = np.array([value.denominator for value in values], dtype=object)
    found = tightened(Quotients(num, den, (0, 0), 1))
    fits = found.most < 2**53 and found.most_den < 2**53
    return (
        Quotients(num.astype(np.float64), den.astype(np.float64), found.span, found.most_den)
        if fits
        else found
    )


@given(st.lists(VALUES, max_size=12))
def test_places_are_those_of_the_plain_engine(values: list[Fraction]) -> None:
    expected = list(places_of({row: (value,) for row, value in enumerate(values)}).values())
    for made in (quotients_of, split):
        assert competition_ranks(sorted_values(made(values)), len(values)).tolist() == expected


@given(st.lists(st.tuples(VALUES, st.integers(0, 2), st.booleans()), max_size=12))
def test_places_in_groups_among_some_units_are_those_of_the_plain_engine(
    units: list[tuple[Fraction, int, bool]],
) -> None:
    names = ["a", "b", "c"]
    scores = {row: (value,) if there else None for row, (value, _, there) in enumerate(units)}
    expected = places_within(scores, {row: names[group] for row, (_, group, _) in enumerate(units)})
    rows = np.array([row for row, (_, _, there) in enumerate(units) if there], dtype=np.intp)
    groups = np.array([group for _, group, _ in units], dtype=np.int64)
    found = sorted_values(quotients_of([value for value, _, _ in units]), rows, groups)
    assert competition_ranks(found, len(units)).tolist() == [place or 0 for place in expected.values()]
    assert found.order.tolist() == sorted(found.order, key=lambda row: (groups[row], units[row][0]))


def test_fractions_that_share_a_double_are_told_apart() -> None:
    base = 2**52 - 5
    values = [Fraction(base, base + 1), Fraction(base + 1, base + 2), Fraction(base, base + 1)]
    assert float(values[0]) == float(values[1])
    assert competition_ranks(sorted_values(split(values)), 3).tolist() == [2, 1, 2]


Keys = Callable[[np.random.Generator, int], NDArray[np.float64]]
KEYS: dict[str, Keys] = {
    "spread": lambda random, size: random.normal(size=size),
    "ties": lambda random, size: random.integers(0, 50, size) / 7,
    "negative": lambda random, size: -np.abs(random.normal(size=size)) * random.integers(0, 2, size),
    "one octave": lambda random, size: 1 + random.random(size) / 2**40,
    "far apart": lambda random, size: (
        random.choice([-1.0, 1.0], size) * 2.0 ** random.integers(-999, 999, size)
    ),
    "alike": lambda _, size: np.full(size, -0.0),
}


@pytest.mark.parametrize("size", [999, 1_000, 5_000])
@pytest.mark.parametrize("kind", KEYS)
def test_many_doubles_are_ordered_as_by_a_plain_sort(size: int, kind: str) -> None:
    keys = KEYS[kind](np.random.default_rng(size), size)
    assert keys[ascending(keys)].tolist() == np.sort(keys).tolist()
    assert sorted(ascending(keys).tolist()) == list(range(size))


@given(st.lists(st.booleans(), max_size=30))
def test_runs_know_their_ends(marks: list[bool]) -> None:
    fresh = np.array([True, *marks]) if marks else np.ones(0, dtype=np.bool_)
    firsts: list[int] = []
    for place, mark in enumerate(fresh.tolist()):
        firsts.append(place if mark else firsts[-1])
    lasts = [max(place for place, first in enumerate(firsts) if first == own) for own in firsts]
    assert first_of_runs(fresh).tolist() == firsts
    assert last_of_runs(fresh).tolist() == lasts


@given(st.lists(VALUES, min_size=1, max_size=10))
def test_codes_compare_as_the_values_do(values: list[Fraction]) -> None:
    codes = dense_codes(quotients_of(values)).tolist()
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    assert codes == [ranks[value] for value in values]


def test_nobody_can_be_put_in_order() -> None:
    found = sorted_values(quotients_of([]))
    assert (len(found.order), competition_ranks(found, 0).tolist()) == (0, [])
    alone = sorted_values(constant_quotients(3), np.array([], dtype=np.intp))
    assert competition_ranks(alone, 1).tolist() == [0]
