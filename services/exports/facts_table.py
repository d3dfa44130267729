"""The facts that a run used as a table: every figure as reported, and where it stands in which file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from scoring.facts import Fact, Standing
from scoring.rulebook.forms import Element, ElementType
from scoring.rulebook.rules import RuleSet
from services.exports.table import Cell, Column, Kind, Table
from services.views import RunView

_TITLES = {
    Standing.VALUE: "有值",
    Standing.NIL: "零申报",
    Standing.ZERO_DENOMINATOR: "分母为零",
    Standing.UNDEFINED: "无法计算",
    Standing.MISSING: "未报",
    Standing.NOT_DUE: "未到期",
    Standing.NOT_APPLICABLE: "不适用",
}
_COLUMNS = (
    Column("unit", "代码"),
    Column("name", "单位"),
    Column("period", "报告期"),
    Column("element", "数据项"),
    Column("title", "数据项名称"),
    Column("member", "分项"),
    Column("measure", "计量单位"),
    Column("provider", "提供方"),
    Column("value", "数值", Kind.NUMBER, places=None),
    Column("text", "文字或日期"),
    Column("standing", "填报情况代码"),
    Column("standing_title", "填报情况"),
    Column("origin", "出处"),
)


def facts_table(run: RunView, rules: RuleSet, facts: Iterable[Fact]) -> Table:
    """The facts by unit, element, member and period; what is not in it was not reported."""
    known = [each for each in facts if each.unit in rules.units and each.series.element in rules.elements]
    known.sort(key=lambda each: (each.unit, each.series.element, each.series.member, each.series.period))
    rows = tuple(_row(fact, rules) for fact in known)
    return Table(content="facts", sheet="原始数据", columns=_COLUMNS, rows=rows, run=run)


def _row(fact: Fact, rules: RuleSet) -> tuple[Cell, ...]:
    element = rules.elements[fact.series.element]
    number, text = _amount(fact, element)
    return (
        fact.unit,
        rules.units[fact.unit].name,
        fact.series.period,
        element.code,
        element.name,
        fact.series.member,
        element.measure,
        element.provider.value,
        number,
        text,
        fact.standing.name.lower(),
        _TITLES[fact.standing],
        fact.origin,
    )


def _amount(fact: Fact, element: Element) -> tuple[Fraction | None, str]:
    """A date is text in a file that people read, not the number of a day."""
    if fact.amount is None:
        return None, ""
    if isinstance(fact.amount, str):
        return None, fact.amount
    if element.type is ElementType.DATE:
        return None, date.fromordinal(int(fact.amount)).isoformat()
    return fact.amount, ""
