"""The shapes of rule files: scalars, lists, mappings, records, and records that differ by their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A single word or number.

    kind: text, number, ratio, whole, flag, day, share, quantity, formula, condition or word; see SCALARS in
    json_schema.py. words: the only ones there are, for the kind `word`.
    """

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping whose keys are names that the author chooses."""

    of: Shape
    names: str
    """What the keys are, in Chinese."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record. default: what holds where the key is absent, in words; empty = nothing."""

    name: str
    shape: Shape
    meaning: str
    required: bool = False
    default: str = ""
    early: bool = False
    """Whether it is read, and taken out, before the record is: what is inherited."""
    sometimes: bool = False
    """Whether it is read only beside certain other keys; elsewhere it is an error."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with known keys; any other key is an error."""

    title: str
    keys: tuple[Key, ...]
    others: Shape | None = None
    """Where the rule set itself declares further keys (attributes of units): their shape."""
    one_of: tuple[str, ...] = ()
    """Keys of which one is written."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Records whose keys depend on one of them."""

    title: str
    by: str
    records: Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes."""

    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A record within itself, such as a node under a node, by its title."""

    title: str


Shape = Value | Items | Named | Fields | Kinds | Either | Again

TEXT = Value("text")
NUMBER = Value("number")
RATIO = Value("ratio")
WHOLE = Value("whole")
FLAG = Value("flag")
DAY = Value("day")
SHARE = Value("share")
QUANTITY = Value("quantity")
FORMULA = Value("formula")
CONDITION = Value("condition")
WORDS = Items(TEXT)


def word(*words: str) -> Value:
    """One of the given words."""
    return Value("word", words)
