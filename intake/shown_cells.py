"""A cell as people see it, for lists and comparisons: a day as a day, not as its serial number."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from intake.cells import Cell, CellKind

_FIRST_DAYS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_ISO_LENGTH = 10


def shown_text(cell: Cell, *, date1904: bool | None) -> str:
    """The text of a cell; of a date its day, as 2021-06-30. date1904: from when the file counts its days."""
    if cell.kind is not CellKind.DATE:
        return cell.text
    try:
        return (_FIRST_DAYS[bool(date1904)] + timedelta(days=int(Decimal(cell.text)))).isoformat()
    except (InvalidOperation, OverflowError, ValueError):
        return cell.text[:_ISO_LENGTH]
