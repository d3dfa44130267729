"""Stage four: bonuses, penalties and voided figures move the total; vetoes and floors the grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.expressions import Figure
from scoring.facts import Standing
from scoring.methods.base import Subject
from scoring.results import AdjustmentScore
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.rules import RuleSet
from scoring.totals import Earned
from scoring.values import UnitView

BASE_RANK = "base_rank"
"""The attribute by which an adjustment asks for the place on the score before adjustments."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The adjustments of one unit: each by itself, the capped sums, and the events for the grade."""

    scores: tuple[AdjustmentScore, ...]
    bonus: Fraction
    penalty: Fraction
    """Zero or negative."""
    events: tuple[Adjustment, ...]


def voided_indicators(rules: RuleSet, view: UnitView) -> tuple[NodeCode, ...]:
    """The indicators whose figures were found false, so that they earn nothing."""
    found = (code for each in rules.adjustments for code in _voided_by(rules, each, view))
    return tuple(dict.fromkeys(found))


def _voided_by(rules: RuleSet, adjustment: Adjustment, view: UnitView) -> tuple[NodeCode, ...]:
    if adjustment.kind is not AdjustmentKind.VOID or adjustment.element is None:
        return ()
    members = rules.elements[adjustment.element].members
    counts = ((member, view.figure(Figure(adjustment.element, (member,)))) for member in members)
    return tuple(NodeCode(member) for member, count in counts if isinstance(count, Fraction) and count > 0)


def adjust_unit(rules: RuleSet, view: UnitView, totals: Mapping[NodeCode, Earned]) -> Adjusted:
    """All adjustments of one unit, in the rule set's order."""
    events = tuple(each for each in rules.adjustments if _holds(each, view, totals))
    no_bonus = any(event.no_bonus for event in events)
    scores = tuple(_scored(rules, each, view, each in events) for each in rules.adjustments)
    if no_bonus:
        scores = tuple(replace(each, points=Fraction(0)) if each.points > 0 else each for each in scores)
    gained = sum((score.points for score in scores if score.points > 0), Fraction(0))
    lost = sum((score.points for score in scores if score.points < 0), Fraction(0))
    bonus = gained if rules.bonus_cap is None else min(gained, rules.bonus_cap)
    penalty = lost if rules.penalty_cap is None else max(lost, -rules.penalty_cap)
    return Adjusted(scores, bonus, penalty, events)


def _holds(adjustment: Adjustment, view: UnitView, totals: Mapping[NodeCode, Earned]) -> bool:
    if adjustment.kind is AdjustmentKind.FLOOR and adjustment.ratio_below is not None:
        limit = adjustment.ratio_below
        nodes = (totals[code] for code in adjustment.nodes)
        return any(
            node.points is not None and node.full > 0 and node.points < limit * node.full for node in nodes
        )
    return adjustment.when is not None and view.evaluate(adjustment.when) is True


def _scored(rules: RuleSet, adjustment: Adjustment, view: UnitView, holds: bool) -> AdjustmentScore:
    unit = view.facts.units[view.row]
    if adjustment.kind is AdjustmentKind.VOID:
        voided = _voided_by(rules, adjustment, view)
        taken = sum((rules.indicators[code].points for code in voided), Fraction(0)) * adjustment.deduct
        return AdjustmentScore(unit, adjustment.code, -taken, bool(voided), Fraction(len(voided)))
    value = _counted(adjustment, view)
    if value is None or adjustment.method is None:
        return AdjustmentScore(unit, adjustment.code, Fraction(0), holds)
    points = adjustment.method.award(Subject(value, Fraction(0))).points
    signed = -points if adjustment.kind is AdjustmentKind.PENALTY else points
    return AdjustmentScore(unit, adjustment.code, signed, points != 0, value)


def _counted(adjustment: Adjustment, view: UnitView) -> Fraction | None:
    """What a bonus or penalty counts; None where nothing was recorded, which is no event."""
    outcome = None if adjustment.value is None else view.evaluate(adjustment.value)
    return None if outcome is None or isinstance(outcome, Standing | str) else Fraction(outcome)
