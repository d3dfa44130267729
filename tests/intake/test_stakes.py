"""Points at stake: the full points of every indicator that asks for what an issue is about, each once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.issue_keys import issue_key
from intake.stakes import Stakes
from scoring.codes import ElementCode
from scoring.errors import Issue, Place
from tests.support.reports import rules_2021

STAKES = Stakes(rules_2021())
INDICATORS = rules_2021().indicators


def issue(
    code: str, *, sheet: str = "", cell: str = "", row_label: str = "", column_label: str = ""
) -> Issue:
    place = Place(sheet=sheet, cell=cell, row_label=row_label, column_label=column_label)
    return Issue(code=code, zh="错", en="Wrong.", place=place)


def points(*codes: str) -> Fraction:
    return sum((each.points for code, each in INDICATORS.items() if code in codes), Fraction(0))


@pytest.mark.parametrize(
    ("element", "indicators"),
    [
        ("E111", ("I01-1",)),  # 网络领域案件结案率 = E112 / E111, with what was open before
        ("E103", ("I01-5", "I02-1", "I02-2")),
        ("E801", ("I05-1",)),
        ("E107", ()),  # 罚没款: no indicator may ask for it
    ],
)
def test_a_figure_is_worth_the_indicators_that_ask_for_it(element: str, indicators: tuple[str, ...]) -> None:
    asking = {
        code
        for code, each in INDICATORS.items()
        if each.value and ElementCode(element) in {figure.element for figure in each.value.figures()}
    }
    assert STAKES.of_elements([ElementCode(element)]) == points(*asking)
    assert set(indicators) == asking


def test_one_indicator_counts_once_however_many_of_its_figures_are_wrong() -> None:
    both = STAKES.of_elements([ElementCode("E801"), ElementCode("E802")])
    assert both == points("I05-1") == STAKES.of_elements([ElementCode("E801")])


def test_a_broken_relation_puts_all_its_figures_at_stake() -> None:
    broken = issue("check-f01-18", sheet="F01", cell="D9", row_label="E113 农村市场案件立案数")
    elements = [ElementCode("E113"), ElementCode("E103")]
    assert STAKES.of_issue(broken) == STAKES.of_elements(elements)
    assert STAKES.of_issue(broken) > STAKES.of_elements(elements[:1])


def test_a_missing_sheet_puts_its_form_at_stake_and_an_unread_file_everything() -> None:
    form = STAKES.of_issue(issue("sheet-missing", sheet="F08 软件正版化表"))
    assert form == points("I05-1", "I05-2", "I05-3")
    assert STAKES.of_issue(issue("truncated-zip")) == sum(
        (each.points for each in INDICATORS.values()), Fraction(0)
    )


def test_stakes_are_found_by_the_key_of_the_issue() -> None:
    wrong = issue("not-a-number", sheet="F08 软件正版化表", row_label="E801 台数", column_label="数值")
    assert STAKES.of_issues([wrong]) == {issue_key(wrong): points("I05-1")}


def test_a_checklist_asks_for_its_parts() -> None:
    (checklist,) = [each for each in INDICATORS.values() if each.code == "I13-2"]
    assert STAKES.of_elements([ElementCode("K132")]) == checklist.points
