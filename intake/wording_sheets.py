"""The sentences about whole files, sheets, rows and columns of a report."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

_NEW_TEMPLATE = "请从系统重新下载本单位本期的模板，把数字填进去再报。"
_NEW_TEMPLATE_EN = "Download the template for this unit and period again and fill it in."
_RESTORE = "请对照系统里的模板恢复；不要增删、改名或移走模板自带的行列。"
_RESTORE_EN = "Restore it as in the template; do not add, rename or remove what the template brings."

SHEET_WORDINGS: dict[str, Wording] = {
    "origin-unknown": Wording(
        "这个文件里找不到模板标记，表头也没有填报单位和报告期，无法确定它报的是哪个单位、哪一期。",
        "The file has neither the template's marks nor a unit and period in its headings.",
        _NEW_TEMPLATE,
        _NEW_TEMPLATE_EN,
    ),
    "template-marks-missing": Wording(
        "模板自带的隐藏工作表 _meta 不见了，只能按表头核对单位和报告期。",
        "The template's hidden sheet _meta is gone; unit and period were checked by the headings only.",
        "请说明文件是怎样制作的；最好把数字填进重新下载的模板。",
        "Explain how the file was made, or better fill in a new template.",
        Severity.SOFT,
    ),
    "template-version": Wording(
        "模板版本不对：文件用的是第 {found} 版，现在用第 {expected} 版。",
        "The template has version {found}; the current one is {expected}.",
        _NEW_TEMPLATE,
        _NEW_TEMPLATE_EN,
    ),
    "wrong-rule-set": Wording(
        "考核规则不对：模板属于“{found}”，本次报送用“{expected}”。",
        "The template belongs to the rule set {found}; expected: {expected}.",
        _NEW_TEMPLATE,
        _NEW_TEMPLATE_EN,
    ),
    "forms-changed": Wording(
        "下载模板以后，报表的栏目或口径有过改动（表样摘要原为 {found}，现为 {expected}），按现在的报表核对。",
        "The forms have changed since the template was downloaded; the present ones are applied.",
        "请核对栏目和口径；要换成现在的模板，用“旧模板换新”（kaohe migrate）把填好的数搬过去。",
        "Check rows and definitions; `kaohe migrate` carries the figures into the present template.",
        Severity.SOFT,
    ),
    "wrong-unit": Wording(
        "单位不对：模板是“{found}”的，本次报送的单位是“{expected}”。",
        "The template is that of {found}, but the report is for {expected}.",
        "请确认没有传错文件；" + _NEW_TEMPLATE,
        "Make sure this is the right file. " + _NEW_TEMPLATE_EN,
    ),
    "wrong-period": Wording(
        "报告期不对：模板是“{found}”的，本次报送的是“{expected}”。",
        "The template is for {found}, but the report is for {expected}.",
        "请确认没有传错文件；" + _NEW_TEMPLATE,
        "Make sure this is the right file. " + _NEW_TEMPLATE_EN,
    ),
    "wrong-provider": Wording(
        "填报方不对：模板由“{found}”填报，本次报送的填报方是“{expected}”。",
        "The template is for the provider {found}, but this report is by {expected}.",
        _NEW_TEMPLATE,
        _NEW_TEMPLATE_EN,
    ),
    "heading-blank": Wording(
        "表头的“{label}”是空的。",
        "The heading {label} is blank.",
        "请填上“{expected}”。",
        "Type {expected}.",
        Severity.SOFT,
    ),
    "heading-unit-unknown": Wording(
        "表头的填报单位“{found}”不是任何一个被考核单位的名称，本次报送的单位是“{expected}”。",
        "The heading {found} names no assessed unit; the report is for {expected}.",
        "请核对这张表是不是本单位的数字，再把表头改为“{expected}”。",
        "Make sure that the figures are this unit's, then type {expected}.",
    ),
    "heading-unit-differs": Wording(
        "表头的填报单位是“{found}”，这是{named}；本次报送的单位是“{expected}”。",
        "The heading names the unit {found} ({named}), but the report is for {expected}.",
        "请核对这张表是不是本单位的数字，再改正表头。",
        "Make sure that the figures are this unit's, then correct the heading.",
    ),
    "heading-period-differs": Wording(
        "表头的报告期是“{found}”，本次报送的是“{expected}”。",
        "The heading names the period {found}, but the report is for {expected}.",
        "请核对这张表是不是本期的数字，再改正表头。",
        "Make sure that the figures are this period's, then correct the heading.",
    ),
    "nil-box-unknown": Wording(
        "“本表零申报”一格填的是“{found}”，只能选“是”，或者留空。",
        "The box for a nil return holds “{found}”; it takes 是 or nothing.",
        "整张表没有发生的选“是”，否则清空。",
        "Choose 是 if there was nothing at all, else clear it.",
    ),
    "sheet-missing": Wording(
        "缺少工作表“{expected}”。",
        "The sheet {expected} is missing.",
        _RESTORE,
        _RESTORE_EN,
    ),
    "sheet-beside-csv": Wording(
        "一个 .csv 文件只能装一张表，里面没有“{expected}”。",
        "A .csv holds one form; {expected} is not in it.",
        "请把本期应报的各表分别另存为 .csv，放进同一个 .zip 上传；或者直接上传 .xlsx。",
        "Save every form that is due as a .csv and put them into one .zip, or upload the .xlsx.",
    ),
    "sheet-mislabelled": Wording(
        "工作表的名称是“{found}”，里面却是“{expected}”的数据项，无法判断以哪个为准，没有读。",
        "The sheet is called {found}, but holds the elements of {expected}; it was not read.",
        "请核对内容，再把工作表改为正确的名称。",
        "Check what it holds, then give the sheet its right name.",
    ),
    "sheet-doubled": Wording(
        "工作表“{found}”与“{expected}”是同一张表，无法判断以哪张为准，两张都没有读。",
        "The sheets {found} and {expected} claim to be the same form; neither was read.",
        "请只保留一张。",
        "Keep only one of them.",
    ),
    "sheet-hidden": Wording(
        "工作表“{found}”被隐藏了，报送人看不到里面的数字。",
        "The sheet {found} is hidden, so nobody sees its figures.",
        "请取消隐藏，核对后再报。",
        "Unhide it and check its figures.",
    ),
    "sheet-unexpected": Wording(
        "工作表“{found}”不在本期应报的表里，没有读取。",
        "The sheet {found} is not part of this report and was not read.",
        "不需要的请删去；里面有应报数字的，请填到模板的表里。",
        "Delete it, or move its figures to the template's sheets.",
        Severity.SOFT,
    ),
    "head-missing": Wording(
        "工作表“{sheet}”里找不到写有“代码”“数据项”的表头，整张表没有读。",
        "The sheet {sheet} has no head row with 代码 and 数据项; it was not read.",
        _RESTORE,
        _RESTORE_EN,
    ),
    "head-repeated": Wording(
        "表头在这里又出现了一次，表格只能有一个表头。",
        "The head row appears again here; a table has only one.",
        "请删去重复的表头。",
        "Delete the repeated head row.",
    ),
    "column-extra": Wording(
        "表头的“{found}”不是模板里的列，没有读取；应报的各列都在。",
        "The head {found} is not in the template and was not read; all columns due are there.",
        "不是报送内容的请删去；有应报数字的，请填到模板的列里。",
        "Delete it, or move its figures to the template's columns.",
        Severity.SOFT,
    ),
    "column-missing": Wording(
        "表头缺少“{expected}”一列。",
        "The column {expected} is missing.",
        _RESTORE,
        _RESTORE_EN,
    ),
    "column-doubled": Wording(
        "“{found}”一列出现了两次，无法判断以哪列为准，两列都没有读。",
        "The column {found} occurs twice; neither was read.",
        "请只保留一列。",
        "Keep only one of them.",
    ),
    "column-unknown": Wording(
        "表头的“{found}”不是模板里的列，这一列没有读。",
        "The head {found} is not in the template; the column was not read.",
        _RESTORE,
        _RESTORE_EN,
    ),
    "row-missing": Wording(
        "缺少“{expected}”一行。",
        "The row {expected} is missing.",
        _RESTORE,
        _RESTORE_EN,
    ),
    "row-doubled": Wording(
        "“{found}”一行出现了两次（另一行是第 {other} 行），无法判断以哪行为准，都没有读。",
        "The row {found} occurs twice (also in row {other}); neither was read.",
        "请只保留一行。",
        "Keep only one of them.",
    ),
    "row-unknown": Wording(
        "代码“{found}”不是这张表的数据项，这一行没有读。",
        "The code {found} is no element of this form; the row was not read.",
        "请核对代码，或者删去这一行。",
        "Check the code, or delete the row.",
    ),
    "row-code-misspelt": Wording(
        "代码“{found}”看上去是“{expected}”，但里面的{characters}不是模板里的字符，这一行没有读。",
        "The code {found} looks like {expected}, but has {characters} in it; the row was not read.",
        "这一行确是“{row}”的，请重新输入代码 {expected}。",
        "If the row is that of {expected}, type the code again.",
    ),
    "row-not-due": Wording(
        "“{found}”本期不用报，这一行没有读。",
        "{found} is not due in this period; the row was not read.",
        "不用处理；如果想提前报送，请在到期的季度填报。",
        "Nothing to do; report it in the quarter in which it is due.",
        Severity.SOFT,
    ),
    "row-without-code": Wording(
        "这一行有数据，但是没有数据项代码，没有读。",
        "This row has figures but no element code; it was not read.",
        "请恢复代码；不是报送内容的请删去。",
        "Restore its code, or delete it if it is not part of the report.",
    ),
    "row-renamed": Wording(
        "代码 {code} 的数据项应是“{expected}”，表里写的是“{found}”。",
        "The element {code} is called {expected}, but the sheet says {found}.",
        "请确认数字没有填错行，再恢复原来的名称。",
        "Make sure that no figure is in the wrong row, then restore the name.",
    ),
    "measure-changed": Wording(
        "{row}的计量单位应是“{expected}”，表里写的是“{found}”。",
        "{row} is measured in {expected}, but the sheet says {found}.",
        "请按“{expected}”填报，并恢复原来的计量单位。",
        "Report in {expected}, and restore the measure.",
    ),
    "merged-inputs": Wording(
        "{range} 是合并单元格，盖住了 {count} 个要分别填报的格，分不清“{found}”是谁的数，都没有读。",
        "{range} is merged over {count} cells that are reported one by one; none of them was read.",
        "请取消合并，每格分别填写；没有的填 0。",
        "Unmerge the cells and fill in each of them; 0 where there is nothing.",
    ),
    "unused-cell-filled": Wording(
        "{row}在“{column}”一栏不用填，但是填了“{found}”。",
        "{row} has no figure for {column}, but “{found}” was typed there.",
        "请清空这个灰色单元格；数字填错位置的，请移到正确的格里。",
        "Clear the grey cell, or move the figure to where it belongs.",
    ),
    "last-figure-changed": Wording(
        "{row}的“{column}”这里是系统带出的上一期数，应是“{expected}”，现在是“{found}”，没有读取；"
        "这一行有 {count} 格被改。",
        "{row}, {column}: this shows the figure of the period before, {expected}; it now says {found} "
        "({count} cells of the row were changed). It was not read.",
        "本期的数请填在黄色单元格；上一期的数不用改，确实报错了的，请申请订正。",
        "Type this period's figure into the yellow cell; ask for a correction if the earlier one was wrong.",
        Severity.SOFT,
    ),
    "stray-value": Wording(
        "{row}这一行的表格之外有“{found}”，没有读。",
        "Outside the table, the row {row} holds “{found}”, which was not read.",
        "请删去，或者写到情况说明里。",
        "Delete it, or put it into the explanations.",
        Severity.SOFT,
    ),
    "column-without-head": Wording(
        "这一列没有表头，但是有 {count} 个数据，都没有读。",
        "This column has no head but {count} values, none of which was read.",
        "请恢复表头；不是报送内容的请清空。",
        "Restore its head, or clear it if it is not part of the report.",
        Severity.SOFT,
    ),
    "form-blank": Wording(
        "表“{sheet}”一格都没有填（共 {count} 格），将全部按“未报”处理。",
        "Nothing is filled in on {sheet} ({count} cells); all of it will count as not reported.",
        "整张表没有发生的，请在“本表零申报”选“是”；否则请填报，或者说明原因。",
        "Choose 是 under 本表零申报 if there was nothing; else fill it in, or explain.",
        Severity.SOFT,
    ),
    "report-blank": Wording(
        "这份报表一个数字都没有填。",
        "Nothing at all is filled in.",
        "请填写后再报。",
        "Fill it in first.",
    ),
}
