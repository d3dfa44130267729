"""Ranks: places by exact comparison, in every way of placing equals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ranks import places_of, places_within, placing_key
from scoring.rulebook.final_rules import Ranking, Ties, Unscored

Scores = Mapping[str, Sequence[Fraction] | None]


def scores(text: str) -> Scores:
    """Scores written as "a:90 b:80.5;3 c:-" (tie breaks after a semicolon, a dash for none)."""
    found: dict[str, Sequence[Fraction] | None] = {}
    for entry in text.split():
        name, _, rest = entry.partition(":")
        found[name] = None if rest == "-" else [Fraction(part) for part in rest.split(";")]
    return found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("a:90 b:80 c:70", "a1 b2 c3", id="the greatest is first"),
        pytest.param("a:70 b:90 c:90", "a3 b1 c1", id="equals share the better place"),
        pytest.param("a:90 b:80 c:80 d:70", "a1 b2 c2 d4", id="and the next place is left free"),
        pytest.param("a:1/3 b:0.3333333333333333", "a1 b2", id="no digit is too far"),
        pytest.param("a:90 b:- c:80", "a1 b- c2", id="who has no score is not counted"),
        pytest.param("a:- b:-", "a- b-", id="nobody has a score"),
        pytest.param("", "", id="nobody at all"),
        pytest.param("a:90;1 b:90;2", "a2 b1", id="the second key decides between equals"),
        pytest.param("a:90;9;1 b:90;9;-1 c:91;0;0", "a2 b3 c1", id="then the third, but only between equals"),
        pytest.param("a:90;2 b:90;2", "a1 b1", id="equal in all keys"),
        pytest.param("a:0 b:-1", "a1 b2", id="negative scores"),
    ],
)
def test_places_are_those_of_a_competition(text: str, places: str) -> None:
    found = places_of(scores(text))
    assert " ".join(f"{name}{place or '-'}" for name, place in found.items()) == places


def test_places_within_a_group_know_nothing_of_the_others() -> None:
    all_scores = scores("a:90 b:80 c:95 d:70 e:- f:99 g:98")
    groups = {"a": "东", "b": "东", "c": "西", "d": "西", "e": "西", "f": ""}
    assert places_within(all_scores, groups) == {
        "a": 1,
        "b": 2,
        "c": 1,
        "d": 2,
        "e": None,
        "f": None,
        "g": None,
    }


IN_PANDAS = {
    Ties.COMPETITION: "min",
    Ties.WORST: "max",
    Ties.AVERAGE: "average",
    Ties.DENSE: "dense",
    Ties.ORDINAL: "first",
}


@pytest.mark.parametrize(
    ("ties", "places"),
    [
        (Ties.COMPETITION, [1, 2, 2, 4]),
        (Ties.WORST, [1, 3, 3, 4]),
        (Ties.AVERAGE, [1, Decimal("2.5"), Decimal("2.5"), 4]),
        (Ties.DENSE, [1, 2, 2, 3]),
        (Ties.ORDINAL, [1, 2, 3, 4]),
    ],
)
def test_equals_are_placed_as_the_rule_set_says(ties: Ties, places: list[object]) -> None:
    found = list(places_of(scores("a:90 b:80 c:80 d:70"), ties).values())
    assert found == places
    assert [type(each) for each in found] == [type(each) for each in places]


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=12),
    st.sampled_from(Ties),
    st.booleans(),
    st.sampled_from(Unscored),
)
def test_places_are_those_of_pandas(
    amounts: list[int | None], ties: Ties, lowest_first: bool, unscored: Unscored
) -> None:
    ranking = Ranking(ties=ties, lowest_first=lowest_first, unscored=unscored)
    fractions = [None if amount is None else Fraction(amount) for amount in amounts]
    keys = {row: placing_key(ranking, amount) for row, amount in enumerate(fractions)}
    option = {Unscored.UNRANKED: "keep", Unscored.FIRST: "top", Unscored.LAST: "bottom"}[unscored]
    series = pd.Series(amounts, dtype="float64")
    expected = series.rank(method=IN_PANDAS[ties], ascending=lowest_first, na_option=option)  # type: ignore[arg-type]
    found = places_of(keys, ties).values()
    assert [0 if place is None else float(place) for place in found] == expected.fillna(0).tolist()
