"""Our own grammar of numbers: which texts are a figure, and which exact decimal each one is."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from intake.cells import Cell, CellKind

LONGEST = 64
EXCEL_DIGITS = 15

# ASCII digits only: float() and Decimal() also take full-width and Arabic digits, blanks and underscores.
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_SHOWN = Context(prec=EXCEL_DIGITS, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999)


def is_number(text: str) -> bool:
    """Whether the text is `[+-]?digits[.digits][e[+-]ddd]`, at most 64 characters, nothing around it."""
    return len(text) <= LONGEST and _NUMBER.fullmatch(text) is not None


def decimal_of_text(text: str) -> Decimal | None:
    """The exact value of a number as typed, trailing zeros kept; None when it is not in the grammar."""
    return Decimal(text) if is_number(text) else None


def decimal_of(cell: Cell) -> Decimal | None:
    """The exact figure of a number cell, as Excel shows it; None for every other kind of cell.

    Excel keeps a number as a binary double and writes up to 17 significant digits of it, but computes
    with and shows 15. A text of more than 15 digits is therefore rounded to 15 (half up): a cell that
    shows 0.285 and is stored as `0.28499999999999998` is 0.285. Up to 15 digits the text is the value.
    """
    if cell.kind is not CellKind.NUMBER:
        return None
    value = decimal_of_text(cell.text)
    if value is None or len(value.as_tuple().digits) <= EXCEL_DIGITS:
        return value
    shown = _SHOWN.plus(value).normalize(_SHOWN)
    exponent = shown.as_tuple().exponent
    # An integer is written out (1.5E+20 -> 150…0), so that equal figures have one text.
    return Decimal(int(shown)) if isinstance(exponent, int) and exponent > 0 else shown
