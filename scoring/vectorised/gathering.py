"""Gathers what the batches need from the facts: their columns, gaps and conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.facts import Column, Facts, Standing
from scoring.vectorised.batches import Layout, expected_den
from scoring.vectorised.evaluation import LeftToPlain
from scoring.vectorised.indicator_values import gate_standings
from scoring.vectorised.lanes import LONGS, Array, Mask
from scoring.vectorised.sheet import Asked, Recipe, Sheet, SheetColumn, Standings

_FEW = 4_096
_NIL = int(Standing.NIL)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The columns of a layout's sources for all units.

    numbers: for each row of operands the numerators. standings: for each row of operands why a number is
    absent, None where all are there. gates: for each batch by row of the batch why an indicator does not
    apply. open: for each batch whether it has any of these. unfit: which indicators, in the order of the
    store, ask for what doubles cannot hold.
    """

    layout: Layout
    size: int
    numbers: Sequence[Array]
    standings: Sequence[Standings | None]
    gates: Sequence[dict[int, Standings]]
    open: Sequence[bool]
    unfit: Mask

    def reasons(self, number: int, units: slice) -> Standings:
        """For each cell of a batch why its figures give no value, 0 where they do."""
        batch = self.layout.batches[number]
        rows = len(batch.leaves)
        found = np.zeros((rows, len(range(self.size)[units])), dtype=np.uint8)
        for place in range(batch.operands.start, batch.operands.stop):
            own = self.standings[place]
            if own is not None:
                row = found[(place - batch.operands.start) % rows]
                np.maximum(row, own[units], out=row)
        return found

    def behind_gates(self, number: int, units: slice, reasons: Standings) -> Standings:
        """The reasons of a batch, those of its conditions before those of its figures."""
        for row, gate in self.gates[number].items():
            own = gate[units]
            np.copyto(reasons[row], own, where=own != 0)
        return reasons


def gather(layout: Layout, sheet: Sheet) -> Gathered:
    """What the batches need."""
    numbers, standings, lacking = _columns(layout, sheet)
    unfit = np.zeros(len(layout.batched), dtype=np.bool_)
    if lacking:
        for place, leaf in enumerate(layout.batched):
            unfit[place] = leaf.form is not None and not lacking.isdisjoint(leaf.form.leaves)
    gates: list[dict[int, Standings]] = [{} for _ in layout.batches]
    for number, row, place in layout.gated:
        try:
            gate = gate_standings(layout.batched[place], sheet)
        except LeftToPlain:
            unfit[place] = True
        else:
            gates[number][row] = np.broadcast_to(np.uint8(0) if gate is None else gate, (sheet.size,))
    absent = (
        [standings.get(asked) for asked in layout.operands] if standings else [None] * len(layout.operands)
    )
    open_ = [
        bool(own) or any(each is not None for each in absent[batch.operands])
        for batch, own in zip(layout.batches, gates, strict=True)
    ]
    return Gathered(
        layout, sheet.size, [numbers[source] for source in layout.source_of], absent, gates, open_, unfit
    )


def _columns(layout: Layout, sheet: Sheet) -> tuple[list[Array], dict[Asked, Standings], set[Asked]]:
    """The numerators of every source, the standings of those with gaps, and those that cannot be used."""
    numbers: list[Array] = []
    gaps: dict[Asked, Standings] = {}
    lacking: set[Asked] = set()
    direct: list[tuple[Asked, Standings]] = []
    columns = sheet.facts.columns
    if sheet.rules.partial_periods:
        for sums in layout.sums:
            sheet.keep(sums.columns(sheet.facts))
    for asked, recipe in layout.sources:
        column = None if recipe is None or recipe.direct is None else columns.get(recipe.direct)
        if column is not None and recipe is not None and _stands(column, recipe, sheet.facts):
            numbers.append(column.numerators)
            direct.append((asked, column.standings))
            continue
        made = sheet.column(asked)
        if not _usable(made, expected_den(sheet.rules, asked)):
            lacking.add(asked)
            made = SheetColumn(np.zeros(sheet.size, dtype=np.int64))
        numbers.append(made.numbers)
        if made.standings is not None:
            gaps[asked] = made.standings
    for asked, standings in _with_gaps(direct, sheet.size):
        gaps[asked] = np.where(standings <= _NIL, np.uint8(0), standings)
    return numbers, gaps, lacking


def _stands(column: Column, recipe: Recipe, facts: Facts) -> bool:
    """Whether the reported column is the figure as it stands, in whole numbers over the declared places."""
    return (
        column.words is None
        and column.places == recipe.element.places
        and column.numerators.dtype == LONGS
        and not (recipe.others and any(other in facts.columns for other in recipe.others))
    )


def _usable(column: SheetColumn, den: int) -> bool:
    return (
        column.numeric
        and isinstance(column.den, int)
        and column.den == den
        and column.numbers.dtype != object
    )


def _with_gaps(columns: Sequence[tuple[Asked, Standings]], size: int) -> list[tuple[Asked, Standings]]:
    """Those of the columns in which a unit has no value."""
    few = size < _FEW and bool(columns)
    if few and np.maximum.reduce(np.concatenate([standings for _, standings in columns]), initial=0) <= _NIL:
        return []
    return [pair for pair in columns if pair[1].max() > _NIL]
