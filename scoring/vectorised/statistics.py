"""Statistics over units, once for each group of a scope, from the values of all units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.expressions import EVERY, Statistic, StatisticKind
from scoring.facts import Standing
from scoring.rulebook.final_rules import Ties
from scoring.statistics import (
    LONGEST_DENOMINATOR,
    SUMS,
    Numbers,
    Outcome,
    count_of,
    of_order,
    of_sums,
    on_one_denominator,
)
from scoring.vectorised.lanes import BIGS, Array
from scoring.vectorised.ordering import Rows, Sorted, first_of_runs, sorted_values
from scoring.vectorised.peers import PeerValues
from scoring.vectorised.quotients import Quotients, constant_quotients, quotients_of

Standings = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scope:
    """The groups of a scope: each unit's by number (None: all are one), and why a unit is in none (or None).

    places: for each unit its place in the rule set.
    """

    codes: NDArray[np.int64] | None
    absent: Standings | None
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StatisticColumn:
    """What a statistic came to for all units (or one number for all, shape (1,)).

    standings: None where every unit has a number. counts: how many units with a value are in its scope.
    """

    quotients: Quotients
    standings: Standings | None
    counts: NDArray[np.int64]

    def outcome(self, row: int) -> Outcome:
        """For one unit."""
        standing = 0 if self.standings is None else int(self.standings[row if len(self.standings) > 1 else 0])
        return Standing(standing) if standing else self.quotients.at(row)

    def count(self, row: int) -> int:
        """How many units with a value are in the unit's scope."""
        return int(self.counts[row if len(self.counts) > 1 else 0])


@dataclass(frozen=True, slots=True)
class _Group:
    """One group: its number, the rows of its units, of those that have a value, and the worst absence."""

    code: int
    rows: Rows
    there: Rows
    absent: int


def statistic_column(
    statistic: Statistic, values: Quotients, standings: Standings | None, scope: Scope
) -> StatisticColumn:
    """The statistic of values of all units, shape (units,)."""
    size = len(values.num)
    groups = tuple(_groups(standings, scope, size))
    if statistic.kind is StatisticKind.RANK:
        return _ranks(statistic, values, standings, scope, groups)
    reckon = _reckoning(statistic, values, scope, groups)
    outcomes = [_settled(statistic, group, reckon) for group in groups]
    if len(groups) == 1 and len(groups[0].rows) == size:
        return _alike(outcomes[0], len(groups[0].there))
    own, counts = np.full(size, len(groups)), np.zeros(size, dtype=np.int64)
    for number, group in enumerate(groups):
        own[group.rows], counts[group.rows] = number, len(group.there)
    reasons = np.array([int(each) if isinstance(each, Standing) else 0 for each in outcomes] + [0])
    found = reasons.astype(np.uint8)[own]
    if scope.absent is not None:
        found = np.where(scope.absent != 0, scope.absent, found)
    numbers = [each if isinstance(each, Fraction) else Fraction(0) for each in outcomes]
    spread = quotients_of([*numbers, Fraction(0)]).taken(own)
    return StatisticColumn(spread, found if found.any() else None, counts)


def _groups(standings: Standings | None, scope: Scope, size: int) -> Iterator[_Group]:
    rows = np.arange(size) if scope.absent is None else np.flatnonzero(scope.absent == 0)
    codes = np.zeros(size, dtype=np.int64) if scope.codes is None else scope.codes
    order = rows[np.argsort(codes[rows], kind="stable")]
    begins = np.flatnonzero(np.diff(codes[order], prepend=-1))
    for own in np.split(order, begins[1:]) if len(order) else ():
        reasons = np.zeros(len(own), dtype=np.uint8) if standings is None else standings[own]
        yield _Group(int(codes[own[0]]), own, own[reasons == 0], int(reasons.max()))


def _settled(statistic: Statistic, group: _Group, reckon: Callable[[_Group], Outcome]) -> Outcome:
    nothing = not len(group.there) and statistic.kind is not StatisticKind.COUNT
    if group.absent and (nothing or statistic.scope == EVERY):
        return Standing(group.absent)
    return reckon(group)


