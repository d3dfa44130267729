"""What earlier reports bring into a template: last figures beside the input, opening balances in it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import openpyxl
import pytest

from intake.cells import CellKind, Workbook
from intake.earlier_figures import last_figures, last_period, opening_balances
from intake.fields import due_forms
from intake.labels import LAST_QUARTER_HEAD, META_SHEET
from intake.report import Verdict
from intake.template import Brought, brought_from
from scoring.codes import ElementCode, MemberCode, PeriodCode
from scoring.facts import Amount, Fact, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Check, Provider
from tests.support.reports import (
    BEIJING,
    LAST_QUARTER,
    agreeing_figures,
    cell_of,
    element_of,
    new_cell,
    opened,
    rules_2021,
    taken,
    template,
    with_cells,
    without_sheet,
)

RULES = rules_2021()
Q2 = Period(2021, 2, False)
CUSTOMS, MARKET = MemberCode("海关"), MemberCode("市场监管")


def series(element: str, period: str, member: str = "") -> Series:
    return Series(ElementCode(element), PeriodCode(period), MemberCode(member))


def facts(figures: Mapping[Series, Amount | Standing]) -> list[Fact]:
    return [
        Fact(BEIJING, each, Fraction(0) if figure is Standing.NIL else None, figure)
        if isinstance(figure, Standing)
        else Fact(BEIJING, each, figure)
        for each, figure in figures.items()
    ]


def flow(opening: int, filed: int, closed: int, member: str = "市场监管") -> dict[Series, Amount | Standing]:
    return {
        series("E105", "2021Q1", member): Fraction(opening),
        series("E103", "2021Q1", member): Fraction(filed),
        series("E104", "2021Q1", member): Fraction(closed),
    }


def brought(figures: Mapping[Series, Amount | Standing], period: Period = Q2) -> Brought:
    forms = due_forms(RULES, Provider.REGION, period)
    return brought_from(RULES, forms, BEIJING, period, facts(figures))


@pytest.mark.parametrize(
    ("element", "period", "expected"),
    [
        ("E103", Period(2021, 3, False), "2021Q2"),
        ("E103", Period(2021, 1, False), "2020Q4"),
        ("E801", Period(2021, 4, False), "2021H1"),
        ("E801", Period(2021, 2, False), "2020H2"),
        ("EA13", Period(2021, 4, False), "2020"),
    ],
)
def test_the_last_figure_is_that_of_the_quarter_half_or_year_before(
    element: str, period: Period, expected: str
) -> None:
    assert last_period(element_of(element), period) == expected


def test_last_figures_keep_the_difference_between_zero_nil_and_not_applicable() -> None:
    found = last_figures(
        due_forms(RULES, Provider.REGION, Q2),
        BEIJING,
        Q2,
        facts(
            {
                series("E103", "2021Q1", "海关"): Standing.NIL,
                series("E103", "2021Q1", "市场监管"): Fraction(0),
                series("E104", "2021Q1", "海关"): Standing.NOT_APPLICABLE,
                series("E203", "2021Q2"): Fraction(7),
            }
        ),
    )
    assert found == {
        series("E103", "2021Q2", "海关"): Standing.NIL,
        series("E103", "2021Q2", "市场监管"): Fraction(0),
        series("E104", "2021Q2", "海关"): Standing.NOT_APPLICABLE,
    }


def test_the_opening_balance_of_each_line_is_the_last_closing_one() -> None:
    found = brought({**flow(10, 30, 25), **flow(0, 4, 4, "海关")}).carried
    assert found == {
        series("E105", "2021Q2", "市场监管"): Fraction(15),
        series("E105", "2021Q2", "海关"): Fraction(0),
    }


@pytest.mark.parametrize(
    "known",
    [
        {key: value for key, value in flow(10, 30, 25).items() if key.element != "E103"},
        {**flow(10, 30, 25), series("E104", "2021Q1", "市场监管"): Standing.NOT_APPLICABLE},
        flow(10, 3, 25),
        {key._replace(period=PeriodCode("2020Q4")): value for key, value in flow(10, 30, 25).items()},
    ],
    ids=["one figure is not known", "one does not apply", "nothing that may be typed", "of another quarter"],
)
def test_no_opening_balance_is_made_where_it_does_not_follow(known: dict[Series, Amount | Standing]) -> None:
    assert brought(known).carried == {}


def with_rule(text: str, **changes: Any) -> dict[Series, Amount]:
    """The balances when F01's checks are these alone; text: one of the checks of the real form."""
    form = next(form for form in RULES.forms.values() if form.code == "F01")
    check = next(each for each in form.checks if each.rule.text == text)
    changed: Check = replace(check, **changes)
    figures = facts(flow(10, 30, 25))
    return opening_balances(RULES, [replace(form, checks=(changed,))], BEIJING, Q2, figures)


