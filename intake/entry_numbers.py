"""Reading a figure from a cell by our own grammar; what is doubtful is a question, never a guess."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from intake.cells import Cell, CellKind
from intake.entry_figures import Figure, figure_of
from intake.measures import converted, factor_between, is_percent, is_share, plain_measure, scale_of
from intake.number_formats import other_measure_shown, shows_another_scale, shows_percent
from intake.numbers_text import EXCEL_DIGITS, decimal_of
from intake.readings import Change, Outcome, Reading, State
from intake.shown_numbers import shows_another_number
from intake.wording import Fault, fault
from scoring.rulebook.forms import Element

_LARGEST_DIGITS = 18
"""A figure times 10^places stays below 10^18: it fits 64 bits."""
_CURRENCY = frozenset("¥￥")


def read_number(cell: Cell, element: Element, _date1904: bool | None = False) -> Outcome:
    """The figure of a cell of any kind but blank and error."""
    if cell.kind is CellKind.BOOLEAN:
        return fault("boolean-value")
    if cell.kind is CellKind.DATE:
        return fault("date-for-number")
    outcome = _of_text(cell.text, element) if cell.kind is CellKind.TEXT else _of_number(cell, element)
    if isinstance(outcome, Fault) or outcome.number is None:
        return outcome
    return _oversized(outcome.number, element) or replace(outcome, number=_plain(outcome.number))


def _of_number(cell: Cell, element: Element) -> Outcome:
    value = decimal_of(cell)
    if value is None:
        return fault("not-a-number")
    if shows_percent(cell.number_format):
        return _shown_as_percent(value, element)
    shown = other_measure_shown(cell.number_format, element.measure)
    if shown:
        return fault("format-shows-measure", shown=shown, measure=element.measure)
    if shows_another_scale(cell.number_format):
        return fault("format-shows-less", format=cell.number_format, measure=element.measure)
    if shows_another_number(cell.number_format, value, element.measure):
        return fault("format-shows-other", format=cell.number_format)
    return Reading(State.VALUE, number=value, question=_perhaps_fraction(value, element))


def _shown_as_percent(value: Decimal, element: Element) -> Outcome:
    if not is_percent(element.measure):
        return _percent_fault(value * 100, element)
    change = Change("单元格显示为百分数，取显示的数", "shown as a percentage: the number shown was taken")
    return Reading(State.VALUE, number=value * 100, changes=(change,))


def _percent_fault(percentage: Decimal, element: Element) -> Fault:
    if is_share(element.measure):
        share = _shown(percentage.scaleb(-2))
        return fault("percent-for-share", measure=element.measure, reading=share)
    return fault("percent-sign", measure=element.measure)


def _perhaps_fraction(value: Decimal, element: Element) -> Fault | None:
    """0.95 where the measure is %: a fraction of 1, or less than one percent?"""
    if not is_percent(element.measure) or not 0 < abs(value) <= 1:
        return None
    return fault("fraction-or-percent", value=_shown(value), other=_shown(value * 100))


def _of_text(text: str, element: Element) -> Outcome:
    figure = figure_of(text, element.measure)
    if isinstance(figure, Fault):
        return figure
    if not figure.suffix:
        return Reading(
            State.VALUE,
            number=figure.number,
            changes=figure.changes,
            question=_perhaps_fraction(figure.number, element),
        )
    return _with_measure(figure, element)


def _with_measure(figure: Figure, element: Element) -> Outcome:
    """A figure with words behind it: the declared measure, one of its family, or a question."""
    suffix, measure = figure.suffix, element.measure
    factor = factor_between("元" if suffix in _CURRENCY else suffix, measure)
    if factor is not None and suffix in _CURRENCY and factor != 1:
        factor = None
    if factor is None:
        return _foreign(figure, element)
    if factor == 1:
        change = Change(f"去掉计量单位“{suffix}”", f"the measure {suffix} was removed")
        return Reading(State.VALUE, number=figure.number, changes=(*figure.changes, change))
    number = converted(figure.number, factor)
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if places > element.places:
        return fault(
            "converted-too-fine",
            suffix=suffix,
            measure=measure,
            result=_shown(number),
            places=element.places,
        )
    change = Change(f"由“{suffix}”换算成“{measure}”", f"converted from {suffix} to {measure}")
    return Reading(State.VALUE, number=number, changes=(*figure.changes, change))


def _foreign(figure: Figure, element: Element) -> Fault:
    suffix, measure, number = figure.suffix, element.measure, _shown(figure.number)
    if plain_measure(suffix) == "%":
        return _percent_fault(figure.number, element)
    scale = scale_of(suffix, measure)
    if scale is not None:
        return _scaled(figure.number, scale, suffix, measure)
    return fault("unit-in-cell", suffix=suffix, measure=measure, number=number)


def _scaled(number: Decimal, scale: int, suffix: str, measure: str) -> Fault:
    """1.2万 of 件 is 12,000, perhaps rounded; in a cell of 万元 it may be 1.2, with 元 left out, too."""
    money = factor_between(f"{suffix}元", measure)
    readings = [_shown(number * scale)]
    if money is not None:
        readings.insert(0, _shown(converted(number, money)))
    return fault(
        "scale-in-cell",
        suffix=suffix,
        measure=measure,
        readings=" 或 ".join(dict.fromkeys(readings)),
        readings_en=" or ".join(dict.fromkeys(readings)),
    )


def _oversized(value: Decimal, element: Element) -> Fault | None:
    """Magnitude is asked first: a huge exponent must not be written out."""
    if value and value.adjusted() + element.places >= _LARGEST_DIGITS:
        return fault("number-too-large")
    digits = "".join(map(str, value.as_tuple().digits)).strip("0")
    return fault("number-too-long", digits=EXCEL_DIGITS) if len(digits) > EXCEL_DIGITS else None


def _plain(value: Decimal) -> Decimal:
    """One text for equal figures: no trailing zeros behind the point, no exponent, no sign of zero."""
    rest = value.normalize() if value else Decimal(0)
    exponent = rest.as_tuple().exponent
    return Decimal(int(rest)) if isinstance(exponent, int) and exponent > 0 else rest


def _shown(value: Decimal) -> str:
    """For a sentence; what is too large or small to be read is left in powers of ten."""
    return f"{_plain(value):f}" if abs(value.adjusted()) <= _LARGEST_DIGITS else str(value)
