"""Stage five for all units: the final score, the grade with all that pulls it down, and the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.adjusting import AdjustedColumns
from scoring.vectorised.lanes import DOUBLE_LIMIT, Mask
from scoring.vectorised.ordering import Sorted, competition_ranks, dense_codes, sorted_values
from scoring.vectorised.peers import Groups
from scoring.vectorised.places import Places
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of
from scoring.vectorised.tree import EarnedColumn

_ORDER = (AdjustmentKind.VETO, AdjustmentKind.DEMOTION, AdjustmentKind.FLOOR)


@dataclass(frozen=True, slots=True)
class FinalColumns:
    """The final results of all units; everything but bonus and penalty means nothing where not `scored`.

    positions: of the grades. effects: the events that touched the grade, in order, and whose.
    ranks and group_ranks: 0 where there is no place.
    """

    scored: Mask
    final: Quotients
    score: Quotients
    positions: NDArray[np.int64]
    effects: Sequence[tuple[NodeCode, Mask]]
    ranks: Places
    group_ranks: Places


def finals(
    rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], adjusted: AdjustedColumns, groups: Groups
) -> FinalColumns:
    """The final results of all units."""
    root = nodes[rules.root]
    size = len(root.points.num)
    unscored = [mask for mask in (root.blocked, root.left_out) if mask is not None]
    scored = ~np.logical_or.reduce(unscored) if unscored else np.ones(size, dtype=np.bool_)
    final = root.points.plus(adjusted.bonus).plus(adjusted.penalty).at_least(0)
    whole, score = final, _shown(rules, final)
    positions = _positions(rules.grades, score if rules.grade_on_rounded else final, size)
    ranked = scored
    effects: list[tuple[NodeCode, Mask]] = []
    for event, held in sorted(adjusted.events, key=lambda each: _ORDER.index(each[0].kind)):
        lower = np.where(held, _lowered(rules.grades, positions, event), positions)
        if event.cap_score:
            final = _capped(rules, final, lower, positions)
        if not event.ranked:
            ranked = ranked & ~held
        effects.append((event.code, held))
        positions = lower
    if final is not whole:
        score = _shown(rules, final)
    ranks, group_ranks = _places(rules, nodes, score if rules.ranking.on_rounded else final, (ranked, groups))
    return FinalColumns(scored, final, score, positions, effects, ranks, group_ranks)


def _shown(rules: RuleSet, final: Quotients) -> Quotients:
    return final.rounded(rules.total_rounding) if rules.total_rounding else final


def _positions(grades: Sequence[Grade], score: Quotients, size: int) -> NDArray[np.int64]:
    limits = [grade.at_least for grade in grades]
    bounds = [limit for limit in limits if limit is not None]
    if isinstance(score.den, int) and bounds and limits == [*sorted(bounds, reverse=True), None]:
        # a score over a whole denominator reaches a limit just where its numerator reaches the next whole one
        wholes = [-(-limit.numerator * score.den // limit.denominator) for limit in reversed(bounds)]
        if max(abs(whole) for whole in wholes) < DOUBLE_LIMIT:
            return len(wholes) - np.searchsorted(wholes, score.num, side="right")
    positions = np.full(size, max(len(grades) - 1, 0), dtype=np.int64)
    for position in reversed(range(len(grades))):
        limit = grades[position].at_least
        reached = True if limit is None else score.compared_to(np.greater_equal, limit)
        positions = np.where(reached, position, positions)
    return positions


def _lowered(grades: Sequence[Grade], positions: NDArray[np.int64], event: Adjustment) -> NDArray[np.int64]:
    if not grades:
        return positions
    last = len(grades) - 1
    if event.kind is AdjustmentKind.DEMOTION:
        return np.minimum(positions + event.by, last)
    names = [grade.name for grade in grades]
    return np.maximum(positions, names.index(event.grade_at_most) if event.grade_at_most else last)


def _capped(
    rules: RuleSet, final: Quotients, lower: NDArray[np.int64], positions: NDArray[np.int64]
) -> Quotients:
    """The score just under the lower limit of the grade above the new one, where it was higher."""
    step = Fraction(1, 10 ** (rules.total_rounding.places if rules.total_rounding else 2))
    limits = [(grade.at_least or Fraction(0)) - step for grade in rules.grades] or [Fraction(0)]
    limit = quotients_of(limits).taken(np.maximum(lower - 1, 0))
    return chosen((lower > positions) & final.compared(np.greater, limit), limit, final)


def _places(
    rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], first: Quotients, among: tuple[Mask, Groups]
) -> tuple[Places, Places]:
    ranked, groups = among
    size = len(ranked)
    key = first
    for rule in rules.ranking.tie_breaks:
        key = _with_tie_break(key, _tie_break(rules, nodes, rule.node, size))
    rows = None if ranked.all() else np.flatnonzero(ranked)
    found = sorted_values(key, rows)
    return competition_ranks(found, size), _within(key, ranked, groups, found)


def _within(key: Quotients, ranked: Mask, groups: Groups, overall: Sorted) -> Places:
    """The places among the units of each group; no group, no place."""
    size = len(ranked)
    if groups.codes is None:
        return competition_ranks(overall, size) if groups.names[0] else np.zeros(size, dtype=np.int64)
    named = np.array([bool(name) for name in groups.names])[groups.codes]
    return competition_ranks(sorted_values(key, np.flatnonzero(ranked & named), groups.codes), size)


def _tie_break(
    rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], node: NodeCode | None, size: int
) -> Quotients:
    if node is not None:
        return nodes[node].points
    zeros = constant_quotients(0).sized(size)
    for code in rules.indicators:
        leaf = nodes[code]
        empty = np.asarray(leaf.points.num == 0) & np.asarray(leaf.full.num > 0)
        empty = empty if leaf.blocked is None else empty & ~leaf.blocked
        zeros = zeros.plus(Quotients(-empty.astype(np.int64), 1, (-1, 0), 1))
    return zeros


def _with_tie_break(key: Quotients, second: Quotients) -> Quotients:
    """One key by which units compare as they do by the first and, where that is equal, by the second."""
    size = len(key.num)
    codes = dense_codes(key) * (size + 1) + dense_codes(second)
    return Quotients(codes, 1, (0, (size + 1) ** 2), 1)
