"""The second opinion on an old workbook: where two readers differ, nothing is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import pytest

from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from intake.refusals import Refused
from intake.second_reading import compare_readings, read_again


def book(*cells: Cell, date1904: bool = False) -> Workbook:
    found = MappingProxyType({cell.address: cell for cell in cells})
    return Workbook((Sheet("表1", Visibility.VISIBLE, found),), date1904, "", {})


def one(kind: CellKind, text: str) -> Cell:
    return Cell("表1", "B2", 2, 2, kind, text)


AGREEING: list[tuple[CellKind, str, object]] = [
    (CellKind.TEXT, "甲", "甲"),
    (CellKind.TEXT, "", ""),
    (CellKind.BOOLEAN, "1", True),
    (CellKind.NUMBER, "12", 12.0),
    (CellKind.NUMBER, "12", 12),
    (CellKind.NUMBER, "0.285", 0.285),
    (CellKind.NUMBER, "44377", date(2021, 6, 30)),
    (CellKind.DATE, "44377", date(2021, 6, 30)),
    (CellKind.DATE, "44377.5", datetime(2021, 6, 30, 12)),  # noqa: DTZ001
    (CellKind.DATE, "0.5", time(12)),
    (CellKind.DATE, "1.5", timedelta(hours=36)),
    (CellKind.DATE, "30", date(1900, 1, 29)),
    (CellKind.DATE, "30", date(1900, 1, 30)),
    (CellKind.ERROR, "#N/A", ""),
    (CellKind.ERROR, "#N/A", "#N/A"),
    (CellKind.BLANK, "", ""),
    (CellKind.BLANK, "", 0.0),
]
DIFFERING: list[tuple[CellKind, str, object]] = [
    (CellKind.TEXT, "甲", "乙"),
    (CellKind.TEXT, "1", 1.0),
    (CellKind.TEXT, "甲", ""),
    (CellKind.BOOLEAN, "1", False),
    (CellKind.BOOLEAN, "1", 1),
    (CellKind.NUMBER, "1", True),
    (CellKind.NUMBER, "12", 12.000000001),
    (CellKind.NUMBER, "12", "12"),
    (CellKind.NUMBER, "12", ""),
    (CellKind.DATE, "44377", date(2021, 7, 1)),
    (CellKind.ERROR, "#N/A", 5.0),
    (CellKind.ERROR, "#N/A", "#REF!"),
    (CellKind.BLANK, "", 3.0),
]


@pytest.mark.parametrize(("kind", "text", "found"), AGREEING)
def test_two_ways_to_tell_the_same_agree(kind: CellKind, text: str, found: object) -> None:
    compare_readings(book(one(kind, text)), [[["", ""], ["", found]]])


@pytest.mark.parametrize(("kind", "text", "found"), DIFFERING)
def test_two_values_do_not_agree(kind: CellKind, text: str, found: object) -> None:
    with pytest.raises(Refused) as caught:
        compare_readings(book(one(kind, text)), [[["", ""], ["", found]]])
    refusal = caught.value.refusal
    assert (refusal.code, refusal.sheet, refusal.cell) == ("readers-differ", "表1", "B2")


def test_days_are_counted_from_1904_where_the_file_does() -> None:
    compare_readings(book(one(CellKind.DATE, "42915"), date1904=True), [[["", ""], ["", date(2021, 6, 30)]]])


@pytest.mark.parametrize(
    "grids",
    [[], [[], []], [[["x"], ["", 1.0]]], [[["", ""], ["", 1.0, "y"]]], [[["", ""], ["", 1.0], [2.0]]]],
)
def test_a_sheet_or_a_cell_more_or_less_is_a_difference(grids: Sequence[Sequence[Sequence[object]]]) -> None:
    with pytest.raises(Refused) as caught:
        compare_readings(book(one(CellKind.NUMBER, "1")), grids)
    assert caught.value.refusal.code == "readers-differ"


def test_charts_are_left_out() -> None:
    compare_readings(book(), [[[1.0]]], left_out={"表1"})


class Breakdown(BaseException):
    """As Rust code that panics."""


@pytest.mark.parametrize("error", [Breakdown(), ValueError()])
def test_a_reader_that_breaks_down_is_a_reason_not_to_take_the_file(error: BaseException) -> None:
    def reader(_: bytes) -> Sequence[Sequence[Sequence[object]]]:
        raise error

    with pytest.raises(Refused) as caught:
        read_again(b"", book(), reader)
    assert caught.value.refusal.code == "second-reader-failed"


def test_too_little_memory_is_no_opinion() -> None:
    def reader(_: bytes) -> Sequence[Sequence[Sequence[object]]]:
        raise MemoryError

    with pytest.raises(MemoryError):
        read_again(b"", book(), reader)
