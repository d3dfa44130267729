"""Grades: the band of a score, and the events that pull it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.numbers import Rounding
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade

_ORDER = (AdjustmentKind.VETO, AdjustmentKind.DEMOTION, AdjustmentKind.FLOOR)


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade by its position (0 is the best), the score after ceilings, and what pulled it down."""

    position: int
    final: Fraction
    effects: tuple[NodeCode, ...]
    ranked: bool


def grade_position(grades: Sequence[Grade], score: Fraction) -> int:
    """The position of the first grade whose lower limit (inclusive) the score reaches."""
    for position, grade in enumerate(grades):
        if grade.at_least is None or score >= grade.at_least:
            return position
    return len(grades) - 1


def pulled_down(
    grades: Sequence[Grade],
    graded: Fraction,
    final: Fraction,
    events: Sequence[Adjustment],
    rounding: Rounding | None,
) -> Graded:
    """The grade after vetoes, demotions and floors, in that order; each can only lower it.

    graded: the score that grades look at. events: the adjustments that hold for the unit.
    """
    position = grade_position(grades, graded) if grades else 0
    effects: list[NodeCode] = []
    for event in sorted(events, key=lambda each: _ORDER.index(each.kind)):
        lower = _lowered(grades, position, event)
        if event.cap_score and lower > position:
            final = min(final, _just_below(grades[lower - 1], rounding))
        effects.append(event.code)
        position = lower
    return Graded(position, final, tuple(effects), all(event.ranked for event in events))


def _lowered(grades: Sequence[Grade], position: int, event: Adjustment) -> int:
    if not grades:
        return position
    if event.kind is AdjustmentKind.DEMOTION:
        return min(position + event.by, len(grades) - 1)
    names = [grade.name for grade in grades]
    limit = names.index(event.grade_at_most) if event.grade_at_most else len(grades) - 1
    return max(position, limit)


def _just_below(grade: Grade, rounding: Rounding | None) -> Fraction:
    """The greatest score on the rounded grid that is under the grade's lower limit."""
    limit = grade.at_least or Fraction(0)
    return limit - Fraction(1, 10 ** (rounding.places if rounding else 2))
