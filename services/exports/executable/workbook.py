"""The executable breakdown as a workbook: sheets to read, to recompute and to print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from scoring.adjustments import BASE_RANK
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from services.exports.executable.figures import Book, UnitCells
from services.exports.executable.lines import Indicators
from services.exports.executable.pages import Cell, Page
from services.exports.executable.totals import Totals, voiding_cells
from services.harmless import harmless

_EVEN = {"border": 1, "valign": "vcenter"}
_LOOKS: dict[str, dict[str, object]] = {
    "text": {**_EVEN, "text_wrap": True},
    "number": {**_EVEN, "num_format": "0.00####"},
    "value": {**_EVEN},
    "plain": {**_EVEN},
    "figure": {**_EVEN, "bg_color": "#FFF8E1"},
    "fixed": {**_EVEN, "bg_color": "#ECEFF1", "italic": True},
    "day": {**_EVEN, "bg_color": "#FFF8E1", "num_format": "0"},
    "difference": {**_EVEN, "num_format": "0.00########"},
}
_HEAD = {
    "bold": True,
    "border": 1,
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "bg_color": "#E8EEF9",
}
_FONT = {"font_name": "宋体", "font_size": 10}
_HOW = (
    "本表用公式把这个单位的得分重新算一遍,旁边是系统的得分;“得分差”应当全是 0,不是 0 的标红。",
    "浅黄格是填报的数,可以改了看得分怎样变;灰色斜体格是固定值,不随本表改变。",
    "【未报】【不适用】【未到期】【分母为零】【无法计算】是不同的情况,与 0 不同;要试一种情况,"
    "把它连同方头括号写进数值格。零申报按 0 计。",
    "步骤表是算到一半的数;指标表一行一项;汇总表从项、章到总分、加减分、等级。名次由系统给出。",
)


def region_sheets(
    engine: PlainEngine, unit: UnitCode, *, live_peers: bool, prefix: str = ""
) -> tuple[list[Page], list[tuple[NodeCode, str]]]:
    """The sheets of one unit, to be read from the last to the first; and what is not expressed, with why."""
    row = engine.facts.units.index(unit)
    place = engine.base_places[row]
    view = engine.view(row, {} if place is None else {BASE_RANK: Fraction(place)})
    book = Book(prefix)
    cells = UnitCells(book, view)
    voided = voiding_cells(engine, cells)
    indicators = Indicators(engine, row, book, cells, live_peers=live_peers, prefix=prefix)
    for code in engine.rules.order:
        if code in engine.rules.indicators:
            indicators.write(engine.rules.indicators[code], voided.get(code, ""))
    totals = Totals(engine, row, cells, indicators.lines, prefix)
    totals.write(voided)
    return [totals.page, indicators.page, book.steps, book.data], [
        *indicators.unexpressed,
        *totals.unexpressed,
    ]


def workbook(pages: Sequence[Page], cover: Sequence[tuple[str, str]], *, blank: bool = False) -> bytes:
    """The file; blank: cells show nothing before they are recalculated, for tests."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"title": "可执行得分明细", "created": datetime(2000, 1, 1, tzinfo=UTC)})
    book.set_calc_mode("auto")
    looks = {name: book.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}
    looks["head"] = book.add_format({**_FONT, **_HEAD})
    looks["red"] = book.add_format({"bg_color": "#FFCDD2"})
    _write_cover(book, cover, looks)
    for page in pages:
        _write_page(book, page, looks, blank)
    book.close()
    return buffer.getvalue()


def _write_cover(book: Any, cover: Sequence[tuple[str, str]], looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    for row, (head, value) in enumerate([*cover, *(("怎样看", each) for each in _HOW)]):
        sheet.write_string(row, 0, harmless(head), looks["head"])
        sheet.write_string(row, 1, harmless(value), looks["text"])
        sheet.set_row(row, 32 if len(value) > 44 else 18)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_page(book: Any, page: Page, looks: dict[str, Any], blank: bool) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.write_row(0, 0, page.heads, looks["head"])
    sheet.set_row(0, 28)
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width)
    for row, cells in enumerate(page.rows, start=1):
        for at, cell in enumerate(cells):
            _write_cell(sheet, row, at, cell, looks[cell.look], blank)
    for at, head in enumerate(page.heads):
        if head == "得分差" and page.rows:
            rule = {"type": "cell", "criteria": "!=", "value": 0, "format": looks["red"]}
            sheet.conditional_format(1, at, len(page.rows), at, rule)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    if page.printed:
        sheet.print_area(0, 0, len(page.rows), page.printed - 1)


def _write_cell(sheet: Any, row: int, at: int, cell: Cell, look: Any, blank: bool) -> None:
    if cell.formula:
        sheet.write_formula(row, at, f"={cell.formula}", look, "" if blank else cell.shown)
    elif isinstance(cell.shown, bool):
        sheet.write_boolean(row, at, cell.shown, look)
    elif isinstance(cell.shown, float):
        sheet.write_number(row, at, cell.shown, look)
    else:
        sheet.write_string(row, at, harmless(str(cell.shown or "")), look)
