"""Looking up a table of parameters: the row of a unit in a period."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from scoring.numbers import exact_text
from scoring.periods import Period
from scoring.rulebook.rules import Table, Unit

UNIT, PERIOD, YEAR = "unit", "period", "year"
"""Keys of tables that are no attributes."""


def table_amount(table: Table, unit: Unit, period: Period) -> Fraction | None:
    """The table's number for a unit and a scored period, or its default; None where it has neither.

    For a quarter the quarter's own row is looked for, then that of its year.
    """
    rows = (table.rows.get(keys) for keys in product(*(_words(key, unit, period) for key in table.keys)))
    return next((amount for amount in rows if amount is not None), table.default)


def _words(key: str, unit: Unit, period: Period) -> Iterator[str]:
    """What a row may have under a key, the nearest first."""
    if key == UNIT:
        yield unit.code
    elif key == PERIOD:
        yield from dict.fromkeys((period.code, str(period.year)))
    elif key == YEAR:
        yield str(period.year)
    else:
        word = unit.attributes.get(key)
        if word is not None:
            yield row_word(word)


def row_word(amount: Fraction | str) -> str:
    """An attribute as the rows of a table write it."""
    return exact_text(amount) if isinstance(amount, Fraction) else amount
