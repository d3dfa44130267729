"""Writing one form as a sheet: heading, table, notes; what is typed later stands in yellow cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from intake.fields import Field
from intake.labels import (
    CODE_HEAD,
    DEFINITION_HEAD,
    LEADER_LABEL,
    MEASURE_HEAD,
    NAME_HEAD,
    NIL_LABEL,
    NO,
    PERIOD_LABEL,
    UNIT_LABEL,
    WRITER_LABEL,
    YES,
)
from intake.template_cells import corners, number_of, ranges, value_text, write_value
from intake.template_entry import validation
from intake.template_last import write_below, write_beside
from intake.template_look import Looks, height_of, width_of
from intake.template_plan import FIGURES_FROM, FIRST_ROW, HEAD_ROW, SheetPlan, sum_of
from intake.template_words import definition_text, note_blocks
from scoring.rulebook.forms import Element, ElementType

_CODE_WIDTH, _NAME_WIDTH, _MEASURE_WIDTH = 10, 37, 10
_ONLY_WIDTH, _LAST_WIDTH, _MEMBER_WIDTH, _DEFINITION_WIDTH, _SIGNED_WIDTH = 18, 14, 11, 66, 14
_COLUMNS_A_PAGE, _LINES_A_PAGE = 16, 50
_A4 = 9


def write_form(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    """Write a form onto an empty sheet."""
    _set_up(sheet, plan)
    _write_heading(sheet, looks, plan)
    _write_head(sheet, looks, plan)
    by_element = groupby(plan.fields, key=lambda field: field.element.code)
    for row, (element, (_, fields)) in enumerate(zip(plan.elements, by_element, strict=True), FIRST_ROW):
        _write_row(sheet, looks, plan, row, element, list(fields))
    row = FIRST_ROW + len(plan.elements) + 1
    if plan.shows_last and not plan.last_column:
        row = write_below(sheet, looks, plan, row) + 1
        if not _is_short(plan):
            # What explains the figures begins on a new page, not with its title at the foot of theirs.
            sheet.set_h_pagebreaks([row - 1])
    _write_notes(sheet, looks, plan, row)


def _set_up(sheet: Worksheet, plan: SheetPlan) -> None:
    for column, width in enumerate(_widths(plan)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW, FIGURES_FROM - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(-(-plan.width // _COLUMNS_A_PAGE), 1 if _is_short(plan) else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(0, HEAD_ROW - 1)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _is_short(plan: SheetPlan) -> bool:
    """Whether all of it is still easy to read on a single page."""
    lines = sum(len(lines) + 2 for _, lines in note_blocks(plan))
    return 2 * len(plan.elements) + lines <= _LINES_A_PAGE


def _head_width(head: str, plan: SheetPlan) -> int:
    if len(plan.heads) == 1 or head == plan.heads[0]:
        return _ONLY_WIDTH
    return max(_MEMBER_WIDTH, width_of(head) + 2)


def _write_heading(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    sheet.merge_range(0, 0, 0, plan.width - 1, plan.form.title, looks["title"])
    sheet.set_row(0, 34)
    sheet.set_row(1, 20)
    sheet.set_row(2, 20)
    stated = ((1, 0, UNIT_LABEL, plan.unit_name), (1, 2, PERIOD_LABEL, plan.period.title))
    for row, column, label, value in stated:
        sheet.write_string(row, column, label, looks["label"])
        sheet.write_string(row, column + 1, value, looks["stated"])
    signed = (
        (1, 4, LEADER_LABEL, plan.heading.leader),
        (2, 4, WRITER_LABEL, plan.heading.writer),
        (2, 0, NIL_LABEL, YES if plan.heading.nil else ""),
    )
    for row, column, label, value in signed:
        sheet.write_string(row, column, label, looks["label"])
        write_value(sheet, row + 1, column + 2, value or None, looks["signed"], dated=False)
    _limit_nil_box(sheet)


def _limit_nil_box(sheet: Worksheet) -> None:
    message = "本表这一期什么都没有发生的，选“是”：空着的数字格全部按零申报。其余情况留空。"
    options = {
        "validate": "list",
        "source": [YES, NO],
        "input_title": NIL_LABEL,
        "input_message": message,
        "error_title": "填写有误",
        "error_message": "这里只能选“是”“否”，或者留空",
    }
    sheet.data_validation(2, 1, 2, 1, options)


def _write_head(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    heads = [CODE_HEAD, NAME_HEAD, MEASURE_HEAD, *plan.heads]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROW - 1, column, head, looks["head"])
    if plan.last_column:
        sheet.write_string(HEAD_ROW - 1, plan.last_column - 1, plan.last_head, looks["last-head"])
    if plan.beside:
        _write_definition(sheet, looks["head"], plan, HEAD_ROW, DEFINITION_HEAD)
    sheet.set_row(HEAD_ROW - 1, 24)


def _write_row(
    sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, element: Element, fields: Sequence[Field]
) -> None:
    sheet.write_string(row - 1, 0, element.code, looks["code"])
    sheet.write_string(row - 1, 1, element.name, looks["name"])
    sheet.write_string(row - 1, 2, element.measure, looks["code"])
    heights = [20.0, height_of(element.name, _NAME_WIDTH), height_of(element.measure, _MEASURE_WIDTH)]
    if plan.beside:
        words = definition_text(element)
        _write_definition(sheet, looks["definition"], plan, row, words)
        heights.append(height_of(words, _DEFINITION_WIDTH * 1.1, 12.5))
    sheet.set_row(row - 1, max(heights))
    for head in set(plan.heads) - {field.head for field in fields}:
        sheet.write_blank(row - 1, plan.column(head) - 1, None, looks["unused"])
    for field in fields:
        if field.is_total:
            _write_total(sheet, looks, plan, row, [other for other in fields if not other.is_total])
        else:
            _write_input(sheet, looks, plan, row, field)
    if plan.last_column:
        write_beside(sheet, looks, plan, row, fields[0])
    for group in _limited_together(plan, fields):
        _limit_entry(sheet, plan, row, group)


def _write_definition(sheet: Worksheet, look: Format, plan: SheetPlan, row: int, words: str) -> None:
    """Up to the last column of the sheet, so that the table ends where its heading does."""
    first = plan.definitions_from
    if first == plan.width:
        sheet.write_string(row - 1, first - 1, words, look)
    else:
        sheet.merge_range(row - 1, first - 1, row - 1, plan.width - 1, words, look)


def _write_input(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, field: Field) -> None:
    dated = field.element.type is ElementType.DATE
    look = looks["date" if dated else "carried" if plan.is_carried(field.series) else "input"]
    write_value(sheet, row, plan.column(field.head), plan.value(field.series), look, dated=dated)


def _write_total(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, members: Sequence[Field]) -> None:
    cells = ",".join(ranges(row, sorted(plan.column(field.head) for field in members)))
    total = sum_of([plan.value(field.series) for field in members])
    # Nothing is shown while nothing is typed: a zero there would look like a report of zero.
    formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    result = "" if total is None else number_of(total)
    sheet.write_formula(row - 1, FIGURES_FROM - 1, formula, looks["total"], result)


def _limited_together(plan: SheetPlan, fields: Sequence[Field]) -> list[list[Field]]:
    """The cells of a row that have the same message: all of them, unless each names its own figures."""
    inputs = [field for field in fields if not field.is_total]
    each = not plan.last_column and any(_brought(plan, field) for field in inputs)
    return [[field] for field in inputs] if each else [inputs]


def _brought(plan: SheetPlan, field: Field) -> str:
    """What the system tells of a cell of its own accord."""
    last = plan.last.get(field.series)
    words = [] if last is None else [f"{plan.last_head}：{value_text(field.element, last)}"]
    words += ["绿色的数由系统按以前接受的数带入，请核对"] if plan.is_carried(field.series) else []
    return "；".join(words)


def _limit_entry(sheet: Worksheet, plan: SheetPlan, row: int, fields: Sequence[Field]) -> None:
    columns = sorted(plan.column(field.head) for field in fields)
    first, *others = [part.split(":") for part in ranges(row, columns)]
    brought = _brought(plan, fields[0]) if len(fields) == 1 else ""
    options = validation(fields[0].element, first[0], brought=brought)
    if others:
        # More than one stretch of columns: the test is written for the first cell and moves with each other.
        options["other_cells"] = [corners(part) for part in others]
    sheet.data_validation(*corners(first), options)


def _write_notes(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int) -> None:
    width = sum(_widths(plan))
    for title, lines in note_blocks(plan):
        sheet.merge_range(row - 1, 0, row - 1, plan.width - 1, title, looks["note_head"])
        for offset, line in enumerate(lines):
            sheet.merge_range(row + offset, 0, row + offset, plan.width - 1, line, looks["note"])
            sheet.set_row(row + offset, height_of(line, width * 1.1, 12.5))
        row += len(lines) + 2


def _widths(plan: SheetPlan) -> list[int]:
    widths = [_CODE_WIDTH, _NAME_WIDTH, _MEASURE_WIDTH, *(_head_width(head, plan) for head in plan.heads)]
    widths += [_LAST_WIDTH] if plan.last_column else []
    if plan.beside and plan.width > plan.definitions_from:
        widths += [_DEFINITION_WIDTH - _SIGNED_WIDTH]
    elif plan.beside:
        widths += [_DEFINITION_WIDTH]
    return [*widths, *[_SIGNED_WIDTH] * (plan.width - len(widths))]
