"""Ascending order of fractions, exact, in time that grows with their number and no faster.

Fractions are ordered by the doubles nearest to them. Rounding to a double is monotone, so this is never
wrong; it can only make two different fractions look alike. If a/b < c/d share a double, they lie within its
width of each other: 1/(bd) <= c/d - a/b <= 2^-52 c/d (1 + 2^-53), hence bc > 2^52 - 1. Where the bounds say
that every such product stays below 2^52 - 1, equal doubles are therefore equal fractions, and nothing is left
to check; elsewhere the runs of equal doubles are compared as fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from scoring.vectorised.lanes import DOUBLE_LIMIT, LONGS, Array, Mask
from scoring.vectorised.quotients import Quotients, tightened

Rows = NDArray[np.intp]
_APART = 2**52 - 1
_RADIX_FROM = 1_000
_SIZES = np.int64(2**63 - 1)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Units in ascending order of group and value.

    order: their rows. fresh: where a value differs from the one before it, or a group begins.
    starts: for each position the position where its group begins; ends: where it ends (exclusive).
    """

    order: Rows
    fresh: Mask
    starts: Rows | int
    ends: Rows | int

    @property
    def below(self) -> Rows:
        """For each position, how many of its group have a smaller value."""
        return first_of_runs(self.fresh) - self.starts

    @property
    def above(self) -> Rows:
        """For each position, how many of its group have a greater value."""
        return self.ends - 1 - last_of_runs(self.fresh)


def sorted_values(values: Quotients, rows: Rows | None = None, groups: Array | None = None) -> Sorted:
    """The units of the rows (None: all) by group (whole numbers from 0; None: one group) and value."""
    order, fresh = _ordered(values if rows is None else values.taken(rows))
    if groups is not None:
        order, fresh = _grouped(order, fresh, groups if rows is None else groups[rows])
    chosen = order if rows is None else rows[order]
    if groups is None:
        return Sorted(chosen, fresh, 0, len(order))
    begins = np.flatnonzero(differs(groups[chosen]))
    lengths = np.diff(np.append(begins, len(order)))
    return Sorted(chosen, fresh, np.repeat(begins, lengths), np.repeat(begins + lengths, lengths))


def doubles_of(values: Quotients) -> tuple[NDArray[np.float64], bool]:
    """The double nearest to each fraction, and whether equal doubles are equal fractions.

    Numerators and denominators must be below 2^53.
    """
    num = values.num.astype(np.float64, copy=False)
    if isinstance(values.den, int):
        return num, True
    return num / values.den, values.most * values.most_den < _APART


def _ordered(values: Quotients) -> tuple[Rows, Mask]:
    if values.most >= DOUBLE_LIMIT or values.most_den >= DOUBLE_LIMIT:
        values = tightened(values)
    if isinstance(values.den, int) and values.num.dtype == LONGS:
        order = np.argsort(values.num, kind="stable")
        return order, differs(values.num[order])
    if values.most >= DOUBLE_LIMIT or (values.most_den >= DOUBLE_LIMIT and not isinstance(values.den, int)):
        return _by_fractions(values)
    keys, told_apart = doubles_of(values)
    order = ascending(keys)
    fresh = differs(keys.take(order))
    return (order, fresh) if told_apart else _told_apart(values, order, fresh)


def ascending(keys: NDArray[np.float64]) -> Rows:
    """The order of doubles, as np.argsort gives it; by radix where there are many."""
    if len(keys) < _RADIX_FROM:
        return np.argsort(keys)
    # adding zero makes of -0.0 a plain 0
    bits = (keys + 0).view(np.int64)
    low = int(bits.min())
    if low < 0:
        # the bits of doubles ascend with them as whole numbers, once those of negative ones are turned round
        bits ^= (bits >> 63) & _SIZES
        low = int(bits.min())
    spread = (int(bits.max()) - low).bit_length()
    bits -= low
    np.right_shift(bits.view(np.uint64), max(spread - 32, 0), out=bits.view(np.uint64))
    # numpy sorts 16-bit keys by radix, in linear time
    order = np.argsort(bits.astype(np.uint16), kind="stable")
    high = (bits >> 16).astype(np.uint16)
    order = order.take(np.argsort(high.take(order), kind="stable"))
    return _settled(order, bits, keys) if spread > 32 else order


