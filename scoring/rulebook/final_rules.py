"""What comes after the tree: adjustments, ranking and grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from scoring.codes import ElementCode, NodeCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.methods.base import Method
from scoring.rulebook.sources import Example, Source


class AdjustmentKind(StrEnum):
    """What an adjustment touches: the score (bonus, penalty, void), or the grade (veto, demotion, floor)."""

    BONUS = "bonus"
    PENALTY = "penalty"
    VOID = "void"
    VETO = "veto"
    DEMOTION = "demotion"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """An event outside the tree. Which fields count depends on `kind`; see docs/writing-rules.md."""

    code: NodeCode
    kind: AdjustmentKind
    name: str
    value: Formula | None = None
    method: Method | None = None
    element: ElementCode | None = None
    deduct: Fraction = Fraction(0)
    when: Formula | None = None
    grade_at_most: str = ""
    """Empty = the lowest grade, for a veto."""
    ranked: bool = True
    scored: bool = True
    """Whether the unit keeps a total; a veto may take that too."""
    no_bonus: bool = False
    by: int = 1
    cap_score: bool = False
    nodes: tuple[NodeCode, ...] = ()
    ratio_below: Fraction | None = None
    reason: str = ""
    source: Source | None = None
    evidence: str = ""
    examples: tuple[Example, ...] = ()
    place: Place = field(default_factory=Place, compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    """Where the value of each key stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A band of the final score, from `at_least` (inclusive) up to the next higher grade (exclusive).

    Where a quota is set as well, both must hold.
    """

    name: str
    at_least: Fraction | None
    """None = everything below."""
    rank_at_most: int | None = None
    """Only for the first so many places."""
    share_at_most: Fraction | None = None
    """Only for places up to this share of the ranked units, rounded down."""
    tier: str = ""
    converted: Fraction | None = None


def has_quota(grade: Grade) -> bool:
    """Whether places count for the grade."""
    return grade.rank_at_most is not None or grade.share_at_most is not None


def is_open(grade: Grade) -> bool:
    """Whether the grade takes everybody, as the last one does."""
    return grade.at_least is None and not has_quota(grade)


def covers(higher: Grade, lower: Grade) -> bool:
    """Whether a higher grade takes everybody whom a lower one could take."""
    limits = (higher.at_least, lower.at_least)
    quotas = ((higher.rank_at_most, lower.rank_at_most), (higher.share_at_most, lower.share_at_most))
    reaches = limits[0] is None or (limits[1] is not None and limits[1] >= limits[0])
    return reaches and all(most is None or (other is not None and other <= most) for most, other in quotas)


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBreak:
    """What decides between equal scores: points of a node, or how many indicators earned nothing."""

    node: NodeCode | None
    """None = the number of indicators with zero points (fewer is better)."""
    by_value: bool = False
    """Whether an indicator's value decides instead of its points."""
    lowest_first: bool = False
    place: Place = field(default_factory=Place, compare=False)


class Ties(StrEnum):
    """Which places equal scores get where two of four are equal behind the first."""

    COMPETITION = "competition"
    """1, 2, 2, 4"""
    WORST = "worst"
    """1, 3, 3, 4"""
    AVERAGE = "average"
    """1, 2.5, 2.5, 4"""
    DENSE = "dense"
    """1, 2, 2, 3"""
    ORDINAL = "ordinal"
    """1, 2, 3, 4, in the order of the units in the rule set"""


class Unscored(StrEnum):
    """Where units without a score stand."""

    UNRANKED = "unranked"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How places are given."""

    on_rounded: bool = False
    ties: Ties = Ties.COMPETITION
    lowest_first: bool = False
    unscored: Unscored = Unscored.UNRANKED
    tie_breaks: tuple[TieBreak, ...] = ()
    peer_group: str = ""
    """The attribute by which units are ranked among their peers; empty = not at all."""
    place: Place = field(default_factory=Place, compare=False)
