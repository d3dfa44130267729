"""Dates are read from date cells of both calendars, serials, and texts; what is half a date is a question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import CellKind
from intake.entry_dates import day_of_serial, read_date
from intake.readings import Reading
from intake.wording import Fault
from tests.support.reports import element_of, new_cell

ISSUED = element_of("ED01")
N, T, D = CellKind.NUMBER, CellKind.TEXT, CellKind.DATE
END_OF_JUNE = date(2021, 6, 30)


def reading(
    kind: CellKind, stored: str, *, date1904: bool | None = False, number_format: str = ""
) -> Reading | Fault:
    return read_date(new_cell("S", "A1", kind, stored, number_format=number_format), ISSUED, date1904)


@pytest.mark.parametrize(
    ("typed", "expected", "changes"),
    [
        ("2021-06-30", END_OF_JUNE, 1),
        ("2021-6-3", date(2021, 6, 3), 1),
        ("2021-6-30", END_OF_JUNE, 1),
        ("2021/6/30", END_OF_JUNE, 1),
        ("2021.6.30", END_OF_JUNE, 1),
        ("2021年6月30日", END_OF_JUNE, 1),
        ("2021年6月30号", END_OF_JUNE, 1),
        ("2021年6月30", END_OF_JUNE, 1),
        ("2021 年 6 月 30 日", END_OF_JUNE, 1),
        ("'2021-06-30", END_OF_JUNE, 1),
        ("20210630", END_OF_JUNE, 1),
        ("２０２１年６月３０日", END_OF_JUNE, 2),
        ("２０２１．６．３０", END_OF_JUNE, 2),
        (" 2021-06-30\u00a0", END_OF_JUNE, 2),
        ("\u200b2021-06-30", END_OF_JUNE, 2),
        ("2021-06-30 08:00:00", END_OF_JUNE, 2),
        ("2021/6/3 8:05", date(2021, 6, 3), 2),
        ("2021年6月30日 上午8时30分", END_OF_JUNE, 2),
        ("2021-06-30T00:00:00Z", END_OF_JUNE, 2),
        ("2020-02-29", date(2020, 2, 29), 1),
    ],
)
def test_a_date_kept_as_text_is_taken_and_every_change_to_it_is_listed(
    typed: str, expected: date, changes: int
) -> None:
    found = reading(T, typed)
    assert isinstance(found, Reading)
    assert (found.day, len(found.changes), found.question) == (expected, changes, None)


@pytest.mark.parametrize(
    ("kind", "stored", "code"),
    [
        *((T, typed, "date-without-day") for typed in ("2021年6月", "2021-06", "2021.6", "2021年6月下旬")),
        (N, "2021.6", "date-without-day"),
        *((T, typed, "date-without-year") for typed in ("6月30日", "6-30", "6.30", "6/30")),
        *((T, typed, "two-digit-year") for typed in ("21-6-30", "21.6.30", "21年6月30日", "'21/6/30")),
        *((T, typed, "day-or-month-first") for typed in ("30.6.2021", "6/30/2021", "30-06-2021")),
        *((T, typed, "other-calendar") for typed in ("农历五月廿一", "民国110年6月30日", "辛丑年五月二十")),
        (T, "二〇二一年六月三十日", "date-in-characters"),
        (T, "二○二一年六月三十日", "date-in-characters"),
        (T, "二〇二一年六月三十一日", "no-such-date"),
        (T, "2O21-06-30", "look-alike"),
        (T, "2021-06-1l", "look-alike"),
        (T, "2021-06-³", "odd-character"),
        (T, "2021年二季度", "not-a-date"),
        (T, "2021-6/30", "not-a-date"),
        (T, "已印发", "not-a-date"),
        (T, "2021-02-30", "no-such-date"),
        (T, "2021.13.1", "no-such-date"),
        (T, "20211301", "no-such-date"),
        (T, "2021年0月1日", "no-such-date"),
        (T, "1021-06-30", "no-such-date"),
        (T, "44377", "serial-without-calendar"),
        (N, "20211301", "no-such-date"),
        (N, "2021", "number-for-date"),
        (N, "630", "number-for-date"),
        (N, "1E+20", "number-for-date"),
        (N, "-44377", "number-for-date"),
        (CellKind.BOOLEAN, "1", "boolean-value"),
        (D, "60", "no-such-date"),
        (D, "0", "no-such-date"),
        (D, "0.5", "no-such-date"),
        (D, "9999999", "no-such-date"),
        (D, "1E+8", "not-a-date"),
        (D, "-1", "not-a-date"),
        (D, "12:30:00", "not-a-date"),
    ],
)
def test_what_leaves_a_part_of_the_date_open_is_named(kind: CellKind, stored: str, code: str) -> None:
    found = reading(kind, stored)
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("stored", "date1904", "expected", "changes"),
    [
        ("44377", False, END_OF_JUNE, 1),
        ("42915", True, END_OF_JUNE, 1),
        ("44377.75", False, END_OF_JUNE, 2),
        ("20210630", False, END_OF_JUNE, 1),
        ("20210630", None, END_OF_JUNE, 1),
    ],
)
def test_a_bare_number_is_a_day_as_the_file_counts_its_days_and_is_listed(
    stored: str, date1904: bool | None, expected: date, changes: int
) -> None:
    found = reading(N, stored, date1904=date1904)
    assert isinstance(found, Reading)
    assert (found.day, len(found.changes)) == (expected, changes)


def test_a_serial_in_a_file_without_a_calendar_names_both_days() -> None:
    found = reading(N, "44377", date1904=None)
    assert isinstance(found, Fault)
    assert found.code == "serial-without-calendar"
    assert dict(found.words) == {"one": "2021-06-30", "other": "2025-07-01"}


@pytest.mark.parametrize(
    ("serial", "date1904", "expected"),
    [
        (44377, False, END_OF_JUNE),
        (42915, True, END_OF_JUNE),
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
    found = reading(D, stored)
    assert isinstance(found, Reading)
    assert (found.day, len(found.changes)) == (END_OF_JUNE, changes)


@pytest.mark.parametrize(
    ("number_format", "asked"),
    [
        ("yyyy/m/d", False),
        ('yyyy"年"m"月"d"日"', False),
        ("[$-804]yyyy-mm-dd;@", False),
        ("General", False),
        ('yyyy"年"m"月"', True),
        ('m"月"d"日"', True),
        ("mmm-yy", True),
        ("h:mm", True),
    ],
)
def test_a_day_that_nobody_saw_is_taken_with_a_question(number_format: str, asked: bool) -> None:
    found = reading(D, "44377", number_format=number_format)
    assert isinstance(found, Reading)
    assert found.day == END_OF_JUNE
    assert (found.question is not None and found.question.code == "date-half-shown") is asked


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_survives_every_way_of_writing_it(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for typed in (f"{y}-{m}-{d}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}{m:02}{d:02}"):
        found = reading(T, typed)
        assert isinstance(found, Reading)
        assert found.day == day


@given(st.text(max_size=14))
def test_no_text_whatever_makes_the_reader_fail(typed: str) -> None:
    found = reading(T, typed)
    assert isinstance(found, Fault) or found.day is not None
