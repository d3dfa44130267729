"""Which reader a file is for, by its content and never by its name."""

from __future__ import annotations

from intake.biff import parse_biff
from intake.cells import FileFormat, Workbook
from intake.csv_files import parse_csv, parse_csv_zip
from intake.limits import DEFAULT_LIMITS, Limits, in_mib
from intake.package import names_in_zip
from intake.refusals import Refusal, Refused
from intake.relationships import CONTENT_TYPES
from intake.second_reading import SecondReader
from intake.sniff import Container, container_of
from intake.strict_xlsx import parse_xlsx

_WORKBOOKS = (".xlsx", ".xls", ".et", ".zip", ".rar", ".7z")


def format_of(content: bytes, limits: Limits = DEFAULT_LIMITS) -> FileFormat:
    """What the file is.

    Raises:
        Refused: nothing that is read here; the reason names what it is instead.
    """
    if len(content) > limits.file_bytes:
        raise Refused("file-too-large", size=in_mib(len(content)), limit=in_mib(limits.file_bytes))
    match container_of(content):
        case Container.OLE:
            return FileFormat.XLS
        case Container.TEXT:
            return FileFormat.CSV
        case Container.ZIP:
            return _format_of_zip(names_in_zip(content, limits))


def _format_of_zip(names: list[str]) -> FileFormat:
    """By what it lists. One that cannot be listed goes to the reader of .xlsx, which says what is wrong."""
    folded = [name.casefold() for name in names]
    if not folded or CONTENT_TYPES.casefold() in folded:
        return FileFormat.XLSX
    for name in folded:
        if name.endswith(_WORKBOOKS):
            raise Refused("zip-of-workbooks", part=names[folded.index(name)])
    is_csv = any(name.endswith(".csv") for name in folded)
    return FileFormat.CSV_ZIP if is_csv else FileFormat.XLSX


def parse_file(
    content: bytes, limits: Limits = DEFAULT_LIMITS, second: SecondReader | None = None
) -> tuple[Workbook | None, tuple[Refusal, ...]]:
    """Read a workbook of any format, or say every reason not to; as `strict_xlsx.parse_xlsx`.

    second: the other reader of .xls files, as for `parse_biff`.
    """
    try:
        file_format = format_of(content, limits)
    except Refused as refused:
        return None, (refused.refusal,)
    match file_format:
        case FileFormat.XLS:
            return parse_biff(content, limits, second)
        case FileFormat.CSV:
            return parse_csv(content, limits)
        case FileFormat.CSV_ZIP:
            return parse_csv_zip(content, limits)
        case FileFormat.XLSX:
            return parse_xlsx(content, limits)
