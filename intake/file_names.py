"""The name of a file as a stranger gives it, made a word: never a path, nothing that cannot be shown."""

from __future__ import annotations

import unicodedata

_LONGEST_NAME = 200
_NAMELESS = "未命名"


def harmless_name(name: str) -> str:
    """The last part of a path, without what cannot be printed, and not too long: a word, never a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    shortened = printable.strip()[-_LONGEST_NAME:].strip()
    return shortened if shortened.strip(".") else _NAMELESS
