"""The verdict on a report as one sentence, and its issues in the order in which they are best mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from intake.issue_keys import IssueKey, issue_key
from intake.report import Intake, Verdict
from scoring.errors import Issue, Severity


@dataclass(frozen=True, slots=True)
class Headline:
    """What the submitter reads first."""

    zh: str
    en: str


def headline(read: Intake, *, waiting: int) -> Headline:
    """The verdict in a sentence; `waiting`: how many soft issues nobody has explained."""
    hard = sum(issue.severity is Severity.HARD for issue in read.issues)
    soft = len(read.issues) - hard
    match read.verdict:
        case Verdict.UNREADABLE:
            return Headline(
                f"没有接收:这个文件不能作为这份报表,原因有 {hard} 条。",
                f"Not taken: the file cannot be this report, for {_counted(hard, 'reason')}.",
            )
        case Verdict.TO_CORRECT:
            also_zh = f",另有 {soft} 处要说明" if soft else ""
            also_en = f" and {_counted(soft, 'explanation')} needed" if soft else ""
            return Headline(
                f"退回改正:有 {hard} 处必须改正{also_zh}。",
                f"To be corrected: {_counted(hard, 'error')}{also_en}.",
            )
        case Verdict.TO_EXPLAIN if waiting:
            return Headline(
                f"待说明:没有必须改正的,还有 {waiting} 处要逐条说明,说明完自动提交。",
                f"To be explained: no errors, {_counted(waiting, 'explanation')} needed before submission.",
            )
        case Verdict.TO_EXPLAIN:
            return Headline("检查通过:存疑的都已说明。", "In order: everything doubtful has been explained.")
        case Verdict.IN_ORDER:
            return Headline("检查通过:没有发现问题。", "In order: nothing was found.")


def by_stakes(issues: Iterable[Issue], stakes: Mapping[IssueKey, Fraction]) -> tuple[Issue, ...]:
    """Hard issues before soft ones, the dearest first; equals as they stand in the report."""
    return tuple(
        sorted(
            issues,
            key=lambda issue: (
                issue.severity is not Severity.HARD,
                -stakes.get(issue_key(issue), Fraction(0)),
            ),
        )
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
