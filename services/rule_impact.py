"""What a change of rules would move: the same facts scored by both rule sets, from files or as stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.unit_of_work import UnitOfWork
from scoring.codes import UnitCode
from scoring.errors import Issue, Place
from scoring.fact_tables import FACT_COLUMNS, facts_from_rows, units_from_rows, with_bare_units
from scoring.facts import Fact, Facts, gather_facts
from scoring.impacts.change_groups import ChangeGroup
from scoring.impacts.impact import PeriodImpact, Watched, period_impact
from scoring.impacts.rule_mixing import mixed
from scoring.periods import Period, period_from_text
from scoring.rulebook.differences.changes import Version
from scoring.rulebook.differences.difference import version_of
from scoring.rulebook.rules import RuleSet, Unit
from services.context import Context
from services.csv_tables import rows_of_file
from services.engines import score_facts
from services.errors import Invalid, NotFound, Rejected
from services.policy import Action, Actor, demand
from services.rule_diff import read_two


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleImpact:
    """What one rule set in place of another would move, period by period."""

    before: Version
    after: Version
    periods: tuple[PeriodImpact, ...]

    @property
    def groups(self) -> tuple[ChangeGroup, ...]:
        """The groups of changes of all periods, in the order in which they are numbered."""
        return tuple({group.key: group for period in self.periods for group in period.groups}.values())

    def moves(self, watched: Iterable[Watched]) -> bool:
        """Whether any of what is watched moves for any unit in any period."""
        wanted = tuple(watched)
        return any(period.moved(what) for period in self.periods for what in wanted)


def impact_of_files(
    *,
    before: Path,
    after: Path,
    facts_files: Sequence[Path],
    periods: Sequence[str] = (),
    units_file: Path | None = None,
) -> RuleImpact:
    """The impact on tables of facts; without periods on the latest year that they tell of.

    Raises Rejected with every issue of rule sets and tables, Invalid for a period that is none.
    """
    rules = _rule_sets(*read_two(before=before, after=after), units_file)
    facts = _read_facts(rules, facts_files)
    chosen = _periods(periods) or (_latest_year(facts),)
    return _impact(rules, [(period, facts) for period in chosen])


def impact_of_stored(
    context: Context, *, actor: Actor, before: Path, after: Path, periods: Sequence[str] = ()
) -> RuleImpact:
    """The impact on the stored periods: on the very facts that the latest run of each used.

    Raises NotAllowed, Rejected for rule sets that do not load, Invalid for a period that is none, NotFound
    where a period, or without periods any at all, was never scored.
    """
    demand(actor, Action.COMPARE_RULES)
    demand(actor, Action.READ_RANKING)
    rules = read_two(before=before, after=after)
    with context.read() as work:
        chosen = _periods(periods) or _scored_periods(work)
        scored = [(period, _facts_of_latest_run(work, period)) for period in chosen]
    return _impact(rules, scored)


def _impact(rules: tuple[RuleSet, RuleSet], scored: Iterable[tuple[Period, Sequence[Fact]]]) -> RuleImpact:
    before, after = rules
    return RuleImpact(
        before=version_of(before),
        after=version_of(after),
        periods=tuple(_period_impact(rules, facts, period) for period, facts in scored),
    )


def _period_impact(rules: tuple[RuleSet, RuleSet], facts: Sequence[Fact], period: Period) -> PeriodImpact:
    held = _Held(facts)
    before, after = (_in_force(each, facts, period) for each in rules)
    first = score_facts(before, held.of(before.units), period).results
    last = score_facts(after, held.of(after.units), period).results
    return period_impact((before, after), held.of, period, (first, last))


def _in_force(rules: RuleSet, facts: Sequence[Fact], period: Period) -> RuleSet:
    """The rules of the same part of their own year: next year's may be tried on this year's figures."""
    own = Period(rules.year, period.quarter, yearly=period.yearly)
    units = tuple(dict.fromkeys(fact.unit for fact in facts))
    return with_bare_units(rules.in_force(own), Facts(units, {}))


class _Held:
    """Facts by the units that are asked for; gathered once for each list of units."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = facts
        self.gathered: dict[tuple[UnitCode, ...], Facts] = {}

    def of(self, units: Iterable[UnitCode]) -> Facts:
        """The facts of these units, in their order."""
        order = tuple(units)
        if order not in self.gathered:
            known = frozenset(order)
            self.gathered[order] = gather_facts(order, (each for each in self.facts if each.unit in known))
        return self.gathered[order]


def _rule_sets(before: RuleSet, after: RuleSet, units_file: Path | None) -> tuple[RuleSet, RuleSet]:
    """Both rule sets, for the units of a table where one is given."""
    if units_file is None:
        return before, after
    issues: list[Issue] = []
    units, wrong = units_from_rows(rows_of_file(units_file, ("unit",), issues), units_file.name)
    if issues or wrong:
        raise Rejected((*issues, *wrong))
    return before.with_units(units), after.with_units(units)


def _read_facts(rules: tuple[RuleSet, RuleSet], files: Sequence[Path]) -> list[Fact]:
    """The facts of all tables; each element as the later rule set has it, else as the earlier."""
    before, after = rules
    units: dict[UnitCode, Unit] = {**before.units, **after.units}
    reading = mixed(after, before, ()).with_units(units)
    issues: list[Issue] = []
    found: dict[tuple[str, ...], Fact] = {}
    for file in files:
        facts, wrong = facts_from_rows(rows_of_file(file, FACT_COLUMNS, issues), reading, file.name)
        issues.extend(wrong)
        for fact in facts:
            key = (fact.unit, *fact.series)
            if key in found:
                issues.append(_twice(fact, found[key]))
            found[key] = fact
    if issues:
        raise Rejected(issues)
    return list(found.values())


def _twice(fact: Fact, first: Fact) -> Issue:
    file, _, line = fact.origin.rpartition("!")
    where = first.origin.replace("!", " 第 ") + " 行"
    what = f"{fact.unit} 的 {fact.series.element} {fact.series.period}{fact.series.member}"
    return Issue(
        code="duplicate-fact",
        zh=f"{what} 已在 {where}",
        en="the same figure stands in two tables",
        fix_zh="请删去一处",
        place=Place(file=file, line=int(line) if line.isdigit() else None),
    )


def _latest_year(facts: Iterable[Fact]) -> Period:
    years = [int(fact.series.period[:4]) for fact in facts]
    if not years:
        raise Invalid("事实表是空的,没有可以比较的考核期", "there are no facts")
    return Period(max(years), 4, yearly=True)


def _periods(texts: Sequence[str]) -> tuple[Period, ...]:
    found = []
    for text in dict.fromkeys(texts):
        period = period_from_text(text)
        if period is None:
            raise Invalid(
                f"考核期“{text}”要写成年度或季度,如 2021 或 2021Q2", "the period must be a year or quarter"
            )
        found.append(period)
    return tuple(found)


def _scored_periods(work: UnitOfWork) -> tuple[Period, ...]:
    """Every period that was ever scored, quarters before their year."""
    codes = {run.period for run in work.runs.list()}
    periods = [period for period in map(period_from_text, codes) if period is not None]
    if not periods:
        raise NotFound("已计分的考核期", "数据库")
    return tuple(sorted(periods, key=lambda each: (each.year, each.quarter, each.yearly)))


def _facts_of_latest_run(work: UnitOfWork, period: Period) -> list[Fact]:
    run = work.runs.latest(period.code)
    if run is None:
        raise NotFound("计分批次", period.code)
    return list(work.reports.facts_of_run(run.id))
