"""A workbook as it was handed in: cells that remember their sheet, address, type, formula and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """What the program that saved the file took the cell's value for."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    """A number shown as a date or time by its number format, or an ISO 8601 date."""
    ERROR = "error"
    BLANK = "blank"
    """A formula whose result was not saved. Cells without value and formula are not kept at all."""


class FileFormat(StrEnum):
    """What a file is, by its content; its name is never asked."""

    XLSX = "xlsx"
    XLS = "xls"
    """BIFF in an OLE container: .xls of Excel 5 to 2003, and .et of WPS."""
    CSV = "csv"
    """One table as text; a single form."""
    CSV_ZIP = "zip-of-csv"

    @property
    def has_marks(self) -> bool:
        """Whether the hidden sheet of a template can be in it; a zip may hold it, but need not."""
        return self in (FileFormat.XLSX, FileFormat.XLS)

    @property
    def has_calendar(self) -> bool:
        """Whether the file states from when it counts its days; a text does not."""
        return self in (FileFormat.XLSX, FileFormat.XLS)


class Visibility(StrEnum):
    """Whether a sheet shows a tab; `veryHidden` cannot be shown from the menus."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with a value or a formula.

    `text` is the value exactly as stored and never a float: `12.5` or `3.0999999999999996` for a
    number, the serial number or ISO text for a date, `1` or `0` for a boolean, `#DIV/0!` for an error,
    `""` when blank. In a text, `_x000D_` and its like are decoded, nothing is trimmed.
    `formula` stands without `=`; `""` when the value was typed. Every cell of a shared or array formula
    carries it, the shared one shifted to the cell's own place.
    `hidden`: nobody sees the cell on its sheet, since its row or column is hidden or a merged range
    covers it. `struck`: all of it or some of its characters are struck out, raised or lowered, as far as
    an .xlsx says so. `row` and `column` count from 1.
    """

    sheet: str
    address: str
    row: int
    column: int
    kind: CellKind
    text: str
    formula: str = ""
    number_format: str = ""
    hidden: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `cells` by address (`C7`) in reading order, `merged` as ranges (`A1:C1`)."""

    name: str
    visibility: Visibility
    cells: Mapping[str, Cell]
    merged: tuple[str, ...] = ()

    def cell(self, address: str) -> Cell | None:
        """The cell at an address such as `C7`; None when it is blank."""
        return self.cells.get(address)


@dataclass(frozen=True, slots=True)
class Told:
    """Something about how the file was read that its submitter should know: a code and facts.

    The codes are those of `intake.reading_notes`; `cell` is empty for what holds for the whole sheet.
    """

    code: str
    facts: Mapping[str, str]
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole file: its sheets in tab order, and what it says about itself.

    `date1904` moves every serial date by 1,462 days. `digest` is the SHA-256 of the bytes in hex.
    `properties` are the custom document properties; `application` is the program that says it wrote
    the file, `""` when it does not say. `told` lists what was decided in reading: encodings, separators.
    """

    sheets: tuple[Sheet, ...]
    date1904: bool
    digest: str
    properties: Mapping[str, str]
    application: str = ""
    format: FileFormat = FileFormat.XLSX
    told: tuple[Told, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that exact name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
