"""Grades: the band of a score, and the events that pull it down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.numbers import Rounding
from scoring.results import Place
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade, has_quota

_ORDER = (AdjustmentKind.VETO, AdjustmentKind.DEMOTION, AdjustmentKind.FLOOR)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a unit stands for quotas of grades: its place, and how many units have one."""

    place: Place | None
    among: int


UNPLACED = Placed(None, 0)


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade by its position (0 is the best), the score after ceilings, and what pulled it down.

    position and final: None where an event took the total away; then only events can have named a grade.
    """

    position: int | None
    final: Fraction | None
    effects: tuple[NodeCode, ...]
    ranked: bool


def grade_position(grades: Sequence[Grade], score: Fraction, placed: Placed = UNPLACED) -> int:
    """The first grade whose lower limit (inclusive) the score reaches, and whose quota the place."""
    for position, grade in enumerate(grades):
        if (grade.at_least is None or score >= grade.at_least) and within_quota(grade, placed):
            return position
    return len(grades) - 1


def within_quota(grade: Grade, placed: Placed) -> bool:
    """Whether the place is good enough; a unit without a place is within no quota."""
    if not has_quota(grade):
        return True
    return placed.place is not None and placed.place <= last_place(grade, placed.among)


def last_place(grade: Grade, among: int) -> int:
    """The last place that a quota takes; of a share of the ranked units only whole places."""
    places = [] if grade.rank_at_most is None else [grade.rank_at_most]
    return min([*places, *([] if grade.share_at_most is None else [math.floor(grade.share_at_most * among)])])


def pulled_down(
    grades: Sequence[Grade],
    graded: Fraction,
    final: Fraction,
    events: Sequence[Adjustment],
    rounding: Rounding | None,
    placed: Placed = UNPLACED,
) -> Graded:
    """The grade after vetoes, demotions and floors, in that order; each can only lower it.

    graded: the score that grades look at. events: the adjustments that hold for the unit. placed: by the
    score before any of them.
    """
    position = grade_position(grades, graded, placed) if grades else 0
    ordered = in_order(events)
    for event in ordered:
        lower = _lowered(grades, position, event)
        if event.cap_score and lower > position:
            final = min(final, _just_below(grades[lower - 1], final, rounding))
        position = lower
    return Graded(position, final, tuple(event.code for event in ordered), keeps_place(events))


def without_total(grades: Sequence[Grade], events: Sequence[Adjustment]) -> Graded:
    """A unit whose total an event took away: the lowest grade that an event names, or none at all."""
    ordered = in_order(events)
    named = [_lowered(grades, 0, event) for event in ordered if names_grade(event)] if grades else []
    return Graded(max(named, default=None), None, tuple(event.code for event in ordered), ranked=False)


def in_order(events: Sequence[Adjustment]) -> list[Adjustment]:
    """The events in the order in which they work."""
    return sorted(events, key=lambda each: _ORDER.index(each.kind))


def names_grade(event: Adjustment) -> bool:
    """Whether the event says which grade is the best still possible, whatever the score."""
    return event.kind is not AdjustmentKind.DEMOTION


def keeps_place(events: Sequence[Adjustment]) -> bool:
    """Whether no event costs the unit its place, by itself or with its total."""
    return all(event.ranked and event.scored for event in events)


def _lowered(grades: Sequence[Grade], position: int, event: Adjustment) -> int:
    if not grades:
        return position
    if event.kind is AdjustmentKind.DEMOTION:
        return min(position + event.by, len(grades) - 1)
    names = [grade.name for grade in grades]
    limit = names.index(event.grade_at_most) if event.grade_at_most else len(grades) - 1
    return max(position, limit)


def _just_below(grade: Grade, final: Fraction, rounding: Rounding | None) -> Fraction:
    """The greatest score on the rounded grid that is under the grade's lower limit, if it has one."""
    if grade.at_least is None:
        return final
    return grade.at_least - Fraction(1, 10 ** (rounding.places if rounding else 2))
