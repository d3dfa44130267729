"""Reading a figure from a cell by our own grammar; what is doubtful is a fault, never a guess."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from intake.cells import Cell, CellKind
from intake.numbers_text import EXCEL_DIGITS, decimal_of
from intake.readings import Change, Outcome, Reading, State, half_width
from intake.wording import Fault, fault
from scoring.rulebook.forms import Element

_LARGEST_DIGITS = 18
"""A figure times 10^places stays below 10^18: it fits 64 bits."""

# Prefix, number with or without commas, percent sign, the rest.
_FIGURE = re.compile(r"([约近超逾达]?) *([+-]?[0-9][0-9,]*(?:\.[0-9]+)?) *(%?) *(.*)", re.ASCII | re.DOTALL)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_ABOUT = ("余", "多", "左右", "上下", "以上", "以内", "近")
_SUFFIX = re.compile(r"[^0-9.,_+*/=Ee-][^0-9.,_]{0,11}", re.ASCII)
_PERCENT = frozenset({"%", "％", "百分比"})


def read_number(cell: Cell, element: Element, _date1904: bool = False) -> Outcome:
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
    if "%" not in cell.number_format:
        return Reading(State.VALUE, number=value)
    if element.measure not in _PERCENT:
        return fault("percent-sign", measure=element.measure)
    change = Change("单元格显示为百分数，取显示的数", "shown as a percentage: the number shown was taken")
    return Reading(State.VALUE, number=value * 100, changes=(change,))


def _of_text(text: str, element: Element) -> Outcome:
    narrow = half_width(text).strip()
    match = _FIGURE.fullmatch(narrow)
    if match is None:
        return fault("not-a-number")
    about, figure, percent, rest = match.groups()
    wrong = _around(about, percent, rest, element) or _commas(figure)
    if wrong is not None:
        return wrong
    number = Decimal(figure.replace(",", ""))
    return Reading(State.VALUE, number=number, changes=_changes(text, figure, percent))


def _around(about: str, percent: str, rest: str, element: Element) -> Fault | None:
    """What is wrong with what stands before and behind the digits."""
    if about or rest.startswith(_ABOUT):
        return fault("approximate")
    if rest:
        if _SUFFIX.fullmatch(percent + rest):
            return fault("unit-in-cell", suffix=percent + rest, measure=element.measure)
        return fault("not-a-number")
    if percent and element.measure not in _PERCENT:
        return fault("percent-sign", measure=element.measure)
    return None


def _commas(figure: str) -> Fault | None:
    return fault("comma-misplaced") if "," in figure and not _GROUPED.fullmatch(figure) else None


def _changes(text: str, figure: str, percent: str) -> tuple[Change, ...]:
    found = [Change("数字存成了文本，按数字读取", "a number kept as text was read as a number")]
    if half_width(text) != text:
        found.append(Change("全角改为半角", "full-width characters were narrowed"))
    if "," in figure:
        found.append(Change("去掉千分位逗号", "thousands commas were removed"))
    if percent:
        found.append(Change("计量单位是 %，去掉百分号", "the measure is %: the sign was removed"))
    return tuple(found)


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
