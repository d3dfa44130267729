"""Cells are found by their labels; whatever was moved is found, whatever is missing or doubled is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from intake.report import Verdict
from scoring.codes import UnitCode
from scoring.periods import Period
from tests.support.reports import (
    agreeing_workbook,
    cell_of,
    codes,
    moved,
    new_cell,
    number,
    opened,
    rules_2021,
    taken,
    template,
    text,
    with_cells,
    with_sheet,
    without_sheet,
)

RIGHT = agreeing_workbook()


def renamed(name: str) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(sheet, name=name)


def seen(visibility: Visibility) -> Callable[[Sheet], Sheet]:
    return lambda sheet: replace(sheet, visibility=visibility)


def added(name: str, *cells: tuple[str, str]) -> Workbook:
    """The right workbook with one more sheet."""
    found = {at: new_cell(name, at, CellKind.TEXT, word) for at, word in cells}
    return replace(RIGHT, sheets=(*RIGHT.sheets, Sheet(name, Visibility.VISIBLE, found)))


def copied(name: str, code: str) -> Workbook:
    """The right workbook with a second sheet of a form under another name."""
    sheet = next(sheet for sheet in RIGHT.sheets if sheet.name.split()[0] == code)
    return replace(RIGHT, sheets=(*RIGHT.sheets, replace(sheet, name=name)))


@pytest.mark.parametrize(
    "place",
    [
        lambda row, column: (row + 7, column + 3),
        lambda row, column: (row if row < 7 or row > 10 else 17 - row, column),
        lambda row, column: (row, {4: 5, 5: 4}.get(column, column) if row >= 4 else column),
    ],
    ids=["everything shifted", "rows in another order", "columns in another order"],
)
@pytest.mark.parametrize("code", ["F01", "F02"])
def test_a_table_that_was_moved_within_its_sheet_is_found_and_gives_the_same_facts(
    code: str, place: Callable[[int, int], tuple[int, int]]
) -> None:
    found = taken(with_sheet(RIGHT, code, lambda sheet: moved(sheet, place)))
    wanted = {(fact.series, fact.amount) for fact in taken(RIGHT).facts}
    assert {(fact.series, fact.amount) for fact in found.facts} == wanted
    assert codes(found) == []


@pytest.mark.parametrize(
    ("workbook", "expected"),
    [
        (without_sheet(RIGHT, "F05"), ["sheet-missing"]),
        (with_sheet(RIGHT, "F05", renamed("刑事")), []),
        (with_sheet(RIGHT, "F05", renamed("F06 处罚")), ["sheet-mislabelled"]),
        (with_sheet(RIGHT, "F05", renamed("F99")), []),
        (copied("刑事", "F05"), ["sheet-unexpected"]),
        (with_sheet(copied("刑事", "F05"), "F05", renamed("另一个")), ["sheet-doubled"]),
        (with_sheet(RIGHT, "F05", renamed("ｆ05 改过的名字")), []),
        (with_sheet(RIGHT, "F05", renamed("F05")), []),
        (with_sheet(RIGHT, "F05", seen(Visibility.HIDDEN)), ["sheet-hidden"]),
        (with_sheet(RIGHT, "F05", seen(Visibility.VERY_HIDDEN)), ["sheet-hidden"]),
        (added("F05 副本", ("A1", "x")), ["sheet-doubled"]),
        (added("Sheet1", ("A1", "草稿")), []),
        (added("Sheet1"), []),
        (without_sheet(RIGHT, "说明"), []),
        (without_sheet(RIGHT, "_meta"), ["template-marks-missing"]),
    ],
)
def test_sheets_are_matched_by_the_code_in_their_names(workbook: Workbook, expected: list[str]) -> None:
    assert codes(taken(workbook)) == expected


# F02: rows 5 to 14 are E201 to E210; column D holds the figures, E the definitions.
# F11: column D is the total, E and F are the media, G the definitions; row 5 is EB01.
@pytest.mark.parametrize(
    ("sheet", "changes", "expected"),
    [
        ("F02", {"A4": None}, []),
        ("F02", {"A4": None, "B4": None}, ["head-missing"]),
        ("F02", {"A14": None, "B14": None, "C14": None, "D14": None}, ["row-missing"]),
        ("F02", {"A14": None}, []),
        ("F02", {"A14": None, "B14": text("另一项")}, ["row-without-code", "row-missing"]),
        ("F02", {"A14": None, "C14": text("家")}, ["row-without-code", "row-missing"]),
        ("F02", {"A14": text("E21O")}, ["row-code-misspelt"]),
        ("F02", {"A14": text("Е210")}, ["row-code-misspelt"]),
        ("F02", {"A14": text("E209")}, ["row-doubled", "row-missing"]),
        ("F02", {"A14": text("E299")}, ["row-unknown", "row-missing"]),
        ("F02", {"A14": text("e210")}, []),
        ("F02", {"A14": text(" Ｅ２１０ ")}, []),
        ("F02", {"B14": text("其中按期完成数")}, ["row-renamed"]),
        ("F02", {"B14": text("其中按期完成整治（销号）数")}, []),
        ("F02", {"C14": text("万个")}, ["measure-changed"]),
        ("F02", {"D4": None}, ["column-missing", "column-without-head"]),
        ("F02", {"D4": text("本期数")}, ["column-missing", "column-unknown"]),
        ("F02", {"F4": text("数值")}, ["column-doubled"]),
        ("F02", {"F4": text("备注"), "F7": text("见附件")}, []),
        ("F02", {"F4": text("上年同期"), "F7": number("3")}, ["column-extra"]),
        ("F02", {"G7": number("3")}, ["stray-value"]),
        ("F02", {"E7": text("口径可以改写")}, []),
        ("F02", {"E4": None, "E7": None}, ["column-without-head"]),
        ("F11", {"E6": number("3")}, ["unused-cell-filled"]),
        ("F11", {"E4": text("省级")}, ["column-missing", "column-doubled"]),
        ("F11", {"E4": text("中 央")}, []),
        ("F11", {"E4": text("中央媒体")}, ["column-missing", "column-unknown"]),
        ("F02", {"A30": text("代码"), "B30": text("数据项"), "D30": text("数值")}, []),
        ("F02", {"A30": text("代码"), "B30": text("数据项"), "C30": text("数值")}, ["head-repeated"]),
        ("F02", {"A30": text("另附说明三条")}, []),
        ("F02", {"D30": number("7")}, ["row-without-code"]),
        ("F02", {"D30": text("12")}, ["row-without-code"]),
        ("F02", {"D30": text("完")}, []),
    ],
)
def test_rows_and_columns_are_found_by_label_and_everything_amiss_is_named(
    sheet: str, changes: dict[str, Callable[[str, str], Cell] | None], expected: list[str]
) -> None:
    found = taken(with_cells(RIGHT, {(sheet, at): change for at, change in changes.items()}))
    assert codes(found) == expected
    hard = expected not in (["stray-value"], ["column-without-head"], ["column-extra"])
    assert found.verdict is (
        Verdict.IN_ORDER if not expected else Verdict.TO_CORRECT if hard else Verdict.TO_EXPLAIN
    )


def test_a_doubled_row_is_not_read_at_all_and_counts_as_faulty() -> None:
    found = taken(with_cells(RIGHT, {("F02", "A14"): text("E209")}))
    assert {series.element for series in found.missing} == {"E209", "E210"}
    assert (found.faulty, found.required) == (2, 205)


def test_a_missing_column_makes_each_of_its_cells_faulty_but_no_other() -> None:
    found = taken(with_cells(RIGHT, {("F01", "L4"): None}))
    assert codes(found) == ["column-missing", "column-without-head"]
    assert found.faulty == 10
    assert {series.member for series in found.missing} == {"海关"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"B2": text("天津市")}, ["heading-unit-differs"]),
        ({"B2": text("西安市")}, ["heading-unit-unknown"]),
        ({"B2": text("北京")}, []),
        ({"B2": text(" 北 京 市 ")}, []),
        ({"B2": None}, ["heading-blank"]),
        ({"D2": text("2021年第三季度")}, ["heading-period-differs"]),
        ({"D2": text("2021Q4")}, []),
        ({"D2": None}, ["heading-blank"]),
        ({"B3": text("是")}, []),
        ({"B3": text("√")}, []),
        ({"B3": text("否")}, []),
        ({"B3": text("全部")}, ["nil-box-unknown"]),
    ],
)
def test_the_heading_of_each_sheet_must_fit_what_is_reported(
    changes: dict[str, Callable[[str, str], Cell] | None], expected: list[str]
) -> None:
    found = taken(with_cells(RIGHT, {("F02", at): change for at, change in changes.items()}))
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("unit", "period", "expected"),
    [
        (UnitCode("120000"), Period(2021, 4, False), ["wrong-unit"]),
        (UnitCode("110000"), Period(2021, 3, False), ["wrong-period"]),
        (UnitCode("120000"), Period(2021, 2, False), ["wrong-unit", "wrong-period"]),
    ],
)
def test_a_template_of_another_unit_or_period_is_not_read(
    unit: UnitCode, period: Period, expected: list[str]
) -> None:
    found = taken(RIGHT, period, unit=unit)
    assert codes(found) == expected
    assert (found.verdict, found.facts, found.filled) == (Verdict.UNREADABLE, (), 0)


@pytest.mark.parametrize(
    ("row", "value", "expected", "verdict"),
    [
        (1, "0", ["template-version"], Verdict.UNREADABLE),
        (2, "national-2020 1.0", ["wrong-rule-set"], Verdict.UNREADABLE),
        (3, "0" * 64, ["forms-changed"], Verdict.TO_EXPLAIN),
        (6, "ministry", ["wrong-provider"], Verdict.UNREADABLE),
    ],
)
def test_the_marks_of_the_template_are_compared(
    row: int, value: str, expected: list[str], verdict: Verdict
) -> None:
    found = taken(with_cells(RIGHT, {("_meta", f"B{row}"): text(value)}))
    assert (codes(found), found.verdict) == (expected, verdict)


def test_a_template_stays_good_when_a_weight_changes_and_not_when_a_form_does() -> None:
    rules = rules_2021()
    other_digest = replace(rules, digest="0" * 64)
    assert other_digest.forms_digest == rules.forms_digest
    form = next(iter(rules.forms.values()))
    element = replace(form.elements[0], definition="另一个口径")
    forms = {**rules.forms, form.code: replace(form, elements=(element, *form.elements[1:]))}
    assert replace(rules, forms=forms).forms_digest != rules.forms_digest


def test_a_workbook_without_marks_and_headings_is_of_unknown_origin() -> None:
    bare = without_sheet(RIGHT, "_meta")
    sheets = [sheet.name for sheet in bare.sheets]
    bare = with_cells(bare, {(sheet, at): None for sheet in sheets for at in ("B2", "D2")})
    assert codes(taken(bare)) == ["origin-unknown"]


def test_another_spreadsheet_altogether_is_of_unknown_origin() -> None:
    foreign = replace(RIGHT, sheets=added("Sheet1", ("A1", "年度工作总结")).sheets[-1:])
    assert codes(taken(foreign)) == ["origin-unknown"]


def test_in_the_first_quarter_only_what_is_due_is_asked_for() -> None:
    first = Period(2021, 1, False)
    workbook = opened(template({}, first))
    assert "F12" not in {sheet.name.split()[0] for sheet in workbook.sheets}
    found = taken(workbook, first)
    assert {"E903", "ED01", "EC01"}.isdisjoint(series.element for series in found.missing)


def test_a_row_of_a_later_quarter_is_named_and_left_alone() -> None:
    first = Period(2021, 1, False)
    workbook = with_cells(
        opened(template({}, first)), {("F11", "A9"): text("EB05"), ("F11", "D9"): number("5")}
    )
    found = taken(workbook, first)
    assert [issue.code for issue in found.issues if issue.place.cell == "A9"] == ["row-not-due"]


def test_the_place_of_an_issue_names_sheet_cell_row_and_column() -> None:
    at = cell_of(RIGHT, "E103", "药监")
    [issue] = taken(with_cells(RIGHT, {at: text("三十")})).issues
    assert (issue.place.sheet, issue.place.cell) == at
    assert (issue.place.row_label, issue.place.column_label) == ("E103 行政立案数", "药监")
    assert "三十" in issue.zh
    assert "三十" in issue.en
