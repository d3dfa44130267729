"""Ranks: competition places by exact comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from scoring.ranks import competition_places, places_within

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
    found = competition_places(scores(text))
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
