"""What a scoring gives: frozen records of points, totals and places."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.codes import NodeCode, UnitCode
from scoring.facts import Amount, Standing

Place = int | Decimal
"""A place from 1: whole, or a half where equals share the average of their places."""


def half_places(count: int) -> Place:
    """The place that is so many halves: whole where it can be."""
    return Decimal(count) / 2 if count % 2 else count // 2


def place_data(place: Place | None) -> int | str | None:
    """A place for JSON: a number, or exact text ("2.5") where it is no whole one."""
    return str(place) if isinstance(place, Decimal) else place


class Outcome(StrEnum):
    """How a score came about. Only `scored` rests on a value; the others say why there is none."""

    SCORED = "scored"
    MISSING = "missing"
    ZERO_DENOMINATOR = "zero_denominator"
    UNDEFINED = "undefined"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    VOIDED = "voided"
    """The indicator's figures were found false: it earns nothing."""

    @property
    def left_out(self) -> bool:
        """Whether the node's points do not count towards what could be earned."""
        return self in {Outcome.NOT_DUE, Outcome.NOT_APPLICABLE}

    @property
    def title(self) -> str:  # type: ignore[override]  # nobody writes an outcome in title case
        """In Chinese, for people."""
        return _TITLES[self]


_TITLES = {
    Outcome.SCORED: "已计分",
    Outcome.MISSING: "未报",
    Outcome.ZERO_DENOMINATOR: "分母为零",
    Outcome.UNDEFINED: "无法计算",
    Outcome.NOT_DUE: "未到期",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.VOIDED: "核查归零",
}
OUTCOME_OF_STANDING = {
    Standing.VALUE: Outcome.SCORED,
    Standing.NIL: Outcome.SCORED,
    Standing.ZERO_DENOMINATOR: Outcome.ZERO_DENOMINATOR,
    Standing.UNDEFINED: Outcome.UNDEFINED,
    Standing.MISSING: Outcome.MISSING,
    Standing.NOT_DUE: Outcome.NOT_DUE,
    Standing.NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class NodeScore:
    """The score of one node of the tree for one unit.

    points: None where there is no score. full: what could be earned, 0 where the node is left out.
    rank: place among all units, None for indicators and where there is none. Units are compared by points;
    where not all could earn as many (since what does not apply is left out), by their share of full points.
    Equals, direction and units without a score are placed as the rule set's ranking says; its tie-breaks and
    rounding are for the total alone.
    """

    unit: UnitCode
    node: NodeCode
    value: Amount | None
    points: Fraction | None
    full: Fraction
    outcome: Outcome
    rank: Place | None = None


@dataclass(frozen=True, slots=True)
class AdjustmentScore:
    """What one adjustment did to one unit; points are signed (a penalty is negative)."""

    unit: UnitCode
    code: NodeCode
    points: Fraction
    triggered: bool
    value: Amount | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The final result of one unit.

    base: the root's points before adjustments. bonus and penalty: after their caps, penalty negative.
    final: exact; score: final by the rule set's rounding (the same where it has none). rank and group_rank:
    places among all units and in the peer group, None where the unit is not placed.
    """

    unit: UnitCode
    base: Fraction | None
    bonus: Fraction
    penalty: Fraction
    final: Fraction | None
    score: Fraction | None
    grade: str = ""
    tier: str = ""
    converted: Fraction | None = None
    rank: Place | None = None
    group: str = ""
    group_rank: Place | None = None
    effects: tuple[NodeCode, ...] = ()
    """Vetoes, demotions and floors that touched the grade, in order."""
