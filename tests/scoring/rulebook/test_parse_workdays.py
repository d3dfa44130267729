"""workdays.yaml: the calendar of working days."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.workdays import Counting, Deadline, Extension, Timeliness
from tests.support.defects import CALENDAR, Defect, assert_told, defect
from tests.support.rulesets import rules_from, small_files


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a calendar without years",
            (CALENDAR, "", "deadline: {days: 10}\n"),
            code="missing-key",
            at="deadline",
        ),
        defect(
            "a year is no year",
            (CALENDAR, "", "years: [2021, 二〇二二]\n"),
            code="wrong-form",
            at="二〇二二",
            found="二〇二二",
        ),
        defect(
            "days off end before they begin",
            (CALENDAR, "", "years: [2021]\nholidays:\n  - {from: 2021-10-07, to: 2021-10-01}\n"),
            code="wrong-form",
            at="2021-10-01",
        ),
        defect(
            "days off last for months",
            (CALENDAR, "", "years: [2021]\nholidays:\n  - {from: 2021-01-01, to: 2021-06-01}\n"),
            code="wrong-form",
            at="2021-06-01",
        ),
        defect(
            "a day off is no day",
            (CALENDAR, "", "years: [2021]\nholidays:\n  - {from: 国庆, to: 2021-10-01}\n"),
            code="wrong-form",
            at="国庆",
        ),
        defect(
            "a make-up day is no weekend day",
            (CALENDAR, "", "years: [2021]\nmakeup: [2021-10-08]\n"),
            code="wrong-form",
            at="2021-10-08",
            found="2021-10-08",
        ),
        defect(
            "a make-up day is no day",
            (CALENDAR, "", "years: [2021]\nmakeup: [周六]\n"),
            code="wrong-form",
            at="周六",
            found="周六",
        ),
        defect(
            "a deadline is extended in a way that there is not",
            (CALENDAR, "", "years: [2021]\ndeadline: {extension: after_weekend}\n"),
            code="unknown-word",
            at="after_weekend",
            found="after_weekend",
        ),
        defect(
            "a deadline says by an older key how many days there are",
            (CALENDAR, "", "years: [2021]\ndeadline_days: 10\n"),
            code="unknown-key",
            at="deadline_days",
            found="deadline_days",
        ),
        defect(
            "a deadline leaves more than half a year",
            (CALENDAR, "", "years: [2021]\ndeadline: {days: 181}\n"),
            code="wrong-form",
            at="181",
            found="181",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_a_calendar_holds_days_off_make_up_days_and_the_deadline() -> None:
    text = (
        "years: [2021, 2022]\nholidays:\n  - {from: 2021-10-01, to: 2021-10-03}\nmakeup: [2021-10-09]\n"
        "deadline: {days: 15, counting: workdays, extension: after_holiday, timeliness: accepted}\n"
    )
    rules = rules_from({**small_files(), CALENDAR: text})
    assert rules.workdays is not None
    assert rules.workdays.years == {2021, 2022}
    assert rules.workdays.holidays == {date(2021, 10, day) for day in (1, 2, 3)}
    assert rules.workdays.makeup == {date(2021, 10, 9)}
    assert rules.deadline == Deadline(
        days=15,
        counting=Counting.WORKDAYS,
        extension=Extension.AFTER_HOLIDAY,
        timeliness=Timeliness.ACCEPTED,
    )


def test_what_a_deadline_does_not_say_is_the_usual() -> None:
    rules = rules_from({**small_files(), CALENDAR: "years: [2021]\ndeadline: {days: 5}\n"})
    assert rules.deadline == Deadline(days=5)
    assert rules_from({**small_files(), CALENDAR: "years: [2021]\n"}).deadline == Deadline()


def test_without_a_calendar_lateness_is_not_reckoned() -> None:
    rules = rules_from(small_files())
    assert rules.workdays is None
    assert rules.deadline.days == 10
