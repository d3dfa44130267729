"""What a comparison of two rule sets gives: changes, each with what it was, what it is, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.periods import QUARTERS


class Act(StrEnum):
    """What happened to a part of a rule set."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    """It hangs under another node, or stands on another form."""
    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    """The same thing under another code."""
    REORDERED = "reordered"
    REWRITTEN = "rewritten"
    """Only the writing is new; it means what it meant."""
    FOLLOWS = "follows"
    """The writing is the same; what it refers to has changed."""


class Weight(StrEnum):
    """What a change can touch."""

    POINTS = "points"
    """It can move points, grades or places."""
    REPORTS = "reports"
    """It changes what is asked of reports, but no score of the same figures."""
    NONE = "none"


def joined(one: str, other: str) -> str:
    """Two pieces of a Chinese sentence, with a blank only beside letters and digits of ASCII."""
    blank = one and other and (one[-1].isascii() and one[-1] != ")") and other[0] not in "“("
    return f"{one} {other}" if blank else f"{one}{other}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two rule sets. Numbers in `before` and `after` are exact."""

    act: Act
    container: str
    """The part of the rule set: indicators, nodes, adjustments, elements, ranking …"""
    code: str
    """Which of them; empty where there is only one."""
    subject: str
    """The same for people: 指标 I09-1(行政处罚信息公开率)."""
    path: tuple[str, ...] = ()
    """The way within it, from its field downwards; empty where the whole of it came or went."""
    title: str = ""
    """The same way for people: 分值."""
    before: str = ""
    """Empty where there was nothing."""
    after: str = ""
    """Empty where there is nothing now."""
    weight: Weight = Weight.NONE
    changes_template: bool = False
    """Whether the workbooks to fill in look different."""
    since: date | None = None
    """The first day on which it holds; None where the later rule set has none."""
    quarters: tuple[int, ...] = QUARTERS
    """The quarters whose scoring it concerns; fewer than four only where a value is dated."""
    year: int = 0
    source: str = ""
    because: str = ""
    """Why the value changes within the year, where its file says so."""

    @property
    def moves_points(self) -> bool:
        """Whether it can move points, grades or places."""
        return self.weight is Weight.POINTS

    @property
    def name(self) -> str:
        """What changed, in a few words: 指标 I09-1(行政处罚信息公开率)分值."""
        if self.path or self.act not in (Act.ADDED, Act.REMOVED):
            return joined(self.subject, self.title)
        return f"{'新增' if self.act is Act.ADDED else '删去'}{self.subject}"

    @property
    def address(self) -> str:
        """Where it is, for programs: "indicators/I09-1/method/deduct"."""
        return "/".join(part for part in (self.container, self.code, *self.path) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Which rule set was compared."""

    code: str
    title: str
    version: str
    digest: str
    effective: tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything by which the later of two rule sets differs from the earlier, in a fixed order."""

    before: Version
    after: Version
    changes: tuple[Change, ...]
    new_templates: bool = False
    """Whether workbooks made by the earlier one are no longer good."""

    @property
    def is_empty(self) -> bool:
        """Whether both mean the same; then only the writing can differ."""
        return all(change.act is Act.REWRITTEN for change in self.changes)

    def of_weight(self, weight: Weight) -> tuple[Change, ...]:
        """The changes that can touch this and no more."""
        return tuple(change for change in self.changes if change.weight is weight)
