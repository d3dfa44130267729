"""When each report came and what became of it: the rows of manifest.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from sample_reports.generate.draws import draw
from sample_reports.generate.ledger import YEAR
from sample_reports.generate.stories import BLANK_CELLS, LATE, NEVER_REPORTED, NIL_FORMS, RETURNED
from scoring.codes import UnitCode
from scoring.periods import QUARTERS, quarter_code
from scoring.rulebook.rules import RuleSet, Unit
from scoring.workdays import Workdays

SHANGHAI = timezone(timedelta(hours=8))
_HEAD = """\
# 2021年样例报表的收件清单: 哪个文件、谁报的、何时收到、怎样处理。全部是模拟数据, 由程序生成, 请勿手改。
# What came when, and what became of it. Simulated data, generated: do not edit by hand.
#
# outcome: accepted 审核通过; returned 退回修改 (有强制性差错)。never_reported: 到期没有报的季报。
# received_at: 收到的时间, 北京时间。迟报的工作日由系统按 received_at 和到期日计算。
# explanation: 报送单位对存疑问题的说明, 没有另写的都用这一条。
simulated: yes
explanation: {{reason: confirmed, text: 已与台账逐项核对，数字属实。}}
year: {year}
other_providers: other-providers.csv
"""


_WHY_BLANK = "数据尚未取得，下季度补报。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file as it came."""

    unit: UnitCode
    quarter: int
    file: str
    received_at: datetime
    outcome: str = "accepted"
    remark: str = ""
    explanation: str = ""
    """Why something was left blank; empty where nothing was."""


def folder_of(unit: Unit) -> str:
    """Where a region's files lie: its code and its name in pinyin."""
    return f"{unit.code}-{unit.pinyin}"


def arrivals(rules: RuleSet) -> Iterator[Arrival]:
    """Every file, by unit and quarter, a returned version before the one that replaced it."""
    for unit in rules.units.values():
        for quarter in QUARTERS:
            if (unit.code, quarter) not in NEVER_REPORTED:
                yield from _of_quarter(rules, unit, quarter)


def _of_quarter(rules: RuleSet, unit: Unit, quarter: int) -> Iterator[Arrival]:
    late = LATE.get((unit.code, quarter), 0)
    first = Arrival(
        unit=unit.code,
        quarter=quarter,
        file=f"{folder_of(unit)}/{quarter_code(YEAR, quarter)}.xlsx",
        received_at=_received(rules, unit.code, quarter, late),
        remark=_remark(unit.code, quarter, late),
        explanation=_WHY_BLANK if (unit.code, quarter) in BLANK_CELLS else "",
    )
    if (unit.code, quarter) != RETURNED:
        yield first
        return
    again = _moved(_workdays(rules), first.received_at.date(), 4)
    yield Arrival(
        unit=unit.code,
        quarter=quarter,
        file=first.file,
        received_at=first.received_at,
        outcome="returned",
        remark="有四处强制性差错，退回修改",
    )
    yield Arrival(
        unit=unit.code,
        quarter=quarter,
        file=first.file.replace(".xlsx", "-v2.xlsx"),
        received_at=datetime.combine(again, time(10, 12, 5), SHANGHAI),
        remark="退回后改正重报",
    )


def _received(rules: RuleSet, unit: UnitCode, quarter: int, late: int) -> datetime:
    """Within the last workdays before the deadline, or so many after it; in office hours."""
    workdays = _workdays(rules)
    deadline = rules.deadline.day(YEAR, quarter, workdays)
    day = _moved(workdays, deadline, late or -draw(0, 3, unit, quarter, "received"))
    minutes = draw(8 * 60 + 40, 17 * 60 + 20, unit, quarter, "minute")
    clock = time(minutes // 60, minutes % 60, draw(0, 59, unit, quarter, "second"))
    return datetime.combine(day, clock, SHANGHAI)


def _moved(workdays: Workdays, day: date, by: int) -> date:
    """So many workdays later, or earlier when negative."""
    step = timedelta(days=1 if by > 0 else -1)
    for _ in range(abs(by)):
        day += step
        while not workdays.is_workday(day):
            day += step
    return day


def _workdays(rules: RuleSet) -> Workdays:
    if rules.workdays is None:
        raise ValueError("the rule set has no calendar of workdays")
    return rules.workdays


def _remark(unit: UnitCode, quarter: int, late: int) -> str:
    said = []
    if late:
        said.append(f"迟报 {late} 个工作日")
    if (unit, quarter) in NIL_FORMS:
        said.append(f"{NIL_FORMS[unit, quarter]} 表零申报")
    if (unit, quarter) in BLANK_CELLS:
        said.append(f"{BLANK_CELLS[unit, quarter]} 未报，已说明：数据尚未取得")
    return "，".join(said)


def manifest_text(rules: RuleSet) -> str:
    """The whole of manifest.yaml."""
    lines = [_HEAD.format(year=YEAR) + "files:"]
    for each in arrivals(rules):
        lines += [
            f"  - file: {each.file}",
            f'    unit: "{each.unit}"',
            f"    period: {quarter_code(YEAR, each.quarter)}",
            "    provider: region",
            f'    received_at: "{each.received_at.isoformat()}"',
            f"    outcome: {each.outcome}",
            f'    remark: "{each.remark}"',
        ]
        if each.explanation:
            lines.append(f"    explanation: {{reason: not_available, text: {each.explanation}}}")
    lines.append("never_reported:")
    for unit, quarter in sorted(NEVER_REPORTED):
        lines.append(f'  - {{unit: "{unit}", period: {quarter_code(YEAR, quarter)}, provider: region}}')
    return "\n".join(lines) + "\n"
