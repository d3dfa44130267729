"""Writing the sheets of a workbook as texts: one .csv each, or a .zip of them, as spreadsheets save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from intake.cells import Cell, CellKind, Sheet, Workbook
from intake.entry_dates import day_of_serial
from intake.numbers_text import decimal_of
from tests.support.xlsx import Part, pack

UTF8_NAME = 0x0800


def csv_text(sheet: Sheet, *, separator: str = ",", line_end: str = "\r\n") -> str:
    """The sheet as a text: every row up to its last, days as 2021-06-30, percentages with their sign."""
    last = max(cell.row for cell in sheet.cells.values())
    width = max(cell.column for cell in sheet.cells.values())
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator=line_end)
    cells = {(cell.row, cell.column): cell for cell in sheet.cells.values()}
    for row in range(1, last + 1):
        writer.writerow([shown(cells.get((row, column))) for column in range(1, width + 1)])
    return buffer.getvalue()


def shown(cell: Cell | None) -> str:
    """What a spreadsheet shows of a cell."""
    if cell is None:
        return ""
    if cell.kind is CellKind.DATE:
        return str(day_of_serial(int(cell.text), date1904=False))
    if cell.kind is CellKind.NUMBER:
        return format(decimal_of(cell) or 0, "f")  # 15 digits of the 17 that are stored
    return cell.text


def zip_of(files: Iterable[tuple[bytes, bytes]], *, flags: int = 0) -> bytes:
    """A zip of files with these names, in whatever encoding."""
    return pack(Part(name.decode(errors="surrogateescape"), data, flags=flags) for name, data in files)


def csv_zip(
    workbook: Workbook, *, encoding: str = "gb18030", separator: str = ",", names: str = "gbk"
) -> bytes:
    """All sheets of a workbook, each under its name."""
    flags = UTF8_NAME if names == "utf-8" else 0
    files = [
        (f"{sheet.name}.csv".encode(names), csv_text(sheet, separator=separator).encode(encoding))
        for sheet in workbook.sheets
    ]
    return zip_of(files, flags=flags)
