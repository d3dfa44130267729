"""The verdict on a report as the page says it first: one sentence, what it means, what to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.report import Verdict
from models.records import ReportState
from services.upload_answers import KeptAnswer
from web.answers import ShownAnswer
from web.report_words import ACCEPTED, WAITS_FOR_REVIEW


@dataclass(frozen=True, slots=True)
class Banner:
    """What is read first; tone and sign say the same as the sentence, never anything alone."""

    tone: str
    sign: str
    sentence: str
    advice: str


def banner_of_check(verdict: Verdict, shown: ShownAnswer) -> Banner:
    """Of a file that was only looked at."""
    match verdict:
        case Verdict.UNREADABLE:
            return refused(len(shown.to_correct))
        case Verdict.TO_CORRECT:
            return Banner(
                "bad", "stop", _to_correct(shown), "现在提交会被退回。请在自己的表里改好，再检查一次。"
            )
        case _ if shown.waiting:
            return Banner(
                "wait",
                "wait",
                f"没有必须改正的，有 {shown.waiting} 处要说明",
                "可以提交。提交以后在网页上逐条说明，说明完自动送审。",
            )
        case _:
            return Banner("good", "done", "检查通过，可以提交", "没有必须改正的，也没有还要说明的。")


def refused(reasons: int) -> Banner:
    """Of a file that is not this report at all, whether it was only looked at or handed in."""
    return Banner(
        "bad",
        "stop",
        "没有接收：这个文件不能作为这份报表",
        f"原因有 {reasons} 条，见下。系统里什么都没有改动，以前报的仍然有效。",
    )


def banner_of_report(answer: KeptAnswer, shown: ShownAnswer, *, own: bool) -> Banner:
    """Of a report that is kept; `own`: for those who can do something about it."""
    banner = _banner_of_report(answer, shown)
    is_decided = answer.receipt.state in {*ACCEPTED, ReportState.RETURNED}
    return banner if own or is_decided else replace(banner, advice="")


def _banner_of_report(answer: KeptAnswer, shown: ShownAnswer) -> Banner:
    receipt = answer.receipt
    if receipt.state is ReportState.DRAFT:
        return Banner(
            "wait",
            "wait",
            f"还差一步：有 {shown.waiting} 处要说明",
            "文件已经收下。在下面逐条说明并保存，说明完自动提交；在这之前还不算报送。",
        )
    if receipt.state is ReportState.RETURNED:
        return _returned(receipt.reason, shown)
    if receipt.state in WAITS_FOR_REVIEW:
        return Banner("good", "sent", "已提交，等待审核", "不用再做什么。要更改的，重新上传一份即可。")
    if receipt.state in ACCEPTED:
        return Banner("good", "done", "已通过审核", "这一版的数用于考核计分。")
    raise ValueError(receipt.state)


def _returned(reason: str, shown: ShownAnswer) -> Banner:
    if shown.to_correct:
        return Banner(
            "bad",
            "stop",
            f"退回改正：{_to_correct(shown)}",
            "文件已留存，数没有采用。请在自己的表里逐处改好，重新上传。",
        )
    return Banner("bad", "stop", "已退回，请改正后重报", f"退回理由：{reason}" if reason else "")


def _to_correct(shown: ShownAnswer) -> str:
    also = f"，另有 {shown.waiting} 处要说明" if shown.waiting else ""
    return f"有 {len(shown.to_correct)} 处必须改正{also}"
