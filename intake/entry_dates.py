"""Reading a date from a cell: a date cell, a serial number, or a text that says year, month and day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from intake.cells import Cell, CellKind
from intake.date_texts import FIRST_YEAR, LAST_YEAR, day_of_text, day_or_fault
from intake.number_formats import hides_part_of_date
from intake.numbers_text import decimal_of_text
from intake.readings import Change, Outcome, Reading, State
from intake.shown_numbers import prints_digits
from intake.wording import Fault, fault
from scoring.rulebook.forms import Element

_TIME_DROPPED = Change("去掉钟点，只取日期", "the time of day was dropped")
_ISO_CELL = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T.*)?", re.ASCII)
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)
_FIRST_DAY_1904 = date(1904, 1, 1)
# Excel counts 1900-02-29, which never was: day 60. Behind it the count is one day ahead.
_PHANTOM_DAY = 60
_DAY_ZERO = date(1899, 12, 31)
# A bare number is taken for a serial only where it can be no year, month or short date.
_SERIAL_YEARS = range(1990, 2100)


def read_date(cell: Cell, _element: Element, date1904: bool | None = False) -> Outcome:
    """The day of a cell of any kind but blank and error; `date1904` is None where no calendar is stated."""
    match cell.kind:
        case CellKind.BOOLEAN:
            return fault("boolean-value")
        case CellKind.NUMBER:
            return _of_number(cell.text, date1904)
        case CellKind.DATE:
            return _of_date_cell(cell, bool(date1904))
        case _:
            return _of_text(cell.text, date1904)


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


def _of_date_cell(cell: Cell, date1904: bool) -> Outcome:
    match = _ISO_CELL.fullmatch(cell.text)
    if match:
        found: date | Fault = day_or_fault(match)
        timed = bool(match[4])
    else:
        serial = decimal_of_text(cell.text)
        if serial is None or not 0 <= serial < Decimal(10**7):
            return fault("not-a-date")
        found = day_of_serial(int(serial), date1904=date1904) or fault("no-such-date")
        timed = serial != int(serial)
    if isinstance(found, Fault):
        return found
    if prints_digits(cell.number_format):
        return fault("format-shows-other", format=cell.number_format)
    question = (
        fault("date-half-shown", day=found.isoformat()) if hides_part_of_date(cell.number_format) else None
    )
    changes = (_TIME_DROPPED,) if timed else ()
    return Reading(State.VALUE, day=found, changes=changes, question=question)


def _of_number(text: str, date1904: bool | None) -> Outcome:
    value = decimal_of_text(text)
    digits = f"{value:f}" if value is not None and 0 <= value.adjusted() < len("20210630") else ""
    match = _EIGHT_DIGITS.fullmatch(digits)
    if match:
        day = day_or_fault(match)
        change = Change("八位数字按年月日读取", "eight digits were read as year, month and day")
        return day if isinstance(day, Fault) else Reading(State.VALUE, day=day, changes=(change,))
    if value is None or not digits:
        return fault("number-for-date")
    return _of_serial(value, date1904) or day_of_text(digits, fault("number-for-date"))


def _of_serial(value: Decimal, date1904: bool | None) -> Outcome | None:
    """A bare number of days; a question where the file does not state from when they count."""
    days = int(value)
    old, new = (day_of_serial(days, date1904=calendar) for calendar in (False, True))
    if old is None or new is None or old.year not in _SERIAL_YEARS:
        return None
    if date1904 is None:
        return fault("serial-without-calendar", one=old.isoformat(), other=new.isoformat())
    changes = [
        Change(
            "表格软件的日期序号，按文件的日期系统换算", "a serial number, counted as the file counts its days"
        )
    ]
    if value != days:
        changes.append(_TIME_DROPPED)
    return Reading(State.VALUE, day=new if date1904 else old, changes=tuple(changes))


def _of_text(text: str, date1904: bool | None) -> Outcome:
    value = decimal_of_text("".join(text.split()))
    if value is not None and _of_serial(value, date1904) is not None:
        # As text it is not the file's own count of days: it may come from anywhere.
        return _of_serial(value, None) or fault("not-a-date")
    return day_of_text(text, fault("not-a-date"))
