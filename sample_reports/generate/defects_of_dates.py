"""Defects of dates: what people type for a day, and what leaves a part of it open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sample_reports.generate.defective import FOURTH_QUARTER, Defect, Draft, Expected


def _date(name: str, title: str, code: str, spoil: Callable[[Draft], None]) -> Defect:
    return Defect(
        name=name,
        title=title,
        spoil=spoil,
        expected=(Expected(code=code, element="ED01"),),
        period=FOURTH_QUARTER,
    )


def _issued(draft: Draft) -> date:
    return date.fromordinal(int(draft.exact("ED01", "")))


DATE_DEFECTS = (
    _date(
        "date-that-is-none",
        "填了不存在的日期",
        "no-such-date",
        lambda draft: draft.text("ED01", "", "2021-06-31"),
    ),
    _date(
        "date-without-day",
        "日期只写到月",
        "date-without-day",
        lambda draft: draft.text("ED01", "", "2021年6月"),
    ),
    _date(
        "two-digit-year",
        "年份只写了两位",
        "two-digit-year",
        lambda draft: draft.text("ED01", "", "21.6.10"),
    ),
    _date(
        "lunar-date",
        "填了农历日期",
        "other-calendar",
        lambda draft: draft.text("ED01", "", "农历五月初一"),
    ),
    _date(
        "date-in-characters",
        "填了汉字日期",
        "date-in-characters",
        lambda draft: draft.text("ED01", "", "二〇二一年六月十日"),
    ),
    Defect(
        name="date-with-points",
        title="日期写成“2021.6.10”一类：能读懂，列为规范化，不算差错",
        spoil=lambda draft: draft.text("ED01", "", "{0.year}.{0.month}.{0.day}".format(_issued(draft))),
        normalised=(("ED01", ""),),
        period=FOURTH_QUARTER,
    ),
    Defect(
        name="date-as-eight-digits",
        title="日期写成八位数字：能读懂，列为规范化，不算差错",
        spoil=lambda draft: draft.text("ED01", "", f"{_issued(draft):%Y%m%d}"),
        normalised=(("ED01", ""),),
        period=FOURTH_QUARTER,
    ),
)
