"""Writing one form as a sheet: heading, table, notes; what is typed later stands in yellow cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from intake.addresses import split_address
from intake.fields import Field, due_elements, fields_of, member_heads, total_head
from intake.labels import (
    CODE_HEAD,
    DEFINITION_HEAD,
    LEADER_LABEL,
    MEASURE_HEAD,
    NAME_HEAD,
    NIL_LABEL,
    NIL_WORD,
    NO,
    NOT_APPLICABLE_WORD,
    PERIOD_LABEL,
    UNIT_LABEL,
    WRITER_LABEL,
    YES,
)
from intake.table import address
from intake.template_entry import validation
from intake.template_look import Looks, height_of, width_of
from scoring.facts import Amount, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Form

Filling = Mapping[Series, Amount | Standing]
"""What stands in a cell: an exact amount (dates as ordinal days), nil, or not applicable."""

HEAD_ROW = 4
_FIRST_ROW = HEAD_ROW + 1
_FIGURES_FROM = 4
_CODE_WIDTH, _NAME_WIDTH, _MEASURE_WIDTH = 12, 30, 10
_ONLY_WIDTH, _MEMBER_WIDTH, _DEFINITION_WIDTH, _SIGNED_WIDTH = 18, 11, 66, 14
_SIGNED_COLUMN = 6
_MOST_BESIDE = 3
"""With more columns of figures than this, the definitions stand below the table instead of beside it."""
_COLUMNS_A_PAGE = 16
_A4 = 9
_WORDS = {Standing.NIL: NIL_WORD, Standing.NOT_APPLICABLE: NOT_APPLICABLE_WORD}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPlan:
    """What goes where on one sheet; columns count from 1."""

    form: Form
    period: Period
    unit_name: str
    filled: Filling
    carried: Filling

    @property
    def elements(self) -> tuple[Element, ...]:
        """The rows, in order."""
        return due_elements(self.form, self.period)

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of figures, in order."""
        return (total_head(self.form, self.period), *member_heads(self.form, self.period))

    @property
    def beside(self) -> bool:
        """Whether the definitions have a column of the table."""
        return len(self.heads) <= _MOST_BESIDE

    @property
    def last_column(self) -> int:
        """The last column that anything stands in."""
        return max(_FIGURES_FROM + len(self.heads) - 1 + self.beside, _SIGNED_COLUMN)

    def column(self, head: str) -> int:
        """Where a column of figures stands."""
        return _FIGURES_FROM + self.heads.index(head)

    def value(self, series: Series) -> Amount | Standing | None:
        """What is written for a series; None leaves the cell blank."""
        found = self.filled.get(series, self.carried.get(series))
        return found if not isinstance(found, Standing) or found in _WORDS else None


