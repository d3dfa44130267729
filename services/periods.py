"""The calendar of an assessment: its quarters and years, and until when reports are in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode
from scoring.periods import QUARTERS, Period
from scoring.rulebook.rules import RuleSet
from services.calendar import effective_workdays
from services.context import Context
from services.timeliness import LastDay, regular_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """A period that can be scored; quarters also take reports, until the deadline (inclusive).

    The deadline is the rule's own; what was granted to one unit stands in services/deadlines.py.
    """

    code: PeriodCode
    title: str
    takes_reports: bool
    deadline: date | None
    """None for a year, and where the rule set has no calendar."""
    deadline_is_final: bool
    """Whether the notices that the deadline rests on are out; else it can still move."""
    rule_set: str
    rule_set_version: str


def list_periods(context: Context) -> tuple[PeriodView, ...]:
    """Every period there is a rule set for, the latest year first; open to everybody who has a key."""
    with context.read() as work:
        return tuple(
            view
            for year in context.library.years()
            for view in _of_year(work, context.library.current(year), year)
        )


def _of_year(work: UnitOfWork, rules: RuleSet, year: int) -> Iterator[PeriodView]:
    yield _view(rules, Period(year, 4, yearly=True), None)
    for quarter in QUARTERS:
        period = Period(year, quarter, yearly=False)
        held = rules.in_force(period)
        last = regular_day(held, period, effective_workdays(work, held)) if held.workdays else None
        yield _view(held, period, last)


def _view(rules: RuleSet, period: Period, last: LastDay | None) -> PeriodView:
    return PeriodView(
        code=period.code,
        title=period.title,
        takes_reports=not period.yearly,
        deadline=None if last is None else last.day,
        deadline_is_final=last is not None and not last.provisional,
        rule_set=rules.title,
        rule_set_version=rules.version,
    )
