"""The first sheet of a template: for whom, until when, how to fill it in, and what has to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.worksheet import Worksheet

from intake.labels import LAST_QUARTER_HEAD, NIL_LABEL, NIL_WORD, NOT_APPLICABLE_WORD, TEMPLATE_VERSION
from intake.marks_told import PROVIDER_TITLES
from intake.origin import Asked
from intake.template_look import Looks, height_of
from intake.template_plan import SheetPlan
from intake.template_words import checks_made

_WIDTHS = (8, 34, 10, 18, 3, 8, 34, 10, 18)
_HALF = 5
"""The list of forms stands in two halves; the second begins so many columns further right."""
_A4 = 9
_HOW_TO = (
    f"一、没有发生：填 0，或者填“{NIL_WORD}”。整张表都没有：在表头“{NIL_LABEL}”选“是”，数字格可以空着。",
    f"二、没有这项业务或机构：填“{NOT_APPLICABLE_WORD}”（只有允许的数据项可以填）。不要填“/”“—”“无”。",
    "三、空着不填按“未报”处理。未报、零、不适用是三件不同的事。",
    "四、只填数字，不带单位，不写“约”“余”；按“计量单位”一栏换算；日期填成 2021-06-30 的样子。",
    "五、不要增删、改名、移走、隐藏工作表和行列，不要合并单元格；系统按代码和表头找数，不按位置。",
    "六、各表下方印有系统逐条执行的审核关系：必须成立的，有一条不成立就不能报送；提示性的，要逐条说明原因。",
    "七、填好后保存，原样上传。系统逐格检查，指出每一处问题；改正后再次上传即可。",
)
_LEGEND = (
    ("input", "填写", 1, 1),
    ("carried", "系统带入，请核对", 2, 3),
    ("unused", "不用填", 4, 5),
    ("total", "公式计算，不用填", 6, 6),
    ("last", f"{LAST_QUARTER_HEAD}，只供对照", 7, 8),
)
"""Looks with what they mean, and the first and last column they take on the cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the first sheet tells of. deadline: None when it is not known."""

    asked: Asked
    plans: Sequence[SheetPlan]
    deadline: date | None

    @property
    def lines(self) -> tuple[str, ...]:
        """On what grounds, for whom, until when."""
        asked = self.asked
        until = "见报送通知"
        if self.deadline is not None:
            until = f"{self.deadline.year}年{self.deadline.month}月{self.deadline.day}日"
        return (
            f"依据：{asked.rules.title}（规则集 {asked.rules.code}，版本 {asked.rules.version}）",
            f"填报：{asked.unit_name}；报告期：{asked.period.title}；提供方：{PROVIDER_TITLES[asked.provider]}",
            f"报送截止：{until}",
        )


def write_cover(sheet: Worksheet, looks: Looks, cover: Cover) -> None:
    """Write the cover onto an empty sheet; it prints on one page."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = f"{cover.asked.unit_name}{cover.asked.period.title}报表填报说明"
    _write_line(sheet, looks, 1, title, "title", 40)
    for row, line in enumerate(cover.lines, 2):
        _write_line(sheet, looks, row, line)
    # Row 5 is left for a remark; the samples say there what they are.
    _write_line(sheet, looks, 5, "")
    _write_legend(sheet, looks, 6)
    for row, line in enumerate(_HOW_TO, 7):
        _write_line(sheet, looks, row, line)
    row = 8 + len(_HOW_TO)
    row = _write_forms(sheet, looks, cover.plans, row)
    marks = f"模板版本 {TEMPLATE_VERSION} · 表样摘要 {cover.asked.rules.forms_digest[:12]}"
    _write_line(sheet, looks, row + 1, marks, "note")
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_line(
    sheet: Worksheet, looks: Looks, row: int, words: str, look: str = "text", height: float = 0
) -> None:
    sheet.merge_range(row - 1, 0, row - 1, len(_WIDTHS) - 1, words, looks[look])
    sheet.set_row(row - 1, height or height_of(words, sum(_WIDTHS), 16))


def _write_legend(sheet: Worksheet, looks: Looks, row: int) -> None:
    sheet.set_row(row - 1, 22)
    sheet.write_string(row - 1, 0, "颜色", looks["label"])
    for look, words, first, last in _LEGEND:
        if first == last:
            sheet.write_string(row - 1, first, words, looks["legend-" + look])
        else:
            sheet.merge_range(row - 1, first, row - 1, last, words, looks["legend-" + look])


def _write_forms(sheet: Worksheet, looks: Looks, plans: Sequence[SheetPlan], row: int) -> int:
    """The list of forms in two halves; returns the next row that is free."""
    _write_line(sheet, looks, row, "本期应报的表", "note_head")
    half = -(-len(plans) // 2)
    for first, part in ((0, plans[:half]), (_HALF, plans[half:])):
        if part:
            for column, head in enumerate(("代码", "报表", "填几格", "审核（必须/提示）")):
                sheet.write_string(row, first + column, head, looks["head"])
        for offset, plan in enumerate(part, 1):
            _write_form_line(sheet, looks, plan, row + offset, first)
    for offset in range(half + 1):
        sheet.set_row(row + offset, 18)
    return row + half + 2


def _write_form_line(sheet: Worksheet, looks: Looks, plan: SheetPlan, row: int, column: int) -> None:
    hard, soft = checks_made(plan)
    cells = sum(not field.is_total for field in plan.fields)
    sheet.write_string(row, column, plan.form.code, looks["code"])
    sheet.write_string(row, column + 1, plan.form.title, looks["name"])
    sheet.write_number(row, column + 2, cells, looks["code"])
    sheet.write_string(row, column + 3, f"{len(hard)} / {len(soft)}", looks["code"])
