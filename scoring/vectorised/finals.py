"""Stage five for all units: the final score, the grade with all that pulls it down, and the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode
from scoring.grades import last_place, names_grade
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade, has_quota
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.adjusting import AdjustedColumns
from scoring.vectorised.kept_values import KeptValues
from scoring.vectorised.lanes import DOUBLE_LIMIT, Mask
from scoring.vectorised.peers import Groups
from scoring.vectorised.places import Places, Placing, no_places, ranked, total_key
from scoring.vectorised.quotients import Quotients, chosen, quotients_of
from scoring.vectorised.tree import EarnedColumn

_ORDER = (AdjustmentKind.VETO, AdjustmentKind.DEMOTION, AdjustmentKind.FLOOR)


@dataclass(frozen=True, slots=True)
class Among:
    """What places are given by: how, and the values that may decide between equals."""

    placing: Placing
    values: KeptValues


@dataclass(frozen=True, slots=True)
class FinalColumns:
    """The final results of all units; everything but bonus and penalty means nothing where not `scored`.

    positions: of the grades, -1 for none. effects: the events that touched the grade, in order, and whose.
    taken: where an event took the total away, None for nowhere; there positions and effects mean something.
    """

    scored: Mask
    final: Quotients
    score: Quotients
    positions: NDArray[np.int64]
    effects: Sequence[tuple[NodeCode, Mask]]
    ranks: Places
    group_ranks: Places
    taken: Mask | None = None
    quota: Places | None = None
    """The places that quotas of grades look at; None without quotas."""


def finals(
    rules: RuleSet,
    nodes: Mapping[NodeCode, EarnedColumn],
    adjusted: AdjustedColumns,
    groups: Groups,
    among: Among,
) -> FinalColumns:
    """The final results of all units."""
    root = nodes[rules.root]
    size = len(root.points.num)
    unscored = [mask for mask in (root.blocked, root.left_out) if mask is not None]
    scored = ~np.logical_or.reduce(unscored) if unscored else np.ones(size, dtype=np.bool_)
    events = sorted(adjusted.events, key=lambda each: _ORDER.index(each[0].kind))
    lost = [held for event, held in events if not event.scored]
    taken = np.logical_or.reduce(lost) if lost else None
    kept = _kept(root, size)
    for event, held in events:
        if not (event.ranked and event.scored):
            kept = kept & ~held
    final = root.points.plus(adjusted.bonus).plus(adjusted.penalty).at_least(0)
    whole, score = final, _shown(rules, final)
    quota = _quota_places(rules, nodes, score if rules.ranking.on_rounded else final, (scored, kept), among)
    positions = _positions(rules.grades, score if rules.grade_on_rounded else final, size, quota)
    effects: list[tuple[NodeCode, Mask]] = []
    for event, held in events:
        lower = np.where(held, _lowered(rules.grades, positions, event), positions)
        if event.cap_score:
            final = _capped(rules, final, lower, positions)
        effects.append((event.code, held))
        positions = lower
    if final is not whole:
        score = _shown(rules, final)
    if taken is not None:
        scored = scored & ~taken
        positions = np.where(taken, _named_positions(rules.grades, events, size), positions)
    key = total_key(rules, nodes, score if rules.ranking.on_rounded else final, among.values)
    ranks, group_ranks = _places(among.placing, key, (scored & kept, ~scored & kept), groups)
    return FinalColumns(scored, final, score, positions, effects, ranks, group_ranks, taken, quota)


def _quota_places(
    rules: RuleSet,
    nodes: Mapping[NodeCode, EarnedColumn],
    score: Quotients,
    who: tuple[Mask, Mask],
    among: Among,
) -> Places | None:
    """The places that quotas of grades look at, by the total before events; None without quotas."""
    if not any(has_quota(grade) for grade in rules.grades):
        return None
    (scored, kept), key = who, total_key(rules, nodes, score, among.values)
    found = among.placing.sorted(key, np.flatnonzero(scored & kept), ~scored & kept)
    return ranked(found, len(kept), rules.ranking.ties)


def _named_positions(
    grades: Sequence[Grade], events: Sequence[tuple[Adjustment, Mask]], size: int
) -> NDArray[np.int64]:
    """The lowest grade that an event names; -1 where none does."""
    found = np.full(size, -1, dtype=np.int64)
    for event, held in events:
        if grades and names_grade(event):
            found = np.where(held, np.maximum(found, _lowered(grades, np.zeros_like(found), event)), found)
    return found


def base_places(rules: RuleSet, nodes: Mapping[NodeCode, EarnedColumn], among: Among) -> Places:
    """The places that the scores before adjustments would give, tie-breaks and all."""
    root = nodes[rules.root]
    size = len(root.points.num)
    kept, score = _kept(root, size), root.points
    scored = kept if root.blocked is None else kept & ~root.blocked
    key = total_key(rules, nodes, _shown(rules, score) if rules.ranking.on_rounded else score, among.values)
    rows = None if scored.all() else np.flatnonzero(scored)
    return ranked(among.placing.sorted(key, rows, kept & ~scored), size, rules.ranking.ties)


def _shown(rules: RuleSet, final: Quotients) -> Quotients:
    return final.rounded(rules.total_rounding) if rules.total_rounding else final


def _positions(
    grades: Sequence[Grade], score: Quotients, size: int, quota: Places | None
) -> NDArray[np.int64]:
    limits = [grade.at_least for grade in grades]
    bounds = [limit for limit in limits if limit is not None]
    if (
        quota is None
        and isinstance(score.den, int)
        and bounds
        and limits == [*sorted(bounds, reverse=True), None]
    ):
        # a score over a whole denominator reaches a limit just where its numerator reaches the next whole one
        wholes = [-(-limit.numerator * score.den // limit.denominator) for limit in reversed(bounds)]
        if max(abs(whole) for whole in wholes) < DOUBLE_LIMIT:
            return len(wholes) - np.searchsorted(wholes, score.num, side="right")
    positions = np.full(size, max(len(grades) - 1, 0), dtype=np.int64)
    for position in reversed(range(len(grades))):
        limit = grades[position].at_least
        reached = np.ones(size, np.bool_) if limit is None else score.compared_to(np.greater_equal, limit)
        if quota is not None and has_quota(grades[position]):
            last = last_place(grades[position], int(np.count_nonzero(quota.numbers)))
            reached = reached & (quota.numbers > 0) & (quota.numbers <= last * quota.den)
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
    limited = np.array([grade.at_least is not None for grade in rules.grades] or [False])
    above = np.maximum(lower - 1, 0)
    limit = quotients_of(limits).taken(above)
    return chosen((lower > positions) & limited[above] & final.compared(np.greater, limit), limit, final)


def _kept(root: EarnedColumn, size: int) -> Mask:
    """Who may have a place at all: not where nothing applies."""
    out = root.left_out
    return np.ones(size, dtype=np.bool_) if out is None else ~out


def _places(
    placing: Placing, key: Quotients, who: tuple[Mask, Mask], groups: Groups
) -> tuple[Places, Places]:
    """Among all units, and among those of the own group; no group, no place. who: scored, and unscored."""
    scored, unscored = who
    size, ties = len(scored), placing.ranking.ties
    overall = placing.sorted(key, None if scored.all() else np.flatnonzero(scored), unscored)
    everywhere = ranked(overall, size, ties)
    if groups.codes is None:
        return everywhere, everywhere if groups.names[0] else no_places(size)
    named = np.array([bool(name) for name in groups.names])[groups.codes]
    within = placing.sorted(key, np.flatnonzero(scored & named), unscored & named, groups.codes)
    return everywhere, ranked(within, size, ties)
