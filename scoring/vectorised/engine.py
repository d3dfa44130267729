"""The vectorised engine: the five stages of the plain one, each for all units at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from scoring.engine import Scoring
from scoring.facts import Facts
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.adjusting import adjust, voided_indicators
from scoring.vectorised.awards import LeafPoints, award_alone, no_points
from scoring.vectorised.batches import Fitness, Layout, batched_layout, fitness_of
from scoring.vectorised.blocks import score_blocks
from scoring.vectorised.earnings import Earnings, void
from scoring.vectorised.finals import Among, base_places, finals
from scoring.vectorised.gathering import gather
from scoring.vectorised.kept_values import KeptValues
from scoring.vectorised.levels import Levels, levels_of
from scoring.vectorised.peer_batches import score_peer_batches
from scoring.vectorised.peers import Groups
from scoring.vectorised.places import placing_of
from scoring.vectorised.plan import Plan, compile_plan
from scoring.vectorised.sheet import Sheet
from scoring.vectorised.table import ScoreTable
from scoring.vectorised.workspace import Workspace, Workspaces


@dataclass(frozen=True, slots=True)
class CompiledPlan:
    """A plan with its batches laid out; it does not depend on the facts and can be used again."""

    plan: Plan
    layout: Layout
    fitness: Fitness
    levels: Levels | None
    workspaces: Workspaces = field(default_factory=Workspaces, compare=False)


def compile_rules(rules: RuleSet, period: Period) -> CompiledPlan:
    """A rule set made ready to score any facts of a period."""
    rules = rules.in_force(period)
    plan = compile_plan(rules, period)
    layout = batched_layout(rules, period, plan.leaves)
    return CompiledPlan(plan, layout, fitness_of(layout), levels_of(rules, layout))


def score_table(compiled: CompiledPlan, facts: Facts) -> ScoreTable:
    """Scores all units."""
    plan = compiled.plan
    sheet = Sheet(plan.rules, facts, plan.period, plan.recipes)
    groups = plan.groups_of(facts.units)
    with compiled.workspaces.one() as workspace:
        points = _score_indicators(compiled, sheet, groups, workspace)
        voided = voided_indicators(plan, sheet)
        void(compiled.layout, points, voided.lost)
        values = KeptValues(plan, sheet, voided.lost)
        nodes = Earnings(plan.rules, compiled.layout, compiled.levels, points, workspace, values.at)
    among = Among(placing_of(plan.rules, facts.units), values)
    adjusted = adjust(plan, sheet, nodes, voided, partial(base_places, plan.rules, nodes, among))
    final = finals(plan.rules, nodes, adjusted, groups, among)
    return ScoreTable(plan, sheet, groups, nodes, voided, adjusted, final, values.found)


def _score_indicators(
    compiled: CompiledPlan, sheet: Sheet, groups: Groups, workspace: Workspace
) -> LeafPoints:
    """The points of all indicators: batch by batch, and what fits into no batch by itself."""
    layout = compiled.layout
    points = no_points(len(layout.order), sheet.size)
    alone: Sequence[int] = range(len(layout.order))
    if layout.batches and sheet.size:
        work = score_blocks(layout, compiled.fitness, gather(layout, sheet), points, workspace)
        score_peer_batches(work, groups)
        alone = [*np.flatnonzero(work.unfit).tolist(), *alone[len(layout.batched) :]]
    for place in alone:
        award_alone(layout.order[place], place, sheet, groups, points)
    return points


class VectorEngine:
    """Scores one period by one rule set, as the plain engine does, with the same result."""

    def __init__(self, rules: RuleSet, facts: Facts, period: Period) -> None:
        self.compiled, self.facts = compile_rules(rules, period), facts

    @cached_property
    def table(self) -> ScoreTable:
        """All scores, in arrays."""
        return score_table(self.compiled, self.facts)

    def score(self) -> Scoring:
        """All scores, as records."""
        return self.table.scoring()
