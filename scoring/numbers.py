"""Exact numbers: reading them from text, rounding them once by a named mode, and writing them back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import StrEnum
from fractions import Fraction

_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)
_RATIO = re.compile(r"([+-]?[0-9]{1,40})/([0-9]{1,40})", re.ASCII)
_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
_IRRATIONAL = Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=1_000, Emin=-1_000, traps=_TRAPS)
# Worked with more digits than are kept: else the third root of 90 ** 3 misses 90 in its last digit, since 1/3
# itself has to be cut, and a unit misses its grade.
_GUARDED = Context(prec=80, rounding=ROUND_HALF_EVEN, Emax=1_000, Emin=-1_000, traps=_TRAPS)
_LARGEST_EXACT_POWER = 64
# About 600 digits on either side of the fraction bar: far beyond any figure, yet short enough to be written.
_MOST_BITS = 2_000


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
    if not _DECIMAL.fullmatch(text):
        return None
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def can_be_held(value: Fraction) -> bool:
    """Whether the number is short enough to be worked with exactly and written out."""
    return value.numerator.bit_length() <= _MOST_BITS and value.denominator.bit_length() <= _MOST_BITS


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
    if value.denominator == 1:
        return str(value.numerator)
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
    """Plain decimal text: exact where it ends within `digits` significant digits, else rounded half even."""
    exact = terminating_decimal(value)
    if exact is not None and len(exact.strip("-0.").replace(".", "")) <= digits:
        return exact
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    return f"{context.divide(Decimal(value.numerator), Decimal(value.denominator)):f}"


def shown(value: Fraction, most_places: int = 6) -> str:
    """For a reader: exact when short, else the first `most_places` decimals with a sign that more follow.

    Cut, not rounded: what falls short of a threshold must not read as if it reached it.
    """
    text = terminating_decimal(value)
    if text is not None and len(text.partition(".")[2]) <= most_places:
        return text
    return f"{fixed_text(value, most_places, RoundingMode.TRUNCATE)}…"


def natural_logarithm(value: Fraction) -> Fraction | None:
    """The logarithm to base e to 50 significant digits; None where it is not defined (value <= 0)."""
    return _irrational(_GUARDED.ln, value) if value > 0 else None


def decimal_logarithm(value: Fraction) -> Fraction | None:
    """The logarithm to base 10 to 50 significant digits; None where it is not defined (value <= 0)."""
    return _irrational(_GUARDED.log10, value) if value > 0 else None


def square_root(value: Fraction) -> Fraction | None:
    """The square root to 50 significant digits; None below zero."""
    return _irrational(_GUARDED.sqrt, value) if value >= 0 else None


def approximated(value: Fraction) -> Fraction | None:
    """The value to 50 significant digits, half even; None where it is too large to hold."""
    return _irrational(_IRRATIONAL.plus, value)


def power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """The power: exact for small whole exponents where that can be held, else to 50 significant digits.

    None where the reals have no answer (0 ** -1, (-8) ** (1/3)) or it is too large to hold.
    """
    if not base:
        return None if exponent < 0 else Fraction(not exponent)
    whole = exponent.denominator == 1
    if whole and abs(exponent) <= _LARGEST_EXACT_POWER:
        exact: Fraction = base ** int(exponent)
        if can_be_held(exact):
            return exact
    if base < 0 and not whole:
        return None
    size = _irrational(lambda number: _GUARDED.power(number, _decimal(exponent)), abs(base))
    return -size if size is not None and base < 0 and exponent % 2 else size


def _irrational(function: Callable[[Decimal], Decimal], value: Fraction) -> Fraction | None:
    try:
        return Fraction(_IRRATIONAL.plus(function(_decimal(value))))
    except (InvalidOperation, Overflow, DivisionByZero):
        return None


def _decimal(value: Fraction) -> Decimal:
    return _GUARDED.divide(Decimal(value.numerator), Decimal(value.denominator))
