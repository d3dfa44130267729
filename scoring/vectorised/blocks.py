"""Scores the batches block by block, so that what is being worked on stays close to the processor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts import Standing
from scoring.vectorised.awards import LeafPoints
from scoring.vectorised.batches import Batch, Bounds, Fitness, Layout
from scoring.vectorised.gathering import Gathered
from scoring.vectorised.kernels import ROOM_LIMIT, Doubles
from scoring.vectorised.lanes import Mask
from scoring.vectorised.peer_kernels import Ranges, Ranks
from scoring.vectorised.sheet import Standings
from scoring.vectorised.workspace import Workspace

BLOCK = 4096
_ZERO_DENOMINATOR = np.uint8(Standing.ZERO_DENOMINATOR)


@dataclass(frozen=True, slots=True)
class BlockWork:
    """The batches' scoring under way.

    values: for batches that look at the peers, by their number, the doubles nearest to top / bottom, shape
    (rows, units). absent: for the same, why there is no value. unfit: which indicators, in the order of the
    store, cannot be reckoned in doubles. greatest: the bounds over all blocks.
    """

    layout: Layout
    fitness: Fitness
    gathered: Gathered
    points: LeafPoints
    values: dict[int, Doubles]
    absent: dict[int, Standings]
    unfit: Mask
    greatest: Bounds


def score_blocks(
    layout: Layout, fitness: Fitness, gathered: Gathered, points: LeafPoints, workspace: Workspace
) -> BlockWork:
    """Scores every batch that does not look at the peers, and reckons the values of those that do."""
    size, count = gathered.size, len(layout.batched)
    values = {
        number: workspace.sheet(f"values {number}", (len(batch.leaves), size))
        for number, batch in enumerate(layout.batches)
        if batch.of_peers
    }
    greatest = Bounds(np.zeros(count), np.full(count, np.inf), np.zeros(count))
    work = BlockWork(layout, fitness, gathered, points, values, {}, gathered.unfit.copy(), greatest)
    width = min(BLOCK, size)
    # what is unfit may overflow and be cut; it is scored again by other means
    with np.errstate(all="ignore"):
        # numpy copies constants into a buffer where the rows they are used for are shorter than that
        np.setbufsize(1024)
        for start in range(0, size, width):
            stop = min(start + width, size)
            operands = workspace.sheet("operands", (len(layout.operands), stop - start))
            whole = stop - start == size
            numbers = gathered.numbers if whole else [each[start:stop] for each in gathered.numbers]
            np.concatenate(numbers, out=operands.reshape(-1))
            _score_block(work, operands, workspace, slice(start, stop))
    return work


def _score_block(work: BlockWork, operands: Doubles, workspace: Workspace, units: slice) -> None:
    bounds = work.fitness.bounds(np.minimum.reduce(operands, axis=1), np.maximum.reduce(operands, axis=1))
    greatest, unfit = work.greatest, work.unfit
    np.logical_or(unfit, work.fitness.room_taken(bounds) >= ROOM_LIMIT, out=unfit)
    np.maximum(greatest.top, bounds.top, out=greatest.top)
    np.maximum(greatest.bottom, bounds.bottom, out=greatest.bottom)
    positive = bool((bounds.least_bottom > 0).all())
    for number, batch in enumerate(work.layout.batches):
        top = batch.top.of(operands)
        bottom = None if batch.bottom is None else batch.bottom.of(operands)
        absent: Standings | None = None
        if not positive or work.gathered.open[number]:
            top, bottom, absent = _with_reasons(work, number, (top, bottom), units)
        kernel = batch.kernel
        if isinstance(kernel, Ranks | Ranges):
            own = work.values[number][:, units]
            np.copyto(own, top) if bottom is None else np.divide(top, bottom, out=own)
        else:
            kernel.award(top, bottom, workspace, work.points.grid[batch.places, units])
        if absent is not None:
            _put_absent(work, number, absent, units)


def _with_reasons(
    work: BlockWork, number: int, sides: tuple[Doubles, Doubles | None], units: slice
) -> tuple[Doubles, Doubles | None, Standings]:
    """The sides with denominators made positive, and for each cell why it has no value (0 where it has)."""
    top, bottom = sides
    absent = work.gathered.reasons(number, units)
    if bottom is not None:
        zero = bottom == 0
        if zero.any():
            absent = np.where(zero & (absent == 0), _ZERO_DENOMINATOR, absent)
            bottom = np.where(zero, 1, bottom)
        negative = bottom < 0
        if negative.any():
            top, bottom = np.where(negative, -top, top), abs(bottom)
    return top, bottom, work.gathered.behind_gates(number, units, absent)


def _put_absent(work: BlockWork, number: int, absent: Standings, units: slice) -> None:
    """Points and outcomes of the cells without a value."""
    batch = work.layout.batches[number]
    if not absent.any():
        return
    if not batch.of_peers:
        put_absent(batch, absent, work.points, units)
        return
    # peers are compared first, when all blocks are through
    if number not in work.absent:
        work.absent[number] = np.zeros((len(batch.leaves), work.gathered.size), dtype=np.uint8)
    work.absent[number][:, units] = absent


def put_absent(batch: Batch, absent: Standings, points: LeafPoints, units: slice) -> None:
    """Writes what absence comes to, where there is any; shape of `absent` (rows of the batch, units)."""
    earned, outcomes = batch.absent_points, batch.absent_outcomes
    places = absent + batch.absent_starts
    np.copyto(points.grid[batch.places, units], earned.take(places), where=absent != 0)
    points.outcomes[batch.places, units] = outcomes.take(places)
    for row, any_absent in enumerate((absent != 0).any(axis=1).tolist()):
        if any_absent:
            points.marked[batch.places.start + row] = True
