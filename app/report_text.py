"""A checked report as text for a terminal: the verdict first, then what to do, the dearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from intake.check_results import NotRun
from intake.issue_keys import issue_key
from intake.report import Intake
from intake.verdicts import by_stakes, headline
from scoring.errors import Issue, Severity, one_line
from scoring.numbers import shown
from services.upload_answers import UploadAnswer

_MOST_MISSING = 20
_WHY_NOT = {
    NotRun.FAULTY: "要用的格子有错",
    NotRun.MISSING: "要用的数没有报",
    NotRun.UNKNOWN: "不知道以前各期或其他单位提供的数",
    NotRun.NOT_APPLICABLE: "不适用",
    NotRun.UNDECIDED: "算不出来(例如除数为零)",
}


def report_lines(answer: UploadAnswer) -> Iterator[str]:
    """Every line to print; nothing in them is obeyed by a terminal."""
    read = answer.intake
    yield headline(read, waiting=len(answer.waiting)).zh
    cells = f"应填 {read.required} 格,已填 {read.filled} 格,有错 {read.faulty} 格"
    yield f"{read.unit} {read.period.title}:{cells}。"
    for issue in by_stakes(read.issues, answer.stakes):
        yield _issue_line(issue, answer)
    yield from _normalisation_lines(read)
    yield from _missing_lines(read)
    yield from _not_run_lines(read)


def _issue_line(issue: Issue, answer: UploadAnswer) -> str:
    key = issue_key(issue)
    word = "改正" if issue.severity is Severity.HARD else "已说明" if key in answer.explained else "说明"
    stake = answer.stakes.get(key, Fraction(0))
    worth = f" (涉及 {shown(stake)} 分)" if stake else ""
    return f"[{word}] {issue}{worth}"


def _normalisation_lines(read: Intake) -> Iterator[str]:
    if read.normalisations:
        yield f"读取时统一了 {len(read.normalisations)} 处写法,请核对:"
    for each in read.normalisations:
        place = "!".join(filter(None, (each.sheet, each.cell))) or "整个文件"
        before = f"“{each.before}”" if each.before else ""
        yield one_line(f"  {place}: {before}按“{each.after}”理解:{each.why}")


def _missing_lines(read: Intake) -> Iterator[str]:
    if not read.missing:
        return
    names = [f"{each.element}{f'({each.member})' if each.member else ''}" for each in read.missing]
    more = f" 等 {len(names)} 个" if len(names) > _MOST_MISSING else ""
    yield f"没有报的数:{'、'.join(names[:_MOST_MISSING])}{more}"


def _not_run_lines(read: Intake) -> Iterator[str]:
    for reason, count in Counter(each.reason for each in read.checks_not_run).items():
        yield f"有 {count} 项审核没有做:{_WHY_NOT[reason]}。"
