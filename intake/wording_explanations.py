"""The sentences about explanations that cannot be taken."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

EXPLANATION_WORDINGS: dict[str, Wording] = {
    "explanation-unknown-reason": Wording(
        "情况说明的原因“{found}”不在可选的原因里，这条说明没有采用。",
        "The reason “{found}” of an explanation is not on the list; the explanation was not taken.",
        "请从这些原因里选一个：{expected}。",
        "Choose one of: {expected}.",
        Severity.SOFT,
    ),
    "explanation-without-reason": Wording(
        "情况说明“{found}”没有选原因，这条说明没有采用；沿用以前的说明，也要选原因表示确认。",
        "The explanation “{found}” has no reason and was not taken; an earlier one is confirmed by one.",
        "请从这些原因里选一个：{expected}。",
        "Choose one of: {expected}.",
        Severity.SOFT,
    ),
    "explanation-needs-evidence": Wording(
        "原因“{found}”要有佐证材料，这个问题还没有关联材料，这条说明没有采用。",
        "The reason “{found}” needs evidence, and none is linked to this issue; it was not taken.",
        "请先上传佐证材料并关联到这个问题（{expected}），再保存说明。",
        "Attach a file to this issue ({expected}) first, then explain.",
        Severity.SOFT,
    ),
    "explanation-too-short": Wording(
        "情况说明“{found}”太短，看不出原因，这条说明没有采用。",
        "The explanation “{found}” is too short to say why; it was not taken.",
        "请用{expected}写清原因，例如哪项行动、哪件案件。",
        "Say why in {expected}, such as which campaign or which case.",
        Severity.SOFT,
    ),
    "explanation-too-long": Wording(
        "情况说明太长（{count} 字），这条说明没有采用。",
        "An explanation has {count} characters, which is too long; it was not taken.",
        "请缩短到{expected}，细节放进佐证材料。",
        "Shorten it to {expected} and put the details into evidence.",
        Severity.SOFT,
    ),
    "explanation-of-nothing": Wording(
        "“{found}”不是这份报表待说明的问题，这条说明没有采用。",
        "“{found}” is no issue of this report that waits for an explanation; it was not taken.",
        "请以最近一次检查的问题清单为准。",
        "Go by the list of issues of the latest check.",
        Severity.SOFT,
    ),
}