def _reckoning(
    statistic: Statistic, values: Quotients, scope: Scope, groups: Sequence[_Group]
) -> Callable[[_Group], Outcome]:
    kind = statistic.kind
    if kind is StatisticKind.COUNT:
        return lambda group: count_of(statistic, values.num[group.there].tolist())
    if kind in SUMS:
        return lambda group: of_sums(kind, _numbers(values.taken(group.there)))
    ascending = _ascending(values, scope, groups)
    return lambda group: of_order(kind, ascending[group.code], statistic.position)


def _numbers(values: Quotients) -> Numbers:
    tops = values.num if values.num.dtype == BIGS else values.num.astype(np.int64)
    if isinstance(values.den, int):
        if values.den.bit_length() <= LONGEST_DENOMINATOR:
            return Numbers(tops.tolist(), values.den)
        bottoms = np.full(len(tops), values.den, dtype=object)
    else:
        bottoms = values.den if values.den.dtype == BIGS else values.den.astype(np.int64)
    if tops.dtype == BIGS or bottoms.dtype == BIGS:
        tops, bottoms = tops.astype(object), bottoms.astype(object)
    common = np.gcd(tops, bottoms)
    return on_one_denominator((tops // common).tolist(), (bottoms // common).tolist())


def _sorted(values: Quotients, scope: Scope, groups: Sequence[_Group]) -> Sorted:
    rows = np.sort(np.concatenate([group.there for group in groups])) if groups else np.arange(0)
    return sorted_values(values, rows, scope.codes)


def _ascending(values: Quotients, scope: Scope, groups: Sequence[_Group]) -> Mapping[int, Sequence[Fraction]]:
    order = _sorted(values, scope, groups).order
    found: dict[int, Sequence[Fraction]] = {}
    start = 0
    for group in groups:
        found[group.code] = PeerValues(values, order[start : start + len(group.there)])
        start += len(group.there)
    return found


def _ranks(
    statistic: Statistic,
    values: Quotients,
    standings: Standings | None,
    scope: Scope,
    groups: Sequence[_Group],
) -> StatisticColumn:
    size = len(values.num)
    found = np.zeros(size, dtype=np.uint8) if standings is None else standings.copy()
    counts = np.zeros(size, dtype=np.int64)
    for group in groups:
        counts[group.rows] = len(group.there)
        if statistic.scope == EVERY and group.absent:
            found[group.rows] = group.absent
    if scope.absent is not None:
        found = np.where(scope.absent != 0, scope.absent, found)
    order = _sorted(values, scope, groups)
    doubled = np.zeros(size, dtype=np.int64)
    doubled[order.order] = _doubled_places(statistic.ties, order, scope.places)
    doubled[found != 0] = 0
    return StatisticColumn(Quotients(doubled, 2, (0, 2 * size), 2), found if found.any() else None, counts)


def _doubled_places(ties: str, order: Sorted, places: NDArray[np.int64]) -> Array:
    """Twice the place of each position, the greatest first, so that means of places stay whole."""
    best: Array = order.above + 1
    worst: Array = order.ends - order.starts - order.below
    if ties == Ties.AVERAGE:
        return best + worst
    if ties == Ties.WORST:
        return 2 * worst
    if ties == Ties.DENSE:
        runs = np.cumsum(order.fresh)
        ends = np.broadcast_to(np.asarray(order.ends), runs.shape)
        return np.asarray(2 * (runs[ends - 1] - runs + 1))
    if ties == Ties.ORDINAL:
        firsts = first_of_runs(order.fresh)
        earlier = np.lexsort((places[order.order], firsts))
        within = np.empty(len(firsts), dtype=np.int64)
        within[earlier] = np.arange(len(firsts))
        return 2 * (best + within - firsts)
    return 2 * best


def _alike(outcome: Outcome, count: int) -> StatisticColumn:
    counts = np.array([count], dtype=np.int64)
    if isinstance(outcome, Standing):
        return StatisticColumn(constant_quotients(0), np.full(1, outcome, dtype=np.uint8), counts)
    return StatisticColumn(constant_quotients(outcome), None, counts)
