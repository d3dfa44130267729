"""The sentences about single cells: what was read there, why it cannot stand, what to type instead."""

from __future__ import annotations

from intake.wording import Wording
from intake.wording_dates import DATE_WORDINGS
from intake.wording_numbers import NUMBER_WORDINGS
from scoring.errors import Severity

_HERE = "{row}({column})"
_HERE_EN = "{row} ({column})"

CELL_WORDINGS: dict[str, Wording] = {
    **NUMBER_WORDINGS,
    **DATE_WORDINGS,
    "cell-blank": Wording(
        f"{_HERE}没有填，将按“未报”处理，未报不等于 0。",
        f"{_HERE_EN} is blank and will count as not reported, which is not zero.",
        "没有发生请填 0 或“零申报”；确实报不了的，请说明原因。",
        "Type 0 or 零申报 if there was nothing; otherwise explain why it cannot be reported.",
        Severity.SOFT,
    ),
    "total-blank": Wording(
        f"{_HERE}的合计没有填，无法与各栏之和核对。",
        f"The total of {_HERE_EN} is blank, so the sum cannot be compared with it.",
        "请恢复合计公式，或者填上各栏之和。",
        "Restore the formula of the total, or type the sum.",
        Severity.SOFT,
    ),
    "error-value": Wording(
        f"{_HERE}是公式错误值“{{found}}”，不是数字。",
        f"{_HERE_EN} holds the error value {{found}}, which is no figure.",
        "请改正公式，或者直接填写结果。",
        "Mend the formula, or type the result.",
    ),
    "formula-without-value": Wording(
        f"{_HERE}是公式，但文件里没有保存计算结果，系统不代为计算。",
        f"{_HERE_EN} is a formula whose result was not saved with the file; it is not computed here.",
        "请用 WPS 或 Excel 打开，重新计算并保存；或者直接填写结果。",
        "Open the file in WPS or Excel, recalculate and save it, or type the result.",
    ),
    "boolean-value": Wording(
        f"{_HERE}是逻辑值“{{found}}”，这里应填{{expected}}。",
        f"{_HERE_EN} is the truth value {{found}}; expected: {{expected}}.",
        "请改填{expected}。",
        "Type what is expected here.",
    ),
    "hidden-value": Wording(
        f"{_HERE}在隐藏的行列或合并单元格里有值“{{found}}”，报送人看不到。",
        f"{_HERE_EN} holds {{found}} in a hidden row or column or under a merge, where nobody sees it.",
        "请取消隐藏或合并，核对后再报；不需要的请清空。",
        "Unhide or unmerge it and check the value, or clear it.",
    ),
    "struck-out": Wording(
        f"{_HERE}的“{{found}}”有删除线，或者有设成上标、下标的字，分不清哪些字还算数。",
        f"{_HERE_EN} holds {{found}} with characters that are struck out, raised or lowered.",
        "请只留下要报的数，去掉删除线和上标、下标，再上传。",
        "Leave only what is to be reported, without strikethrough, superscripts or subscripts.",
    ),
    "date-for-number": Wording(
        f"{_HERE}被表格软件当成了日期（存储值 {{found}}），这里应填{{expected}}。",
        f"{_HERE_EN} was taken for a date (stored as {{found}}); expected: {{expected}}.",
        "请把单元格格式改为“常规”，重新输入数字。",
        "Set the cell's format to General and type the number again.",
    ),
    "dash": Wording(
        f"{_HERE}填的是“{{found}}”，分不清是没有发生、没有这项业务还是报不了。",
        f"{_HERE_EN} is “{{found}}”: it could mean nothing happened, no such task, or not known.",
        "{readings}。",
        "Type {readings_en}.",
    ),
    "not-applicable-not-allowed": Wording(
        f"{_HERE}不能填“不适用”，每个单位都应当有这个数。",
        f"{_HERE_EN} may not be “not applicable”: every unit has this figure.",
        "请填{expected}；没有发生填 0。",
        "Type the figure; 0 if there was nothing.",
    ),
    "nil-not-allowed": Wording(
        f"{_HERE}不能填“零申报”，这里应填{{expected}}。",
        f"{_HERE_EN} cannot be a nil return; expected: {{expected}}.",
        "请填{expected}；确实没有的留空并说明。",
        "Type what is expected, or leave it blank and explain.",
    ),
    "unknown-word": Wording(
        f"{_HERE}填的是“{{found}}”，不在可选的答案里。",
        f"{_HERE_EN} is “{{found}}”, which is none of the choices.",
        "请从下拉列表里选：{expected}。",
        "Choose from the list: {expected}.",
    ),
    "total-differs": Wording(
        "{row}的合计是 {found}，各栏之和是 {expected}，"
        "相差 {difference}，允许的舍入误差是 {slack}（{cells}）。",
        "The total of {row} is {found}, but its columns make {expected}: {difference} apart, "
        "{slack} allowed for rounding ({cells}).",
        "请核对各栏；恢复合计公式，并把文本型数字改为数值。",
        "Check the columns, restore the formula of the total, and turn numbers kept as text into numbers.",
    ),
}
