"""Stage five: competition places (1, 2, 2, 4), by exact comparison only."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def competition_places(scores: Mapping[Key, Sequence[Fraction] | None]) -> dict[Key, int | None]:
    """The place of each, the greatest score first; later parts of a score break ties of earlier ones.

    None stays without a place and is not counted. Equal scores share the better place.
    """
    ranked = sorted(
        ((tuple(score), key) for key, score in scores.items() if score is not None), key=_score, reverse=True
    )
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
    places: dict[Key, int | None] = dict.fromkeys(scores)
    for group in _names(groups.values()):
        members = {key: score for key, score in scores.items() if groups.get(key) == group}
        places.update(competition_places(members))
    return places


def _names(groups: Iterable[str]) -> list[str]:
    return sorted({group for group in groups if group})


def _score(entry: tuple[tuple[Fraction, ...], Key]) -> tuple[Fraction, ...]:
    return entry[0]
