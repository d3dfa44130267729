"""Facts: for each unit, element and period an exact figure, or the reason why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.codes import WHOLE, ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.numbers import exact_text, terminating_decimal

_INT64_LIMIT = 2**62
_FEW_UNITS = 1_000
"""Up to so many, all amounts of a column are made at once and kept: they are asked for again and again."""


class Standing(IntEnum):
    """How a figure stands. In a formula the greatest standing among the inputs wins."""

    VALUE = 0
    NIL = 1
    """零申报: zero, said by the reporting unit in so many words; counts as 0."""
    ZERO_DENOMINATOR = 2
    UNDEFINED = 3
    """Outside what a function is defined for, such as the logarithm of zero."""
    MISSING = 4
    """未报."""
    NOT_DUE = 5
    """未到期: not yet asked for in the scored period."""
    NOT_APPLICABLE = 6
    """不适用."""

    @property
    def has_value(self) -> bool:
        """Whether the figure counts as a number (a nil return counts as zero)."""
        return self <= Standing.NIL


Amount = Fraction | str
"""What a fact can hold: a number (dates are their ordinal day), or the text of a choice."""


class Series(NamedTuple):
    """One column of facts: an element, one member of its breakdown (or none), one reporting period."""

    element: ElementCode
    period: PeriodCode
    member: MemberCode = WHOLE


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one unit. `amount` is None exactly when `standing` has no value; nil carries 0."""

    unit: UnitCode
    series: Series
    amount: Amount | None
    standing: Standing = Standing.VALUE
    origin: str = ""
    """Where it was read: "file-digest!sheet!cell", or empty."""


@dataclass(frozen=True)
class Column:
    """The facts of one series for all units: whole numerators over 10^places, and their standings.

    numerators: shape (units,), int64, or object (Python ints) where int64 could overflow; 0 where
    there is no value. words: the texts of a choice element, numerators being their indexes.
    """

    numerators: NDArray[np.int64] | NDArray[np.object_]
    standings: NDArray[np.uint8]
    places: int = 0
    words: tuple[str, ...] | None = None

    @cached_property
    def complete(self) -> bool:
        """Whether every unit has a value."""
        return bool((self.standings <= Standing.NIL).all())

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest numerator; (0, 0) without units."""
        if not len(self.numerators):
            return 0, 0
        return int(self.numerators.min()), int(self.numerators.max())

    @cached_property
    def doubles(self) -> NDArray[np.float64]:
        """The numerators held in doubles; exact wherever `bounds` lie within 2^53."""
        return self.numerators.astype(np.float64)

    def amount(self, row: int) -> Amount:
        """The exact amount of one unit; meaningless where it has no value."""
        numerator = int(self.numerators[row])
        return self.words[numerator] if self.words is not None else Fraction(numerator, 10**self.places)

    @cached_property
    def _outcomes(self) -> list[Amount | Standing]:
        amounts = map(self.amount, range(len(self.numerators)))
        pairs = zip(amounts, self.standings.tolist(), strict=True)
        return [amount if standing <= Standing.NIL else Standing(standing) for amount, standing in pairs]

    def outcome(self, row: int) -> Amount | Standing:
        """The exact amount of one unit (a nil return is 0), or the standing that explains its absence."""
        if len(self.numerators) <= _FEW_UNITS:
            return self._outcomes[row]
        standing = int(self.standings[row])
        return self.amount(row) if standing <= Standing.NIL else Standing(standing)


@dataclass(frozen=True)
class Facts:
    """All facts of a scoring: units in order, columns by series. What is not there was not reported."""

    units: tuple[UnitCode, ...]
    columns: Mapping[Series, Column]
    origins: Mapping[tuple[UnitCode, Series], str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> Mapping[UnitCode, int]:
        """The position of each unit."""
        return {unit: row for row, unit in enumerate(self.units)}

    def standing(self, row: int, series: Series) -> Standing:
        """How the figure stands; MISSING where the series is not there at all."""
        column = self.columns.get(series)
        return Standing.MISSING if column is None else Standing(int(column.standings[row]))

    def amount(self, row: int, series: Series) -> Amount | Standing:
        """The exact amount (a nil return is 0), or the standing that explains its absence."""
        column = self.columns.get(series)
        return Standing.MISSING if column is None else column.outcome(row)

    def amounts(self, row: int, group: tuple[Series, ...]) -> list[Amount | Standing]:
        """The amounts of several series that are asked for together, unit after unit; see `amount`."""
        columns = self._columns_of.get(group)
        if columns is None:
            columns = self._columns_of[group] = tuple(self.columns.get(series) for series in group)
        return [Standing.MISSING if column is None else column.outcome(row) for column in columns]

    @cached_property
    def _columns_of(self) -> dict[tuple[Series, ...], tuple[Column | None, ...]]:
        return {}

    def __iter__(self) -> Iterator[Fact]:
        """Every fact that is not merely missing, by series and then by unit, in a fixed order."""
        for series in sorted(self.columns, key=lambda key: (key.element, key.period, key.member)):
            column = self.columns[series]
            for row, unit in enumerate(self.units):
                standing = Standing(int(column.standings[row]))
                if standing is not Standing.MISSING:
                    amount = column.amount(row) if standing.has_value else None
                    yield Fact(unit, series, amount, standing, self.origins.get((unit, series), ""))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical text of the facts; origins and the order of units do not matter."""
        lines = sorted(canonical_line(fact) for fact in self)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def canonical_line(fact: Fact) -> str:
    """unit, period, element, member, amount or standing, tab-separated: what the digest is made of."""
    if fact.standing is Standing.VALUE and fact.amount is not None:
        text = fact.amount if isinstance(fact.amount, str) else exact_text(fact.amount)
    else:
        text = fact.standing.name
    series = fact.series
    return "\t".join((fact.unit, series.period, series.element, series.member, text))


