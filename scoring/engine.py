"""The plain engine: the five stages in order, one unit after the other, all in fractions.

It is written to be read. The vectorised engine must agree with it on every number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial

from scoring.adjustments import BASE_RANK, Adjusted, adjust_unit, voided_indicators
from scoring.codes import NodeCode, UnitCode
from scoring.facts import Amount, Facts, Standing
from scoring.grades import pulled_down
from scoring.periods import Period
from scoring.points import Points, indicator_points
from scoring.ranks import competition_places, places_within
from scoring.results import AdjustmentScore, NodeScore, Outcome, UnitResult
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.totals import Earned, all_totals
from scoring.values import UnitView, Value, indicator_value


@dataclass(frozen=True, slots=True)
class Scoring:
    """Everything scored: rows by unit in the order of the facts, nodes in the order of the tree."""

    period: Period
    scores: Mapping[tuple[UnitCode, NodeCode], NodeScore]
    adjustments: Mapping[tuple[UnitCode, NodeCode], AdjustmentScore]
    results: Mapping[UnitCode, UnitResult]


class PlainEngine:
    """Scores one period by one rule set; each stage is computed once and kept for explanations."""

    def __init__(self, rules: RuleSet, facts: Facts, period: Period) -> None:
        self.rules, self.facts, self.period = rules.in_force(period), facts, period
        self._points: dict[NodeCode, list[Points]] = {}
        self._peers: dict[NodeCode, dict[str, list[Fraction]]] = {}

    def score(self) -> Scoring:
        """All scores of all units."""
        scores = {(row.unit, row.node): row for row in self._node_scores()}
        adjusted = {(row.unit, row.code): row for each in self.adjusted for row in each.scores}
        return Scoring(self.period, scores, adjusted, {each.unit: each for each in self.results})

    def points(self, code: NodeCode) -> list[Points]:
        """The points of one indicator for every unit, before anything is voided."""
        if code not in self._points:
            self._points[code] = self._scored_indicator(self.rules.indicators[code])
        return self._points[code]

    def points_of(self, code: NodeCode, row: int) -> Points:
        """The points of one indicator for one unit; alone where nobody else has to be looked at."""
        indicator = self.rules.indicators[code]
        if code in self._points or indicator.method.peers:
            return self.points(code)[row]
        return indicator_points(indicator, indicator_value(indicator, self._view(row)))

    def peers_of(self, code: NodeCode, row: int) -> list[Fraction]:
        """The values that a unit is compared with in one indicator, ascending; empty where with none."""
        if not self.rules.indicators[code].method.peers:
            return []
        self.points(code)
        return self._peers[code][self.group_of(row)]

    def peer_values(self, indicator: Indicator, values: Sequence[Value], row: int) -> list[Fraction]:
        """The values that the unit's method compares it with, ascending; empty where it compares none."""
        if not indicator.method.peers:
            return []
        own = self.group_of(row) if getattr(indicator.method, "group", "peers") == "peers" else None
        return sorted(
            Fraction(value.amount)
            for other, value in enumerate(values)
            if value.amount is not None and (own is None or self.group_of(other) == own)
        )

    def group_of(self, row: int) -> str:
        """The peer group of a unit; empty where the rule set has none."""
        name = self.rules.ranking.peer_group
        return str(self.rules.units[self.facts.units[row]].attributes.get(name, "")) if name else ""

    def _scored_indicator(self, indicator: Indicator) -> list[Points]:
        values = [indicator_value(indicator, self._view(row)) for row in self._rows]
        groups: dict[str, list[Fraction]] = {}
        found: list[Points] = []
        for row, value in enumerate(values):
            own = self.group_of(row)
            if own not in groups:
                groups[own] = self.peer_values(indicator, values, row)
            found.append(indicator_points(indicator, value, groups[own]))
        self._peers[indicator.code] = groups
        return found

    @cached_property
    def voided(self) -> list[tuple[NodeCode, ...]]:
        """For each unit the indicators that earn nothing because their figures were found false."""
        return [voided_indicators(self.rules, self._view(row)) for row in self._rows]

    @property
    def totals(self) -> Sequence[Mapping[NodeCode, Earned]]:
        """For each unit what every node earned."""
        return self._tree[0]

    @property
    def tops(self) -> Mapping[NodeCode, Fraction]:
        """For each node that is compared with its best unit, that unit's points before conversion."""
        return self._tree[1]

    @cached_property
    def _tree(self) -> tuple[Sequence[Mapping[NodeCode, Earned]], Mapping[NodeCode, Fraction]]:
        values = [partial(self.value_of, row) for row in self._rows]
        return all_totals(self.rules, [self._leaves(row) for row in self._rows], values)

    def value_of(self, row: int, code: NodeCode) -> Amount | Standing:
        """The value of an indicator for one unit; missing where its figures were found false."""
        value = self.points(code)[row].value
        if value.amount is None:
            return value.standing
        return Standing.MISSING if code in self.voided[row] else value.amount

    def _leaves(self, row: int) -> dict[NodeCode, Earned]:
        return {code: self._leaf(row, code) for code in self.rules.indicators}

    def _leaf(self, row: int, code: NodeCode) -> Earned:
        """What an indicator brings to the tree; nothing where its figures were found false."""
        points = self.points(code)[row]
        return self.after_voiding(row, code, Earned(points.rounded, points.full, points.outcome))

    def after_voiding(self, row: int, code: NodeCode, leaf: Earned) -> Earned:
        """The same, or nothing where the indicator is voided; what is left out stays left out."""
        if code in self.voided[row] and not leaf.outcome.left_out:
            return Earned(Fraction(0), leaf.full, Outcome.VOIDED)
        return leaf

    @cached_property
    def base_places(self) -> dict[int, int | None]:
        """For each unit its place on the root's points before adjustments."""
        return competition_places({row: _key(totals[self.rules.root]) for row, totals in self._by_row()})

    @cached_property
    def adjusted(self) -> list[Adjusted]:
        """For each unit its adjustments."""
        found: list[Adjusted] = []
        for row, totals in self._by_row():
            place = self.base_places[row]
            extra = {} if place is None else {BASE_RANK: Fraction(place)}
            found.append(adjust_unit(self.rules, self._view(row, extra), totals))
        return found

    @cached_property
    def results(self) -> list[UnitResult]:
        """The final result of each unit, places included."""
        unplaced = [self._unplaced(row) for row in self._rows]
        keys = {row: self._rank_key(row, result, ranked) for row, (result, ranked) in enumerate(unplaced)}
        groups = {row: self.group_of(row) for row in self._rows}
        places, within = competition_places(keys), places_within(keys, groups)
        return [
            replace(result, rank=places[row], group=groups[row], group_rank=within[row])
            for row, (result, _) in enumerate(unplaced)
        ]

    def _unplaced(self, row: int) -> tuple[UnitResult, bool]:
        rules, adjusted, root = self.rules, self.adjusted[row], self.totals[row][self.rules.root]
        found = UnitResult(self.facts.units[row], None, adjusted.bonus, adjusted.penalty, None, None)
        if root.points is None or root.outcome.left_out:
            return found, False
        final = max(Fraction(0), root.points + adjusted.bonus + adjusted.penalty)
        graded = self._shown(final) if rules.grade_on_rounded else final
        outcome = pulled_down(rules.grades, graded, final, adjusted.events, rules.total_rounding)
        score = self._shown(outcome.final)
        found = replace(found, base=root.points, final=outcome.final, score=score, effects=outcome.effects)
        if rules.grades:
            grade = rules.grades[outcome.position]
            found = replace(found, grade=grade.name, tier=grade.tier, converted=grade.converted)
        return found, outcome.ranked

    def _shown(self, final: Fraction) -> Fraction:
        return self.rules.total_rounding.apply(final) if self.rules.total_rounding else final

    def _rank_key(self, row: int, result: UnitResult, ranked: bool) -> tuple[Fraction, ...] | None:
        ranking = self.rules.ranking
        first = result.score if ranking.on_rounded else result.final
        if first is None or not ranked:
            return None
        return (first, *(self._tie_break(row, rule.node) for rule in ranking.tie_breaks))

    def _tie_break(self, row: int, node: NodeCode | None) -> Fraction:
        totals = self.totals[row]
        if node is not None:
            return totals[node].points or Fraction(0)
        leaves = (totals[code] for code in self.rules.indicators)
        return -Fraction(sum(leaf.full > 0 and leaf.points == 0 for leaf in leaves))

    def _node_scores(self) -> Iterator[NodeScore]:
        for code in self.rules.order:
            yield from self._leaf_scores(code) if code in self.rules.indicators else self._inner_scores(code)

    def _leaf_scores(self, code: NodeCode) -> Iterator[NodeScore]:
        for row, totals in self._by_row():
            earned, value = totals[code], self.points(code)[row].value
            unit = self.facts.units[row]
            yield NodeScore(unit, code, value.amount, earned.points, earned.full, earned.outcome)

    def _inner_scores(self, code: NodeCode) -> Iterator[NodeScore]:
        places = competition_places({row: _key(totals[code]) for row, totals in self._by_row()})
        for row, totals in self._by_row():
            earned, unit = totals[code], self.facts.units[row]
            yield NodeScore(unit, code, None, earned.points, earned.full, earned.outcome, places[row])

    @property
    def _rows(self) -> range:
        return range(len(self.facts.units))

    def _by_row(self) -> Iterator[tuple[int, Mapping[NodeCode, Earned]]]:
        return enumerate(self.totals)

    def _view(self, row: int, extra: Mapping[str, Amount] | None = None) -> UnitView:
        return UnitView(self.rules, self.facts, row, self.period, extra)


def _key(earned: Earned) -> tuple[Fraction] | None:
    return None if earned.points is None or earned.outcome.left_out else (earned.points,)
