"""Defects of rows, columns and their labels."""

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


def _swapped_rows(draft: Draft) -> None:
    form, first = draft.row("E203")
    _, second = draft.row("E205")
    draft.edit.swap_rows(form, first, second)


def _subtotal_row(draft: Draft) -> None:
    form, row = draft.row("E203")
    to = draft.below(form)
    draft.edit.copy_row(form, row, to)
    draft.edit.clear(form, f"A{to}")
    draft.edit.put_text(form, f"B{to}", "小计")


def _code_with_a_letter(draft: Draft) -> None:
    form, row = draft.row("E203")
    draft.edit.put_text(form, f"A{row}", "E2O3")


def _row_by_its_name(draft: Draft) -> None:
    form, row = draft.row("E203")
    draft.edit.clear(form, f"A{row}")


def _measure_behind_name(draft: Draft) -> None:
    form, row = draft.row("E103")
    draft.edit.put_text(form, f"B{row}", "行政立案数（件）")


ROW_DEFECTS = (
    Defect(
        name="subtotal-row",
        title="自己加了小计行：不当作数据，列为规范化，不算差错",
        spoil=_subtotal_row,
        noted=((_FORM, "B15"),),
    ),
    Defect(
        name="code-with-a-letter",
        title="代码里的 0 写成了字母 O",
        spoil=_code_with_a_letter,
        expected=(Expected(code="row-code-misspelt", form=_FORM, cell="A7"),),
    ),
    Defect(
        name="code-deleted",
        title="一行的代码被删去：按数据项名称认出，列为规范化，不算差错",
        spoil=_row_by_its_name,
        noted=((_FORM, "B7"),),
    ),
    Defect(
        name="measure-in-the-name",
        title="数据项名称后面加了计量单位：按代码认出，列为规范化，不算差错",
        spoil=_measure_behind_name,
        noted=(("F01", "B7"),),
    ),
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
        title="表头又出现了一次，各列相同：不当作数据，列为规范化，不算差错",
        spoil=_repeated_head,
        noted=((_FORM, "A15"),),
    ),
    Defect(
        name="figure-in-a-grey-cell",
        title="数字填进了不用填的灰色格",
        spoil=_unused_cell,
        expected=(Expected(code="unused-cell-filled", form="F01", cell="F17"),),
    ),
)
