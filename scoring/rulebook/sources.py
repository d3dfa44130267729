"""Where rules come from, and the worked examples that stand beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.codes import NodeCode
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
    without_score: bool = False
    """Whether no points at all are expected, not even zero."""
    outcome: str = ""
    period: str = ""
    """Such as 2021Q2; empty for the whole year."""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitExample:
    """One unit of an example of the whole rule set: what is given for it, and what must come out.

    given: figures, attributes, points of nodes by their codes, and under `others` what the indicators earn of
    which nothing is given. expect: words and numbers by name; None where there must be nothing.
    """

    given: Mapping[str, str | Mapping[str, str]]
    last_year: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    expect: Mapping[str, Fraction | str | None] = field(default_factory=dict)
    points: Mapping[NodeCode, Fraction | None] = field(default_factory=dict)
    """Of nodes and indicators, as expected."""
    effects: tuple[NodeCode, ...] | None = None
    """The vetoes, demotions and floors expected; None = nothing is expected of them."""
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetExample:
    """A worked example of the rule set as a whole: units scored, graded and ranked together."""

    name: str
    units: Mapping[str, UnitExample]
    """By their names in the example; the code of an assessed unit lends its attributes."""
    period: str = ""
    place: Place = field(default_factory=Place, compare=False)
