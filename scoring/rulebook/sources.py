"""Where rules come from, and the worked examples that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.errors import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from: the key of a document of the rule set, and what is meant in it."""

    document: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that sources refer to."""

    key: str
    title: str
    number: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example of a rule: what is given, and what must come out."""

    name: str
    given: Mapping[str, str | Mapping[str, str]]
    last_year: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    peers: tuple[Mapping[str, str | Mapping[str, str]], ...] = ()
    value: Fraction | None = None
    points: Fraction | None = None
    outcome: str = ""
    place: Place = field(default_factory=Place, compare=False)
