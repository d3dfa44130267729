"""Running annual figures never fall within a year, and begin anew with the next."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.check_results import NotRun
from intake.report import Intake
from scoring.codes import ElementCode, PeriodCode
from scoring.errors import Severity
from scoring.facts import Fact, Series, gather_facts
from scoring.periods import Period
from tests.support.reports import (
    BEIJING,
    Change,
    agreeing_figures,
    agreeing_workbook,
    cell_of,
    number,
    opened,
    taken,
    template,
    text,
    with_cells,
)

RIGHT = agreeing_workbook()


def after(period: str, amount: str, now: Change) -> Intake:
    """What is said of the rectified problems of the second half after an earlier figure."""
    fact = Fact(BEIJING, Series(ElementCode("E806"), PeriodCode(period)), Fraction(amount))
    changed = with_cells(RIGHT, {cell_of(RIGHT, "E806"): now})
    return taken(changed, earlier=gather_facts([BEIJING], [fact]))


@pytest.mark.parametrize(
    ("period", "amount", "falls"), [("2021H1", "9", True), ("2021H1", "8", False), ("2020H2", "9", False)]
)
def test_a_later_figure_of_the_year_is_never_less(period: str, amount: str, falls: bool) -> None:
    found = [issue for issue in after(period, amount, number("8")).issues if issue.code == "cumulative-falls"]
    assert bool(found) is falls
    for issue in found:
        assert (issue.place.sheet, issue.place.cell) == cell_of(RIGHT, "E806")
        assert issue.severity is Severity.HARD
        assert "8，小于 2021H1 的 9，相差 1" in issue.zh


def reasons(found: Intake, element: str) -> list[NotRun]:
    return [
        each.reason
        for each in found.checks_not_run
        if each.check == "cumulative" and each.about.startswith(element)
    ]


@pytest.mark.parametrize(
    ("now", "reason"), [(text("若干"), NotRun.FAULTY), (None, NotRun.MISSING), (number("9"), None)]
)
def test_what_could_not_be_held_against_it_is_listed(now: Change, reason: NotRun | None) -> None:
    assert reasons(after("2021H1", "8", now), "E806") == ([reason] if reason else [])


def test_an_unknown_earlier_figure_is_listed_and_the_years_first_needs_none() -> None:
    assert reasons(taken(RIGHT), "E806") == [NotRun.UNKNOWN]
    second = Period(2021, 2, False)
    found = taken(opened(template(agreeing_figures(second), second)), second)
    assert reasons(found, "E806") == []
    assert reasons(found, "EA10") == [NotRun.UNKNOWN]
