"""By what our sheets in a submitter's workbook are known: their marks, whatever their names."""

from __future__ import annotations

from intake.cells import Cell, Sheet

LIST_SHEET = "问题清单"
MARKS_SHEET = "_kaohe_marks"
LIST_MARK = "kaohe-issue-key/1"
"""The head of the hidden column of the list of issues."""
MARKS_MARK = "kaohe-marks/1"
"""The first cell of the hidden sheet."""
LIST_HEAD_ROW = 4
_HEADS_WITHIN = 30


def is_ours(sheet: Sheet) -> bool:
    """Whether the system put this sheet into the workbook; a name alone proves nothing."""
    return list_mark(sheet) is not None or _is_marks(sheet)


def list_mark(sheet: Sheet) -> Cell | None:
    """The head of the column of keys, where the sheet is a list of issues of ours."""
    for cell in sheet.cells.values():
        if cell.row > _HEADS_WITHIN:
            return None
        if cell.text == LIST_MARK:
            return cell
    return None


def _is_marks(sheet: Sheet) -> bool:
    first = sheet.cell("A1")
    return sheet.name.startswith(MARKS_SHEET) and first is not None and first.text == MARKS_MARK
