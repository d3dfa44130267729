"""Reports to test with: figures that agree with every check of 2021, and workbooks changed cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from intake.addresses import column_letters, split_address, split_range
from intake.cells import Cell, CellKind, Sheet, Workbook
from intake.check_context import gather_context
from intake.fields import Field, due_forms, fields_of
from intake.report import Intake, read_report
from intake.strict_xlsx import parse_xlsx
from intake.template import write_template
from scoring.codes import ElementCode, UnitCode
from scoring.errors import Issue
from scoring.facts import Amount, Facts, Series, Standing
from scoring.periods import Period
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Element, Provider
from scoring.rulebook.rules import RuleSet

YEAR_2021 = Path(__file__).resolve().parents[2] / "rules" / "national" / "2021"
BEIJING = UnitCode("110000")
LAST_QUARTER = Period(2021, 4, False)

# In a broken-down element every member has the figure.
AGREEING: Mapping[str, str] = {
    **{"E101": "200", "E102": "300", "E103": "100", "E104": "60", "E105": "50", "E106": "500.25"},
    **{"E107": "80.5", "E108": "3", "E109": "4", "E110": "5", "E111": "20", "E112": "10", "E113": "15"},
    **{"E114": "12", "E115": "6", "E116": "8", "E117": "9", "E118": "5"},
    **{"E201": "50", "E202": "40", "E203": "20", "E204": "15", "E205": "6", "E206": "5", "E207": "4"},
    **{"E208": "3", "E209": "2", "E210": "1"},
    **{"E301": "100", "E302": "90", "E303": "80", "E304": "70", "E305": "30", "E306": "25", "E307": "10"},
    **{"E308": "8", "E401": "5", "E402": "40", "E403": "30", "E404": "6", "E405": "5"},
    **{"E501": "7", "E502": "9", "E503": "4", "E601": "40", "E602": "30", "E603": "20", "E604": "60"},
    **{"E605": "50", "E701": "50", "E702": "40", "E703": "30"},
    **{"E801": "100", "E802": "90", "E803": "12", "E804": "10", "E805": "9", "E806": "8"},
    **{"E901": "30", "E902": "20", "E903": "10", "E904": "2", "E905": "5", "E906": "4", "E907": "3"},
    **{"E908": "2", "EA01": "2", "EA02": "3", "EA03": "1", "EA04": "12", "EA05": "10", "EA06": "40"},
    **{"EA07": "35", "EA08": "6", "EA09": "30", "EA10": "20", "EA11": "2", "EA13": "1", "ED02": "9"},
    **{
        "EB01": "12",
        "EB02": "6",
        "EB05": "500",
        "EB06": "400",
        "EB07": "3",
        "EC01": "120.5",
        "EC02": "100.125",
    },
}
ISSUED = date(2021, 6, 30)


@cache
def rules_2021() -> RuleSet:
    """The national rule set of 2021."""
    rules, issues = read_rule_set(YEAR_2021)
    assert rules is not None, [str(issue) for issue in issues]
    return rules


def element_of(code: str) -> Element:
    """An element of the national rule set."""
    return rules_2021().elements[ElementCode(code)]


@cache
def region_fields(period: Period = LAST_QUARTER) -> tuple[Field, ...]:
    """Every field that a region fills in."""
    return fields_of(due_forms(rules_2021(), Provider.REGION, period), period)


def agreeing_figures(period: Period = LAST_QUARTER) -> dict[Series, Amount | Standing]:
    """A figure for every field of a region, in agreement with every check of a single quarter."""
    return {
        field.series: Fraction(ISSUED.toordinal()) if code == "ED01" else Fraction(AGREEING[code])
        for field in region_fields(period)
        if not field.is_total
        for code in [str(field.element.code)]
    }


def template(
    filled: Mapping[Series, Amount | Standing],
    period: Period = LAST_QUARTER,
    unit: UnitCode = BEIJING,
    **options: Any,
) -> bytes:
    """A region's template with these figures."""
    rules = rules_2021()
    forms = due_forms(rules, Provider.REGION, period)
    return write_template(rules, forms, unit, period, Provider.REGION, filled=filled, **options)


def opened(content: bytes) -> Workbook:
    """The workbook, read in this process; of every total formula the result that a spreadsheet would save."""
    workbook, refusals = parse_xlsx(content)
    assert workbook is not None, refusals
    sheets = []
    for sheet in workbook.sheets:
        # A spreadsheet saves the empty text that the formula gives; the template's writer leaves it out.
        computed = {
            address: replace(cell, kind=CellKind.TEXT) if cell.kind is CellKind.BLANK else cell
            for address, cell in sheet.cells.items()
        }
        sheets.append(replace(sheet, cells=computed))
    return replace(workbook, sheets=tuple(sheets))