def test_only_a_hard_equation_of_the_quarter_settles_a_figure() -> None:
    equation = "E105 == previous(E105) + previous(E103) - previous(E104)"
    assert len(with_rule(equation)) == 1
    assert with_rule(equation, hard=False) == {}
    assert with_rule(equation, year_to_date=True) == {}
    assert with_rule("E110 >= E109") == {}


def test_a_template_shows_last_figures_beside_the_values_and_locks_them() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(template({}, Q2, brought=brought({series("E203", "2021Q1"): Fraction(7)})))
    )
    sheet = book["F02 重点领域和市场专项表"]
    assert [sheet["D4"].value, sheet["E4"].value] == ["数值", LAST_QUARTER_HEAD]
    assert (sheet["D7"].value, sheet["E7"].value) == (None, 7)
    assert sheet["E7"].protection.locked
    assert "上季度" not in [cell.value for cell in book["F03 抽检与举报核查表"][4]]


def test_a_wide_form_shows_them_in_rows_below_under_the_same_heads_and_in_the_message_of_each_cell() -> None:
    figures = {**flow(10, 30, 25), **flow(1, 2, 2, "海关")}
    content = template({}, Q2, brought=brought(figures))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["F01 行政执法办案季报表"]
    rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value == LAST_QUARTER_HEAD]
    assert [str(row[1].value).split()[0] for row in rows] == ["E103", "E104", "E105"]
    assert [[cell.value for cell in row[3:5]] for row in rows] == [[32, 30], [27, 25], [11, 10]]
    assert all(cell.protection.locked for row in rows for cell in row)
    prompts = {str(each.sqref): each.prompt for each in sheet.data_validations.dataValidation}
    assert prompts["E7"].startswith("上季度：30\n")
    assert prompts["E9"].startswith("上季度：10；绿色的数由系统")


def filled(changes: Mapping[Series, Amount | Standing] | None = None) -> Workbook:
    """The report of the last quarter, on a template that shows the same figures for the quarter before."""
    before = {"2021Q4": "2021Q3", "2021H2": "2021H1", "2021": "2020"}
    figures = {
        each._replace(period=PeriodCode(before[each.period])): value
        for each, value in agreeing_figures().items()
    }
    now = {**agreeing_figures(), **(changes or {})}
    return opened(template(now, brought=brought(figures, LAST_QUARTER)))


def test_a_figure_that_binary_programs_write_with_16_digits_is_still_what_was_shown() -> None:
    figures = {series("E107", "2021Q1", "市场监管"): Fraction("904.31")}
    workbook = opened(template({}, Q2, brought=brought(figures)))
    assert "904.3099999999999" in {cell.text for sheet in workbook.sheets for cell in sheet.cells.values()}
    assert [issue.code for issue in taken(workbook, Q2).issues] == ["report-blank"]


def test_the_reader_takes_no_earlier_figure_for_this_quarters() -> None:
    found = taken(filled())
    assert found.verdict is Verdict.IN_ORDER
    assert {fact.series: fact.amount for fact in found.facts} == agreeing_figures()


@pytest.mark.parametrize(
    ("element", "head", "typed"),
    [("E203", "", "99"), ("E203", "", "二十"), ("ED01", "", "2021-07-01"), ("E103", "海关", "5")],
)
def test_whoever_types_over_an_earlier_figure_is_told_where_and_that_it_was_not_read(
    element: str, head: str, typed: str
) -> None:
    workbook = filled()
    sheet, address = _last_cell(workbook, element, head)
    kind = CellKind.NUMBER if typed.isdigit() else CellKind.TEXT
    changed = with_cells(workbook, {(sheet, address): lambda name, at: new_cell(name, at, kind, typed)})
    found = taken(changed)
    assert [(issue.code, issue.place.cell, issue.found) for issue in found.issues] == [
        ("last-figure-changed", address, typed)
    ]
    assert found.verdict is Verdict.TO_EXPLAIN
    assert {fact.series: fact.amount for fact in found.facts} == agreeing_figures()


def test_an_earlier_figure_that_was_cleared_says_nothing() -> None:
    workbook = filled()
    sheet, address = _last_cell(workbook, "E103", "海关")
    assert taken(with_cells(workbook, {(sheet, address): None})).verdict is Verdict.IN_ORDER


def test_without_the_hidden_sheet_nobody_knows_what_was_shown() -> None:
    found = taken(without_sheet(filled(), META_SHEET))
    assert [issue.code for issue in found.issues] == ["template-marks-missing"]


def _last_cell(workbook: Workbook, element: str, head: str) -> tuple[str, str]:
    name, address = cell_of(workbook, element, head)
    sheet = workbook.sheet(name)
    assert sheet is not None
    for cell in sheet.cells.values():
        if cell.column == 1 and cell.text == LAST_QUARTER_HEAD:
            label = sheet.cell(f"B{cell.row}")
            if label is not None and label.text.split()[0] == element:
                return name, address.rstrip("0123456789") + str(cell.row)
    return name, "E" + address.lstrip("D")
