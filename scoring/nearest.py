"""The nearest of the words that exist to one that does not, for messages."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_LONGEST_WORD = 60
_MOST_KNOWN = 5_000
"""Comparing with more takes longer than the hint is worth."""
_MOST_LISTED = 12


def nearest(word: str, known: Collection[str]) -> str:
    """The known word most like it; empty where none is like it at all, or the words are too many."""
    if len(word) > _LONGEST_WORD or len(known) > _MOST_KNOWN:
        return ""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.5)  # exact float: no figure
    return found[0] if found else ""


def meant(word: str, known: Collection[str]) -> str:
    """What may have been meant, as a hint: the nearest word, or all where they are few; else empty."""
    near = nearest(word, known)
    if near:
        return f"是否想写 {near}?"
    return f"可以用:{'、'.join(sorted(known))}" if 0 < len(known) <= _MOST_LISTED else ""