def gather_facts(units: Iterable[UnitCode], facts: Iterable[Fact]) -> Facts:
    """Facts of the given units as columns; of two facts for one place the later one stands.

    Raises KeyError for a fact of a unit that is not among the units, ValueError for a number whose decimal
    never ends and for numbers and words in one series.
    """
    order = tuple(units)
    rows = {unit: row for row, unit in enumerate(order)}
    grouped: dict[Series, dict[int, Fact]] = {}
    origins: dict[tuple[UnitCode, Series], str] = {}
    for fact in facts:
        grouped.setdefault(fact.series, {})[rows[fact.unit]] = fact
        if fact.origin:
            origins[fact.unit, fact.series] = fact.origin
    columns = {series: _column(len(order), found) for series, found in grouped.items()}
    return Facts(order, columns, origins)


def _column(size: int, found: Mapping[int, Fact]) -> Column:
    standings = np.full(size, Standing.MISSING, dtype=np.uint8)
    for row, fact in found.items():
        standings[row] = fact.standing
    numbers = {row: fact.amount for row, fact in found.items() if isinstance(fact.amount, Fraction)}
    words = {row: fact.amount for row, fact in found.items() if isinstance(fact.amount, str)}
    if not words:
        return _number_column(numbers, standings)
    if numbers:
        raise ValueError("a series holds either numbers or words")
    order = tuple(sorted(set(words.values())))
    indexes = np.zeros(size, dtype=np.int64)
    for row, word in words.items():
        indexes[row] = order.index(word)
    return Column(indexes, standings, 0, order)


def _number_column(numbers: Mapping[int, Fraction], standings: NDArray[np.uint8]) -> Column:
    places = max((_places(number) for number in numbers.values()), default=0)
    scaled = {row: int(number * 10**places) for row, number in numbers.items()}
    wide = any(abs(number) >= _INT64_LIMIT for number in scaled.values())
    numerators = np.zeros(len(standings), dtype=object if wide else np.int64)
    for row, number in scaled.items():
        numerators[row] = number
    return Column(numerators, standings, places)


def _places(number: Fraction) -> int:
    if number.denominator == 1:
        return 0
    text = terminating_decimal(number)
    if text is None:
        raise ValueError(f"{number} has no finite decimal")
    return len(text.partition(".")[2])