@cache
def agreeing_workbook() -> Workbook:
    """The report of the last quarter with nothing wrong in it."""
    return opened(template(agreeing_figures()))


@cache
def blank_workbook() -> Workbook:
    """The template of the last quarter as it is downloaded."""
    return opened(template({}))


def new_cell(sheet: str, address: str, kind: CellKind, text: str, **more: Any) -> Cell:
    """A cell."""
    row, column = split_address(address) or (0, 0)
    return Cell(sheet, address, row, column, kind, text, **more)


def number(text: str) -> Callable[[str, str], Cell]:
    """A number for `with_cells`."""
    return lambda sheet, address: new_cell(sheet, address, CellKind.NUMBER, text)


def text(words: str) -> Callable[[str, str], Cell]:
    """A text for `with_cells`."""
    return lambda sheet, address: new_cell(sheet, address, CellKind.TEXT, words)


Change = Callable[[str, str], Cell] | None


def with_cells(workbook: Workbook, changes: Mapping[tuple[str, str], Change]) -> Workbook:
    """The workbook with other cells at (sheet or its form code, address); None removes one."""
    sheets: list[Sheet] = []
    for sheet in workbook.sheets:
        cells = dict(sheet.cells)
        for (name, address), change in changes.items():
            if name in {sheet.name, sheet.name.split()[0]}:
                cells.pop(address, None)
                if change is not None:
                    cells[address] = change(sheet.name, address)
        sheets.append(replace(sheet, cells=cells))
    return replace(workbook, sheets=tuple(sheets))


def without_sheet(workbook: Workbook, code: str) -> Workbook:
    """The workbook without the sheet of a form."""
    return replace(
        workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name.split()[0] != code)
    )


def with_sheet(workbook: Workbook, code: str, change: Callable[[Sheet], Sheet]) -> Workbook:
    """The workbook with one sheet changed."""
    sheets = [change(sheet) if sheet.name.split()[0] == code else sheet for sheet in workbook.sheets]
    return replace(workbook, sheets=tuple(sheets))


def moved(sheet: Sheet, place: Callable[[int, int], tuple[int, int]]) -> Sheet:
    """The sheet with every cell at another row and column, and the merged ranges that keep their shape."""
    cells: dict[str, Cell] = {}
    for cell in sheet.cells.values():
        row, column = place(cell.row, cell.column)
        address = f"{column_letters(column)}{row}"
        cells[address] = replace(cell, row=row, column=column, address=address)
    merged = []
    for text in sheet.merged:
        area = split_range(text)
        assert area is not None
        (top, left), (bottom, right) = place(area.top, area.left), place(area.bottom, area.right)
        if (bottom - top, right - left) == (area.bottom - area.top, area.right - area.left):
            merged.append(f"{column_letters(left)}{top}:{column_letters(right)}{bottom}")
    return replace(sheet, cells=cells, merged=tuple(merged))


def cell_of(workbook: Workbook, element: str, head: str = "") -> tuple[str, str]:
    """Sheet and address of an element's cell under a column head (the first one by default)."""
    for sheet in workbook.sheets:
        row = next(
            (cell.row for cell in sheet.cells.values() if cell.column == 1 and cell.text == element), None
        )
        if row is not None:
            heads = {
                cell.text: cell.address.rstrip("0123456789") for cell in sheet.cells.values() if cell.row == 4
            }
            column = heads.get(head) or heads.get("合计") or heads["数值"]
            return sheet.name, f"{column}{row}"
    raise KeyError(element)


def taken(
    workbook: Workbook, period: Period = LAST_QUARTER, earlier: Facts | None = None, unit: UnitCode = BEIJING
) -> Intake:
    """What intake says about a workbook as the report of a region."""

    def read(_content: bytes) -> tuple[Workbook | None, tuple[Issue, ...]]:
        return workbook, ()

    return read_report(
        b"",
        rules=rules_2021(),
        unit=unit,
        period=period,
        provider=Provider.REGION,
        context=gather_context(rules_2021(), unit, period, Provider.REGION, earlier or ()),
        reader=read,
    )


def codes(intake: Intake) -> list[str]:
    """The codes of its issues, in order."""
    return [issue.code for issue in intake.issues]
