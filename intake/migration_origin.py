"""Whether a workbook's figures are the unit's own: nobody else's are ever carried into its template."""

from __future__ import annotations

from intake.cells import Cell, Workbook
from intake.headings import named_unit
from intake.labels import META_SHEET, UNIT_LABEL
from intake.marks_told import NOT_MOVED, template_named
from intake.old_rows import OldSheet, old_sheets
from intake.origin import Asked, check_marks, marks_of
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Issue, Place


def not_own(workbook: Workbook, asked: Asked) -> tuple[Issue, ...]:
    """Why nothing may be carried: another unit's or provider's marks or headings, or none that tell.

    Another period, template version or rule set is no reason.
    """
    sheets = old_sheets(workbook)
    others = tuple(issue for sheet in sheets if (issue := _heading_of_another(sheet, asked)) is not None)
    if workbook.sheet(META_SHEET) is not None:
        marks = tuple(issue for issue in check_marks(workbook, (), asked) if issue.code in NOT_MOVED)
        return marks or others
    named = any(_names(sheet.unit, asked) for sheet in sheets)
    if others or named:
        return others
    return (worded(SHEET_WORDINGS, fault("origin-unknown"), Place()),)


def source_named(workbook: Workbook, asked: Asked) -> str:
    """Which template the workbook is, for people; without marks only what its file format is."""
    marks = marks_of(workbook)
    return template_named(marks, asked.rules) if marks else f"没有模板标记的 {workbook.format.value} 文件"


def _names(cell: Cell | None, asked: Asked) -> bool:
    unit = named_unit(cell.text, asked.rules) if cell else None
    return unit is not None and unit.code == asked.unit


def _heading_of_another(sheet: OldSheet, asked: Asked) -> Issue | None:
    unit = named_unit(sheet.unit.text, asked.rules) if sheet.unit else None
    if sheet.unit is None or unit is None or unit.code == asked.unit:
        return None
    place = Place(sheet=sheet.name, cell=sheet.unit.address, row_label=UNIT_LABEL)
    what = fault("heading-unit-differs", named=unit.name)
    return worded(SHEET_WORDINGS, what, place, found=sheet.unit.text, expected=asked.unit_name)
