"""Rules that pay for having nothing to do, and rules that one outlier among others can bend."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.expressions import Figure, Statistic, StatisticKind, walk
from scoring.incentives.silence import own_variables
from scoring.incentives.supposed import Supposed, Variable, all_at
from scoring.incentives.trials import Trials, Tried
from scoring.methods.base import Subject
from scoring.methods.peer_range import PeerRange
from scoring.rulebook.meaning.check_effects import denominators
from scoring.rulebook.rules import Indicator

_ORDINARY = Fraction(100)
_OTHERS = tuple(Fraction(each) for each in (10, 20, 30, 40))
_OUTLIER = Fraction(400)


def nothing_done_pays(indicator: Indicator, trials: Trials, variables: Sequence[Variable]) -> Tried | None:
    """What a unit earns that reports nought wherever it may: None where that is counted as any other report.

    Only where a denominator or the condition of the rule is reported by the unit itself.
    """
    deciding = {each.element.code for each in own_variables(variables)} & _deciding(indicator)
    if not indicator.points or not deciding:
        return None
    nought = all_at(own_variables(variables), Fraction(0))
    report = Supposed({**all_at(variables, _ORDINARY), **nought})
    (tried,) = trials.run(indicator, [report])
    points = tried.points
    if tried.scored or points.rounded is None:
        return None
    return tried if points.outcome.left_out or points.rounded > 0 else None


def _deciding(indicator: Indicator) -> set[str]:
    """The elements in denominators, and those on which it rests whether the rule applies."""
    asked = [] if indicator.value is None else denominators(indicator.value.root)
    if indicator.applicable_when is not None:
        asked.append(indicator.applicable_when.root)
    return {str(part.element) for node in asked for part in walk(node) if isinstance(part, Figure)}


def outlier_effect(indicator: Indicator) -> tuple[Fraction, Fraction] | None:
    """What one outlier does to the points of an ordinary unit: before and after; None where it does nothing.

    The unit is the second of five, in the way of the indicator; the outlier is ten times as far off as the
    first. For statistics within a formula no figures are given: (0, 0).
    """
    if not indicator.points:
        return None
    method = indicator.method
    if isinstance(method, PeerRange):
        unit = _OTHERS[2]
        before, after = (
            method.award(Subject(unit, indicator.points, True, (*_OTHERS, last))).points
            for last in (Fraction(50), _OUTLIER)
        )
        return before, after
    kinds = set()
    if indicator.value is not None:
        kinds = {part.kind for part in walk(indicator.value.root) if isinstance(part, Statistic)}
    extremes = {StatisticKind.MIN, StatisticKind.MAX}
    return (Fraction(0), Fraction(0)) if extremes <= kinds else None
