"""Where the figures stand: one column a sheet of a file, and no cell lost between two of one period."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scoring.codes import ElementCode, MemberCode, NodeCode, PeriodCode
from scoring.explain import LeafAccount
from scoring.facts import Fact, Series, Standing, gather_facts
from scoring.figures import Resolved
from services.runs import explain_score
from tests.support.office import AUDITOR, BEIJING
from tests.support.sites import ScoredYear
from web.inputs import Column, inputs_of

Part = tuple[Series, Fact | None]


def account_with(scored: ScoredYear, *parts: Part) -> LeafAccount:
    """The account of an indicator whose first figure is made of these cells."""
    found = explain_score(
        scored.office.context, actor=AUDITOR, run=scored.quarter, unit=BEIJING, node=NodeCode("I09-1")
    )
    assert isinstance(found, LeafAccount)
    value = found.points.value
    facts = gather_facts([BEIJING], (fact for _, fact in parts if fact is not None))
    series = tuple(each for each, _ in parts)
    first = Resolved(value.inputs[0].figure, Fraction(1), Standing.VALUE, series, facts, 0)
    return replace(found, points=replace(found.points, value=replace(value, inputs=(first,))))


def part(period: str, member: str, amount: int | None, origin: str = "") -> Part:
    series = Series(ElementCode("E602"), PeriodCode(period), MemberCode(member))
    if amount is None:
        return series, None
    return series, Fact(BEIJING, series, Fraction(amount), Standing.VALUE, origin)


def test_cells_of_two_files_of_one_period_stand_in_two_columns(scored: ScoredYear) -> None:
    (shown,) = inputs_of(
        account_with(scored, part("2021Q1", "海关", 5, "aa!F06!E6"), part("2021Q1", "药监", 7, "bb!F06!E7"))
    )
    assert shown.columns == (Column("2021Q1", "aa", "F06"), Column("2021Q1", "bb", "F06"))
    customs, drugs = shown.rows
    assert customs.cells[0] is not None
    assert drugs.cells[1] is not None
    assert (customs.cells[0].address, customs.cells[1]) == ("E6", None)
    assert (drugs.cells[0], drugs.cells[1].amount) == (None, "7")


def test_what_was_not_handed_in_stands_in_its_periods_column(scored: ScoredYear) -> None:
    (shown,) = inputs_of(
        account_with(
            scored,
            part("2021Q1", "海关", 5, "aa!F06!E6"),
            part("2021Q1", "药监", None),
            part("2021Q2", "海关", None),
        )
    )
    assert [column.period for column in shown.columns] == ["2021Q1", "2021Q2"]
    drugs = next(row for row in shown.rows if row.member == "药监")
    assert drugs.cells[0] is not None
    assert (drugs.cells[0].word, drugs.cells[1]) == ("未报", None)


def test_a_line_of_a_plain_table_is_named_as_a_line(scored: ScoredYear) -> None:
    (shown,) = inputs_of(account_with(scored, part("2021Q1", "", 12345, "facts.csv!17")))
    cell = shown.rows[0].cells[0]
    assert cell is not None
    assert (shown.columns[0].sheet, cell.amount, cell.address) == ("facts.csv", "12,345", "第 17 行")
