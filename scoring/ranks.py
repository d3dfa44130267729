"""Stage five: competition places (1, 2, 2, 4), by exact comparison only."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def competition_places(scores: Mapping[Key, Sequence[Fraction] | None]) -> dict[Key, int | None]:
    """The place of each, the greatest score first; later parts of a score break ties of earlier ones.

    None stays without a place and is not counted. Equal scores share the better place.
    """
    ranked = [(tuple(score), key) for key, score in scores.items() if score is not None]
    ranked.sort(key=_score, reverse=True)
    places: dict[Key, int | None] = dict.fromkeys(scores)
    previous: tuple[Fraction, ...] | None = None
    place = 0
    for position, (score, key) in enumerate(ranked, start=1):
        if score != previous:
            place, previous = position, score
        places[key] = place
    return places


def places_within(
    scores: Mapping[Key, Sequence[Fraction] | None], groups: Mapping[Key, str]
) -> dict[Key, int | None]:
    """The place of each among those of its own group; no group, no place."""
    members: dict[str, dict[Key, Sequence[Fraction] | None]] = {}
    for key, score in scores.items():
        members.setdefault(groups.get(key, ""), {})[key] = score
    places: dict[Key, int | None] = dict.fromkeys(scores)
    for group, found in members.items():
        if group:
            places.update(competition_places(found))
    return places


def _score(entry: tuple[tuple[Fraction, ...], Key]) -> tuple[Fraction, ...]:
    return entry[0]
