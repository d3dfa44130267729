"""Dates are read from date cells of both calendars and from four ways of writing; nothing else is a date."""

from __future__ import annotations

from datetime import date

import pytest

from intake.cells import CellKind
from intake.entry_dates import day_of_serial, read_date
from intake.readings import Reading
from intake.wording import Fault
from tests.support.reports import element_of, new_cell

ISSUED = element_of("ED01")


def reading(kind: CellKind, stored: str, *, date1904: bool = False) -> Reading | Fault:
    return read_date(new_cell("S", "A1", kind, stored), ISSUED, date1904)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2021-06-30", date(2021, 6, 30)),
        ("2021-6-3", date(2021, 6, 3)),
        ("2021/6/30", date(2021, 6, 30)),
        ("2021.6.30", date(2021, 6, 30)),
        ("2021年6月30日", date(2021, 6, 30)),
        ("2021 年 6 月 30 日", date(2021, 6, 30)),
        ("２０２１年６月３０日", date(2021, 6, 30)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_a_date_kept_as_text_is_taken_and_listed(typed: str, expected: date) -> None:
    found = reading(CellKind.TEXT, typed)
    assert isinstance(found, Reading)
    assert (found.day, len(found.changes)) == (expected, 1)


@pytest.mark.parametrize(
    ("kind", "stored", "code"),
    [
        (CellKind.TEXT, "2021年6月", "not-a-date"),
        (CellKind.TEXT, "2021年二季度", "not-a-date"),
        (CellKind.TEXT, "6月30日", "not-a-date"),
        (CellKind.TEXT, "21-6-30", "not-a-date"),
        (CellKind.TEXT, "2021-6/30", "not-a-date"),
        (CellKind.TEXT, "20210630", "not-a-date"),
        (CellKind.TEXT, "30.6.2021", "not-a-date"),
        (CellKind.TEXT, "2021-02-30", "no-such-date"),
        (CellKind.TEXT, "2021.13.1", "no-such-date"),
        (CellKind.TEXT, "2021年0月1日", "no-such-date"),
        (CellKind.TEXT, "1021-06-30", "no-such-date"),
        (CellKind.NUMBER, "44377", "number-for-date"),
        (CellKind.NUMBER, "20210630", "number-for-date"),
        (CellKind.BOOLEAN, "1", "boolean-value"),
        (CellKind.DATE, "60", "no-such-date"),
        (CellKind.DATE, "0", "no-such-date"),
        (CellKind.DATE, "0.5", "no-such-date"),
        (CellKind.DATE, "9999999", "no-such-date"),
        (CellKind.DATE, "1E+8", "not-a-date"),
        (CellKind.DATE, "-1", "not-a-date"),
        (CellKind.DATE, "12:30:00", "not-a-date"),
    ],
)
def test_what_is_no_full_date_is_named(kind: CellKind, stored: str, code: str) -> None:
    found = reading(kind, stored)
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("serial", "date1904", "expected"),
    [
        (44377, False, date(2021, 6, 30)),
        (42915, True, date(2021, 6, 30)),
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, None),
        (61, False, date(1900, 3, 1)),
        (0, True, date(1904, 1, 1)),
        (0, False, None),
    ],
)
def test_serial_numbers_of_both_calendars_mean_the_day_that_is_shown(
    serial: int, date1904: bool, expected: date | None
) -> None:
    assert day_of_serial(serial, date1904=date1904) == expected


@pytest.mark.parametrize(
    ("stored", "changes"),
    [("44377", 0), ("44377.5", 1), ("2021-06-30", 0), ("2021-06-30T08:00:00", 1)],
)
def test_the_time_of_day_is_dropped_and_listed(stored: str, changes: int) -> None:
    found = reading(CellKind.DATE, stored)
    assert isinstance(found, Reading)
    assert (found.day, len(found.changes)) == (date(2021, 6, 30), changes)
