"""The sentences about figures: what was typed, which readings it has, what to type for each."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

_HERE = "{row}({column})"
_HERE_EN = "{row} ({column})"
_FOUND = f"{_HERE}填的是“{{found}}”"
_FOUND_EN = f"{_HERE_EN} is “{{found}}”"

NUMBER_WORDINGS: dict[str, Wording] = {
    "approximate": Wording(
        f"{_FOUND}，这是约数，只能填确数。",
        f"{_FOUND_EN}, an approximate figure; only exact figures are taken.",
        "请核实后填写确切的数字。",
        "Find out and type the exact number.",
    ),
    "range-for-figure": Wording(
        f"{_FOUND}，这是一个范围，分不清是哪个数。",
        f"{_FOUND_EN}, a range: which figure is meant is open.",
        "请核实后只填一个确切的数字；是两项之和的，请填和。",
        "Type the one exact number; if it is two parts, type their sum.",
    ),
    "bound-for-figure": Wording(
        f"{_FOUND}，只说了不少于或不多于多少，没有说是多少。",
        f"{_FOUND_EN}: a bound, not a figure.",
        "请核实后填写确切的数字。",
        "Find out and type the exact number.",
    ),
    "perhaps-negative": Wording(
        f"{_FOUND}，可能是负 {{reading}}，也可能是 {{reading}} 加了记号。",
        f"{_FOUND_EN}: it may be minus {{reading}}, or {{reading}} with a mark.",
        "是 {reading} 的，请填 {reading}；是负数的，负号写在数字前面，如 -{reading}。",
        "Type {reading}, or -{reading} with the sign in front.",
    ),
    "exponent-typed": Wording(
        f"{_FOUND}，是科学记数法，可能是 {{reading}}，也可能是编号或笔误。",
        f"{_FOUND_EN}, scientific notation: perhaps {{reading}}, perhaps a code or a slip.",
        "是 {reading} 的，请填 {reading}；不是的，请填确切的数字。",
        "Type {reading} if that is meant, otherwise the exact number.",
    ),
    "chinese-numeral": Wording(
        f"{_FOUND}，是汉字数字，读作 {{reading}}，系统不代为改写。",
        f"{_FOUND_EN}, Chinese characters that read as {{reading}}; they are not rewritten here.",
        "是 {reading} 的，请填 {reading}；不是的，请填确切的数字。",
        "Type {reading} if that is meant, otherwise the exact number.",
    ),
    "look-alike": Wording(
        f"{_FOUND}，看上去像 {{reading}}，但里面的{{characters}}不是数字或数字里的标点。",
        f"{_FOUND_EN}: it looks like {{reading}}, but {{characters}} is no digit.",
        "是 {reading} 的，请用键盘数字重新输入 {reading}。",
        "If {reading} is meant, type it again with the digits of the keyboard.",
    ),
    "odd-character": Wording(
        f"{_FOUND}，里面的{{characters}}不是普通数字。",
        f"{_FOUND_EN}; {{characters}} is no plain digit.",
        "请只用 0 到 9 重新输入；是脚注或角标的，请删去。",
        "Type it again with the digits 0 to 9; remove footnote marks.",
    ),
    "unit-in-cell": Wording(
        f"{_FOUND}，数字后面的“{{suffix}}”不是这里的计量单位“{{measure}}”。",
        f"{_FOUND_EN}: “{{suffix}}” behind the number is not the measure {{measure}}.",
        "以“{measure}”计就是 {number} 的，请只填 {number}；不是的，请先换算成“{measure}”再填。",
        "Type {number} if it is {number} in {measure}; otherwise convert it first.",
    ),
    "scale-in-cell": Wording(
        f"{_FOUND}，“{{suffix}}”是成倍的写法，可能是 {{readings}}（{{measure}}），也可能是约数。",
        f"{_FOUND_EN}: with “{{suffix}}” it may be {{readings}} ({{measure}}), or a rounded figure.",
        "请按“{measure}”填写确切的数字，如 {readings}，不写“{suffix}”。",
        "Type the exact number in {measure}, such as {readings_en}, without “{suffix}”.",
    ),
    "converted-too-fine": Wording(
        f"{_FOUND}，换算成“{{measure}}”是 {{result}}，这里最多填 {{places}} 位小数，系统不代为舍入。",
        f"{_FOUND_EN}, {{result}} in {{measure}}: more than {{places}} decimals, and nothing is rounded.",
        "请换算成“{measure}”，四舍五入到 {places} 位小数后填写。",
        "Convert it to {measure}, round it to {places} places and type it again.",
    ),
    "format-shows-measure": Wording(
        f"{_HERE}存的是“{{found}}”，单元格格式却显示“{{shown}}”，这里的计量单位是“{{measure}}”。",
        f"{_HERE_EN} holds {{found}}, but its format shows {{shown}}; the measure here is {{measure}}.",
        "请把单元格格式改为“常规”，再按“{measure}”填写数字。",
        "Set the cell's format to General and type the number in {measure}.",
    ),
    "format-shows-less": Wording(
        f"{_HERE}存的是“{{found}}”，单元格格式“{{format}}”却按千或万缩小显示，与看到的数不同。",
        f"{_HERE_EN} holds {{found}}, but its format {{format}} shows another scale than is stored.",
        "请把单元格格式改为“常规”，再按“{measure}”填写数字。",
        "Set the cell's format to General and type the number in {measure}.",
    ),
    "format-shows-other": Wording(
        f"{_HERE}存的是“{{found}}”，单元格格式“{{format}}”却把它隐藏，或者添上自带的数字、正负号或百分号，"
        "看到的不是这个数。",
        f"{_HERE_EN} holds {{found}}, but its format {{format}} hides it, or adds digits or signs.",
        "请把单元格格式改为“常规”，看清显示的数对不对，改好后再上传。",
        "Set the cell's format to General, see whether the number is right, and upload it again.",
    ),
    "percent-sign": Wording(
        f"{_FOUND}，是百分数，这里的计量单位是“{{measure}}”。",
        f"{_FOUND_EN}, a percentage, but the measure here is {{measure}}.",
        "请填以“{measure}”为单位的数字，不要用百分数。",
        "Type the number in {measure}, not a percentage.",
    ),
    "percent-for-share": Wording(
        f"{_FOUND}，是百分数，这里填的是{{measure}}（全部为 1）。",
        f"{_FOUND_EN}, a percentage, but the measure here is {{measure}}, of which all is 1.",
        "这个百分数对的话，请填 {reading}。",
        "If the percentage is right, type {reading}.",
    ),
    "fraction-or-percent": Wording(
        f"{_FOUND}，计量单位是 %，按 {{value}}% 读取；也可能是 {{other}}%。",
        f"{_FOUND_EN}; the measure is %, so it counts as {{value}}%, but it might be {{other}}%.",
        "是 {other}% 的，请填 {other}；确实是 {value}% 的，请说明。",
        "Type {other} for {other}%; if it is {value}% indeed, explain.",
        Severity.SOFT,
    ),
    "comma-misplaced": Wording(
        f"{_FOUND}，逗号的位置不是千分位，分不清是小数点、分隔符还是两个数。",
        f"{_FOUND_EN}: its commas do not group thousands; they might be points, or part two numbers.",
        "{other}逗号多余的，填 {reading}；是两个数的，填它们的和。",
        "Type {other_en}{reading} without commas, or the sum if it is two numbers.",
    ),
    "blank-inside": Wording(
        f"{_FOUND}，数字中间的空格不在千分位上，分不清是一个数还是两个数。",
        f"{_FOUND_EN}: its blanks do not group thousands; it may be one number or two.",
        "是一个数的，填 {reading}；是两个数的，填它们的和。",
        "Type {reading} if it is one number, or the sum of the two.",
    ),
    "not-a-number": Wording(
        f"{_FOUND}，不是数字。",
        f"{_FOUND_EN}, which is not a number.",
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
    "not-whole": Wording(
        f"{_FOUND}，应当是整数。",
        f"{_FOUND_EN}, but must be a whole number.",
        "请填整数；如果填错了计量单位，请换算。",
        "Type a whole number; convert it if the measure is wrong.",
    ),
    "too-many-places": Wording(
        f"{_FOUND}，最多填 {{places}} 位小数。",
        f"{_FOUND_EN}, but may have at most {{places}} decimal places.",
        "请四舍五入到 {places} 位小数后填写。",
        "Round it to {places} places and type it again.",
    ),
    "below-minimum": Wording(
        f"{_FOUND}，不应小于 {{least}}。",
        f"{_FOUND_EN}, but must not be less than {{least}}.",
        "请核对；更正以前的数请申请订正，不要用负数冲减。",
        "Check it; earlier figures are corrected by an amendment, not by negative numbers.",
    ),
    "above-maximum": Wording(
        f"{_FOUND}，不应大于 {{most}}。",
        f"{_FOUND_EN}, but must not be greater than {{most}}.",
        "请核对数字和计量单位。",
        "Check the number and its measure.",
    ),
}
