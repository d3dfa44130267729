"""The ways of a rule set: each thing that a rule can do, and whether a worked example shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from scoring.errors import Place


class WayKind(StrEnum):
    """What sort of thing it is that a rule can do."""

    BRANCH = "branch"
    """One way of a choice or fallback in a formula."""
    CONDITION = "condition"
    """Whether an indicator applies, whether an event has happened."""
    METHOD = "method"
    """A rung, stretch, band, word, part or limit of a scoring method."""
    ABSENCE = "absence"
    """What becomes of the points where there is no value."""
    CAP = "cap"
    """The cap of all bonuses or penalties."""
    NODE = "node"
    """What a node of the tree does besides adding up its children."""
    GRADE = "grade"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that a rule can do. rule: its code, or what it is in Chinese; what, needed: in Chinese."""

    rule: str
    kind: WayKind
    what: str
    needed: str
    """What an example would have to give for it to be shown."""
    place: Place
    covered: bool = False


class Ways:
    """Collects ways, and which of them are shown; each is known by its rule, kind and words."""

    def __init__(self) -> None:
        self._ways: dict[tuple[str, WayKind, str], Way] = {}

    def add(self, rule: str, kind: WayKind, what: str, needed: str, place: Place) -> None:
        """One more way; where it is known already (a definition used twice), nothing changes."""
        self._ways.setdefault((rule, kind, what), Way(rule, kind, what, needed, place))

    def show(self, rule: str, kind: WayKind, what: str, *, shown: bool = True) -> None:
        """An example shows the way, if `shown`."""
        key = rule, kind, what
        if shown and key in self._ways and not self._ways[key].covered:
            self._ways[key] = replace(self._ways[key], covered=True)

    def all(self) -> tuple[Way, ...]:
        """Every way in the order in which they were added."""
        return tuple(self._ways.values())
