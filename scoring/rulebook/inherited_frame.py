"""ruleset.yaml of a rule set that inherits: which keys come down, entry by entry or as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.rulebook.dated import shown_branch
from scoring.rulebook.tree import Branch, Entries, Mark

LINE = ("extends", "drop", "overrides")
"""Keys that say how a rule set inherits."""
IDENTITY = ("code", "title", "version", "published", *LINE)
"""Keys that a rule set never inherits."""
CALENDAR = ("language", "year", "effective")
"""Keys that need no reason when they change."""
BY_NAME = ("sources", "attributes", "constants", "breakdowns", "definitions", "tables")
"""Keys whose entries are inherited one by one."""


def merged_frame(old: Entries, own: Entries, without: tuple[str, ...]) -> Entries:
    """The younger ruleset.yaml over the older one, without the keys that only say how it inherits."""
    base = Entries({key: each for key, each in old.by_key.items() if key not in IDENTITY}, old.mark)
    keys = {key: each for key, each in own.by_key.items() if key not in LINE}
    for key in BY_NAME:
        mine, theirs = keys.get(key), base.by_key.get(key)
        if mine and theirs and isinstance(mine[1], Entries) and isinstance(theirs[1], Entries):
            merged = {**theirs[1].by_key, **mine[1].by_key}
            keys[key] = mine[0], Entries(merged, mine[1].mark)
    return laid_over(base, keys, without, own)


def laid_over(
    old: Entries, keys: Mapping[str, tuple[Mark, Branch]], without: tuple[str, ...], own: Entries
) -> Entries:
    """The old keys with the new ones over them, standing where the new ones stand."""
    found = {key: each for key, each in {**old.by_key, **keys}.items() if key not in without}
    return Entries(found, own.mark)


def changed_keys(old: Entries, own: Entries) -> tuple[str, ...]:
    """Keys that say something else than what was inherited, so that a reason is owed."""
    fixed = {*IDENTITY, *CALENDAR}
    both = (key for key in own.by_key if key in old.by_key and key not in fixed)
    return tuple(key for key in both if _differs(key, own.by_key[key][1], old.by_key[key][1]))


def _differs(key: str, mine: Branch, theirs: Branch) -> bool:
    if key in BY_NAME and isinstance(mine, Entries) and isinstance(theirs, Entries):
        same = mine.by_key.keys() & theirs.by_key.keys()
        return any(
            shown_branch(mine.by_key[name][1]) != shown_branch(theirs.by_key[name][1]) for name in same
        )
    return shown_branch(mine) != shown_branch(theirs)
