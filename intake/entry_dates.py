"""Reading a date from a cell: a date cell, or one of the four ways dates are written in Chinese offices."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from intake.cells import Cell, CellKind
from intake.numbers_text import decimal_of_text
from intake.readings import Change, Outcome, Reading, State, half_width
from intake.wording import Fault, fault
from scoring.rulebook.forms import Element

FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO_CELL = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T.*)?", re.ASCII)
_WRITTEN = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
        r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
        r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
        r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日",
    )
)
_FIRST_DAY_1904 = date(1904, 1, 1)
# Excel counts 1900-02-29, which never was: day 60. Behind it the count is one day ahead.
_PHANTOM_DAY = 60
_DAY_ZERO = date(1899, 12, 31)


def read_date(cell: Cell, _element: Element, date1904: bool = False) -> Outcome:
    """The day of a cell of any kind but blank and error."""
    match cell.kind:
        case CellKind.BOOLEAN:
            return fault("boolean-value")
        case CellKind.NUMBER:
            return fault("number-for-date")
        case CellKind.DATE:
            return _of_date_cell(cell.text, date1904)
        case _:
            return _of_text(cell.text)


def day_of_serial(serial: int, *, date1904: bool) -> date | None:
    """The day that a spreadsheet's serial number means; None for none (0, the 29th of February 1900)."""
    if date1904:
        return _within(_FIRST_DAY_1904, serial)
    if serial < 1 or serial == _PHANTOM_DAY:
        return None
    return _within(_DAY_ZERO, serial - (serial > _PHANTOM_DAY))


def _within(start: date, days: int) -> date | None:
    try:
        day = start + timedelta(days=days)
    except OverflowError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _of_date_cell(text: str, date1904: bool) -> Outcome:
    match = _ISO_CELL.fullmatch(text)
    if match:
        day = _checked(match)
        return (
            day if isinstance(day, Fault) else Reading(State.VALUE, day=day, changes=_timed(bool(match[4])))
        )
    serial = decimal_of_text(text)
    if serial is None or not 0 <= serial < Decimal(10**7):
        return fault("not-a-date")
    found = day_of_serial(int(serial), date1904=date1904)
    if found is None:
        return fault("no-such-date")
    return Reading(State.VALUE, day=found, changes=_timed(serial != int(serial)))


def _timed(has_time: bool) -> tuple[Change, ...]:
    return (Change("去掉钟点，只取日期", "the time of day was dropped"),) if has_time else ()


def _of_text(text: str) -> Outcome:
    word = "".join(half_width(text).split())
    match = next((found for pattern in _WRITTEN if (found := pattern.fullmatch(word))), None)
    if match is None:
        return fault("not-a-date")
    day = _checked(match)
    if isinstance(day, Fault):
        return day
    change = Change("日期存成了文本，按日期读取", "a date kept as text was read as a date")
    return Reading(State.VALUE, day=day, changes=(change,))


def _checked(match: re.Match[str]) -> date | Fault:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return fault("no-such-date")
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else fault("no-such-date")
