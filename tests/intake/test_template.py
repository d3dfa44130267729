"""The template: the same bytes each time, yellow cells to fill, everything else locked, nothing clipped."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from intake.cells import CellKind, Visibility
from intake.fields import due_elements, due_forms, event_elements, fields_of
from intake.labels import META_SHEET, sheet_name
from intake.report import Verdict, read_report
from intake.strict_xlsx import parse_xlsx
from intake.template import Brought, write_template
from intake.template_entry import validation
from intake.template_look import width_of
from scoring.codes import ElementCode, MemberCode, PeriodCode
from scoring.errors import UnknownUnit
from scoring.facts import Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Form, Provider
from tests.support.reports import (
    BEIJING,
    LAST_QUARTER,
    agreeing_figures,
    cell_of,
    opened,
    region_fields,
    rules_2021,
    template,
)

RULES = rules_2021()
REGION = due_forms(RULES, Provider.REGION, LAST_QUARTER)
BLANK = template({})
BOOK = openpyxl.load_workbook(io.BytesIO(BLANK))


def sheet_of(form: Form) -> Worksheet:
    found = BOOK[sheet_name(form)]
    assert isinstance(found, Worksheet)
    return found


def test_the_same_figures_give_the_same_bytes() -> None:
    figures = agreeing_figures()
    assert template(figures) == template(dict(reversed(figures.items())))
    assert template(figures) != template({})


def test_every_form_that_is_due_has_its_sheet_and_the_marks_are_very_hidden() -> None:
    names = [sheet.title for sheet in BOOK.worksheets]
    assert names == ["说明", *(sheet_name(form) for form in REGION), META_SHEET]
    assert BOOK[META_SHEET].sheet_state == "veryHidden"
    workbook, _ = parse_xlsx(BLANK)
    assert workbook is not None
    assert workbook.sheets[-1].visibility is Visibility.VERY_HIDDEN


def test_the_cover_says_for_whom_and_until_when() -> None:
    cover = openpyxl.load_workbook(io.BytesIO(template({}, deadline=date(2022, 1, 17))))["说明"]
    words = "".join(str(cell.value or "") for row in cover.iter_rows() for cell in row)
    for part in (
        "北京市",
        "2021年第四季度",
        "2022年1月17日",
        "零申报",
        "不适用",
        "未报",
        "F12无害化销毁表",
    ):
        assert part in words


@pytest.mark.parametrize("form", REGION, ids=lambda form: str(form.code))
def test_only_input_cells_heading_inputs_and_the_nil_box_are_unlocked(form: Form) -> None:
    sheet = sheet_of(form)
    assert sheet.protection.sheet
    assert not sheet.protection.password
    workbook = opened(BLANK)
    inputs = {
        cell_of(workbook, field.element.code, field.head)[1]
        for field in region_fields()
        if field.form == form.code and not field.is_total
    }
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == inputs | {"B3", "F2", "F3"}


@pytest.mark.parametrize("form", REGION, ids=lambda form: str(form.code))
def test_every_input_cell_is_limited_once_and_tells_what_belongs_there(form: Form) -> None:
    sheet = sheet_of(form)
    workbook = opened(BLANK)
    limited: list[str] = []
    for rule in sheet.data_validations.dataValidation:
        limited += [cell for part in rule.sqref.ranges for row in part.rows for cell in cells(row)]
        assert 0 < len(rule.prompt or "") <= 255
        assert len(rule.promptTitle or "") <= 32
    inputs = [
        cell_of(workbook, field.element.code, field.head)[1]
        for field in region_fields()
        if field.form == form.code and not field.is_total
    ]
    assert sorted(limited) == sorted([*inputs, "B3"])


def cells(row: Any) -> list[str]:
    return [get_column_letter(column) + str(line) for line, column in row]


@pytest.mark.parametrize("form", REGION, ids=lambda form: str(form.code))
def test_the_page_is_a4_landscape_and_fits_in_width_with_its_head_repeated(form: Form) -> None:
    sheet = sheet_of(form)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    height = sheet.page_setup.fitToHeight
    # 0 is as many pages as it takes: only the longest form needs more than one.
    assert (sheet.page_setup.fitToWidth or 1, 1 if height is None else height) == (1, form.code != "F01")
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.freeze_panes == "D5"


@pytest.mark.parametrize("form", REGION, ids=lambda form: str(form.code))
def test_no_text_needs_more_room_than_its_row_and_column_give(form: Form) -> None:
    sheet = sheet_of(form)
    merged = {part.min_row: part for part in sheet.merged_cells.ranges}
    for row in sheet.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                spans = merged.get(cell.row)
                columns = range(spans.min_col, spans.max_col + 1) if spans else [cell.column]
                width = sum(sheet.column_dimensions[get_column_letter(c)].width for c in columns)
                lines = -(-width_of(cell.value) // int(width))
                assert (sheet.row_dimensions[cell.row].height or 15) >= lines * 12, cell.coordinate


@pytest.mark.parametrize("form", REGION, ids=lambda form: str(form.code))
def test_the_definition_of_every_element_is_printed_on_its_sheet(form: Form) -> None:
    words = [str(cell.value) for row in sheet_of(form).iter_rows() for cell in row if cell.value]
    for element in due_elements(form, LAST_QUARTER):
        assert any(element.definition in word for word in words), element.code
    for note in form.notes:
        assert any(note in word for word in words)


def test_what_is_filled_in_is_read_back_as_the_same_facts() -> None:
    figures = agreeing_figures()
    figures[Series(ElementCode("E401"), PeriodCode("2021Q4"))] = Standing.NOT_APPLICABLE
    figures[Series(ElementCode("EA03"), PeriodCode("2021Q4"))] = Standing.NIL
    figures[Series(ElementCode("E106"), PeriodCode("2021Q4"), MemberCode("海关"))] = Fraction("0.07")
    found = read_report(
        template(figures), rules=RULES, unit=BEIJING, period=LAST_QUARTER, provider=Provider.REGION
    )
    assert found.verdict is Verdict.IN_ORDER
    back = {
        fact.series: fact.amount if fact.standing is Standing.VALUE else fact.standing for fact in found.facts
    }
    assert back == figures


def test_what_is_missing_or_not_due_is_left_blank() -> None:
    wanted = Series(ElementCode("E203"), PeriodCode("2021Q4"))
    for standing in (Standing.MISSING, Standing.NOT_DUE):
        workbook = opened(template({wanted: standing}))
        sheet, address = cell_of(workbook, "E203")
        found = workbook.sheet(sheet)
        assert found is not None
        assert found.cell(address) is None


def test_figures_taken_over_stand_in_green_until_filled_in() -> None:
    wanted = Series(ElementCode("E105"), PeriodCode("2021Q4"), MemberCode("海关"))
    _, address = cell_of(opened(BLANK), "E105", "海关")

    def shown(content: bytes) -> tuple[Any, str]:
        cell = openpyxl.load_workbook(io.BytesIO(content))["F01 行政执法办案季报表"][address]
        return cell.value, cell.fill.fgColor.rgb

    brought = Brought(carried={wanted: Fraction(90)})
    assert shown(template({}, brought=brought)) == (90, "FFEDF7ED")
    assert shown(template({wanted: Fraction(91)}, brought=brought)) == (91, "FFFFFBE6")


def test_a_total_shows_nothing_until_something_is_typed() -> None:
    sheet, address = cell_of(opened(BLANK), "E101")
    for content, kind, words in (
        (BLANK, CellKind.BLANK, ""),
        (template(agreeing_figures()), CellKind.NUMBER, "1600"),
    ):
        workbook, _ = parse_xlsx(content)
        assert workbook is not None
        found = workbook.sheet(sheet)
        assert found is not None
        cell = found.cell(address)
        assert cell is not None
        assert (cell.kind, cell.text) == (kind, words)
        assert cell.formula.startswith("IF(COUNT(E5:L5)=0")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "E203",
            {
                "validate": "custom",
                "value": '=OR(AND(ISNUMBER(D5),ROUND(D5,0)=D5,D5>=0),D5="零申报")',
            },
        ),
        (
            "E107",
            {
                "validate": "custom",
                "value": '=OR(AND(ISNUMBER(D5),ROUND(D5,2)=D5,D5>=0),D5="不适用",D5="零申报")',
            },
        ),
        (
            "AB3",
            {
                "validate": "custom",
                "value": '=OR(AND(ISNUMBER(D5),ROUND(D5,0)=D5,D5>=1,D5<=32),D5="零申报")',
            },
        ),
        ("K131", {"validate": "list", "source": ["是", "否"]}),
        ("K133", {"validate": "list", "source": ["是", "否", "不适用"]}),
        ("ED01", {"validate": "date", "minimum": date(2000, 1, 1)}),
    ],
)
def test_a_spreadsheet_itself_refuses_what_the_definition_forbids(
    code: str, expected: dict[str, Any]
) -> None:
    found = validation(RULES.elements[ElementCode(code)], "D5")
    assert {key: found[key] for key in expected} == expected
    assert found["error_message"]


@pytest.mark.parametrize("provider", [Provider.OFFICE, Provider.MINISTRY, Provider.ON_SITE, Provider.SYSTEM])
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_provider_has_a_template_that_is_read_back(provider: Provider, quarter: int) -> None:
    period = Period(2021, quarter, False)
    forms = due_forms(RULES, provider, period)
    content = write_template(RULES, forms, BEIJING, period, provider)
    found = read_report(
        content, rules=RULES, unit=BEIJING, period=period, provider=provider, reader=in_process
    )
    assert [issue.code for issue in found.issues] == ["report-blank"] * bool(forms)
    events = event_elements(RULES)
    assert found.required == sum(field.element.code not in events for field in fields_of(forms, period))


def in_process(content: bytes) -> tuple[Any, tuple[Any, ...]]:
    return parse_xlsx(content)


def test_a_form_of_which_nothing_is_due_is_left_out() -> None:
    first = Period(2021, 1, False)
    content = write_template(RULES, tuple(RULES.forms.values()), BEIJING, first, Provider.REGION)
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert not [name for name in names if name.startswith(("F12", "K01", "A01"))]


def test_an_unknown_unit_is_the_callers_mistake() -> None:
    with pytest.raises(UnknownUnit):
        write_template(RULES, REGION, type(BEIJING)("999999"), LAST_QUARTER, Provider.REGION)
