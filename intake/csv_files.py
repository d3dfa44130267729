"""From the bytes of a .csv, or of a .zip of them, to a workbook with a sheet for each text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from types import MappingProxyType

from intake.cells import FileFormat, Sheet, Told, Workbook
from intake.csv_sheet import read_csv_sheet
from intake.csv_text import decode_csv
from intake.limits import DEFAULT_LIMITS, Limits
from intake.package import open_csv_package
from intake.refusals import LimitReached, Refusal, Refused
from intake.xml_walk import Tally

Reading = tuple[Workbook | None, tuple[Refusal, ...]]


def parse_csv(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read one text as the only sheet, called by its first text, which is the title of its form."""
    try:
        sheet, told = _read_sheet(content, "", Tally(limits))
    except Refused as refused:
        return None, (refused.refusal,)
    return _workbook(content, [sheet], told, FileFormat.CSV), ()


def parse_csv_zip(content: bytes, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read every text in a zip as a sheet, called by the file's own name without folder and ending.

    A text that is refused gives one refusal, with its name as the sheet.
    """
    tally = Tally(limits)
    sheets: list[Sheet] = []
    told: list[Told] = []
    refusals: list[Refusal] = []
    try:
        files = open_csv_package(content, limits)
        if len(files) > limits.sheets:
            raise Refused("too-many-sheets", limit=limits.sheets)
        for path, data in files:
            name = _sheet_name(path)
            if name.casefold() in {sheet.name.casefold() for sheet in sheets}:
                raise Refused("duplicate-sheet", value=name)
            try:
                sheet, more = _read_sheet(data, name, tally)
            except LimitReached:
                raise
            except Refused as refused:
                refused.place(name)
                refusals.append(refused.refusal)
            else:
                sheets.append(sheet)
                told.extend(more)
    except Refused as refused:
        return None, (refused.refusal,)
    return (None if refusals else _workbook(content, sheets, told, FileFormat.CSV_ZIP)), tuple(refusals)


def _read_sheet(content: bytes, name: str, tally: Tally) -> tuple[Sheet, tuple[Told, ...]]:
    text, encoding = decode_csv(content)
    if len(text) > tally.limits.workbook_characters:
        raise LimitReached("too-much-text", limit=tally.limits.workbook_characters)
    sheet, separator, told = read_csv_sheet(text, name, tally)
    return sheet, (Told("csv-read", {"encoding": encoding, "separator": separator}, sheet.name), *told)


def _sheet_name(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0].strip()


def _workbook(
    content: bytes, sheets: Sequence[Sheet], told: Sequence[Told], file_format: FileFormat
) -> Workbook:
    digest = hashlib.sha256(content).hexdigest()
    nothing = MappingProxyType[str, str]({})
    return Workbook(tuple(sheets), False, digest, nothing, format=file_format, told=tuple(told))
