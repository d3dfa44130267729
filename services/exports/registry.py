"""The explicit lists of what can be exported and in which formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.exports.csv_file import csv_file, csv_media
from services.exports.json_file import json_file, json_media
from services.exports.parquet_file import parquet_file, parquet_media
from services.exports.table import Table
from services.exports.xlsx_file import xlsx_file, xlsx_media

FORMATS: Mapping[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (csv_file, csv_media),
    "xlsx": (xlsx_file, xlsx_media),
    "json": (json_file, json_media),
    "parquet": (parquet_file, parquet_media),
}
