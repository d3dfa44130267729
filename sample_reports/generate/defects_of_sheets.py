"""Defects of headings and of whole sheets."""

from __future__ import annotations

from sample_reports.generate.defective import Defect, Draft, Expected


def _extra_sheet(draft: Draft) -> None:
    draft.edit.add_sheet(
        "情况说明", texts={"first": "本季度组织了两次集中行动。", "second": "附：台账另报。"}
    )


def _wrong_tab(draft: Draft) -> None:
    draft.edit.drop_sheet("F05")
    draft.edit.rename_sheet("F03", "F05 抽检")


def _other_form_blank(draft: Draft) -> None:
    for element in ("E701", "E702", "E703"):
        draft.edit.clear(*draft.at(element))


def _neighbour_in_head(draft: Draft) -> None:
    draft.edit.put_text("F06", "B2", "山西省")


SHEET_DEFECTS = (
    Defect(
        name="region-by-its-short-name",
        title="表头的填报单位写成“陕西省双打办”：认得出，列为规范化，不算差错",
        spoil=lambda draft: draft.edit.put_text("F06", "B2", "陕西省双打办"),
        noted=(("F06", "B2"),),
    ),
    Defect(
        name="city-in-the-heading",
        title="表头的填报单位写成了市",
        spoil=lambda draft: draft.edit.put_text("F06", "B2", "西安市"),
        expected=(Expected(code="heading-unit-unknown", form="F06", cell="B2"),),
    ),
    Defect(
        name="quarter-in-other-words",
        title="表头的报告期写成“2021年2季度”：认得出，列为规范化，不算差错",
        spoil=lambda draft: draft.edit.put_text("F11", "D2", "2021年2季度"),
        noted=(("F11", "D2"),),
    ),
    Defect(
        name="sheet-renamed",
        title="工作表改了名：按标题和代码认出，列为规范化，不算差错",
        spoil=lambda draft: draft.edit.rename_sheet("F03", "抽检"),
        noted=(("抽检", "A4"),),
    ),
    Defect(
        name="sheet-with-a-wrong-name",
        title="工作表叫 F05，里面却是 F03 的数据项",
        spoil=_wrong_tab,
        expected=(
            Expected(code="sheet-mislabelled", sheet="F05 抽检"),
            Expected(code="sheet-missing", form="F05"),
        ),
    ),
    Defect(
        name="own-copy-of-a-form",
        title="多了一张报表的底稿（提示性）",
        spoil=lambda draft: draft.edit.add_sheet("底稿", copy_of="F07"),
        expected=(Expected(code="sheet-unexpected", severity="soft", sheet="底稿"),),
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
        title="多了一张说明表，里面没有数据项：不读取，列为规范化，不算差错",
        spoil=_extra_sheet,
        noted=(("情况说明", "A1"),),
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
