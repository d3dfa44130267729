"""Places of all units at once are those of the plain engine, in every way of placing equals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranks import places_of, places_within
from scoring.rulebook.final_rules import Ties
from scoring.vectorised.ordering import sorted_values
from scoring.vectorised.places import no_places, ranked
from scoring.vectorised.quotients import quotients_of

SHARING = [ties for ties in Ties if ties is not Ties.ORDINAL]
"""Units placed one after the other are told apart before they are sorted."""


@given(st.lists(st.integers(-3, 3).map(Fraction), max_size=12), st.sampled_from(SHARING))
def test_places_are_those_of_the_plain_engine(values: list[Fraction], ties: Ties) -> None:
    expected = places_of({row: (value,) for row, value in enumerate(values)}, ties)
    found = ranked(sorted_values(quotients_of(values)), len(values), ties)
    assert found.as_list() == list(expected.values())


@given(
    st.lists(st.tuples(st.integers(-3, 3).map(Fraction), st.integers(0, 2)), max_size=12),
    st.sampled_from(SHARING),
)
def test_places_in_groups_are_those_of_the_plain_engine(
    units: list[tuple[Fraction, int]], ties: Ties
) -> None:
    keys = {row: (value,) for row, (value, _) in enumerate(units)}
    expected = places_within(keys, {row: str(group) for row, (_, group) in enumerate(units)}, ties)
    groups = np.array([group for _, group in units], dtype=np.int64)
    values = sorted_values(quotients_of([value for value, _ in units]), None, groups)
    assert ranked(values, len(units), ties).as_list() == list(expected.values())


@pytest.mark.parametrize("ties", SHARING)
def test_nobody_has_a_place_where_nobody_is_sorted(ties: Ties) -> None:
    nobody = sorted_values(quotients_of([Fraction(1)]), np.array([], dtype=np.intp))
    assert ranked(nobody, 1, ties).as_list() == no_places(1).as_list() == [None]
