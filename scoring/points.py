"""Stage two: the value of an indicator becomes points, by the method its rule names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.facts import Standing
from scoring.methods.base import Award, Subject
from scoring.numbers import shown
from scoring.results import OUTCOME_OF_STANDING, Outcome
from scoring.rulebook.rules import Indicator, Policy
from scoring.values import Value


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one indicator for one unit: before rounding, after it, and how they came about.

    rounded: None where the indicator blocks any score above it. full: 0 where it is left out.
    """

    value: Value
    exact: Fraction
    rounded: Fraction | None
    full: Fraction
    outcome: Outcome
    steps: tuple[str, ...]
    policy: Policy | None = None


def indicator_points(indicator: Indicator, value: Value, peers: Sequence[Fraction] = ()) -> Points:
    """The points of a value; `peers` are the group's values in ascending order where the method asks."""
    if value.amount is None:
        return _points_without_value(indicator, value)
    subject = Subject(value.amount, indicator.points, indicator.direction != "lower", peers)
    return _rounded(indicator, value, indicator.method.award(subject), Outcome.SCORED, None)


def policy_for(indicator: Indicator, standing: Standing) -> Policy:
    """What the rule says for a value that is absent for this reason."""
    named = {
        Standing.MISSING: indicator.missing,
        Standing.ZERO_DENOMINATOR: indicator.zero_denominator,
        Standing.UNDEFINED: indicator.undefined,
    }
    return named.get(standing, Policy(share=None))


def _points_without_value(indicator: Indicator, value: Value) -> Points:
    policy, outcome = policy_for(indicator, value.standing), OUTCOME_OF_STANDING[value.standing]
    if policy.blocks:
        return Points(
            value, Fraction(0), None, indicator.points, outcome, (f"{outcome.title},本项无得分",), policy
        )
    if policy.share is None:
        left_out = outcome if outcome.left_out else Outcome.NOT_APPLICABLE
        step = f"{outcome.title},本项不计入,其余按比例折算"
        return Points(value, Fraction(0), Fraction(0), Fraction(0), left_out, (step,), policy)
    points = points_of_absence(indicator, policy)
    award = Award(points, (f"{outcome.title},按规则得 {shown(points)} 分",))
    return _rounded(indicator, value, award, outcome, policy)


def points_of_absence(indicator: Indicator, policy: Policy) -> Fraction:
    """The points before rounding where there is no value; 0 where the indicator is left out or blocks."""
    if policy.lowest:
        return indicator.method.lowest(indicator.points)
    return indicator.points * (policy.share or 0)


def _rounded(
    indicator: Indicator, value: Value, award: Award, outcome: Outcome, policy: Policy | None
) -> Points:
    points = indicator.rounding.apply(award.points) if indicator.rounding else award.points
    return Points(value, award.points, points, indicator.points, outcome, award.steps, policy)
