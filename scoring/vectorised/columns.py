"""Columns of the sheet: figures and attributes for all units, and how several become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.facts import Amount, Column, Standing
from scoring.vectorised.lanes import LONG_LIMIT, Array, Mask
from scoring.vectorised.quotients import Quotients, Span, raised

Standings = NDArray[np.uint8]
_MISSING, _NOT_APPLICABLE = int(Standing.MISSING), int(Standing.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One figure or attribute for all units.

    numbers: whole numerators over 10^places (or over `den`), int64 or Python integers, 0 where there is no
    value. standings: None where every unit has a value; else Standing.VALUE or the reason there is none.
    words: the words that the numbers count, where the amounts are words and not numbers.
    readable: False where the amounts are a mixture that only the plain engine can read.
    """

    numbers: Array
    den: Array | int = 1
    standings: Standings | None = None
    words: tuple[str, ...] | None = None
    readable: bool = True

    @property
    def numeric(self) -> bool:
        """Whether formulas can reckon with it here."""
        return self.readable and self.words is None

    @property
    def span(self) -> Span:
        """The least and the greatest numerator."""
        if not len(self.numbers):
            return 0, 0
        return int(np.minimum.reduce(self.numbers)), int(np.maximum.reduce(self.numbers))

    def quotients(self) -> Quotients:
        """The amounts as fractions."""
        most_den = self.den if isinstance(self.den, int) else int(self.den.max())
        return Quotients(self.numbers, self.den, self.span, most_den)


def words_of(amounts: Sequence[Amount | Standing]) -> SheetColumn:
    """Words by their number; where there are numbers among them, only the plain engine can read them."""
    if any(isinstance(amount, Fraction) for amount in amounts):
        codes = {amount: code for code, amount in enumerate(dict.fromkeys(amounts))}
        return SheetColumn(np.array([codes[amount] for amount in amounts], dtype=np.int64), readable=False)
    words = tuple(dict.fromkeys(amount for amount in amounts if isinstance(amount, str)))
    places = {word: place for place, word in enumerate(words)}
    numbers = np.array(
        [places[amount] if isinstance(amount, str) else 0 for amount in amounts], dtype=np.int64
    )
    absent = np.array([_MISSING * isinstance(amount, Standing) for amount in amounts], dtype=np.uint8)
    return SheetColumn(numbers, 1, absent if absent.any() else None, words)


def has_value(part: SheetColumn) -> Mask:
    """Where there is a value."""
    if part.standings is None:
        return np.ones(len(part.numbers), dtype=np.bool_)
    return np.asarray(part.standings == 0)


def lifted(column: Column, factor: int) -> Array:
    """The numerators times a factor, in a lane that holds them."""
    low, high = column.bounds
    numbers: Array = column.numerators
    if max(abs(low), abs(high)) * factor >= LONG_LIMIT:
        numbers = numbers.astype(object)
    return numbers * factor


def standing_over_time(parts: Sequence[SheetColumn], size: int, partial: bool) -> Standings:
    """Missing where any part is and the rest may not stand in for it; else the rest's reason, or none."""
    rows = np.stack(
        [np.zeros(size, dtype=np.uint8) if part.standings is None else part.standings for part in parts]
    )
    unreported = rows == _MISSING
    missing, told, present = unreported.any(axis=0), (~unreported).any(axis=0), (rows == 0).any(axis=0)
    reasons = np.where(unreported, np.uint8(0), rows).max(axis=0)
    standings = np.where(present, np.uint8(0), reasons)
    return np.where(missing & ~(told & partial), np.uint8(_MISSING), standings)


def over_members(parts: Sequence[SheetColumn]) -> SheetColumn:
    """The sum over members; those not applicable are left out, any other absence is the sum's absence."""
    found = total_of(parts)
    if all(part.standings is None for part in parts):
        return found
    size = len(parts[0].numbers)
    rows = np.stack(
        [np.zeros(size, dtype=np.uint8) if part.standings is None else part.standings for part in parts]
    )
    blocking = np.where(rows == _NOT_APPLICABLE, np.uint8(0), rows).max(axis=0)
    none_applies = (rows == _NOT_APPLICABLE).all(axis=0)
    return replaced(found, np.where(none_applies, np.uint8(_NOT_APPLICABLE), blocking))


def total_of(parts: Sequence[SheetColumn]) -> SheetColumn:
    """The sum of columns, whatever their standings."""
    if not all(part.numeric for part in parts):
        return _unreadable(parts)
    total = parts[0].quotients()
    for part in parts[1:]:
        total = total.plus(part.quotients())
    return SheetColumn(integers(total.num), total.den)


def merged(choices: Sequence[tuple[Mask, SheetColumn]], otherwise: SheetColumn) -> SheetColumn:
    """For each unit the first column whose mask holds, with its standing; else `otherwise`."""
    columns = [column for _, column in choices] + [otherwise]
    if not all(column.readable for column in columns):
        return _unreadable(columns)
    if any(column.words is not None for column in columns):
        return _merged_words(choices, otherwise)
    den = max(column.den for column in columns if isinstance(column.den, int))
    numbers, standings = _raised(otherwise, den), _standings(otherwise)
    for mask, column in reversed(choices):
        numbers = np.where(mask, _raised(column, den), numbers)
        standings = np.where(mask, _standings(column), standings)
    return SheetColumn(numbers, den, standings if standings.any() else None)


def _merged_words(choices: Sequence[tuple[Mask, SheetColumn]], otherwise: SheetColumn) -> SheetColumn:
    columns = [column for _, column in choices] + [otherwise]
    if any(column.words is None and has_value(column).any() for column in columns):
        return _unreadable(columns)
    words = tuple(sorted({word for column in columns for word in column.words or ()}))
    places = {word: place for place, word in enumerate(words)}

    def coded(column: SheetColumn) -> SheetColumn:
        table = np.array([places[word] for word in column.words or ()] or [0], dtype=np.int64)
        return SheetColumn(table[column.numbers], 1, column.standings)

    found = merged([(mask, coded(column)) for mask, column in choices], coded(otherwise))
    return SheetColumn(found.numbers, 1, found.standings, words)


def _unreadable(parts: Sequence[SheetColumn]) -> SheetColumn:
    """A mixture of words and numbers: told apart by a code for each combination, read by the plain engine."""
    codes = np.zeros(len(parts[0].numbers), dtype=np.int64)
    for part in parts:
        for row_codes in (part.numbers, _standings(part)):
            _, inverse = np.unique(row_codes, return_inverse=True)
            _, codes = np.unique(codes * (int(inverse.max(initial=0)) + 1) + inverse, return_inverse=True)
    return SheetColumn(codes.astype(np.int64), 1, readable=False)


def _standings(column: SheetColumn) -> Standings:
    return np.zeros(len(column.numbers), dtype=np.uint8) if column.standings is None else column.standings


def _raised(column: SheetColumn, den: int) -> Array:
    return column.numbers if column.den == den else integers(raised(column.quotients(), den).num)


def replaced(column: SheetColumn, standings: Standings) -> SheetColumn:
    """The column with other standings; 0 where these say that there is no value."""
    numbers = np.where(standings == 0, column.numbers, 0)
    kept = standings if standings.any() else None
    return SheetColumn(numbers, column.den, kept, column.words, column.readable)


def integers(numbers: Array) -> Array:
    """Whole numbers as int64, or as they are where they are Python integers."""
    return numbers.astype(np.int64) if numbers.dtype == np.float64 else numbers
