"""What a rule set remembers: values that change within the year, and what it has from other rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scoring.errors import Place
from scoring.rulebook.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChoice:
    """What a dated value is from one day to another, both inclusive."""

    start: date
    end: date
    text: str
    """The value as its file writes it; lists and mappings on one line."""
    source: Source | None = None
    because: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A value that changes within the effective period, with everything that it is in turn."""

    rule: str
    """The code of what it belongs to: indicator, node, adjustment, form, element, unit, or the rule set."""
    path: str
    """Where it stands within that: "points", "method.rungs[2].earn", "constants.target.value"."""
    choices: tuple[DatedChoice, ...]
    """In the order of time, without a hole and without an overlap."""
    place: Place = field(default_factory=Place, compare=False)

    def on(self, day: date) -> DatedChoice:
        """What is in force on a day; before the first choice the first, after the last the last."""
        before = [each for each in self.choices if each.start <= day]
        return before[-1] if before else self.choices[0]


class RuleKind(StrEnum):
    """What has a history of its own."""

    INDICATOR = "indicator"
    NODE = "node"
    ADJUSTMENT = "adjustment"
    FORM = "form"
    ELEMENT = "element"
    CHECK = "check"
    SECTION = "section"
    """Of the plan."""


class Standing(StrEnum):
    """What a rule set has done with a rule."""

    OWN = "own"
    INHERITED = "inherited"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOrigin:
    """A rule set, as rules name where they come from."""

    code: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A rule set from which another inherits."""

    origin: RuleOrigin
    title: str
    folder: str
    """Relative to the folder of the youngest rule set."""
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a rule set changed in something that it inherited, and why."""

    by: RuleOrigin
    keys: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a rule comes from and what was changed on the way, the oldest change first.

    added: why it was added to what was inherited; empty for the rules of a rule set that inherits nothing.
    """

    standing: Standing
    origin: RuleOrigin
    added: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A rule of the inherited rule set that does not hold in this one."""

    kind: RuleKind
    code: str
    name: str
    origin: RuleOrigin
    by: RuleOrigin
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What a rule set has from others; empty where it inherits nothing."""

    parents: tuple[Parent, ...] = ()
    """The nearest first."""
    provenance: Mapping[tuple[RuleKind, str], Provenance] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    frame: tuple[Change, ...] = ()
    """Changes of ruleset.yaml and of the files that are no rules: the plan, the workdays."""
