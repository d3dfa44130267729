"""Amounts: what an expression comes to for all units, and why there is nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.facts import Standing
from scoring.numbers import can_be_held
from scoring.vectorised.lanes import Mask
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients
from scoring.vectorised.sheet import Standings


class LeftToPlain(Exception):
    """The formula has a part that only the plain evaluator knows, such as words."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """A number for each unit (or one for all, shape (1,)), and why there is none where there is none.

    standings: None where all have a number. truths: whether the numbers are 1 and 0 for true and false.
    """

    quotients: Quotients
    standings: Standings | None = None
    truths: bool = False

    @property
    def holds(self) -> Mask:
        """Where there is a number and it is not zero."""
        found = np.asarray(self.quotients.num != 0, dtype=np.bool_)
        return found if self.standings is None else found & (self.standings == 0)

    @property
    def absent(self) -> Mask:
        """Where there is no number."""
        return np.zeros(1, dtype=np.bool_) if self.standings is None else self.standings != 0


def held_of(quotients: Quotients, standings: Standings | None) -> Amounts:
    """The numbers of an operation; undefined where one became too long, as in the plain evaluator."""
    if can_be_held(Fraction(quotients.most + 1, 1)) and can_be_held(Fraction(quotients.most_den + 1, 1)):
        return Amounts(quotients, standings)
    long = np.array([not can_be_held(quotients.at(row)) for row in range(len(quotients.num))], dtype=np.bool_)
    undefined = np.where(long, np.uint8(Standing.UNDEFINED), np.uint8(0))
    standings = undefined if standings is None else np.where(standings == 0, undefined, standings)
    return Amounts(chosen(long, constant_quotients(0), quotients), standings)


def only_numbers(operands: Sequence[Amounts]) -> Sequence[Amounts]:
    """The operands, none of which may be a truth: with truths the plain evaluator does not reckon."""
    if any(operand.truths for operand in operands):
        raise LeftToPlain
    return operands


def truth_of(truths: Mask, standings: Standings | None) -> Amounts:
    """Truths as ones and zeros."""
    return Amounts(Quotients(np.asarray(truths).astype(np.int64), 1, (0, 1), 1), standings, truths=True)


def standings_of(amounts: Amounts) -> Standings:
    """Why there is no number, 0 where there is one."""
    return np.zeros(1, dtype=np.uint8) if amounts.standings is None else amounts.standings


def worst_of(operands: Sequence[Amounts]) -> Standings | None:
    """Of several reasons for no number the greatest; None where there is none."""
    found: Standings | None = None
    for operand in operands:
        if operand.standings is not None:
            found = operand.standings if found is None else np.maximum(found, operand.standings)
    return found
