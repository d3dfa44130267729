"""The sentences about single cells: what was read there, why it cannot stand, what to type instead."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

_HERE = "{row}({column})"
_HERE_EN = "{row} ({column})"

CELL_WORDINGS: dict[str, Wording] = {
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
    "date-for-number": Wording(
        f"{_HERE}被表格软件当成了日期（存储值 {{found}}），这里应填{{expected}}。",
        f"{_HERE_EN} was taken for a date (stored as {{found}}); expected: {{expected}}.",
        "请把单元格格式改为“常规”，重新输入数字。",
        "Set the cell's format to General and type the number again.",
    ),
    "dash": Wording(
        f"{_HERE}填的是“{{found}}”，分不清是 0、不适用还是未报。",
        f"{_HERE_EN} is “{{found}}”: it could mean zero, not applicable or not reported.",
        "没有发生请填 0 或“零申报”，没有这项业务请填“不适用”。",
        "Type 0 or 零申报 for nothing, 不适用 for not applicable.",
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
    "approximate": Wording(
        f"{_HERE}填的是约数“{{found}}”，只能填确数。",
        f"{_HERE_EN} is the approximate figure “{{found}}”; only exact figures are taken.",
        "请核实后填写确切的数字。",
        "Find out and type the exact number.",
    ),
    "unit-in-cell": Wording(
        f"{_HERE}填的是“{{found}}”，数字后面带了“{{suffix}}”。",
        f"{_HERE_EN} is “{{found}}”: the number is followed by “{{suffix}}”.",
        "请删去“{suffix}”，只填以“{measure}”为单位的数字；单位不同的请先换算。",
        "Remove “{suffix}” and type only the number in {measure}; convert it first if the measure differs.",
    ),
    "percent-sign": Wording(
        f"{_HERE}填的是百分数“{{found}}”，这里的计量单位是“{{measure}}”。",
        f"{_HERE_EN} is the percentage “{{found}}”, but the measure here is {{measure}}.",
        "请填以“{measure}”为单位的数字，不要用百分数。",
        "Type the number in {measure}, not a percentage.",
    ),
    "comma-misplaced": Wording(
        f"{_HERE}填的是“{{found}}”，逗号的位置不是千分位，分不清是小数点还是分隔符。",
        f"In {_HERE_EN}, “{{found}}” has commas that do not group thousands; they might be decimal points.",
        "请去掉逗号重新填写；小数点用“.”。",
        "Type the number without commas; the decimal point is “.”.",
    ),
    "not-a-number": Wording(
        f"{_HERE}填的是“{{found}}”，不是数字。",
        f"{_HERE_EN} is “{{found}}”, which is not a number.",
        "请填{expected}，只用阿拉伯数字，不写公式、文字或科学记数法。",
        "Type the number in Arabic digits, without words or an exponent.",
    ),
    "number-too-long": Wording(
        f"{_HERE}的“{{found}}”超过 {{digits}} 位有效数字，表格软件已无法准确保存。",
        f"“{{found}}” in {_HERE_EN} has more than {{digits}} significant digits, which no spreadsheet keeps.",
        "请核对位数，重新填写。",
        "Check the digits and type it again.",
    ),
    "number-too-large": Wording(
        f"{_HERE}的“{{found}}”太大，超出系统能记录的范围。",
        f"“{{found}}” in {_HERE_EN} is too large to be kept.",
        "请核对位数和计量单位，重新填写。",
        "Check the digits and the measure, and type it again.",
    ),
    "not-a-date": Wording(
        f"{_HERE}填的是“{{found}}”，不是完整的日期。",
        f"{_HERE_EN} is “{{found}}”, which is not a full date.",
        "请填年、月、日，例如 2021-06-30 或 2021年6月30日。",
        "Type year, month and day, such as 2021-06-30.",
    ),
    "no-such-date": Wording(
        f"{_HERE}填的是“{{found}}”，没有这一天。",
        f"{_HERE_EN} is “{{found}}”: there is no such day.",
        "请核对年、月、日。",
        "Check year, month and day.",
    ),
    "number-for-date": Wording(
        f"{_HERE}填的是数字“{{found}}”，不是日期，系统不猜测它指哪一天。",
        f"{_HERE_EN} is the number “{{found}}”, not a date; which day it means is not guessed.",
        "请填日期，例如 2021-06-30，或者把单元格格式改为日期后核对。",
        "Type a date such as 2021-06-30, or set the cell's format to a date and check it.",
    ),
    "unknown-word": Wording(
        f"{_HERE}填的是“{{found}}”，不在可选的答案里。",
        f"{_HERE_EN} is “{{found}}”, which is none of the choices.",
        "请从下拉列表里选：{expected}。",
        "Choose from the list: {expected}.",
    ),
    "not-whole": Wording(
        f"{_HERE}填的是“{{found}}”，应当是整数。",
        f"{_HERE_EN} is “{{found}}”, but must be a whole number.",
        "请填整数；如果填错了计量单位，请换算。",
        "Type a whole number; convert it if the measure is wrong.",
    ),
    "too-many-places": Wording(
        f"{_HERE}填的是“{{found}}”，最多填 {{places}} 位小数。",
        f"{_HERE_EN} is “{{found}}”, but may have at most {{places}} decimal places.",
        "请四舍五入到 {places} 位小数后填写。",
        "Round it to {places} places and type it again.",
    ),
    "below-minimum": Wording(
        f"{_HERE}填的是“{{found}}”，不应小于 {{least}}。",
        f"{_HERE_EN} is “{{found}}”, but must not be less than {{least}}.",
        "请核对；更正以前的数请申请订正，不要用负数冲减。",
        "Check it; earlier figures are corrected by an amendment, not by negative numbers.",
    ),
    "above-maximum": Wording(
        f"{_HERE}填的是“{{found}}”，不应大于 {{most}}。",
        f"{_HERE_EN} is “{{found}}”, but must not be greater than {{most}}.",
        "请核对数字和计量单位。",
        "Check the number and its measure.",
    ),
    "total-differs": Wording(
        "{row}的合计是 {found}，各栏之和是 {expected}，相差 {difference}（{cells}）。",
        "The total of {row} is {found}, but its columns make {expected}: {difference} apart ({cells}).",
        "请核对各栏；恢复合计公式，并把文本型数字改为数值。",
        "Check the columns, restore the formula of the total, and turn numbers kept as text into numbers.",
    ),
}
