"""A second opinion on an old workbook: calamine reads it too, and both must have read the same.

Every program reads BIFF a little differently, and what was scored must be what the submitter saw. calamine
tells values only: an error or a formula without result comes as an empty text, and whether a number is a
date it decides itself. It takes no part where it is known to fail: it breaks down over texts in formulas
of Excel 5 and 95 workbooks, which the totals of every template hold.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta

from intake.addresses import column_letters
from intake.cells import Cell, CellKind, Sheet, Workbook
from intake.refusals import Refused

Grid = Sequence[Sequence[object]]
"""The values of a sheet from its cell A1 on, row by row; an empty text where there is none."""

_MOST_PLACES = 5_500_000
"""calamine keeps a place for every cell up to the last row and column, over all sheets."""
_TIMES = (date, time, timedelta)
_ONE_SECOND = 1.0 / 86_400
# Excel's 1900 has a 29th of February; programs differ about the days before.
_FIRST_SURE_DAY = 61


SecondReader = Callable[[bytes], Sequence[Grid]]
"""The bytes of a workbook in, its sheets out; raises whatever it likes."""


def second_reader(libraries: Sequence[str] = ()) -> SecondReader:
    """The other reader, loaded; to be called before the right to open files is given up.

    libraries: folders in which it is looked for, behind those that the interpreter knows.
    """
    sys.path.extend(libraries)
    from python_calamine import CalamineWorkbook

    def read(content: bytes) -> list[Grid]:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        count = len(workbook.sheets_metadata)
        return [
            workbook.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in range(count)
        ]

    return read


def read_again(
    content: bytes, workbook: Workbook, reader: SecondReader, left_out: Collection[str] = ()
) -> None:
    """Have the other reader read the file as well, and hold what we read against it.

    left_out: sheets that are charts; what calamine finds there are the figures behind the curves.

    Raises:
        Refused: the two differ, or the other one cannot read it.
    """
    if sum(_places(sheet) for sheet in workbook.sheets) > _MOST_PLACES:
        raise Refused("cells-far-apart")
    try:
        grids = reader(content)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - a breakdown of Rust code is no Exception.
        raise Refused("second-reader-failed", reason=type(error).__name__) from None
    compare_readings(workbook, grids, left_out)


def _places(sheet: Sheet) -> int:
    cells = sheet.cells.values()
    return max((cell.row for cell in cells), default=0) * max((cell.column for cell in cells), default=0)


def compare_readings(workbook: Workbook, grids: Sequence[Grid], left_out: Collection[str] = ()) -> None:
    """Hold what we read against what the other reader did, save in the sheets left out.

    Raises:
        Refused: with the sheet and cell, where the two differ.
    """
    if len(workbook.sheets) != len(grids):
        raise Refused("readers-differ", value=len(grids))
    for sheet, grid in zip(workbook.sheets, grids, strict=True):
        if sheet.name in left_out:
            continue
        for cell in sheet.cells.values():
            found = _at(grid, cell.row, cell.column)
            if not _agree(cell, found, workbook.date1904):
                _refuse(sheet, cell.address, found)
        _find_more(sheet, grid)


def _find_more(sheet: Sheet, grid: Grid) -> None:
    for row, values in enumerate(grid, 1):
        for column, value in enumerate(values, 1):
            if value != "":
                address = f"{column_letters(column)}{row}"
                if address not in sheet.cells:
                    _refuse(sheet, address, value)


def _at(grid: Grid, row: int, column: int) -> object:
    if row > len(grid) or column > len(grid[row - 1]):
        return ""
    return grid[row - 1][column - 1]


def _refuse(sheet: Sheet, address: str, found: object) -> None:
    refused = Refused("readers-differ", value=found)
    refused.place(sheet.name, address)
    raise refused


def _agree(cell: Cell, found: object, date1904: bool) -> bool:
    match cell.kind:
        case CellKind.TEXT:
            return found == cell.text
        case CellKind.BOOLEAN:
            return found is (cell.text == "1")
        case CellKind.NUMBER | CellKind.DATE:
            return _same_number(float(cell.text), found, date1904)
        case _:
            # An error or no result: whatever is found, it must not be a value.
            return found in ("", 0) or (isinstance(found, str) and found == cell.text)


def _same_number(number: float, found: object, date1904: bool) -> bool:
    if isinstance(found, _TIMES):
        allowed = _ONE_SECOND if number >= _FIRST_SURE_DAY else 1 + _ONE_SECOND
        return abs(_serial(found, date1904) - number) <= allowed
    return isinstance(found, int | float) and not isinstance(found, bool) and found == number


def _serial(found: object, date1904: bool) -> float:
    """The serial number of a day, a moment, a time of day or a length of time."""
    if isinstance(found, timedelta):
        return found / timedelta(days=1)
    if isinstance(found, time):
        return (found.hour * 3600 + found.minute * 60 + found.second + found.microsecond / 1e6) / 86_400
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet
    moment = found if isinstance(found, datetime) else datetime.combine(found, time())  # type: ignore[arg-type]
    return (moment - start) / timedelta(days=1)
