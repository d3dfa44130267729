"""Exact numbers: reading them from text, rounding them once by a named mode, and writing them back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)
_RATIO = re.compile(r"([+-]?[0-9]{1,40})/([0-9]{1,40})", re.ASCII)
_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
_IRRATIONAL = Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=10_000, Emin=-10_000, traps=_TRAPS)
# Worked with more digits than are kept: else the third root of 90 ** 3 misses 90 in its last digit, since 1/3
# itself has to be cut, and a unit misses its grade.
_GUARDED = Context(prec=80, rounding=ROUND_HALF_EVEN, Emax=10_000, Emin=-10_000, traps=_TRAPS)
_LARGEST_EXACT_POWER = 64


class RoundingMode(StrEnum):
    """How a half is decided. `half_up` is 四舍五入 (away from zero), `half_even` is GB/T 8170."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    TRUNCATE = "truncate"
    CEIL = "ceil"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many decimal places (0 to 12), and by which mode."""

    places: int
    mode: RoundingMode = RoundingMode.HALF_UP

    def apply(self, value: Fraction) -> Fraction:
        """The value on the grid of 10^-places, exact before and after."""
        scale = 10**self.places
        return Fraction(round_quotient(value.numerator * scale, value.denominator, self.mode), scale)


def round_quotient(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """Numerator / denominator (which is positive) as a whole number, by the mode."""
    whole, rest = divmod(numerator, denominator)
    if rest == 0 or mode is RoundingMode.FLOOR:
        return whole
    if mode is RoundingMode.CEIL:
        return whole + 1
    if mode is RoundingMode.TRUNCATE:
        return whole + (numerator < 0)
    doubled = 2 * rest
    if doubled != denominator:
        return whole + (doubled > denominator)
    if mode is RoundingMode.HALF_EVEN:
        return whole + (whole & 1)
    return whole + (numerator > 0)


def number_from_text(text: str) -> Fraction | None:
    """A decimal in ASCII digits ("-12.50") as an exact number; None for anything else.

    No exponent, no separators, no blanks, no full-width digits: what those mean is for intake to say.
    """
    return Fraction(text) if _DECIMAL.fullmatch(text) else None


def ratio_from_text(text: str) -> Fraction | None:
    """A decimal, or a fraction such as "200/3"; None for anything else."""
    match = _RATIO.fullmatch(text)
    if match and int(match[2]):
        return Fraction(int(match[1]), int(match[2]))
    return number_from_text(text)


def exact_text(value: Fraction) -> str:
    """The shortest exact text: a decimal where one exists ("2.5"), else a fraction ("200/3")."""
    decimal = terminating_decimal(value)
    return decimal if decimal is not None else f"{value.numerator}/{value.denominator}"


def terminating_decimal(value: Fraction) -> str | None:
    """The value as plain decimal text without trailing zeros, or None if its decimal never ends."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return fixed_text(value, max(twos, fives)) if rest == 1 else None


def fixed_text(value: Fraction, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> str:
    """The value with exactly `places` decimals, rounded by the mode where it has more."""
    scaled = round_quotient(value.numerator * 10**places, value.denominator, mode)
    digits = f"{abs(scaled):0{places + 1}d}"
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def significant_text(value: Fraction, digits: int = 28) -> str:
    """Plain decimal text: exact where the decimal ends within `digits` significant digits, else rounded half even."""
    exact = terminating_decimal(value)
    if exact is not None and len(exact.strip("-0.").replace(".", "")) <= digits:
        return exact
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    return f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"


def shown(value: Fraction, most_places: int = 6) -> str:
    """For a reader: exact when short, else the first `most_places` decimals with a sign that more follow."""
    text = terminating_decimal(value)
    if text is not None and len(text.partition(".")[2]) <= most_places:
        return text
    return f"{fixed_text(value, most_places)}…"


def natural_logarithm(value: Fraction) -> Fraction | None:
    """Ln to 50 significant digits; None where it is not defined (value <= 0)."""
    return _irrational(lambda number: _GUARDED.ln(number), value) if value > 0 else None


def decimal_logarithm(value: Fraction) -> Fraction | None:
    """log10 to 50 significant digits; None where it is not defined (value <= 0)."""
    return _irrational(lambda number: _GUARDED.log10(number), value) if value > 0 else None


def square_root(value: Fraction) -> Fraction | None:
    """The square root to 50 significant digits; None below zero."""
    return _irrational(lambda number: _GUARDED.sqrt(number), value) if value >= 0 else None


def power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Base ** exponent: exact for small whole exponents, else to 50 significant digits.

    None where the reals have no answer (0 ** -1, (-8) ** (1/3)) or it is too large to hold.
    """
    if exponent.denominator == 1 and abs(exponent) <= _LARGEST_EXACT_POWER:
        return base ** int(exponent) if base or exponent >= 0 else None
    if base < 0 or (base == 0 and exponent < 0):
        return None
    if base == 0:
        return Fraction(0)
    return _irrational(lambda number: _GUARDED.power(number, _decimal(exponent)), base)


def _irrational(function, value: Fraction) -> Fraction | None:  # type: ignore[no-untyped-def]
    try:
        return Fraction(_IRRATIONAL.plus(function(_decimal(value))))
    except (InvalidOperation, Overflow, DivisionByZero):
        return None


def _decimal(value: Fraction) -> Decimal:
    return _GUARDED.divide(Decimal(value.numerator), Decimal(value.denominator))
