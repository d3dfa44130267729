"""The plan: what can be known of a scoring before any figure is there, once for each rule set and period."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from scoring.adjustments import BASE_RANK
from scoring.codes import NodeCode, UnitCode
from scoring.expressions import Attribute, Expression, Figure, Formula, Sharing, walk
from scoring.facts import Standing
from scoring.methods.graded import Graded
from scoring.methods.peer_quantiles import PeerQuantiles
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.periods import Period
from scoring.points import points_of_absence, policy_for
from scoring.results import OUTCOME_OF_STANDING, Outcome
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.vectorised.curves import Curve, curve_of
from scoring.vectorised.forms import Form, form_of
from scoring.vectorised.peers import Groups, peer_groups
from scoring.vectorised.sheet import Recipe

OUTCOMES = tuple(Outcome)
"""Outcomes by their code, 0 being a score that rests on a value."""
CODE_OF_OUTCOME = {outcome: code for code, outcome in enumerate(OUTCOMES)}
LEFT_OUT = tuple(code for code, outcome in enumerate(OUTCOMES) if outcome.left_out)
GRID_LIMIT = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One indicator: its formulas for the period, its method as a curve, and what absence comes to.

    row: its place among the indicators in the order of the tree. standing: the same for every unit where
    the facts cannot change it (nothing is due yet, or there is no formula). scale: rounded points are whole
    numbers over this; 0 where points are left unrounded or too large for the grid. For each standing:
    absent_points (exact), absent_outcomes (codes), and blocks (whether there is no score at all).
    """

    row: int
    indicator: Indicator
    root: Expression | None
    gate: Expression | None
    standing: Standing | None
    form: Form | None
    curve: Curve | None
    scale: int
    absent_points: tuple[Fraction, ...]
    absent_outcomes: tuple[int, ...]
    blocks: tuple[bool, ...]

    @property
    def code(self) -> NodeCode:
        """The indicator's code."""
        return self.indicator.code

    @cached_property
    def grid_of_absent(self) -> tuple[int, ...]:
        """The points of absence as whole numbers on the grid."""
        return tuple(int(points * self.scale) for points in self.absent_points)

    @cached_property
    def blocking(self) -> tuple[int, ...]:
        """The codes of the outcomes with which there is no score."""
        return tuple(code for code, blocks in zip(self.absent_outcomes, self.blocks, strict=True) if blocks)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The least and the greatest points on the grid; 0 is between them."""
        low, high = _ends(self.indicator, self.curve) or (Fraction(0), Fraction(0))
        rounding = self.indicator.rounding
        if rounding is not None:
            low, high = rounding.apply(low), rounding.apply(high)
        points = (low, high, Fraction(0), *self.absent_points)
        return int(min(points) * self.scale), int(max(points) * self.scale)


@dataclass(frozen=True, slots=True)
class Event:
    """One adjustment: its formulas written out, and its method as a curve without any full points."""

    adjustment: Adjustment
    value: Expression | None
    when: Expression | None
    curve: Curve | None


@dataclass(frozen=True)
class Plan:
    """A rule set made ready for one period."""

    rules: RuleSet
    period: Period
    leaves: tuple[Leaf, ...]
    events: tuple[Event, ...]
    recipes: dict[Figure, Recipe] = field(default_factory=dict)
    """How the figures of formulas are made; filled as they are asked for."""
    groups: dict[tuple[UnitCode, ...], Groups] = field(default_factory=dict)
    """The peer groups of the units that were scored last."""

    def groups_of(self, units: tuple[UnitCode, ...]) -> Groups:
        """The peer groups of the units."""
        found = self.groups.get(units)
        if found is None:
            found = peer_groups(self.rules, units)
            self.groups.clear()
            self.groups[units] = found
        return found

    @cached_property
    def rows(self) -> dict[NodeCode, int]:
        """The row of each indicator."""
        return {leaf.code: leaf.row for leaf in self.leaves}

    @cached_property
    def asks_base_rank(self) -> bool:
        """Whether any adjustment looks at the place on the score before adjustments."""
        formulas = (formula for each in self.rules.adjustments for formula in (each.value, each.when))
        roots = (formula.root for formula in formulas if formula is not None)
        return any(part == Attribute(BASE_RANK) for root in roots for part in walk(root))


def compile_plan(rules: RuleSet, period: Period) -> Plan:
    """The plan of a rule set for a period; it can be used for any facts."""
    codes = [code for code in rules.order if code in rules.indicators]
    sharing = rules.sharing_quarters
    leaves = tuple(_leaf(row, rules.indicators[code], period, sharing) for row, code in enumerate(codes))
    events = tuple(_event(each, period, sharing) for each in rules.adjustments)
    return Plan(rules, period, leaves, events)


def _event(adjustment: Adjustment, period: Period, sharing: Sharing) -> Event:
    value, when = (_expanded(formula, period, sharing) for formula in (adjustment.value, adjustment.when))
    method = adjustment.method
    curve = None if method is None else curve_of(method, Fraction(0), higher=True)
    return Event(adjustment, value, when, curve)


def _expanded(formula: Formula | None, period: Period, sharing: Sharing) -> Expression | None:
    return None if formula is None else formula.written_out(period.quarters(), sharing)


def _leaf(row: int, indicator: Indicator, period: Period, sharing: Sharing) -> Leaf:
    root, gate = (_expanded(each, period, sharing) for each in (indicator.value, indicator.applicable_when))
    standing: Standing | None = None
    if indicator.yearly and not (period.yearly or period.quarter == 4):
        standing = Standing.NOT_DUE
    elif root is None and gate is None:
        standing = Standing.MISSING
    curve = curve_of(indicator.method, indicator.points, higher=indicator.direction != "lower")
    policies = [policy_for(indicator, each) for each in Standing]
    points = tuple(_absent_points(indicator, each) for each in Standing)
    return Leaf(
        row=row,
        indicator=indicator,
        root=root,
        gate=gate,
        standing=standing,
        form=form_of(root) if root is not None else None,
        curve=curve,
        scale=_scale(indicator, curve, points),
        absent_points=points,
        absent_outcomes=tuple(CODE_OF_OUTCOME[_absent_outcome(indicator, each)] for each in Standing),
        blocks=tuple(
            each.has_value is False and policy.blocks for each, policy in zip(Standing, policies, strict=True)
        ),
    )


def _absent_points(indicator: Indicator, standing: Standing) -> Fraction:
    policy = policy_for(indicator, standing)
    if standing.has_value or policy.blocks or policy.share is None:
        return Fraction(0)
    points = points_of_absence(indicator, policy)
    return indicator.rounding.apply(points) if indicator.rounding else points


def _absent_outcome(indicator: Indicator, standing: Standing) -> Outcome:
    outcome, policy = OUTCOME_OF_STANDING[standing], policy_for(indicator, standing)
    if standing.has_value or policy.blocks or policy.share is not None or outcome.left_out:
        return outcome
    return Outcome.NOT_APPLICABLE


def _scale(indicator: Indicator, curve: Curve | None, absent: tuple[Fraction, ...]) -> int:
    if indicator.rounding is None:
        return 0
    ends = _ends(indicator, curve)
    scale = 10**indicator.rounding.places
    greatest = max(abs(end) for end in (*(ends or (Fraction(0),)), *absent))
    return scale if ends is not None and (greatest + 1) * scale < GRID_LIMIT else 0


def _ends(indicator: Indicator, curve: Curve | None) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest points before rounding; None for a method without known ends."""
    full, method = indicator.points, indicator.method
    if curve is not None:
        return curve.ends
    if isinstance(method, PeerRange):
        earned = [Fraction(0), full, method.equal.points(full)]
    elif isinstance(method, PeerRank):
        earned = [Fraction(0), full]
    elif isinstance(method, PeerQuantiles):
        earned = [method.otherwise.points(full), *(band.earn.points(full) for band in method.bands)]
    elif isinstance(method, Graded):
        earned = [method.otherwise.points(full), *(earn.points(full) for earn in method.scale.values())]
    else:
        return None
    return min(earned), max(earned)
