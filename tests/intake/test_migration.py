"""Old workbooks into the present template: every value is carried, or told with its text and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from intake.cells import CellKind, Visibility, Workbook
from intake.fields import due_forms
from intake.labels import META_SHEET, MIGRATION_SHEET
from intake.migration import migrate
from intake.migration_origin import not_own, source_named
from intake.migration_sheet import grouped_lines, summary_lines, write_migration
from intake.moved import Fate, Migration
from intake.origin import Asked
from intake.report import read_report
from intake.strict_xlsx import parse_xlsx
from intake.template import Brought, write_template
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Element, Form, Provider
from scoring.rulebook.rules import RuleSet
from tests.support.reports import (
    BEIJING,
    LAST_QUARTER,
    agreeing_figures,
    agreeing_workbook,
    cell_of,
    new_cell,
    number,
    opened,
    rules_2021,
    taken,
    template,
    text,
    with_cells,
    without_sheet,
)

RULES = rules_2021()
TOWNS = (MemberCode("城市"), MemberCode("农村"))
VERSION_1 = Path(__file__).parent / "fixtures" / "version-1.xlsx"


def series(element: str, period: str = "2021Q4", member: str = "") -> Series:
    return Series(ElementCode(element), PeriodCode(period), MemberCode(member))


def asked(unit: UnitCode = BEIJING, period: Period = LAST_QUARTER, rules: RuleSet = RULES) -> Asked:
    return Asked(rules=rules, unit=unit, period=period, provider=Provider.REGION)


def moved(
    workbook: Workbook, rules: RuleSet = RULES, period: Period = LAST_QUARTER, **brought: Any
) -> Migration:
    """What becomes of a workbook in the present template of 北京."""
    forms = due_forms(rules, Provider.REGION, period)
    wanted = asked(period=period, rules=rules)
    assert not_own(workbook, wanted) == ()
    return migrate(workbook, forms, wanted, Brought(**brought))


def told(found: Migration, fate: Fate) -> list[tuple[str, str, str]]:
    return [(item.row_label.split()[0], item.column, item.text) for item in found.of(fate)]


def test_everything_that_is_filled_in_is_carried_into_the_same_template() -> None:
    found = moved(agreeing_workbook())
    assert found.filled == agreeing_figures()
    assert (found.total, found.items, found.blank) == (len(agreeing_figures()), (), 0)


def test_a_workbook_of_version_1_becomes_one_of_the_present_version() -> None:
    workbook, _ = parse_xlsx(VERSION_1.read_bytes())
    assert workbook is not None
    found = moved(workbook)
    expected: dict[Series, Amount | Standing] = agreeing_figures()
    for code in ("E203", "E701", "E702", "E703"):
        expected = {key: value for key, value in expected.items() if key.element != code}
    expected[series("E401")] = Standing.NOT_APPLICABLE
    expected[series("EA03")] = Standing.NIL
    expected[series("E106", member="海关")] = Fraction("0.07")
    assert found.filled == expected
    assert told(found, Fate.LEFT) == [("E203", "数值", "约20")]
    assert found.blank == 1
    assert [code for code, heading in found.headings.items() if heading.nil] == ["F07"]
    source = source_named(workbook, asked())
    content = write_template(
        RULES,
        due_forms(RULES, Provider.REGION, LAST_QUARTER),
        BEIJING,
        LAST_QUARTER,
        Provider.REGION,
        filled=found.filled,
        headings=found.headings,
        more=[(MIGRATION_SHEET, lambda sheet, looks: write_migration(sheet, looks, found, source))],
    )
    again = read_report(content, rules=RULES, unit=BEIJING, period=LAST_QUARTER, provider=Provider.REGION)
    assert [issue.code for issue in again.issues] == ["cell-blank"]
    facts = {
        fact.series: fact.amount if fact.standing is Standing.VALUE else fact.standing for fact in again.facts
    }
    nil = {series(code): Standing.NIL for code in ("E701", "E702", "E703")}
    assert facts == {**expected, **nil}
    assert opened(content).sheet(MIGRATION_SHEET) is not None


def test_the_names_of_those_who_answer_are_carried() -> None:
    workbook, _ = parse_xlsx(VERSION_1.read_bytes())
    assert workbook is not None
    heading = next(value for code, value in moved(workbook).headings.items() if code == "F02")
    assert (heading.leader, heading.writer) == ("张三", "李四")


def with_elements(change: Mapping[str, Mapping[str, Any]], drop: tuple[str, ...] = ()) -> RuleSet:
    """The rule set with other elements; what the old workbook was made of is the real one."""

    def changed(form: Form) -> Form:
        kept = [element for element in form.elements if element.code not in drop]
        return replace(form, elements=tuple(_changed(element, change) for element in kept))

    forms = {code: changed(form) for code, form in RULES.forms.items()}
    return replace(RULES, forms=forms)


def _changed(element: Element, change: Mapping[str, Mapping[str, Any]]) -> Element:
    return replace(element, **change.get(element.code, {}))


@pytest.mark.parametrize(
    ("change", "drop", "check", "left", "new", "gone"),
    [
        ({"E203": {"name": "重点市场个数"}}, (), ["E203"], [], [], []),
        ({"E203": {"code": "E299"}}, (), ["E203"], [], [], []),
        ({"E203": {"code": "E299", "name": "别的"}}, (), [], ["E203"], ["E299"], ["E203"]),
        ({}, ("E203",), [], ["E203"], [], ["E203"]),
        ({"E203": {"measure": "万个"}}, (), [], ["E203"], [], ["E203"]),
        ({"E203": {"maximum": Fraction(10)}}, (), [], ["E203"], [], ["E203"]),
        ({"E111": {"members": (MemberCode("市场监管"),)}}, (), [], ["E111"], [], ["E111"]),
        ({"E107": {"places": 0}}, (), [], ["E107"] * 8, [], ["E107"] * 8),
        (
            {"E203": {"members": (MemberCode("城市"), MemberCode("农村"))}},
            (),
            [],
            ["E203"],
            ["E203"] * 2,
            ["E203"],
        ),
        ({"E111": {"members": ()}}, (), [], ["E111"] * 3, [], ["E111"] * 2),
    ],
    ids=[
        "renamed",
        "another code, the same name",
        "another code and name",
        "dropped",
        "measured otherwise",
        "a narrower bound",
        "a member dropped",
        "fewer decimals",
        "broken down now",
        "no longer broken down",
    ],
)
def test_what_an_earlier_rule_set_asked_for_is_carried_or_told(
    change: Mapping[str, Mapping[str, Any]],
    drop: tuple[str, ...],
    check: list[str],
    left: list[str],
    new: list[str],
    gone: list[str],
) -> None:
    found = moved(agreeing_workbook(), with_elements(change, drop))
    assert [code for code, *_ in told(found, Fate.CHECK)] == check
    assert [code for code, *_ in told(found, Fate.LEFT)] == left
    assert [item.row_label.split()[0] for item in found.of(Fate.NEW)] == new
    assert found.total == len(agreeing_figures()) - len(gone)
    assert all(item.why and item.why_en and item.sheet for item in found.of(Fate.LEFT))
    assert all(item.text for item in found.of(Fate.LEFT))


def test_an_element_that_moved_to_another_form_is_carried() -> None:
    first, second = "F02", "F03"
    element = next(each for each in RULES.elements.values() if each.code == "E203")
    forms = dict(RULES.forms)
    for code, form in RULES.forms.items():
        if code == first:
            forms[code] = replace(form, elements=tuple(each for each in form.elements if each.code != "E203"))
        elif code == second:
            forms[code] = replace(form, elements=(*form.elements, replace(element, form=form.code)))
    found = moved(agreeing_workbook(), replace(RULES, forms=forms))
    assert found.filled[series("E203")] == Fraction(20)
    assert found.items == ()


@pytest.mark.parametrize(
    ("typed", "value", "fate"),
    [
        ("1,234", Fraction(1234), None),
        ("１２", Fraction(12), None),
        ("零申报", Standing.NIL, None),
        ("约20", None, Fate.LEFT),
        ("-3", None, Fate.LEFT),
        ("不适用", None, Fate.LEFT),
        ("", None, None),
    ],
)
def test_a_cell_is_read_as_an_upload_would_read_it(
    typed: str, value: Amount | Standing | None, fate: Fate | None
) -> None:
    workbook = with_cells(agreeing_workbook(), {cell_of(agreeing_workbook(), "E203"): text(typed)})
    found = moved(workbook)
    assert found.filled.get(series("E203")) == value
    assert [item.text for item in found.items] == ([typed] if fate else [])


def test_figures_on_a_sheet_that_nobody_sees_are_told_and_not_carried() -> None:
    workbook = agreeing_workbook()
    hidden = tuple(
        replace(sheet, visibility=Visibility.VERY_HIDDEN) if sheet.name.startswith("F12") else sheet
        for sheet in workbook.sheets
    )
    found = moved(replace(workbook, sheets=hidden))
    gone = set(agreeing_figures()) - set(found.filled)
    assert gone
    assert {each.element for each in gone} == {row for row, _, _ in told(found, Fate.LEFT)}


def test_two_rows_of_one_code_are_left_to_the_submitter() -> None:
    workbook = agreeing_workbook()
    sheet, address = cell_of(workbook, "E203")
    row = int(address.lstrip("D"))
    twice = with_cells(workbook, {(sheet, f"A{row + 1}"): text("E203"), (sheet, f"D{row + 1}"): number("7")})
    found = moved(twice)
    assert ("E203", "数值", "20") in told(found, Fate.LEFT)
    assert ("E203", "数值", "7") in told(found, Fate.LEFT)
    assert series("E203") not in found.filled


def test_the_last_quarters_workbook_is_carried_into_this_quarters_template() -> None:
    second = Period(2021, 2, False)
    found = moved(opened(template(agreeing_figures(second), second)))
    assert found.filled[series("E103", member="海关")] == Fraction(100)
    assert found.filled.keys() >= {key for key in agreeing_figures() if key.period == "2021Q4"}
    yearly = {item.row_label.split()[0] for item in found.of(Fate.NEW)}
    assert yearly >= {"EA13"}
    back = moved(agreeing_workbook(), period=second)
    assert {code for code, *_ in told(back, Fate.LEFT)} >= {"EA13", "ED01", "E905"}
    assert {item.why for item in back.of(Fate.LEFT)} == {"本期不用报"}
    assert ("ED01", "数值", "2021-06-30") in told(back, Fate.LEFT)


def test_a_figure_that_the_system_reckons_otherwise_stands_and_is_told() -> None:
    at = series("E105", member="海关")
    found = moved(agreeing_workbook(), carried={at: Fraction(51)})
    assert found.filled[at] == Fraction(50)
    [item] = found.of(Fate.CHECK)
    assert (item.column, item.text) == ("海关", "50")
    assert "51" in item.why
    assert moved(agreeing_workbook(), carried={at: Fraction(50)}).items == ()


def test_earlier_figures_on_the_old_template_are_not_carried() -> None:
    workbook = opened(template({}, brought=Brought(last=agreeing_figures())))
    found = moved(workbook)
    assert (found.filled, found.items) == ({}, ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({(META_SHEET, "B4"): text("120000")}, ["wrong-unit"]),
        ({(META_SHEET, "B6"): text("ministry")}, ["wrong-provider"]),
        ({("F03", "B2"): text("天津市")}, ["heading-unit-differs"]),
        ({(META_SHEET, "B5"): text("2020Q1"), (META_SHEET, "B1"): text("0")}, []),
        ({(META_SHEET, "B2"): text("national-2020 1.0")}, []),
        ({("F03", "B2"): text("京市")}, []),
    ],
)
def test_nobody_elses_figures_are_carried(change: Any, code: list[str]) -> None:
    refusals = not_own(with_cells(agreeing_workbook(), change), asked())
    assert [issue.code for issue in refusals] == code


def test_without_marks_the_headings_must_name_the_unit() -> None:
    workbook = without_sheet(agreeing_workbook(), META_SHEET)
    assert not_own(workbook, asked()) == ()
    assert "没有模板标记" in source_named(workbook, asked())
    forms = due_forms(RULES, Provider.REGION, LAST_QUARTER)
    nameless = with_cells(workbook, {(form.code, "B2"): None for form in forms})
    assert [issue.code for issue in not_own(nameless, asked())] == ["origin-unknown"]
    others = [issue.code for issue in not_own(workbook, asked(UnitCode("120000")))]
    assert set(others) == {"heading-unit-differs"}


def test_the_list_is_told_in_lines_and_on_a_sheet_that_no_reader_takes_for_a_form() -> None:
    found = moved(agreeing_workbook(), with_elements({"E203": {"code": "E299", "name": "新项"}}))
    lines = grouped_lines(found)
    assert lines[0] == "没有带入："
    assert "E203" in lines[1]
    assert "“20”" in lines[1]
    assert lines[2] == "新增，请填写："
    assert "带入" in summary_lines(found, "旧表")[0]
    content = template(
        agreeing_figures(),
        more=[(MIGRATION_SHEET, lambda sheet, looks: write_migration(sheet, looks, found, "旧表"))],
    )
    sheet = opened(content).sheet(MIGRATION_SHEET)
    assert sheet is not None
    assert {"E203 辖区重点市场数", "20"} <= {cell.text for cell in sheet.cells.values()}
    assert taken(opened(content)).issues == ()


def test_what_looks_like_a_formula_is_text_on_the_list() -> None:
    typed = '=HYPERLINK("http://x")'
    workbook = with_cells(
        agreeing_workbook(),
        {cell_of(agreeing_workbook(), "E203"): lambda sheet, at: new_cell(sheet, at, CellKind.TEXT, typed)},
    )
    found = moved(workbook)
    content = template(
        {}, more=[(MIGRATION_SHEET, lambda sheet, looks: write_migration(sheet, looks, found, "x"))]
    )
    sheet = opened(content).sheet(MIGRATION_SHEET)
    assert sheet is not None
    assert [(cell.kind, cell.formula) for cell in sheet.cells.values() if cell.text == typed] == [
        (CellKind.TEXT, "")
    ]
