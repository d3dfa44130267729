"""Stage five: places by exact comparison, in the ways that rule sets know of placing equals.

Who is compared by what is said by keys: tuples of fractions, the greatest first, of which later parts decide
between equals of the earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

from scoring.results import Place, half_places
from scoring.rulebook.final_rules import Ranking, Ties, Unscored
from scoring.totals import Earned

Key = TypeVar("Key", bound=Hashable)
Score = Sequence[Fraction]
_SCORED, _BEFORE_ALL, _BEHIND_ALL = Fraction(0), Fraction(1), Fraction(-1)


def places_of(scores: Mapping[Key, Score | None], ties: Ties = Ties.COMPETITION) -> dict[Key, Place | None]:
    """The place of each, the greatest score first; later parts of a score break ties of earlier ones.

    None stays without a place and is not counted. Equals that are placed one after the other (ordinal) stand
    in the order in which they come.
    """
    ranked = [(tuple(score), key) for key, score in scores.items() if score is not None]
    ranked.sort(key=_score, reverse=True)
    places: dict[Key, Place | None] = dict.fromkeys(scores)
    before = 0
    for number, (_, run) in enumerate(groupby(ranked, _score)):
        equals = [key for _, key in run]
        places.update(zip(equals, _WAYS[ties](before, len(equals), number), strict=True))
        before += len(equals)
    return places


def places_within(
    scores: Mapping[Key, Score | None], groups: Mapping[Key, str], ties: Ties = Ties.COMPETITION
) -> dict[Key, Place | None]:
    """The place of each among those of its own group; no group, no place."""
    members: dict[str, dict[Key, Score | None]] = {}
    for key, score in scores.items():
        members.setdefault(groups.get(key, ""), {})[key] = score
    places: dict[Key, Place | None] = dict.fromkeys(scores)
    for group, found in members.items():
        if group:
            places.update(places_of(found, ties))
    return places


def placing_key(
    ranking: Ranking, score: Fraction | None, tie_breaks: Iterable[Fraction] = ()
) -> tuple[Fraction, ...] | None:
    """By what a unit is placed. score: None where it has none; it then stands where the rule set puts it."""
    if score is None:
        ends = {Unscored.FIRST: (_BEFORE_ALL,), Unscored.LAST: (_BEHIND_ALL,)}
        return ends.get(ranking.unscored)
    return _SCORED, directed(score, lowest_first=ranking.lowest_first), *tie_breaks


def directed(score: Fraction, *, lowest_first: bool) -> Fraction:
    """The score so that what goes first is the greatest."""
    return -score if lowest_first else score


def fulls_differ(earned: Iterable[Earned]) -> bool:
    """Whether some units could earn more than others, of those that have a score."""
    return len({each.full for each in earned if each.points is not None and not each.outcome.left_out}) > 1


def node_key(ranking: Ranking, earned: Earned, *, by_share: bool) -> tuple[Fraction, ...] | None:
    """By what a unit is placed at a node; None where it is left out, or had nothing to earn a share of."""
    if earned.outcome.left_out:
        return None
    if earned.points is None or not by_share:
        return placing_key(ranking, earned.points)
    return placing_key(ranking, earned.points / earned.full) if earned.full else None


def _score(entry: tuple[tuple[Fraction, ...], Key]) -> tuple[Fraction, ...]:
    return entry[0]


_WAYS: Mapping[Ties, Callable[[int, int, int], Iterable[Place]]] = {
    Ties.COMPETITION: lambda before, count, _: [before + 1] * count,
    Ties.WORST: lambda before, count, _: [before + count] * count,
    Ties.AVERAGE: lambda before, count, _: [half_places(2 * before + count + 1)] * count,
    Ties.DENSE: lambda _, count, number: [number + 1] * count,
    Ties.ORDINAL: lambda before, count, _: range(before + 1, before + count + 1),
}
"""The places of equals, from how many stand before them, how many they are, and how many scores go before."""