def write_form(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    """Write a form onto an empty sheet."""
    _set_up(sheet, plan)
    _write_heading(sheet, looks, plan)
    _write_head(sheet, looks, plan)
    by_element = groupby(fields_of([plan.form], plan.period), key=lambda field: field.element.code)
    for row, (element, (_, fields)) in enumerate(zip(plan.elements, by_element, strict=True), _FIRST_ROW):
        _write_row(sheet, looks, plan, row, element, list(fields))
    _write_notes(sheet, looks, plan, _FIRST_ROW + len(plan.elements) + 1)


def _set_up(sheet: Worksheet, plan: SheetPlan) -> None:
    for column, width in enumerate(_widths(plan)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD_ROW, _FIGURES_FROM - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(-(-plan.last_column // _COLUMNS_A_PAGE), 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(0, HEAD_ROW - 1)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _head_width(head: str, plan: SheetPlan) -> int:
    if len(plan.heads) == 1 or head == plan.heads[0]:
        return _ONLY_WIDTH
    return max(_MEMBER_WIDTH, width_of(head) + 2)


def _write_heading(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    sheet.merge_range(0, 0, 0, plan.last_column - 1, plan.form.title, looks["title"])
    sheet.set_row(0, 34)
    sheet.set_row(1, 20)
    sheet.set_row(2, 20)
    stated = ((1, 0, UNIT_LABEL, plan.unit_name), (1, 2, PERIOD_LABEL, plan.period.title))
    for row, column, label, value in stated:
        sheet.write_string(row, column, label, looks["label"])
        sheet.write_string(row, column + 1, value, looks["stated"])
    for row, column, label in ((1, 4, LEADER_LABEL), (2, 4, WRITER_LABEL), (2, 0, NIL_LABEL)):
        sheet.write_string(row, column, label, looks["label"])
        sheet.write_blank(row, column + 1, None, looks["signed"])
    sheet.data_validation(
        2,
        1,
        2,
        1,
        {
            "validate": "list",
            "source": [YES, NO],
            "input_title": NIL_LABEL,
            "input_message": "本表这一期什么都没有发生的，选“是”：空着的数字格全部按零申报。其余情况留空。",
            "error_title": "填写有误",
            "error_message": "这里只能选“是”“否”，或者留空",
        },
    )


def _write_head(sheet: Worksheet, looks: Looks, plan: SheetPlan) -> None:
    heads = [CODE_HEAD, NAME_HEAD, MEASURE_HEAD, *plan.heads]
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROW - 1, column, head, looks["head"])
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
        _write_definition(sheet, looks["definition"], plan, row, element.definition)
        heights.append(height_of(element.definition, _DEFINITION_WIDTH * 1.1, 12.5))
    sheet.set_row(row - 1, max(heights))
    for head in set(plan.heads) - {field.head for field in fields}:
        sheet.write_blank(row - 1, plan.column(head) - 1, None, looks["unused"])
    for field in fields:
        if field.is_total:
            _write_total(sheet, looks, plan, row, [other for other in fields if not other.is_total])
        else:
            _write_input(sheet, looks, plan, row, field)
    _limit_entry(sheet, plan, row, element, fields)


def _write_definition(sheet: Worksheet, look: Format, plan: SheetPlan, row: int, words: str) -> None:
    """Up to the last column of the sheet, so that the table ends where its heading does."""
    first = _FIGURES_FROM + len(plan.heads)
    if first == plan.last_column:
        sheet.write_string(row - 1, first - 1, words, look)
    else:
        sheet.merge_range(row - 1, first - 1, row - 1, plan.last_column - 1, words, look)


def _write_input(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, field: Field) -> None:
    at = (row - 1, plan.column(field.head) - 1)
    value = plan.value(field.series)
    dated = field.element.type is ElementType.DATE
    carried = field.series in plan.carried and field.series not in plan.filled
    look = looks["date" if dated else "carried" if carried else "input"]
    if isinstance(value, Standing):
        sheet.write_string(*at, _WORDS[value], look)
    elif isinstance(value, str):
        sheet.write_string(*at, value, look)
    elif value is None:
        sheet.write_blank(*at, None, look)
    elif dated:
        sheet.write_datetime(*at, date.fromordinal(int(value)), look)
    else:
        sheet.write_number(*at, _number(value), look)


def _write_total(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, members: Sequence[Field]) -> None:
    cells = ",".join(_ranges(row, sorted(plan.column(field.head) for field in members)))
    values = [plan.value(field.series) for field in members]
    numbers = [value for value in values if isinstance(value, Fraction)]
    # Nothing is shown while nothing is typed: a zero there would look like a report of zero.
    formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    result = _number(sum(numbers, Fraction(0))) if numbers else ""
    sheet.write_formula(row - 1, _FIGURES_FROM - 1, formula, looks["total"], result)


def _number(value: Fraction) -> int | float:
    """As XlsxWriter takes it: 16 significant digits are written, of which spreadsheets show 15."""
    return int(value) if value.denominator == 1 else float(value)


def _ranges(row: int, columns: Sequence[int]) -> list[str]:
    """The cells of a row as few ranges as possible: "E5:F5", "H5"."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [
        address(row, run[0]) if len(run) == 1 else f"{address(row, run[0])}:{address(row, run[-1])}"
        for run in runs
    ]


def _limit_entry(
    sheet: Worksheet, plan: SheetPlan, row: int, element: Element, fields: Sequence[Field]
) -> None:
    columns = sorted(plan.column(field.head) for field in fields if not field.is_total)
    first, *others = [part.split(":") for part in _ranges(row, columns)]
    options = validation(element, first[0])
    if others:
        # More than one stretch of columns: the test is written for the first cell and moves with each other.
        options["other_cells"] = [_corners(part) for part in others]
    sheet.data_validation(*_corners(first), options)


def _corners(cells: Sequence[str]) -> list[int]:
    """First row and column, last row and column, from 0."""
    found = [split_address(cell) or (1, 1) for cell in (cells[0], cells[-1])]
    return [number - 1 for corner in found for number in corner]


def _write_notes(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int) -> None:
    lines = [f"{number}. {note}" for number, note in enumerate(plan.form.notes, 1)]
    blocks = [("填报说明", lines)]
    if not plan.beside:
        blocks.append(("指标口径", [f"{each.code} {each.name}：{each.definition}" for each in plan.elements]))
    width = sum(_widths(plan))
    for title, block in blocks:
        if block:
            sheet.write_string(row - 1, 0, title, looks["note_head"])
            for offset, line in enumerate(block):
                sheet.merge_range(row + offset, 0, row + offset, plan.last_column - 1, line, looks["note"])
                sheet.set_row(row + offset, height_of(line, width * 1.1, 12.5))
            row += len(block) + 2


def _widths(plan: SheetPlan) -> list[int]:
    fixed = [_CODE_WIDTH, _NAME_WIDTH, _MEASURE_WIDTH]
    figures = [_head_width(head, plan) for head in plan.heads]
    rest = [_DEFINITION_WIDTH] if plan.beside else []
    if plan.beside and plan.last_column - len(fixed + figures) > 1:
        rest = [_DEFINITION_WIDTH - _SIGNED_WIDTH, _SIGNED_WIDTH]
    return [*fixed, *figures, *rest, *[_SIGNED_WIDTH] * (plan.last_column - len(fixed + figures + rest))]
