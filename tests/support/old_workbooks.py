"""The workbook that stands in `tests/intake/old_workbooks` in old formats; run as a module, it makes them.

`python -m tests.support.old_workbooks` needs LibreOffice, which saves the .xls of Excel 97; it has no filter
for Excel 95 and none for .et, so that those two are written byte by byte by `tests.support.biff`.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import xlsxwriter

from intake.cells import Cell, CellKind, Sheet, Workbook
from intake.strict_xlsx import parse_xlsx
from tests.support.biff import biff_of
from tests.support.libreoffice import convert

FOLDER = Path(__file__).parents[1] / "intake" / "old_workbooks"
EXCEL_97, EXCEL_95, ET = "excel-97.xls", "excel-95-gbk.xls", "wps.et"


def source() -> bytes:
    """Every kind of cell, three kinds of tabs, hidden rows and columns, merged ranges; as .xlsx."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    percent, day = (
        workbook.add_format({"num_format": "0.00%"}),
        workbook.add_format({"num_format": "yyyy-mm-dd"}),
    )
    sheet = workbook.add_worksheet("F01 行政执法")
    sheet.merge_range("A1:D1", "行政执法办案季报表（㎡，囧，鎏）", workbook.add_format({"bold": True}))
    for row, (code, number) in enumerate(
        [("E101", 1600), ("E102", -0.285), ("E103", 12345.678), ("E104", 1e18)], 3
    ):
        sheet.write_string(row, 0, code)
        sheet.write_number(row, 3, number)
    sheet.write_number("D8", 0.955, percent)
    sheet.write_datetime("D9", date(2021, 6, 30), day)
    sheet.write_boolean("D10", True)
    sheet.write_formula("D11", "=SUM(D4:D5)", None, 1599.715)
    sheet.write_formula("D12", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D13", '=IF(D4>0,"有","无")', None, "有")
    sheet.write_string("E15", "看不见的列")
    sheet.write_number("D16", 7)
    sheet.set_row(15, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    sheet.set_column(5, 5, 20)
    hidden = workbook.add_worksheet("备用")
    hidden.write_string("B2", "藏" * 30)
    hidden.hide()
    marks = workbook.add_worksheet("_meta")
    marks.write_string("A1", "unit")
    marks.write_string("B1", "110000")
    marks.very_hidden()
    workbook.close()
    return buffer.getvalue()


def read_source() -> Workbook:
    """The same as our own reader of .xlsx sees it."""
    workbook, refusals = parse_xlsx(source())
    assert workbook is not None, refusals
    return workbook


def told(cell: Cell) -> tuple[CellKind, str, bool, bool]:
    """What must be the same of a cell in every format: a formula only that it is one."""
    text = cell.text.lower() if cell.kind is CellKind.NUMBER else cell.text  # 1E+18 and 1e+18
    return cell.kind, text, bool(cell.formula), cell.hidden


def cells_of(sheet: Sheet) -> dict[str, tuple[CellKind, str, bool, bool]]:
    """The same of a whole sheet, by address."""
    return {address: told(cell) for address, cell in sheet.cells.items()}


def write_all() -> None:
    """Write the files anew."""
    workbook = read_source()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / EXCEL_97).write_bytes(convert(source(), "xls"))
    (FOLDER / EXCEL_95).write_bytes(biff_of(workbook, version=5, rows=[16], columns=[5]).file())
    (FOLDER / ET).write_bytes(biff_of(workbook, rows=[16], columns=[5]).file(ETExtData=b"\x01" * 64))


if __name__ == "__main__":
    write_all()
