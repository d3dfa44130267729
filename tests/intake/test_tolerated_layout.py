"""What people do to a template and may: it is found by its labels, read alike, and listed back once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake.cells import CellKind, Sheet, Visibility, Workbook
from scoring.codes import UnitCode
from scoring.periods import Period
from tests.support.reports import (
    agreeing_figures,
    agreeing_workbook,
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
FACTS = {(fact.series, fact.amount) for fact in taken(RIGHT).facts}
F01, F02, F06, F07 = (
    next(sheet.name for sheet in RIGHT.sheets if sheet.name.startswith(code))
    for code in ("F01", "F02", "F06", "F07")
)


def cells(*changes: tuple[str, str, str | None]) -> Workbook:
    """The right workbook with these texts at sheet and address; numerals become numbers, None a blank."""
    made = {
        (sheet, at): None if word is None else number(word) if word.isdigit() else text(word)
        for sheet, at, word in changes
    }
    return with_cells(RIGHT, made)


def changed(code: str, change: Callable[[Sheet], Sheet]) -> Workbook:
    return with_sheet(RIGHT, code, change)


def with_group_heads(sheet: Sheet) -> Sheet:
    """The head of F01 in two rows: the lines stand in the second one, under a common head."""
    lower = moved(sheet, lambda row, column: (row + (row > 4 or (row == 4 and column > 4)), column))
    group = new_cell(sheet.name, "E4", CellKind.TEXT, "其中：各条线")
    merged = (*lower.merged, "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:L4")
    return replace(lower, cells={**lower.cells, "E4": group}, merged=merged)


def with_blank_rows(sheet: Sheet) -> Sheet:
    return moved(sheet, lambda row, column: (row if row < 7 else row + 2 if row < 9 else row + 5, column))


def with_second_head(sheet: Sheet) -> Sheet:
    """The head stands again in the middle, as where a page was turned."""
    lower = moved(sheet, lambda row, column: (row + (row > 7), column))
    again = {
        f"{cell.address.rstrip('0123456789')}8": new_cell(
            sheet.name, f"{cell.address.rstrip('0123456789')}8", CellKind.TEXT, cell.text
        )
        for cell in sheet.cells.values()
        if cell.row == 4
    }
    return replace(lower, cells={**lower.cells, **again})


def one_below_the_other(headings: bool) -> Workbook:
    """F06 and F07 on the sheet of F06, with or without the headings of the second."""
    first, second = (next(sheet for sheet in RIGHT.sheets if sheet.name == name) for name in (F06, F07))
    kept = {at: cell for at, cell in second.cells.items() if headings or cell.row >= 4}
    below = moved(replace(second, cells=kept), lambda row, column: (row + 40, column))
    both = replace(
        first,
        cells={**first.cells, **{at: replace(cell, sheet=F06) for at, cell in below.cells.items()}},
        merged=(*first.merged, *below.merged),
    )
    return with_sheet(without_sheet(RIGHT, "F07"), "F06", lambda _: both)


def titled_only(sheet: Sheet) -> Sheet:
    return replace(sheet, name="Sheet3")


TOLERATED: dict[str, tuple[Workbook, list[tuple[str, str]]]] = {
    "head over two rows": (changed("F01", with_group_heads), [(F01, "A4")]),
    "blank rows between": (changed("F01", with_blank_rows), []),
    "head repeated": (changed("F01", with_second_head), [(F01, "A8")]),
    "two forms on a sheet": (one_below_the_other(True), [(F06, "A44")]),
    "second form without headings": (one_below_the_other(False), [(F06, "A44")]),
    "sheet renamed": (changed("F02", titled_only), [("Sheet3", "A4")]),
    "sheet called by its title": (
        changed("F02", lambda sheet: replace(sheet, name="重点领域和市场专项表")),
        [("重点领域和市场专项表", "A4")],
    ),
    "sheets in another order": (replace(RIGHT, sheets=RIGHT.sheets[::-1]), []),
    "sheet of their own": (
        replace(
            RIGHT,
            sheets=(
                Sheet("台账", Visibility.VISIBLE, {"B2": new_cell("台账", "B2", CellKind.NUMBER, "7")}),
                *RIGHT.sheets,
            ),
        ),
        [("台账", "A1")],
    ),
    "codes without head": (cells((F02, "A4", None)), [(F02, "A4")]),
    "other word for a head": (
        cells((F02, "A4", "指标代码"), (F02, "B4", "指标名称"), (F01, "D4", "总计")),
        [(F01, "D4"), (F02, "A4"), (F02, "B4")],
    ),
    "measure in a head": (cells((F01, "E4", "市场监管（件）")), [(F01, "E4")]),
    "no column of codes": (
        changed(
            "F02",
            lambda sheet: replace(
                sheet, cells={at: c for at, c in sheet.cells.items() if c.column > 1 or c.row < 4}
            ),
        ),
        [(F02, "B4"), *((F02, f"B{row}") for row in range(5, 15))],
    ),
    "row without code": (cells((F02, "A14", None)), [(F02, "B14")]),
    "measure behind a name": (cells((F01, "B7", "行政立案数（件）")), [(F01, "B7")]),
    "quotes and colon in a name": (
        cells((F02, "B8", "已建一市场一档案的市场数"), (F02, "B10", "其中：按期办结数")),
        [(F02, "B8"), (F02, "B10")],
    ),
    "measure in brackets": (cells((F02, "C14", "（个）")), [(F02, "C14")]),
    "remarks": (
        cells((F02, "G4", "备注"), (F02, "G7", "见附件"), (F02, "H4", "备注_2"), (F02, "H9", "12")),
        [(F02, "G4"), (F02, "H4")],
    ),
    "rows of totals": (
        cells((F02, "B15", "小计"), (F02, "D15", "99"), (F02, "A16", "合 计"), (F02, "D16", "99")),
        [(F02, "B15"), (F02, "A16")],
    ),
    "notes below": (cells((F02, "A40", "1. 本表数字由各地汇总。"), (F02, "B41", "联系人：某某")), []),
    "unit by another name": (cells((F02, "B2", "北京")), [(F02, "B2")]),
    "unit with its office": (
        cells((F02, "B2", "北京市打击侵权假冒工作领导小组办公室"), (F01, "B2", "北京市双打办")),
        [(F01, "B2"), (F02, "B2")],
    ),
    "unit by its code": (cells((F02, "B2", "110000")), [(F02, "B2")]),
    "period by another name": (
        cells((F01, "D2", "2021年4季度"), (F02, "D2", "2021Q4"), (F06, "D2", "二〇二一年第四季度")),
        [(F01, "D2"), (F02, "D2"), (F06, "D2")],
    ),
}


@pytest.mark.parametrize("name", TOLERATED)
def test_it_gives_the_same_facts_no_issue_and_one_note_at_its_cell(name: str) -> None:
    workbook, listed = TOLERATED[name]
    found = taken(workbook)
    assert codes(found) == [], [str(issue) for issue in found.issues]
    assert {(fact.series, fact.amount) for fact in found.facts} == FACTS
    assert sorted((each.sheet, each.cell) for each in found.normalisations) == sorted(listed)
    assert all(each.before and each.why and each.why_en for each in found.normalisations if each.cell != "A4")


def test_values_of_a_second_form_keep_the_cell_they_stand_in() -> None:
    found = taken(one_below_the_other(True))
    [origin] = {fact.origin for fact in found.facts if fact.series.element == "E701"}
    assert origin.endswith(f"!{F06}!D45")


REFUSED: dict[str, tuple[Workbook, list[tuple[str, str, str]]]] = {
    "merged inputs": (
        changed("F02", lambda sheet: replace(sheet, merged=(*sheet.merged, "D5:D6"))),
        [("merged-inputs", F02, "D5")],
    ),
    "inputs merged with other cells": (
        changed("F01", lambda sheet: replace(sheet, merged=(*sheet.merged, "C7:E7"))),
        [("merged-inputs", F01, "D7")],
    ),
    "other head in the middle": (
        cells((F02, "A30", "代码"), (F02, "B30", "数据项"), (F02, "C30", "数值")),
        [("head-repeated", F02, "A30")],
    ),
    "column of their own": (cells((F02, "G4", "上年同期"), (F02, "G7", "3")), [("column-extra", F02, "G4")]),
    "renamed element": (cells((F01, "B7", "立案数(件)")), [("row-renamed", F01, "B7")]),
    "code with the letter O": (cells((F01, "A7", "E1O3")), [("row-code-misspelt", F01, "A7")]),
    "code in Cyrillic": (cells((F01, "A7", "Е103")), [("row-code-misspelt", F01, "A7")]),
    "row of figures of nobody": (
        cells((F02, "B15", "其他"), (F02, "D15", "9")),
        [("row-without-code", F02, "B15")],
    ),
    "other measure": (cells((F01, "C10", "元")), [("measure-changed", F01, "C10")]),
    "tab of another form": (
        with_sheet(without_sheet(RIGHT, "F06"), "F07", lambda sheet: replace(sheet, name="F06 处罚")),
        [("sheet-mislabelled", "F06 处罚", ""), ("sheet-missing", F06, "")],
    ),
    "near miss of a unit": (cells((F02, "B2", "南京市")), [("heading-unit-unknown", F02, "B2")]),
    "other unit by an alias": (cells((F02, "B2", "内蒙")), [("heading-unit-differs", F02, "B2")]),
    "other period in other words": (
        cells((F02, "D2", "2021年三季度")),
        [("heading-period-differs", F02, "D2")],
    ),
    "period without a year": (cells((F02, "D2", "第四季度")), [("heading-period-differs", F02, "D2")]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_told_is_refused_once_with_its_place_and_the_way_out(name: str) -> None:
    workbook, expected = REFUSED[name]
    found = taken(workbook)
    assert [(issue.code, issue.place.sheet, issue.place.cell) for issue in found.issues] == expected
    assert all(issue.fix_zh and issue.fix_en for issue in found.issues)


ALIASES = [
    ("150000", alias)
    for alias in ("内蒙", "内蒙古", "蒙", "内蒙自治区", "内蒙古自治区", "150000", "内蒙古市场监督管理局")
] + [
    ("660000", alias)
    for alias in ("兵团", "新疆兵团", "新疆建设兵团", "新疆生产建设兵团", "生产建设兵团", "新疆兵团双打办")
]


@pytest.mark.parametrize(("unit", "alias"), ALIASES)
def test_a_region_may_be_called_as_people_call_it(unit: str, alias: str) -> None:
    [region] = [each for each in rules_2021().units.values() if each.code == unit]
    content = template(agreeing_figures(), unit=region.code)
    workbook = with_cells(opened(content), {("F02", "B2"): text(alias)})
    found = taken(workbook, unit=UnitCode(unit))
    assert codes(found) == []
    assert [(each.before, each.after) for each in found.normalisations] == (
        [(alias, region.name)] if alias != region.name else []
    )


@pytest.mark.parametrize(
    ("unit", "heading", "code"),
    [
        ("610000", "山西", "heading-unit-differs"),
        ("140000", "陕西", "heading-unit-differs"),
        ("650000", "兵团", "heading-unit-differs"),
        ("650000", "新疆兵团", "heading-unit-differs"),
        ("660000", "新疆", "heading-unit-differs"),
        ("220000", "吉林市", "heading-unit-unknown"),
        ("360000", "江 西", ""),
    ],
)
def test_a_near_miss_is_another_unit(unit: str, heading: str, code: str) -> None:
    workbook = with_cells(
        opened(template(agreeing_figures(), unit=UnitCode(unit))), {("F02", "B2"): text(heading)}
    )
    said = [each for each in codes(taken(workbook, unit=UnitCode(unit))) if each.startswith("heading")]
    assert said == ([code] if code else [])


def test_each_of_the_32_units_knows_its_aliases_and_shares_none() -> None:
    units = rules_2021().units.values()
    names = [name for unit in units for name in {unit.code, unit.name, unit.short, *unit.aliases}]
    assert len(names) == len(set(names))
    assert all(any(len(alias) == 1 for alias in unit.aliases) for unit in units if unit.code != "660000")


def test_a_hidden_row_or_column_with_values_is_named_cell_by_cell() -> None:
    def hide(sheet: Sheet) -> Sheet:
        found = {at: replace(cell, hidden=cell.row == 7) for at, cell in sheet.cells.items()}
        return replace(sheet, cells=found)

    found = taken(changed("F02", hide))
    assert [(issue.code, issue.place.cell) for issue in found.issues] == [("hidden-value", "D7")]


def test_a_period_of_the_first_quarter_is_known_in_words_too() -> None:
    first = Period(2021, 1, yearly=False)
    workbook = with_cells(opened(template({}, first)), {("F02", "D2"): text("2021年一季度")})
    assert "heading-period-differs" not in codes(taken(workbook, first))
