"""What is due when, under which period it is kept, and which columns a sheet has."""

from __future__ import annotations

import pytest

from intake.fields import (
    due_forms,
    event_elements,
    fields_of,
    is_due,
    member_heads,
    series_period,
    total_head,
)
from intake.labels import comparable, form_code_of, sheet_name
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from tests.support.reports import element_of, region_fields, rules_2021

RULES = rules_2021()


@pytest.mark.parametrize(
    ("code", "quarters"), [("E101", [1, 2, 3, 4]), ("E903", [2, 4]), ("ED01", [4]), ("EC01", [2, 4])]
)
def test_an_element_is_due_by_its_frequency(code: str, quarters: list[int]) -> None:
    element = element_of(code)
    assert [quarter for quarter in (1, 2, 3, 4) if is_due(element, Period(2021, quarter, False))] == quarters


@pytest.mark.parametrize(
    ("code", "quarter", "yearly", "period"),
    [
        ("E101", 3, False, "2021Q3"),
        ("E903", 2, False, "2021H1"),
        ("E903", 4, False, "2021H2"),
        ("ED01", 4, False, "2021"),
        ("E101", 4, True, "2021"),
        ("E903", 4, True, "2021"),
    ],
)
def test_a_figure_is_kept_under_the_period_of_its_frequency(
    code: str, quarter: int, yearly: bool, period: str
) -> None:
    element = element_of(code)
    assert series_period(element, Period(2021, quarter, yearly)) == period


def test_fields_are_numbered_in_order_and_no_series_comes_twice() -> None:
    fields = region_fields()
    assert [field.number for field in fields] == list(range(len(fields)))
    series = [field.series for field in fields if not field.is_total]
    assert len(series) == len(set(series)) == 185


def test_only_broken_down_elements_have_a_total() -> None:
    for field in region_fields():
        assert field.is_total == (bool(field.element.members) and not field.member)


def test_the_columns_are_the_members_in_order_of_first_use() -> None:
    period = Period(2021, 4, False)
    forms = {str(form.code): form for form in due_forms(RULES, Provider.REGION, period)}
    assert member_heads(forms["F11"], period) == ("中央", "省级")
    assert len(member_heads(forms["F01"], period)) == 8
    assert total_head(forms["F01"], period) == "合计"
    assert total_head(forms["F02"], period) == "数值"


def test_a_form_is_due_where_any_of_its_elements_is() -> None:
    first = [str(form.code) for form in due_forms(RULES, Provider.REGION, Period(2021, 1, False))]
    assert first == [f"F{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11)]


def test_sheet_names_fit_a_spreadsheet_and_begin_with_the_code() -> None:
    names = [sheet_name(form) for form in RULES.forms.values()]
    assert len(set(names)) == len(names)
    for form, name in zip(RULES.forms.values(), names, strict=True):
        assert len(name) <= 31
        assert form_code_of(name) == form.code


def test_labels_are_compared_without_blanks_and_widths() -> None:
    assert comparable(" 计 量\n单位（件）") == comparable("计量单位(件)")


def test_events_are_what_only_bonuses_penalties_and_vetoes_ask_for() -> None:
    events = {str(code) for code in event_elements(RULES)}
    assert events >= {"AB1", "AB2", "AB3", "AP1", "AP3", "AV1"}
    # X03, reports that never came, is counted by the system and leads to a demotion.
    assert {code for code in events if not code.startswith(("AB", "AP", "AV"))} == {"X03"}


def test_each_form_by_itself_numbers_its_fields_from_zero() -> None:
    period = Period(2021, 4, False)
    for form in due_forms(RULES, Provider.REGION, period):
        assert fields_of([form], period)[0].number == 0
