"""The explicit list of export formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.exports.csv_file import ranking_csv, ranking_csv_media
from services.exports.xlsx_file import ranking_xlsx, ranking_xlsx_media
from services.views import Ranking

FORMATS: Mapping[str, tuple[Callable[[Ranking], bytes], str]] = {
    "csv": (ranking_csv, ranking_csv_media),
    "xlsx": (ranking_xlsx, ranking_xlsx_media),
}
