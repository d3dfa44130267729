"""From the tree of workdays.yaml to the calendar of working days and the deadline of reports."""

from __future__ import annotations

import re
from datetime import date, timedelta

from scoring.rulebook.tree import Branch, Findings, Record, day_from_text
from scoring.workdays import Counting, Deadline, Extension, Timeliness, Workdays

_MOST_DAYS_OFF = 60
_MOST_DAYS = 180
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


def parse_workdays(tree: Branch, findings: Findings) -> tuple[Workdays, Deadline]:
    """The calendar and the deadline; a make-up day must fall on a weekend."""
    record = Record(tree, "工作日历", findings)
    years = frozenset(_years(record))
    holidays = frozenset(day for each in record.records("holidays", "放假") for day in _span(each))
    makeup = frozenset(_makeup_days(record))
    deadline = _deadline(record.record("deadline", "报送期限"))
    record.close()
    return Workdays(years, holidays, makeup), deadline


def _deadline(record: Record | None) -> Deadline:
    usual = Deadline()
    if record is None:
        return usual
    deadline = Deadline(
        days=record.whole("days", usual.days, most=_MOST_DAYS),
        counting=Counting(record.word("counting", [*Counting], usual.counting)),
        extension=Extension(record.word("extension", [*Extension], usual.extension)),
        timeliness=Timeliness(record.word("timeliness", [*Timeliness], usual.timeliness)),
    )
    record.close()
    return deadline


def _years(record: Record) -> list[int]:
    years: list[int] = []
    for scalar in record.scalars("years", required=True):
        if _YEAR.fullmatch(scalar.text):
            years.append(int(scalar.text))
        else:
            record.wrong(scalar.place, f"“{scalar.text}”不是年份(如 2021)", "not a year", scalar.text)
    return years


def _span(record: Record) -> list[date]:
    start, end = record.day("from", required=True), record.day("to", required=True)
    record.close()
    if start is None or end is None:
        return []
    if not 0 <= (end - start).days <= _MOST_DAYS_OFF:
        record.wrong(record.at("to"), "放假的起止日期不对", "the span of days off is wrong")
        return []
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]


def _makeup_days(record: Record) -> list[date]:
    days: list[date] = []
    for scalar in record.scalars("makeup"):
        day = day_from_text(scalar.text)
        if day is None or day.weekday() < 5:
            record.wrong(
                scalar.place, f"调休上班日“{scalar.text}”要写成周末的日期", "not a weekend day", scalar.text
            )
        else:
            days.append(day)
    return days
