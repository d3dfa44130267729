"""Defects of rows, columns, heads and sheets."""

from __future__ import annotations

from sample_reports.generate.defective import Defect, Draft, Expected

_FORM = "F02"


def _renamed_head(draft: Draft) -> None:
    _, address = draft.at("E101", "市场监管")
    draft.edit.put_text("F01", f"{address.rstrip('0123456789')}4", "市监")


def _doubled_row(draft: Draft) -> None:
    form, row = draft.row("E203")
    draft.edit.copy_row(form, row, draft.below(form))


def _row_of_their_own(draft: Draft) -> None:
    form, row = draft.row("E203")
    to = draft.below(form)
    draft.edit.copy_row(form, row, to)
    draft.edit.put_text(form, f"A{to}", "E299")
    draft.edit.put_text(form, f"B{to}", "其他线索")


def _row_without_code(draft: Draft) -> None:
    form, row = draft.row("E203")
    to = draft.below(form)
    draft.edit.copy_row(form, row, to)
    draft.edit.clear(form, f"A{to}")


def _repeated_head(draft: Draft) -> None:
    draft.edit.copy_row(_FORM, 4, draft.below(_FORM))


def _renamed_row(draft: Draft) -> None:
    form, row = draft.row("E202")
    draft.edit.put_text(form, f"B{row}", "已删除链接数")


def _changed_measure(draft: Draft) -> None:
    form, row = draft.row("E107")
    draft.edit.put_text(form, f"C{row}", "元")


def _unused_cell(draft: Draft) -> None:
    form, address = draft.at("E113")
    draft.edit.put_number(form, f"F{address.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}", "7")


def _extra_sheet(draft: Draft) -> None:
    draft.edit.add_sheet(
        "情况说明", texts={"first": "本季度组织了两次集中行动。", "second": "附：台账另报。"}
    )


def _swapped_rows(draft: Draft) -> None:
    form, first = draft.row("E203")
    _, second = draft.row("E205")
    draft.edit.swap_rows(form, first, second)


def _other_form_blank(draft: Draft) -> None:
    for element in ("E701", "E702", "E703"):
        draft.edit.clear(*draft.at(element))


def _neighbour_in_head(draft: Draft) -> None:
    draft.edit.put_text("F06", "B2", "山西省")


SHEET_DEFECTS = (
    Defect(
        name="row-missing",
        title="删去了一行",
        spoil=lambda draft: draft.edit.remove_row(*draft.row("E205")),
        expected=(Expected(code="row-missing", form=_FORM, cell="A4"),),
    ),
    Defect(
        name="row-doubled",
        title="同一行写了两次，两行都不能用",
        spoil=_doubled_row,
        expected=(Expected(code="row-doubled", form=_FORM, cell="A15"),),
    ),
    Defect(
        name="row-added",
        title="自己加了一行",
        spoil=_row_of_their_own,
        expected=(Expected(code="row-unknown", form=_FORM, cell="A15"),),
    ),
    Defect(
        name="row-without-code",
        title="有一行有数，没有代码",
        spoil=_row_without_code,
        expected=(Expected(code="row-without-code", form=_FORM, cell="B15"),),
    ),
    Defect(
        name="row-renamed",
        title="改了数据项的名称",
        spoil=_renamed_row,
        expected=(Expected(code="row-renamed", form=_FORM, cell="B6"),),
    ),
    Defect(
        name="rows-in-another-order",
        title="两行换了位置：按代码找得到，不算差错",
        spoil=_swapped_rows,
    ),
    Defect(
        name="measure-changed",
        title="把计量单位从万元改成了元",
        spoil=_changed_measure,
        expected=(Expected(code="measure-changed", form="F01", cell="C11"),),
    ),
    Defect(
        name="column-renamed",
        title="改了条线的名称，整列找不到",
        spoil=_renamed_head,
        expected=(
            Expected(code="column-unknown", form="F01", cell="E4"),
            Expected(code="column-missing", form="F01", cell="A4"),
        ),
    ),
    Defect(
        name="head-repeated",
        title="表头又出现了一次",
        spoil=_repeated_head,
        expected=(Expected(code="head-repeated", form=_FORM, cell="A15"),),
    ),
    Defect(
        name="figure-in-a-grey-cell",
        title="数字填进了不用填的灰色格",
        spoil=_unused_cell,
        expected=(Expected(code="unused-cell-filled", form="F01", cell="F17"),),
    ),
    Defect(
        name="neighbour-in-the-heading",
        title="陕西的报表，表头写成了山西",
        spoil=_neighbour_in_head,
        expected=(Expected(code="heading-unit-differs", form="F06", cell="B2"),),
    ),
    Defect(
        name="other-quarter-in-the-heading",
        title="表头的报告期是另一个季度",
        spoil=lambda draft: draft.edit.put_text("F11", "D2", "2021年第三季度"),
        expected=(Expected(code="heading-period-differs", form="F11", cell="D2"),),
    ),
    Defect(
        name="nil-box-with-a-word",
        title="零申报格里写了别的话",
        spoil=lambda draft: draft.edit.put_text("F12", "B3", "基本没有"),
        expected=(Expected(code="nil-box-unknown", form="F12", cell="B3"),),
    ),
    Defect(
        name="sheet-missing",
        title="少了一张表",
        spoil=lambda draft: draft.edit.drop_sheet("F12"),
        expected=(Expected(code="sheet-missing", form="F12"),),
    ),
    Defect(
        name="sheet-hidden",
        title="有数据的表被隐藏了",
        spoil=lambda draft: draft.edit.hide_sheet("F05"),
        expected=(Expected(code="sheet-hidden", form="F05"),),
    ),
    Defect(
        name="sheet-doubled",
        title="同一张表有两份",
        spoil=lambda draft: draft.edit.add_sheet("F07 修改稿", copy_of="F07"),
        expected=(Expected(code="sheet-doubled", sheet="F07 修改稿"),),
    ),
    Defect(
        name="sheet-added",
        title="多了一张说明表（提示性）",
        spoil=_extra_sheet,
        expected=(Expected(code="sheet-unexpected", severity="soft", sheet="情况说明"),),
    ),
    Defect(
        name="form-blank",
        title="有一张表一格都没有填（提示性）",
        spoil=_other_form_blank,
        expected=(Expected(code="form-blank", severity="soft", form="F07"),),
    ),
    Defect(
        name="report-blank",
        title="交了一份空模板",
        blank=True,
        expected=(Expected(code="report-blank"),),
    ),
)
