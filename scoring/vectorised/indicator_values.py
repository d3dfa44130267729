"""Stage one for all units: the value of an indicator, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.facts import Amount, Standing
from scoring.values import UnitView, indicator_value
from scoring.vectorised.distinct import leaves_of, once_each
from scoring.vectorised.evaluation import Amounts, LeftToPlain, SheetPanel, evaluate
from scoring.vectorised.plan import Leaf
from scoring.vectorised.quotients import Quotients, constant_quotients, quotients_of
from scoring.vectorised.sheet import Sheet, Standings


@dataclass(frozen=True, slots=True)
class Words:
    """Values of which some are words: each kind of unit with its amount, and the kind of every unit."""

    amounts: Sequence[Amount | None]
    kinds: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Values:
    """The value of one indicator for all units.

    quotients: the numbers, shape (units,), meaningless where there is none. standings: None where every
    unit has a value. words: set where some values are words; then quotients mean nothing.
    """

    quotients: Quotients
    standings: Standings | None
    words: Words | None = None

    def amount(self, row: int) -> Amount | None:
        """The value of one unit."""
        if self.words is not None:
            return self.words.amounts[int(self.words.kinds[row])]
        return None if self.standings is not None and self.standings[row] else self.quotients.at(row)

    def numbers(self) -> Quotients:
        """The values as numbers, words read as the methods read them; meaningless where there is none."""
        if self.words is None:
            return self.quotients
        return quotients_of([Fraction(amount or 0) for amount in self.words.amounts]).taken(self.words.kinds)


def leaf_values(leaf: Leaf, sheet: Sheet) -> Values:
    """The values of an indicator."""
    if leaf.standing is not None:
        return Values(_nothing(sheet), np.full(sheet.size, leaf.standing, dtype=np.uint8))
    try:
        gate = gate_standings(leaf, sheet)
        found = evaluate(leaf.root, sheet) if leaf.root is not None else _unsaid()
    except LeftToPlain:
        return _by_the_plain_engine(leaf, sheet)
    standings = found.standings
    if gate is not None:
        own = np.uint8(0) if standings is None else standings
        standings = np.where(gate != 0, gate, own)
    if standings is not None:
        standings = np.broadcast_to(standings, (sheet.size,)) if standings.any() else None
    return Values(found.quotients.sized(sheet.size), standings)


def gate_standings(leaf: Leaf, sheet: Sheet) -> Standings | None:
    """Why the indicator does not apply: 0 where it does, None where it has no condition."""
    if leaf.gate is None:
        return None
    applies = evaluate(leaf.gate, sheet)
    verdict = np.where(applies.holds, np.uint8(0), np.uint8(Standing.NOT_APPLICABLE))
    return verdict if applies.standings is None else np.where(applies.absent, applies.standings, verdict)


def _unsaid() -> Amounts:
    return Amounts(constant_quotients(0), np.full(1, Standing.MISSING, dtype=np.uint8))


def _nothing(sheet: Sheet) -> Quotients:
    return constant_quotients(0).sized(sheet.size)


def _by_the_plain_engine(leaf: Leaf, sheet: Sheet) -> Values:
    panel = SheetPanel(sheet)

    def reckon(row: int) -> tuple[Amount | None, Standing]:
        view = UnitView(sheet.rules, sheet.facts, row, sheet.period, panel=panel)
        value = indicator_value(leaf.indicator, view)
        return value.amount, value.standing

    found, kinds = once_each(sheet, leaves_of(leaf.root, leaf.gate), reckon)
    amounts = [amount for amount, _ in found]
    reasons = np.array([0 if standing.has_value else standing for _, standing in found], dtype=np.uint8)
    standings = reasons[kinds] if reasons.any() else None
    if any(isinstance(amount, str) for amount in amounts):
        return Values(_nothing(sheet), standings, Words(amounts, kinds))
    numbers = quotients_of([amount if isinstance(amount, Fraction) else Fraction(0) for amount in amounts])
    return Values(numbers.taken(kinds), standings)
