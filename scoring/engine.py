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
from scoring.grades import UNPLACED, Placed, keeps_place, pulled_down, without_total
from scoring.panel import PlainPanel
from scoring.periods import Period
from scoring.points import Points, indicator_points
from scoring.ranks import directed, fulls_differ, node_key, places_of, places_within, placing_key
from scoring.results import AdjustmentScore, NodeScore, Outcome, Place, UnitResult
from scoring.rulebook.final_rules import TieBreak, has_quota
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.totals import Earned, all_totals
from scoring.values import UnitView, Value, indicator_value, panel_of


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
        self._broken: dict[int, tuple[Fraction, ...]] = {}

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
        return indicator_points(indicator, indicator_value(indicator, self.view(row)))

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
        return self._awarded(indicator, [indicator_value(indicator, self.view(row)) for row in self._rows])

    def _awarded(self, indicator: Indicator, values: Sequence[Value]) -> list[Points]:
        """The points that each unit's value earns, among the values of all."""
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
        return [voided_indicators(self.rules, self.view(row)) for row in self._rows]

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
    def base_places(self) -> dict[int, Place | None]:
        """For each unit the place that its score before adjustments would give it, tie-breaks and all."""
        keys = {row: self._base_key(row) for row in self._placing_order}
        return places_of(keys, self.rules.ranking.ties)

    def _base_key(self, row: int) -> tuple[Fraction, ...] | None:
        root = self.totals[row][self.rules.root]
        if root.outcome.left_out:
            return None
        points, ranking = root.points, self.rules.ranking
        if points is not None and ranking.on_rounded:
            points = self._shown(points)
        return placing_key(ranking, points, self._tie_breaks(row))

    @cached_property
    def adjusted(self) -> list[Adjusted]:
        """For each unit its adjustments."""
        found: list[Adjusted] = []
        for row, totals in self._by_row():
            place = self.base_places[row]
            extra = {} if place is None else {BASE_RANK: Fraction(place)}
            found.append(adjust_unit(self.rules, self.view(row, extra), totals))
        return found

    @cached_property
    def results(self) -> list[UnitResult]:
        """The final result of each unit, places included."""
        unplaced = [self._unplaced(row) for row in self._rows]
        ranking, groups = self.rules.ranking, {row: self.group_of(row) for row in self._rows}
        keys = {row: self._rank_key(row, *unplaced[row]) for row in self._placing_order}
        places, within = places_of(keys, ranking.ties), places_within(keys, groups, ranking.ties)
        return [
            replace(result, rank=places[row], group=groups[row], group_rank=within[row])
            for row, (result, _) in enumerate(unplaced)
        ]

    def _unplaced(self, row: int) -> tuple[UnitResult, bool]:
        """The result of a unit without its places, and whether it may have any."""
        rules, adjusted, root = self.rules, self.adjusted[row], self.totals[row][self.rules.root]
        found = UnitResult(self.facts.units[row], root.points, adjusted.bonus, adjusted.penalty, None, None)
        if root.points is None or root.outcome.left_out:
            found = replace(found, base=None)
        final = self._before_events(row)
        if not all(event.scored for event in adjusted.events):
            outcome = without_total(rules.grades, adjusted.events)
        elif final is None:
            return found, not root.outcome.left_out and keeps_place(adjusted.events)
        else:
            graded = self._shown(final) if rules.grade_on_rounded else final
            placed = self.placed(row) or UNPLACED
            outcome = pulled_down(rules.grades, graded, final, adjusted.events, rules.total_rounding, placed)
        score = None if outcome.final is None else self._shown(outcome.final)
        found = replace(found, final=outcome.final, score=score, effects=outcome.effects)
        if rules.grades and outcome.position is not None:
            grade = rules.grades[outcome.position]
            found = replace(found, grade=grade.name, tier=grade.tier, converted=grade.converted)
        return found, outcome.ranked

    def placed(self, row: int) -> Placed | None:
        """Where a unit stands for quotas of grades; None without quotas."""
        if not any(has_quota(grade) for grade in self.rules.grades):
            return None
        return Placed(self._quota_places.get(row), len(self._quota_places))

    def _before_events(self, row: int) -> Fraction | None:
        """The exact total before any event of the grade touches it; None where there is none."""
        adjusted, root = self.adjusted[row], self.totals[row][self.rules.root]
        if root.points is None or root.outcome.left_out:
            return None
        return max(Fraction(0), root.points + adjusted.bonus + adjusted.penalty)

    @cached_property
    def _quota_places(self) -> Mapping[int, Place]:
        """The places that quotas of grades look at, of the units that have one.

        They are given by the total before events, among the units that keep their places.
        """
        rules = self.rules
        keys: dict[int, tuple[Fraction, ...] | None] = {}
        for row in self._placing_order:
            final, out = self._before_events(row), self.totals[row][rules.root].outcome.left_out
            if out or not keeps_place(self.adjusted[row].events):
                continue
            shown = final if final is None or not rules.ranking.on_rounded else self._shown(final)
            keys[row] = placing_key(rules.ranking, shown, self._tie_breaks(row))
        found = places_of(keys, rules.ranking.ties)
        return {row: place for row, place in found.items() if place is not None}

    def _shown(self, final: Fraction) -> Fraction:
        return self.rules.total_rounding.apply(final) if self.rules.total_rounding else final

    def _rank_key(self, row: int, result: UnitResult, ranked: bool) -> tuple[Fraction, ...] | None:
        ranking = self.rules.ranking
        score = result.score if ranking.on_rounded else result.final
        return placing_key(ranking, score, self._tie_breaks(row)) if ranked else None

    def _tie_breaks(self, row: int) -> tuple[Fraction, ...]:
        """What decides between units of equal score; asked for several times, reckoned once."""
        if row not in self._broken:
            rules = self.rules.ranking.tie_breaks
            self._broken[row] = tuple(part for rule in rules for part in self._tie_break(row, rule))
        return self._broken[row]

    def _tie_break(self, row: int, rule: TieBreak) -> tuple[Fraction, ...]:
        """What there is none of goes last; only among most points it counts as none of them."""
        if rule.node is None:
            leaves = (self.totals[row][code] for code in self.rules.indicators)
            return (-Fraction(sum(leaf.full > 0 and leaf.points == 0 for leaf in leaves)),)
        earned = self.totals[row][rule.node]
        found = self.value_of(row, rule.node) if rule.by_value else earned.points
        if not rule.by_value and (found is None or earned.outcome.left_out):
            found = Standing.MISSING if rule.lowest_first else Fraction(0)
        if not isinstance(found, Fraction):
            return Fraction(0), Fraction(0)
        return Fraction(1), directed(found, lowest_first=rule.lowest_first)

    @cached_property
    def _placing_order(self) -> list[int]:
        """The units in the order of the rule set, in which equals are placed one after the other."""
        order = {unit: place for place, unit in enumerate(self.rules.units)}
        return sorted(self._rows, key=lambda row: order[self.facts.units[row]])

    def _node_scores(self) -> Iterator[NodeScore]:
        for code in self.rules.order:
            yield from self._leaf_scores(code) if code in self.rules.indicators else self._inner_scores(code)

    def _leaf_scores(self, code: NodeCode) -> Iterator[NodeScore]:
        for row, totals in self._by_row():
            earned, value = totals[code], self.points(code)[row].value
            unit = self.facts.units[row]
            yield NodeScore(unit, code, value.amount, earned.points, earned.full, earned.outcome)

    def _inner_scores(self, code: NodeCode) -> Iterator[NodeScore]:
        places = self.places(code)
        for row, totals in self._by_row():
            earned, unit = totals[code], self.facts.units[row]
            yield NodeScore(unit, code, None, earned.points, earned.full, earned.outcome, places[row])

    def places(self, code: NodeCode) -> dict[int, Place | None]:
        """For each unit its place at an inner node; see NodeScore.rank."""
        earned = {row: self.totals[row][code] for row in self._placing_order}
        by_share = fulls_differ(earned.values())
        keys = {row: node_key(self.rules.ranking, each, by_share=by_share) for row, each in earned.items()}
        return places_of(keys, self.rules.ranking.ties)

    @property
    def _rows(self) -> range:
        return range(len(self.facts.units))

    def _by_row(self) -> Iterator[tuple[int, Mapping[NodeCode, Earned]]]:
        return enumerate(self.totals)

    def view(self, row: int, extra: Mapping[str, Amount] | None = None) -> UnitView:
        """What formulas see of one unit; it remembers what was asked."""
        return UnitView(self.rules, self.facts, row, self.period, extra, self._panel)

    @cached_property
    def _panel(self) -> PlainPanel:
        return panel_of(self.rules, self.facts, self.period)
