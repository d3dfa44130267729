"""A reading survives the way between processes; anything else that arrives is a ValueError."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import Workbook
from intake.refusals import Refusal
from intake.strict_xlsx import parse_xlsx
from intake.wire import decode_reading, encode_reading
from tests.support.xlsx import make_xlsx, sheet_xml

ROWS = '<row r="2" hidden="1"><c r="B2" t="b"><f>C2</f><v>1</v></c><c r="C2" t="str"><v>"甲\\\n</v></c></row>'


def workbook() -> Workbook:
    merged = '<mergeCells><mergeCell ref="D1:E2"/></mergeCells>'
    found, _ = parse_xlsx(make_xlsx(sheet_xml(ROWS, after=merged)))
    assert found is not None
    return found


def message(**changed: Any) -> bytes:
    """The message of a workbook with some of its members replaced."""
    return json.dumps({**json.loads(encode_reading((workbook(), ()))), **changed}).encode()


def sheet(place: int, value: object) -> list[object]:
    """The sheets of the message, with one member of the first one replaced."""
    sheets: list[list[object]] = json.loads(encode_reading((workbook(), ())))["sheets"]
    sheets[0][place] = value
    return list(sheets)


def test_a_workbook_comes_back_equal() -> None:
    book = workbook()
    assert decode_reading(encode_reading((book, ())), book.digest) == (book, ())


def test_refusals_come_back_equal() -> None:
    refusals = (Refusal("bad-number", {"value": "甲"}, "表1", "C7"), Refusal("macros"))
    assert decode_reading(encode_reading((None, refusals)), "") == (None, refusals)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"null",
        b"12",
        b"{}",
        b"[]",
        b"[[]]",
        b'[["a", {}, "", 5]]',
        b'[["a", {"b": 1}, "", ""]]',
        b'[["a", {}, "", "", ""]]',
        b"[" * 100_000,
        message(sheets=None),
        message(sheets=[[]]),
        message(texts=[1, 2, 3, 4, 5]),
        message(texts=[]),
        message(texts=["\ud800"] * 9),
        message(properties={"a": 1}),
        message(properties=[]),
        message(application=None),
        message(sheets=sheet(0, 7)),
        message(sheets=sheet(1, "seen")),
        message(sheets=sheet(2, [5])),
        message(sheets=sheet(3, [2])),
        message(sheets=sheet(3, [2, 0])),
        message(sheets=sheet(3, [2, 1_048_577])),
        message(sheets=sheet(3, [2, 2.0])),
        message(sheets=sheet(3, [2, True])),
        message(sheets=sheet(4, [1, 16_385])),
        message(sheets=sheet(5, [0, 6])),
        message(sheets=sheet(6, [-1, 0])),
        message(sheets=sheet(6, [0, 99])),
        message(sheets=sheet(9, [0, 2])),
    ],
)
def test_what_is_no_reading_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json, UTF-8 and our own checks are all ValueErrors
        decode_reading(data, "")


@given(st.data())
def test_no_change_of_the_bytes_raises_anything_else(data: st.DataObject) -> None:
    honest = bytearray(message())
    for _ in range(data.draw(st.integers(1, 4))):
        honest[data.draw(st.integers(0, len(honest) - 1))] = data.draw(st.integers(0, 255))
    try:
        book, refusals = decode_reading(bytes(honest), "")
    except ValueError:
        return
    assert (book is None) == bool(refusals)
