"""Scores the batches whose methods look at the peers, once all values are there."""

from __future__ import annotations

import numpy as np

from scoring.vectorised.batches import Batch
from scoring.vectorised.blocks import BlockWork, put_absent
from scoring.vectorised.kernels import ROOM_LIMIT
from scoring.vectorised.lanes import Mask
from scoring.vectorised.ordering import Rows, differs
from scoring.vectorised.peer_kernels import PeerKernel, Ranges, Ranks, Ratio
from scoring.vectorised.peers import Groups
from scoring.vectorised.sheet import Standings


def score_peer_batches(work: BlockWork, groups: Groups) -> None:
    """Scores every such batch; what doubles cannot tell apart is marked unfit."""
    for number, batch in enumerate(work.layout.batches):
        if isinstance(batch.kernel, Ranks | Ranges):
            _score_batch(work, number, batch.kernel, _members(batch, groups))


def _score_batch(work: BlockWork, number: int, kernel: PeerKernel, members: list[Rows] | None) -> None:
    batch, absent = work.layout.batches[number], work.absent.get(number)
    fit = _fit_rows(work, batch, kernel)
    if absent is None and members is None and fit.all():
        whole = work.points.grid[batch.places]
        kernel.award(slice(0, len(batch.leaves)), work.values[number], _Exactly(work, batch, 0), whole)
        return
    every = [np.arange(work.gathered.size)] if members is None else members
    for row in np.flatnonzero(fit).tolist():
        points = work.points.grid[batch.places.start + row]
        for units in _with_values(every, None if absent is None else absent[row]):
            found = np.empty((1, len(units)), dtype=np.int32)
            values = work.values[number][row].take(units).reshape(1, -1)
            kernel.award(slice(row, row + 1), values, _Exactly(work, batch, row, units), found)
            points[units] = found[0]
    if absent is not None:
        put_absent(batch, absent, work.points, slice(0, work.gathered.size))


def _fit_rows(work: BlockWork, batch: Batch, kernel: PeerKernel) -> Mask:
    """Rows whose values share a double only where they are equal; the others are marked."""
    greatest, unfit = work.greatest, work.unfit[batch.places]
    unfit |= greatest.top[batch.places] * greatest.bottom[batch.places] >= ROOM_LIMIT
    unfit |= ~kernel.fits(work.gathered.size)
    return ~unfit


def _members(batch: Batch, groups: Groups) -> list[Rows] | None:
    """The units of each group; None where all units are one."""
    if groups.codes is None or getattr(batch.leaves[0].indicator.method, "group", "peers") != "peers":
        return None
    order = np.argsort(groups.codes, kind="stable")
    return np.split(order, np.flatnonzero(differs(groups.codes[order]))[1:])


def _with_values(members: list[Rows], absent: Standings | None) -> list[Rows]:
    """The units of each group that have a value; groups without any are left out."""
    there = members if absent is None else [units[absent[units] == 0] for units in members]
    return [units for units in there if len(units)]


class _Exactly:
    """The values of a batch as fractions, one by one; without their row's scale, which cancels out."""

    def __init__(self, work: BlockWork, batch: Batch, first: int, units: Rows | None = None) -> None:
        self.work, self.batch, self.first, self.units = work, batch, first, units

    def __call__(self, row: int, unit: int) -> Ratio:
        batch, place = self.batch, self.first + row
        own = unit if self.units is None else int(self.units[unit])
        form, numbers = batch.forms[place], self.work.gathered.numbers
        operands = range(batch.operands.start + place, batch.operands.stop, len(batch.leaves))
        figures = [numbers[operand].item(own) for operand in operands]
        top, bottom = form.top.at(figures), 1 if form.bottom is None else form.bottom.at(figures)
        return (top, bottom) if bottom > 0 else (-top, -bottom)
