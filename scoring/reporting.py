"""How figures are reported: for which periods of a year, and written as which text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from scoring.codes import PeriodCode
from scoring.facts import Amount, Standing
from scoring.numbers import number_from_text
from scoring.periods import QUARTERS, half_code, quarter_code, year_code
from scoring.rulebook.forms import Element, ElementType, Frequency
from scoring.rulebook.tree import day_from_text


def reporting_periods(element: Element, year: int) -> tuple[PeriodCode, ...]:
    """The periods of a year for which the element is reported, in order."""
    if element.frequency is Frequency.YEARLY:
        return (year_code(year),)
    if element.frequency is Frequency.HALF_YEARLY:
        return half_code(year, 1), half_code(year, 2)
    return tuple(quarter_code(year, quarter) for quarter in QUARTERS)


def read_amount(element: Element, text: str) -> tuple[Amount | None, Standing] | None:
    """A figure as rule and fact files write it: number, date, choice, NA or NIL; None if it is none.

    NIL (零申报) is zero said in so many words, so that only numbers can be nil.
    """
    if text == "NA":
        return None, Standing.NOT_APPLICABLE
    if text == "NIL":
        return (Fraction(0), Standing.NIL) if element.type in _NUMERIC else None
    amount = _READERS[element.type](element, text)
    return None if amount is None else (amount, Standing.VALUE)


def _number(_: Element, text: str) -> Fraction | None:
    return number_from_text(text)


def _day(_: Element, text: str) -> Fraction | None:
    day = day_from_text(text)
    return Fraction(day.toordinal()) if day else None


def _choice(element: Element, text: str) -> str | None:
    return text if text in element.choices else None


_NUMERIC = {ElementType.INTEGER, ElementType.DECIMAL}
_READERS: Mapping[ElementType, Callable[[Element, str], Amount | None]] = {
    ElementType.INTEGER: _number,
    ElementType.DECIMAL: _number,
    ElementType.DATE: _day,
    ElementType.CHOICE: _choice,
}
