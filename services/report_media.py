"""What a kept file is called and sent as: by its content, since names of uploads are whatever people type."""

from __future__ import annotations

from typing import NamedTuple

from intake.cells import FileFormat
from intake.formats import format_of
from intake.limits import Limits
from intake.refusals import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS, CSV, ZIP = "application/vnd.ms-excel", "text/csv", "application/zip"
_JSON, _UNKNOWN = "application/json", "application/octet-stream"
_JSON_STARTS = (b"{", b"[")


class Media(NamedTuple):
    """The media type, and the ending of a file name with its point."""

    type: str
    suffix: str


_MEDIA = {
    FileFormat.XLSX: Media(XLSX, ".xlsx"),
    FileFormat.XLS: Media(XLS, ".xls"),
    FileFormat.CSV: Media(CSV, ".csv"),
    FileFormat.CSV_ZIP: Media(ZIP, ".zip"),
}


def media_of(content: bytes) -> Media:
    """Of a report or table that was handed in, or of what the system has derived itself (JSON)."""
    if content.lstrip()[:1] in _JSON_STARTS:
        return Media(_JSON, ".json")
    try:
        # Tables of other providers may be larger than reports.
        return _MEDIA[format_of(content, Limits(file_bytes=len(content)))]
    except Refused:
        return Media(_UNKNOWN, ".bin")
