"""The sheet of a migrated workbook that tells what was carried, what was not and why, and what is new."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.worksheet import Worksheet

from intake.moved import Fate, Migration
from intake.template_look import Looks, height_of

_HEADS = ("情况", "原工作表", "原位置", "数据项", "栏目", "原来填的", "说明")
_WIDTHS = (10, 24, 8, 34, 12, 16, 60)
_A4 = 9
TITLES = {
    Fate.CHECK: "已带入，请核对",
    Fate.LEFT: "没有带入",
    Fate.NEW: "新增，请填写",
}
_WORDS = {Fate.CHECK: "核对", Fate.LEFT: "未带入", Fate.NEW: "新增"}


def summary_lines(found: Migration, source: str) -> tuple[str, ...]:
    """What was carried and what is left to do, in sentences."""
    by_form = "、".join(f"{form} {count} 格" for form, count in sorted(found.carried.items()))
    check, left, new = (len(found.of(fate)) for fate in Fate)
    return (
        f"从{source}带入 {found.total} 格" + (f"（{by_form}）。" if by_form else "。"),
        f"没有带入 {left} 项，带入后要核对 {check} 项，新增要填 {new} 格；还有 {found.blank} 格没有填。",
    )


def write_migration(sheet: Worksheet, looks: Looks, found: Migration, source: str) -> None:
    """Write the list onto an empty sheet; nothing on it is ever read."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, "旧模板换新：迁移情况", looks["title"])
    sheet.set_row(0, 34)
    lines = (*summary_lines(found, source), "本表只供核对，系统不读取，上传前不用删除。")
    for row, line in enumerate(lines, 1):
        sheet.merge_range(row, 0, row, last, line, looks["text"])
        sheet.set_row(row, height_of(line, sum(_WIDTHS), 16))
    row = len(lines) + 2
    for column, head in enumerate(_HEADS):
        sheet.write_string(row - 1, column, head, looks["head"])
    sheet.freeze_panes(row, 0)
    for item in found.items:
        words = (
            _WORDS[item.fate],
            item.sheet or item.form,
            item.cell,
            item.row_label,
            item.column,
            item.text,
        )
        _write_line(sheet, looks, row, (*words, item.why))
        row += 1
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)


def _write_line(sheet: Worksheet, looks: Looks, row: int, words: Sequence[str]) -> None:
    for column, word in enumerate(words):
        # As a string, whatever it begins with: a formula that somebody typed must not come to life here.
        sheet.write_string(row, column, word, looks["name"])
    heights = [height_of(word, width) for word, width in zip(words, _WIDTHS, strict=True)]
    sheet.set_row(row, max(18.0, *heights))


def grouped_lines(found: Migration) -> tuple[str, ...]:
    """The list as lines for a terminal, under a title for each kind."""
    lines: list[str] = []
    for fate, items in groupby(found.items, key=lambda item: item.fate):
        lines.append(f"{TITLES[fate]}：")
        for item in items:
            where = f"{item.sheet}!{item.cell} " if item.cell else ""
            text = f"“{item.text}”" if item.text else ""
            about = " ".join(part for part in (item.row_label, item.column) if part)
            lines.append(f"  {where}{about}{text}：{item.why}")
    return tuple(lines)
