"""The sentences about figures that may be right: doubtful, restated, falling, or too regular."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

_HERE = "{row}({column})"
_HERE_EN = "{row} ({column})"
_ASK = "这是给审核人的线索，不说明数字有误；请向填报单位核实原始记录。"
_ASK_EN = "A hint for the reviewer, not a mistake; ask for the records behind it."

DOUBT_WORDINGS: dict[str, Wording] = {
    "doubtful-figure": Wording(
        f"{_HERE}本期是 {{amount}}，{{reasons}}。",
        f"{_HERE_EN} is {{amount}} now: {{reasons_en}}.",
        "请核对是否填成累计数、漏填或多写一位；数字无误的，请写明原因。",
        "Check for a running total, a missing part or a digit too many; explain it if it is right.",
        Severity.SOFT,
    ),
    "restated-figure": Wording(
        f"{_HERE}已接受的数是 {{before}}，改为 {{after}}。",
        f"{_HERE_EN} was accepted as {{before}} and is now {{after}}.",
        "请核对；确要更正已接受的数，请写明更正的原因和依据。",
        "Check it; if the accepted figure is to be corrected, say why and on what grounds.",
        Severity.SOFT,
    ),
    "cumulative-falls": Wording(
        f"{_HERE}是年初至今的累计数，本期 {{after}}，小于 {{period}} 的 {{before}}，相差 {{difference}}。",
        f"{_HERE_EN} counts from the beginning of the year: {{after}} is less than the {{before}} "
        "of {period}, by {difference}.",
        "请核对是否填成了本期新增数；上一期的数有误时，先申请订正上一期的报表。",
        "Check whether only what is new was counted; if the earlier figure is wrong, have it amended first.",
    ),
    "far-from-peers": Wording(
        f"{_HERE}是 {{amount}}，按{{per}}折算后偏离{{group}} {{units}} 个单位的中位数"
        "（相当于本单位的 {median}；稳健 z 值 {z}，超过 {limit}）。",
        f"{_HERE_EN} is {{amount}}: by {{per}} far from the median of {{units}} units "
        "(which would be {median} here; robust z {z}, beyond {limit}).",
        _ASK,
        _ASK_EN,
        Severity.SOFT,
    ),
    "same-figure": Wording(
        f"{_HERE}连续 {{periods}} 期都是 {{amount}}。",
        f"{_HERE_EN} is {{amount}} in {{periods}} periods running.",
        _ASK,
        _ASK_EN,
        Severity.SOFT,
    ),
    "last-digits": Wording(
        "不小于 {at_least} 的 {figures} 个数中，有 {ending} 个的尾数是 0 或 5；"
        "偶然出现这么多的可能不到 {chance}。",
        "Of {figures} figures of {at_least} or more, {ending} end in 0 or 5; by chance so many come up "
        "in less than {chance} of all cases.",
        _ASK,
        _ASK_EN,
        Severity.SOFT,
    ),
    "on-threshold": Wording(
        f"{_HERE}：指标 {{indicator}} 连续 {{periods}} 期正好等于计分的档线 {{threshold}}。",
        f"{_HERE_EN}: indicator {{indicator}} is exactly on the step {{threshold}} of its scoring "
        "in {periods} periods running.",
        _ASK,
        _ASK_EN,
        Severity.SOFT,
    ),
    "equal-block": Wording(
        f"从{_HERE}起，相邻的 {{figures}} 个数与{{whose}}完全相同（{{amounts}}）。",
        f"From {_HERE_EN} on, {{figures}} neighbouring figures are those of {{whose_en}} ({{amounts}}).",
        _ASK,
        _ASK_EN,
        Severity.SOFT,
    ),
}
