"""Reading a workbook that must be good, in this process."""

from __future__ import annotations

from typing import Any

from intake.cells import Cell, Sheet, Workbook
from intake.limits import Limits
from intake.strict_xlsx import parse_xlsx
from tests.support.xlsx import make_xlsx, one_cell


def read(content: bytes, limits: Limits | None = None) -> Workbook:
    """The workbook; it is an error of the test when there is none."""
    workbook, refusals = parse_xlsx(content, limits or Limits())
    assert refusals == ()
    assert workbook is not None
    return workbook


def first_sheet(content: bytes) -> Sheet:
    """Its first sheet."""
    return read(content).sheets[0]


def only_cell(xml: str, **parts: Any) -> Cell:
    """The cell that this `<c>` in the first row gives."""
    (cell,) = first_sheet(make_xlsx(one_cell(xml), **parts)).cells.values()
    return cell
