"""A ranking as CSV: UTF-8 with a mark, so that spreadsheets show Chinese."""

from __future__ import annotations

import csv
import io
from fractions import Fraction

from scoring.numbers import fixed_text
from scoring.results import Place
from services.exports.columns import heads, rows
from services.harmless import harmless
from services.views import Ranking

ranking_csv_media = "text/csv; charset=utf-8"


def ranking_csv(ranking: Ranking) -> bytes:
    """Two decimals; texts made harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(harmless, heads(ranking)))
    for row in rows(ranking):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: str | Fraction | Place | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return fixed_text(value, 2)
    return harmless(value) if isinstance(value, str) else str(value)
