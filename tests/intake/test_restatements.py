"""A new version of an accepted report says which accepted figures it changes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.report import Intake, Verdict
from scoring.codes import ElementCode, MemberCode, PeriodCode
from scoring.errors import Severity
from scoring.facts import Amount, Fact, Facts, Series, Standing, gather_facts
from tests.support.reports import (
    BEIJING,
    Change,
    agreeing_figures,
    agreeing_workbook,
    cell_of,
    number,
    taken,
    text,
    with_cells,
)

RIGHT = agreeing_workbook()
OWN = [
    Fact(BEIJING, series, amount)
    for series, amount in agreeing_figures().items()
    if not isinstance(amount, Standing)
]


def accepted(*others: Fact) -> Facts:
    """The right report as it was accepted, but for these figures."""
    return gather_facts([BEIJING], [*OWN, *others])


def fact(code: str, period: str, amount: Amount | None, standing: Standing = Standing.VALUE) -> Fact:
    return Fact(BEIJING, Series(ElementCode(code), PeriodCode(period), MemberCode("")), amount, standing)


def restated(found: Intake) -> list[str]:
    return [issue.zh for issue in found.issues if issue.code == "restated-figure"]


def test_the_same_figures_again_change_nothing() -> None:
    assert restated(taken(RIGHT, earlier=accepted())) == []


@pytest.mark.parametrize(
    ("code", "before", "now", "says"),
    [
        ("E905", fact("E905", "2021", Fraction(7)), number("5"), "已接受的数是 7，改为 5"),
        ("E905", fact("E905", "2021", None, Standing.NOT_APPLICABLE), number("5"), "不适用，改为 5"),
        ("E905", fact("E905", "2021", Fraction(5)), text("不适用"), "已接受的数是 5，改为 不适用"),
        ("E905", fact("E905", "2021", Fraction(0), Standing.NIL), number("5"), "零申报，改为 5"),
        ("E905", fact("E905", "2021", Fraction(5)), None, ""),
        ("E905", fact("E905", "2021", Fraction(5)), text("五个左右"), ""),
        ("E206", fact("E206", "2021Q4", Fraction(0)), text("零申报"), ""),
        ("EC01", fact("EC01", "2021H2", Fraction("120.5")), number("120.50"), ""),
        (
            "ED01",
            fact("ED01", "2021", Fraction(737972)),
            text("2021-06-30"),
            "是 2021-07-01，改为 2021-06-30",
        ),
    ],
    ids=["number", "from n/a", "to n/a", "from nil", "blank", "faulty", "nil is 0", "as long", "date"],
)
def test_each_changed_figure_wants_an_explanation(code: str, before: Fact, now: Change, says: str) -> None:
    found = taken(with_cells(RIGHT, {cell_of(RIGHT, code): now}), earlier=accepted(before))
    told = restated(found)
    assert len(told) == bool(says)
    for each in told:
        assert says in each
        assert found.verdict is Verdict.TO_EXPLAIN
    soft = [issue for issue in found.issues if issue.code == "restated-figure"]
    assert all(issue.severity is Severity.SOFT for issue in soft)
    assert all((issue.place.sheet, issue.place.cell) == cell_of(RIGHT, code) for issue in soft)


def test_a_figure_reported_for_the_first_time_is_no_restatement() -> None:
    few = gather_facts([BEIJING], [each for each in OWN if each.series.element != "E203"])
    assert restated(taken(RIGHT, earlier=few)) == []