def _settled(order: Rows, short: Array, keys: NDArray[np.float64]) -> Rows:
    """The order once those whose shortened keys are alike are ordered by their whole keys."""
    alike = short.take(order)
    pairs = alike[1:] == alike[:-1]
    if pairs.any():
        shared = np.zeros(len(order), dtype=np.bool_)
        shared[1:] = pairs
        shared[:-1] |= pairs
        some = order[shared]
        # runs of alike keys keep their places among each other, as the whole keys ascend from run to run
        order[shared] = some[np.argsort(keys[some])]
    return order


def competition_ranks(values: Sorted, size: int) -> NDArray[np.int64]:
    """The place of each unit in its group, the greatest value first (1, 2, 2, 4); 0 for those not sorted."""
    ranks = np.zeros(size, dtype=np.int64)
    ranks[values.order] = values.above + 1
    return ranks


def dense_codes(values: Quotients) -> NDArray[np.int64]:
    """Whole numbers that compare among each other as the fractions do."""
    found = sorted_values(values)
    codes = np.empty(len(found.order), dtype=np.int64)
    codes[found.order] = np.cumsum(found.fresh)
    return codes


def differs(keys: Array) -> Mask:
    """Where a key differs from the one before it; always at the first."""
    fresh = np.empty(len(keys), dtype=np.bool_)
    fresh[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return fresh


def first_of_runs(fresh: Mask) -> Rows:
    """For each position the first of its run; a run begins where it is fresh."""
    firsts, tied = np.arange(len(fresh)), np.flatnonzero(~fresh)
    if len(tied):
        begins = np.ones(len(tied), dtype=np.bool_)
        np.not_equal(tied[1:], tied[:-1] + 1, out=begins[1:])
        firsts[tied] = tied[begins][np.cumsum(begins) - 1] - 1
    return firsts


def last_of_runs(fresh: Mask) -> Rows:
    """For each position the last of its run."""
    lasts, tied = np.arange(len(fresh)), np.flatnonzero(~fresh)
    if len(tied):
        closes = np.ones(len(tied), dtype=np.bool_)
        np.not_equal(tied[1:], tied[:-1] + 1, out=closes[:-1])
        own = tied[closes][np.cumsum(closes) - closes]
        lasts[tied] = own
        lasts[tied - 1] = own
    return lasts


def _by_fractions(values: Quotients) -> tuple[Rows, Mask]:
    fractions = [values.at(row) for row in range(len(values.num))]
    order = sorted(range(len(fractions)), key=fractions.__getitem__)
    fresh = [not place or fractions[row] != fractions[order[place - 1]] for place, row in enumerate(order)]
    return np.array(order, dtype=np.intp), np.array(fresh, dtype=np.bool_)


def _told_apart(values: Quotients, order: Rows, fresh: Mask) -> tuple[Rows, Mask]:
    """Order and marks once fractions that share a double are compared as fractions."""
    ascending_values = values.taken(order)
    before, after = ascending_values.taken(slice(None, -1)), ascending_values.taken(slice(1, None))
    if not (~fresh[1:] & before.compared(np.not_equal, after)).any():
        return order, fresh
    alike = np.flatnonzero(~fresh).tolist()
    for _, run in groupby(enumerate(alike), lambda pair: pair[1] - pair[0]):
        positions = [position for _, position in run]
        members = sorted(
            (values.at(int(row)), int(row)) for row in order[positions[0] - 1 : positions[-1] + 1]
        )
        for place, (value, row) in enumerate(members, start=positions[0] - 1):
            order[place] = row
            if place >= positions[0]:
                fresh[place] = value != members[place - positions[0]][0]
    return order, fresh


def _grouped(order: Rows, fresh: Mask, groups: Array) -> tuple[Rows, Mask]:
    """The order by group first; a group's units keep their order among each other."""
    codes = groups[order]
    # a rank of runs, so that neighbours can still be told apart after the move
    runs = np.cumsum(fresh)
    narrow = codes.astype(np.uint16) if len(codes) and int(codes.max()) < 2**16 else codes
    moved = np.argsort(narrow, kind="stable")
    codes, runs = codes[moved], runs[moved]
    return order[moved], differs(codes) | differs(runs)
