"""Methods that compare a unit with its peers, for all units at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import eq
from typing import overload

import numpy as np
from numpy.typing import NDArray

from scoring.codes import UnitCode
from scoring.methods.peer_quantiles import PeerQuantiles, quantile
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.ordering import Rows, Sorted, sorted_values
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of


@dataclass(frozen=True)
class Groups:
    """The peer groups of the units: their names, and each unit's by number (None: all are one group)."""

    names: tuple[str, ...]
    codes: NDArray[np.int64] | None

    def of(self, row: int) -> str:
        """The group of a unit; empty where the rule set has none."""
        return self.names[0 if self.codes is None else int(self.codes[row])] if self.names else ""


def peer_groups(rules: RuleSet, units: Sequence[UnitCode]) -> Groups:
    """The groups by the attribute that the rule set names."""
    name = rules.ranking.peer_group
    if not name:
        return Groups(("",), None)
    own = [str(rules.units[unit].attributes.get(name, "")) for unit in units]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(own))}
    if len(numbers) < 2:
        return Groups(tuple(numbers) or ("",), None)
    return Groups(tuple(numbers), np.array([numbers[group] for group in own], dtype=np.int64))


@dataclass(frozen=True)
class Field:
    """The values of one indicator in ascending order, group by group: what each unit is compared with."""

    values: Quotients
    sorted: Sorted
    codes: Array | None

    @cached_property
    def limits(self) -> dict[int, tuple[int, int]]:
        """For each group that has values the positions where it begins and ends."""
        order = self.sorted.order
        if not len(order):
            return {}
        if self.codes is None:
            return {0: (0, len(order))}
        starts = np.unique(self.sorted.starts).tolist()
        ends = [*starts[1:], len(order)]
        own = (int(self.codes[order[start]]) for start in starts)
        return {code: (start, end) for code, start, end in zip(own, starts, ends, strict=True)}

    def peers(self, code: int) -> PeerValues:
        """The ascending values of a group, read where they are asked for."""
        start, end = self.limits.get(code, (0, 0))
        return PeerValues(self.values, self.sorted.order[start:end])


class PeerValues(Sequence[Fraction]):
    """Values in ascending order, made into fractions one by one as they are looked at."""

    def __init__(self, values: Quotients, order: Rows) -> None:
        self._values, self._order = values, order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, position: int) -> Fraction: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Fraction]: ...
    def __getitem__(self, position: int | slice) -> Fraction | Sequence[Fraction]:
        if isinstance(position, slice):
            return PeerValues(self._values, self._order[position])
        return self._values.at(int(self._order[position]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __iter__(self) -> Iterator[Fraction]:
        return (self._values.at(int(row)) for row in self._order)


def field_of(indicator: Indicator, values: Quotients, standings: Array | None, groups: Groups) -> Field:
    """The values that an indicator's method compares."""
    codes = groups.codes if getattr(indicator.method, "group", "peers") == "peers" else None
    rows = None if standings is None else np.flatnonzero(standings == 0)
    return Field(values, sorted_values(values, rows, codes), codes)


def peer_points(
    indicator: Indicator, values: Quotients, standings: Array | None, groups: Groups
) -> Quotients:
    """The points of all units that have a value, unrounded; meaningless for the others."""
    field = field_of(indicator, values, standings, groups)
    method, full = indicator.method, indicator.points
    if isinstance(method, PeerRange):
        return _range_points(method, full, field)
    if isinstance(method, PeerRank):
        return _rank_points(method, full, field, higher=indicator.direction != "lower")
    if isinstance(method, PeerQuantiles):
        return _quantile_points(method, full, field, higher=indicator.direction != "lower")
    raise TypeError(f"no way of comparing peers by {method.kind}")


def _range_points(method: PeerRange, full: Fraction, field: Field) -> Quotients:
    ends = {code: (peers[0], peers[-1]) for code in field.limits for peers in [field.peers(code)]}
    size = max(ends, default=0) + 1
    slopes, offsets, alike = [Fraction(0)] * size, [Fraction(0)] * size, np.zeros(size, dtype=np.bool_)
    for code, (low, high) in ends.items():
        if low == high:
            alike[code], offsets[code] = True, method.equal.points(full)
            continue
        best, worst = (high, low) if method.best == "max" else (low, high)
        slopes[code] = full / (best - worst)
        offsets[code] = -slopes[code] * worst
    own = (
        np.zeros(len(field.values.num), dtype=np.int64)
        if field.codes is None
        else np.minimum(field.codes, size - 1)
    )
    return field.values.by(quotients_of(slopes).taken(own)).plus(quotients_of(offsets).taken(own))


def _rank_points(method: PeerRank, full: Fraction, field: Field, *, higher: bool) -> Quotients:
    """Full points times the share of the others who stand behind the place."""
    order, size = field.sorted, len(field.values.num)
    counts = order.ends - order.starts
    worse, better = (order.below, order.above) if higher else (order.above, order.below)
    # who shares a place stands behind its best and before its worst; in half steps, for the mean of both
    behind = {"best": 2 * (counts - 1 - better), "worst": 2 * worse, "mean": counts - 1 - better + worse}[
        method.ties
    ]
    alone = np.asarray(counts == 1)
    num, den = np.zeros(size, dtype=np.int64), np.full(size, 2, dtype=np.int64)
    num[order.order] = np.where(alone, 2, behind)
    den[order.order] = np.where(alone, 2, 2 * (counts - 1))
    return Quotients(num, den, (0, 2 * size + 2), 2 * size + 2).times(full)


def _quantile_points(method: PeerQuantiles, full: Fraction, field: Field, *, higher: bool) -> Quotients:
    size = len(field.values.num)
    own = np.zeros(size, dtype=np.int64) if field.codes is None else field.codes
    found = constant_quotients(method.otherwise.points(full))
    for band in reversed(method.bands):
        position = band.at_least if higher else 1 - band.at_least
        limits = [Fraction(0)] * (max(field.limits, default=0) + 1)
        for code in field.limits:
            limits[code] = quantile(field.peers(code), position)
        limit = quotients_of(limits).taken(np.minimum(own, len(limits) - 1))
        reached: Mask = field.values.compared(np.greater_equal if higher else np.less_equal, limit)
        found = chosen(reached, constant_quotients(band.earn.points(full)), found)
    return found.sized(size)
