"""Facts and units as tables of text: rows of unit, period, element, value, breakdown; one issue a bad row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.errors import MOST_TOLD, Issue, Place
from scoring.facts import Fact, Facts, Series, gather_facts
from scoring.nearest import nearest
from scoring.numbers import number_from_text
from scoring.periods import is_reporting_period
from scoring.reporting import read_amount, reporting_periods
from scoring.rulebook.forms import Frequency
from scoring.rulebook.rules import RuleSet, Unit

_MOST_SHOWN = 60
_LONGEST_NAME = 200
_FREQUENCIES = {Frequency.QUARTERLY: "按季", Frequency.HALF_YEARLY: "按半年", Frequency.YEARLY: "按年"}
FACT_COLUMNS = ("unit", "period", "element", "value")
Row = Mapping[str, str]


def facts_from_rows(
    rows: Iterable[tuple[int, Row]], rules: RuleSet, file: str
) -> tuple[Facts, tuple[Issue, ...]]:
    """Facts of numbered rows (line, column -> text); rows that cannot be read become issues.

    Where the rule set names no units, the units are those of the rows, in order of first appearance.
    After MOST_TOLD issues no more rows are read.
    """
    reader = _FactReader(rules, file)
    facts: list[Fact] = []
    for line, row in rows:
        fact = reader.read(line, row)
        if fact is not None:
            facts.append(fact)
        elif len(reader.issues) >= MOST_TOLD:
            reader.issues.append(not_read_on(file, line))
            break
    units = tuple(rules.units) or tuple(dict.fromkeys(fact.unit for fact in facts))
    return gather_facts(units, facts), tuple(reader.issues)


class _FactReader:
    def __init__(self, rules: RuleSet, file: str) -> None:
        self.rules, self.file = rules, file
        self.issues: list[Issue] = []
        self.seen: dict[tuple[UnitCode, Series], int] = {}

    def read(self, line: int, row: Row) -> Fact | None:
        """One row; None (and an issue) where it is not a fact."""
        unit, code, text = UnitCode(row["unit"].strip()), row["element"].strip(), row["value"].strip()
        series = Series(
            ElementCode(code),
            PeriodCode(row["period"].strip()),
            MemberCode((row.get("breakdown") or "").strip()),
        )
        problem = self._misplaced(unit, series)
        if problem is None:
            element = self.rules.elements[series.element]
            read = read_amount(element, text)
            if read is not None:
                self.seen[unit, series] = line
                return Fact(unit, series, *read, origin=f"{self.file}!{line}")
            wanted = {"date": "日期", "choice": "、".join(element.choices)}.get(element.type, "十进制数")
            zh = f"{code} 的值“{text[:_MOST_SHOWN]}”读不懂,要写{wanted}、NA 或 NIL"
            problem = _Problem("unreadable-value", zh, text[:_MOST_SHOWN])
        self._refuse(line, problem)
        return None

    def _misplaced(self, unit: UnitCode, series: Series) -> _Problem | None:
        """What is wrong with where the figure is said to belong."""
        code, period, member = series.element, series.period, series.member
        endless = next((each for each in (unit, code, period, member) if len(each) > _LONGEST_NAME), None)
        if endless is not None:
            cut = endless[:_MOST_SHOWN]
            return _Problem("endless-name", f"“{cut}…”超过 {_LONGEST_NAME} 个字符,不是代码或分类", cut)
        if not unit or (self.rules.units and unit not in self.rules.units):
            zh = f"没有被考核单位 {unit}" if unit else "没有写被考核单位"
            return _Problem("unknown-unit", zh, unit, self.rules.units)
        element = self.rules.elements.get(code)
        if element is None:
            return _Problem("unknown-element", f"没有数据项 {code}", code, self.rules.elements)
        if not is_reporting_period(period):
            return _Problem("unknown-period", f"报告期“{period}”要写成 2021、2021H1 或 2021Q1", period)
        periods = (*reporting_periods(element, int(period[:4])), period[:4])
        if period not in periods:
            zh = f"{code} {_FREQUENCIES[element.frequency]}报送,没有报告期 {period}"
            return _Problem("wrong-period", f"{zh},可以写 {'、'.join(periods)}", period)
        if member and member not in element.members:
            return _Problem("unknown-member", f"{code} 没有分类“{member}”", member, element.members)
        if (unit, series) in self.seen:
            first = self.seen[unit, series]
            return _Problem("duplicate-fact", f"{unit} 的 {code} {period}{member} 与第 {first} 行重复", code)
        return None

    def _refuse(self, line: int, problem: _Problem) -> None:
        """Keeps an issue, with the nearest valid word where there is one."""
        near = nearest(problem.found, problem.known)
        self.issues.append(
            Issue(
                code=problem.code,
                zh=problem.zh,
                en=f"{problem.code}: {problem.found!r}",
                fix_zh=f"是否想写 {near}?" if near else "请改正这一行",
                place=Place(file=self.file, line=line),
                found=problem.found,
            )
        )


@dataclass(frozen=True, slots=True)
class _Problem:
    code: str
    zh: str
    found: str
    known: Collection[str] = ()


def units_from_rows(
    rows: Iterable[tuple[int, Row]], file: str
) -> tuple[dict[UnitCode, Unit], tuple[Issue, ...]]:
    """Units of numbered rows: `unit`, `name`, and any attributes, numbers where they read as numbers."""
    units: dict[UnitCode, Unit] = {}
    issues: list[Issue] = []
    for line, row in rows:
        code = UnitCode(row["unit"].strip())
        wrong = _wrong_unit(code, units)
        if wrong:
            place = Place(file=file, line=line)
            issues.append(Issue(code="duplicate-unit", zh=wrong, en="unit missing or repeated", place=place))
            if len(issues) >= MOST_TOLD:
                issues.append(not_read_on(file, line))
                break
            continue
        attributes = {
            name: _attribute(text) for name, text in row.items() if name not in {"unit", "name"} and text
        }
        units[code] = Unit(code=code, name=row.get("name") or code, attributes=attributes)
    return units, tuple(issues)


def _wrong_unit(code: UnitCode, units: Collection[UnitCode]) -> str:
    if len(code) > _LONGEST_NAME:
        return f"单位代码“{code[:_MOST_SHOWN]}…”超过 {_LONGEST_NAME} 个字符"
    if code in units:
        return f"单位代码“{code}”重复"
    return "" if code else "单位代码是空的"


def not_read_on(file: str, line: int) -> Issue:
    """The last issue of a table that has too many."""
    return Issue(
        code="too-many-issues",
        zh=f"已有 {MOST_TOLD} 个问题,这一行以后没有再检查",
        en=f"{MOST_TOLD} issues: what comes after this line was not looked at",
        fix_zh="请先改正以上问题,再检查一次",
        place=Place(file=file, line=line),
    )


def _attribute(text: str) -> Fraction | str:
    number = number_from_text(text.strip())
    return text.strip() if number is None else number


def with_units(rules: RuleSet, units: Mapping[UnitCode, Unit]) -> RuleSet:
    """The rule set for other units than its own."""
    return rules.with_units(units)


def with_bare_units(rules: RuleSet, facts: Facts) -> RuleSet:
    """The rule set with the facts' units, nameless, where it has none of its own."""
    if rules.units:
        return rules
    return with_units(rules, {code: Unit(code=code, name=code) for code in facts.units})
