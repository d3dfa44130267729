"""A ranking as a workbook: one sheet to read and print, and one that says what it rests on."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.numbers import fixed_text
from services.exports.columns import heads, rows
from services.harmless import harmless
from services.views import Ranking

ranking_xlsx_media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NAME_COLUMN = 2


def ranking_xlsx(ranking: Ranking) -> bytes:
    """Numbers rounded half up to two decimals before they become cells; the same run gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": ranking.run.rule_set, "created": datetime(2000, 1, 1, tzinfo=UTC)})
    _write_table(book, ranking)
    _write_origin(book, ranking)
    book.close()
    return buffer.getvalue()


def _write_table(book: Any, ranking: Ranking) -> None:
    sheet = book.add_worksheet("排名")
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format(
        {
            "bold": True,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "bg_color": "#E8EEF9",
        }
    )
    text = book.add_format({"border": 1, "align": "center"})
    number = book.add_format({"border": 1, "num_format": "0.00"})
    names = [harmless(head) for head in heads(ranking)]
    run = ranking.run
    sheet.merge_range(
        0, 0, 0, len(names) - 1, harmless(f"{run.rule_set} {run.period} {run.label}排名"), title
    )
    sheet.set_row(0, 30)
    sheet.set_row(1, 48)
    sheet.write_row(1, 0, names, head)
    for position, row in enumerate(rows(ranking), start=2):
        for column, value in enumerate(row):
            if isinstance(value, Fraction):
                sheet.write_number(position, column, _double(value), number)
            elif isinstance(value, int | Decimal):
                sheet.write_number(position, column, value, text)
            else:
                sheet.write_string(position, column, harmless(value or ""), text)
    sheet.set_column(0, len(names) - 1, 9)
    sheet.set_column(_NAME_COLUMN, _NAME_COLUMN, 22)
    sheet.freeze_panes(2, _NAME_COLUMN + 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def _double(value: Fraction) -> float:
    """The double nearest to the rounded decimal: what a spreadsheet holds for it anyway."""
    return float(fixed_text(value, 2))


def _write_origin(book: Any, ranking: Ranking) -> None:
    sheet = book.add_worksheet("依据")
    run = ranking.run
    facts = (
        ("计分批次", run.id),
        ("考核期", run.period),
        ("性质", run.label),
        ("规则集", f"{run.rule_set} {run.rule_set_version}"),
        ("规则集摘要 SHA-256", run.rule_set_digest),
        ("事实摘要 SHA-256", run.facts_digest),
        ("结果摘要 SHA-256", run.result_digest),
        ("引擎版本", run.engine_version),
    )
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, harmless(value))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 72)
