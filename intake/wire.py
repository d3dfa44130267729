"""How a reading travels back from the child process: JSON of plain lists, checked when it arrives.

A child that a hostile file has taken over can send a wrong workbook, but no code and no wrong types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from intake.addresses import LAST_COLUMN, LAST_ROW, column_letters
from intake.cells import Cell, CellKind, FileFormat, Sheet, Told, Visibility, Workbook
from intake.refusals import Refusal

Reading = tuple[Workbook | None, tuple[Refusal, ...]]

_KINDS = tuple(CellKind)
_BROKEN = "the reading process sent something that is no reading"


def encode_reading(reading: Reading) -> bytes:
    """A reading as bytes; the digest is left out, since the receiver has the file."""
    workbook, refusals = reading
    if workbook is None:
        message: object = [[one.code, dict(one.facts), one.sheet, one.cell] for one in refusals]
    else:
        texts: dict[str, int] = {}
        message = {
            "sheets": [_sheet_out(sheet, texts) for sheet in workbook.sheets],
            "date1904": workbook.date1904,
            "properties": dict(workbook.properties),
            "application": workbook.application,
            "format": workbook.format.value,
            "told": [[one.code, dict(one.facts), one.sheet, one.cell] for one in workbook.told],
            "texts": list(texts),
        }
    return json.dumps(message, ensure_ascii=False, check_circular=False).encode()


def decode_reading(data: bytes, digest: str) -> Reading:
    """The reading that was encoded, for the file of that digest.

    Raises:
        ValueError: the bytes are not what `encode_reading` makes.
    """
    try:
        message = json.loads(data)
        if isinstance(message, list) and message:
            return None, tuple(_refusal_in(*one) for one in message)
        return _workbook_in(message, digest), ()
    except (TypeError, AttributeError, LookupError, RecursionError, UnicodeError) as error:
        raise ValueError(_BROKEN) from error


def _sheet_out(sheet: Sheet, texts: dict[str, int]) -> list[object]:
    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    kinds = {kind: place for place, kind in enumerate(_KINDS)}
    cells = sheet.cells.values()
    return [
        sheet.name,
        sheet.visibility.value,
        sheet.merged,
        [cell.row for cell in cells],
        [cell.column for cell in cells],
        [kinds[cell.kind] for cell in cells],
        [number(cell.text) for cell in cells],
        [number(cell.formula) for cell in cells],
        [number(cell.number_format) for cell in cells],
        [int(cell.hidden) for cell in cells],
        [int(cell.struck) for cell in cells],
    ]


def _workbook_in(message: Mapping[str, Any], digest: str) -> Workbook:
    texts = _strings(message["texts"])
    properties = dict(
        zip(_strings(message["properties"]), _strings(message["properties"].values()), strict=True)
    )
    (application,) = _strings([message["application"]])
    sheets = tuple(_sheet_in(sheet, texts) for sheet in message["sheets"])
    return Workbook(
        sheets,
        message["date1904"] is True,
        digest,
        MappingProxyType(properties),
        application,
        FileFormat(message["format"]),
        tuple(_told_in(*one) for one in message["told"]),
    )


def _sheet_in(sheet: Sequence[Any], texts: Sequence[str]) -> Sheet:
    name, visibility, merged, *columns = sheet
    _strings([name, *merged])
    last = len(texts) - 1
    bounds = ((1, LAST_ROW), (1, LAST_COLUMN), (0, len(_KINDS) - 1), *[(0, last)] * 3, (0, 1), (0, 1))
    for numbers, (least, most) in zip(columns, bounds, strict=True):
        if not all(type(number) is int and least <= number <= most for number in numbers):
            raise ValueError(_BROKEN)
    cells = {}
    for row, column, kind, text, formula, number_format, hidden, struck in zip(*columns, strict=True):
        address = f"{column_letters(column)}{row}"
        cells[address] = Cell(
            name,
            address,
            row,
            column,
            _KINDS[kind],
            texts[text],
            texts[formula],
            texts[number_format],
            hidden == 1,
            struck == 1,
        )
    return Sheet(name, Visibility(visibility), MappingProxyType(cells), tuple(merged))


def _refusal_in(code: str, facts: Mapping[str, str], sheet: str, cell: str) -> Refusal:
    _strings([code, sheet, cell, *facts, *facts.values()])
    return Refusal(code, dict(facts), sheet, cell)


def _told_in(code: str, facts: Mapping[str, str], sheet: str, cell: str) -> Told:
    _strings([code, sheet, cell, *facts, *facts.values()])
    return Told(code, dict(facts), sheet, cell)


def _strings(values: Any) -> list[str]:
    strings = list(values)
    if not all(isinstance(value, str) for value in strings):
        raise ValueError(_BROKEN)
    "".join(strings).encode()  # half a surrogate pair would break the database and every page
    return strings
