"""Words for reports on the pages: states, deadlines, formats, why a check was not run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.check_results import NotRun
from models.records import ReportState
from services.filings import Filing
from services.report_life import WAITS_FOR_REVIEW as WAITS_FOR_REVIEW

NOT_FILED = "未报"


@dataclass(frozen=True, slots=True)
class Word:
    """A state in a word, with the tone of its label and the name of its sign."""

    title: str
    tone: str
    sign: str


STATES: Mapping[ReportState, Word] = {
    ReportState.DRAFT: Word("待说明", "fair", "wait"),
    ReportState.SUBMITTED: Word("已提交", "best", "sent"),
    ReportState.RESUBMITTED: Word("已提交", "best", "sent"),
    ReportState.UNDER_REVIEW: Word("审核中", "best", "sent"),
    ReportState.RETURNED: Word("已退回", "worst", "stop"),
    ReportState.ACCEPTED: Word("已通过", "good", "done"),
    ReportState.LOCKED: Word("已通过", "good", "done"),
    ReportState.AMENDED: Word("已通过", "good", "done"),
}
_NOTHING = Word(NOT_FILED, "quiet", "none")
_OVERDUE = Word(NOT_FILED, "worst", "stop")

ACCEPTED = frozenset({ReportState.ACCEPTED, ReportState.LOCKED, ReportState.AMENDED})

FORMATS = {"xlsx": ".xlsx 工作簿", "xls": ".xls / .et 工作簿", "csv": ".csv 文本表", "zip": ".csv 压缩包"}

NOT_RUN_REASONS: Mapping[NotRun, str] = {
    NotRun.FAULTY: "用到的单元格本身有问题，改正以后才能核对",
    NotRun.MISSING: "用到的数在这份报表里没有填",
    NotRun.UNKNOWN: "系统里还没有可以对照的数（以前季度的，或者别的填报方的）",
    NotRun.NOT_APPLICABLE: "填的是“不适用”",
    NotRun.UNDECIDED: "算式没有结果，例如分母为零",
}
CHECK_FAMILIES = {
    "total": "合计等于各项之和",
    "cumulative": "累计数不比上一季度少",
    "change": "与上一季度相比的变动",
    "history": "与本单位历史水平相比",
}


def state_word(filing: Filing) -> Word:
    """How a quarter's report stands; one that never came and is due stands out."""
    if filing.latest is not None:
        return STATES[filing.latest.state]
    overdue = filing.days_left is not None and filing.days_left < 0
    return _OVERDUE if overdue else _NOTHING


def time_word(filing: Filing) -> str:
    """How much time is left, or how late the report came or is; empty where the rules have no deadline."""
    if filing.days_left is None:
        return ""
    if filing.scoring is not None:
        late = filing.scoring.days_late
        return f"迟报 {late} 个工作日" if late else "按时报送"
    if filing.days_left < 0:
        return f"已过期 {filing.late_now} 个工作日"
    if not filing.has_ended:
        return "本季度还没有结束"
    return "今天 24:00 截止" if filing.days_left == 0 else f"还有 {filing.days_left} 天"
