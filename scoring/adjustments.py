"""Stage four: bonuses, penalties and voided figures move the total; vetoes and floors the grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.expressions import Figure
from scoring.facts import Amount, Standing
from scoring.methods.base import Subject
from scoring.results import AdjustmentScore
from scoring.rulebook.rules import Adjustment, AdjustmentKind, RuleSet
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
    found: list[NodeCode] = []
    for adjustment in rules.adjustments:
        if adjustment.kind is AdjustmentKind.VOID and adjustment.element is not None:
            for member in rules.elements[adjustment.element].members:
                if _count(view.figure(Figure(adjustment.element, (member,)))) > 0:
                    found.append(NodeCode(member))
    return tuple(dict.fromkeys(found))


def adjust_unit(
    rules: RuleSet, view: UnitView, totals: Mapping[NodeCode, Earned], voided: tuple[NodeCode, ...]
) -> Adjusted:
    """All adjustments of one unit, in the rule set's order."""
    events = tuple(each for each in rules.adjustments if _holds(each, view, totals))
    no_bonus = any(event.no_bonus for event in events)
    scores = tuple(_scored(rules, each, view, voided, no_bonus, each in events) for each in rules.adjustments)
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


def _scored(
    rules: RuleSet,
    adjustment: Adjustment,
    view: UnitView,
    voided: tuple[NodeCode, ...],
    no_bonus: bool,
    holds: bool,
) -> AdjustmentScore:
    unit = view.facts.units[view.row]
    nothing = AdjustmentScore(unit, adjustment.code, Fraction(0), holds)
    if adjustment.kind is AdjustmentKind.VOID:
        taken = sum((rules.indicators[code].points for code in voided), Fraction(0)) * adjustment.deduct
        return AdjustmentScore(unit, adjustment.code, -taken, bool(voided), Fraction(len(voided)))
    if adjustment.value is None or adjustment.method is None:
        return nothing
    outcome = view.evaluate(adjustment.value)
    if isinstance(outcome, Standing | str):
        return nothing
    value = Fraction(outcome)
    points = adjustment.method.award(Subject(value, Fraction(0))).points
    if adjustment.kind is AdjustmentKind.PENALTY:
        return AdjustmentScore(unit, adjustment.code, -points, points != 0, value)
    return AdjustmentScore(unit, adjustment.code, Fraction(0) if no_bonus else points, points != 0, value)


def _count(outcome: Amount | Standing) -> Fraction:
    return outcome if isinstance(outcome, Fraction) else Fraction(0)
