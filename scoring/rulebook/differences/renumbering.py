"""Things that got another code: found by their name, or by reckoning alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_PARTS = ("indicators", "adjustments")


def renumbered(part: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """New and former code of each thing that is the same under another code.

    It has the name of one that is gone, or else its formula and method; nothing else comes into question
    under that name, so that two things of one name are never confused.
    """
    if part not in _PARTS:
        return
    gone = {code: each for code, each in old.items() if code not in new}
    fresh = {code: each for code, each in new.items() if code not in old}
    for likeness in (_name, _reckoning):
        for code, former in _matches(gone, fresh, likeness):
            yield code, former
            del gone[former], fresh[code]


def _matches(
    gone: Mapping[Any, Any], fresh: Mapping[Any, Any], likeness: Callable[[Any], object]
) -> list[tuple[Any, Any]]:
    found = []
    for code, each in fresh.items():
        mark = likeness(each)
        before = [other for other, thing in gone.items() if likeness(thing) == mark]
        after = [other for other, thing in fresh.items() if likeness(thing) == mark]
        if mark is not None and len(before) == len(after) == 1:
            found.append((code, before[0]))
    return found


def _name(thing: Any) -> object:
    return thing.name or None


def _reckoning(thing: Any) -> object:
    return None if thing.value is None else (thing.value.root, thing.method)
