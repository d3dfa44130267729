"""The earlier figures on a sheet: beside the values, or in rows of their own below a wide table."""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from intake.fields import Field
from intake.labels import comparable
from intake.template_cells import value_text, write_value
from intake.template_look import Looks
from intake.template_plan import FIGURES_FROM, SheetPlan, sum_of
from scoring.facts import Amount, Standing
from scoring.rulebook.forms import ElementType

LAST_KEYS = 3
"""The column, counted from 0, of the hidden sheet's list of what is shown: "element head", and its value."""
_ROW_HEIGHT = 14


def write_beside(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, field: Field) -> None:
    """Write the earlier figure next to the cell of an element that is not broken down."""
    dated = field.element.type is ElementType.DATE
    look = looks["last-date" if dated else "last"]
    write_value(sheet, row, plan.last_column, plan.last.get(field.series), look, dated=dated)


def write_below(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int) -> int:
    """Write the earlier figures of a broken-down form from a row on; returns the next row that is free.

    Every row says by its first cell that it is one of them, so that it is known again wherever it stands.
    """
    words = f"{plan.last_head}已接受的数：与上表同列对照，不用填，系统不读取。"
    sheet.merge_range(row - 1, 0, row - 1, plan.width - 1, words, looks["note_head"])
    for _, group in groupby(plan.fields, key=lambda field: field.element.code):
        fields = list(group)
        if any(field.series in plan.last for field in fields):
            row += 1
            _write_row(sheet, looks, plan, row, fields)
    return row + 1


def _write_row(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, fields: list[Field]) -> None:
    element = fields[0].element
    sheet.set_row(row - 1, _ROW_HEIGHT)
    sheet.write_string(row - 1, 0, plan.last_head, looks["last-label"])
    sheet.write_string(row - 1, 1, f"{element.code} {element.name}", looks["last-name"])
    sheet.write_string(row - 1, 2, element.measure, looks["last-label"])
    by_column = {plan.column(field.head): _last_value(plan, field, fields) for field in fields}
    for column in range(FIGURES_FROM, plan.width + 1):
        write_value(sheet, row, column, by_column.get(column), looks["last"], dated=False)


def _last_value(plan: SheetPlan, field: Field, row: list[Field]) -> Amount | Standing | None:
    if field.is_total:
        return sum_of([plan.last.get(other.series) for other in row if not other.is_total])
    return plan.last.get(field.series)


def last_shown(plan: SheetPlan) -> dict[str, str]:
    """What the sheet shows of earlier figures, as "element head" -> text; totals among them."""
    found: dict[str, str] = {}
    for _, group in groupby(plan.fields, key=lambda field: field.element.code):
        fields = list(group)
        for field in fields:
            value = _last_value(plan, field, fields)
            if value is not None:
                found[f"{field.element.code} {comparable(field.head)}"] = value_text(field.element, value)
    return found
