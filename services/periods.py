"""The calendar of an assessment: its quarters and years, and until when reports are in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoring.codes import PeriodCode
from scoring.periods import QUARTERS, Period
from scoring.rulebook.rules import RuleSet
from services.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """A period that can be scored; quarters also take reports, until the deadline (inclusive)."""

    code: PeriodCode
    title: str
    takes_reports: bool
    deadline: date | None
    """None for a year, and where the rule set has no calendar."""
    deadline_is_final: bool
    """Whether the holidays of the deadline's year are published."""
    rule_set: str
    rule_set_version: str


def list_periods(context: Context) -> tuple[PeriodView, ...]:
    """Every period there is a rule set for, the latest year first; open to everybody who has a key."""
    return tuple(
        view for year in context.library.years() for view in _of_year(context.library.current(year), year)
    )


def _of_year(rules: RuleSet, year: int) -> Iterator[PeriodView]:
    yield _view(rules, Period(year, 4, yearly=True), None)
    for quarter in QUARTERS:
        period = Period(year, quarter, yearly=False)
        held = rules.in_force(period)
        deadline = held.deadline.day(year, quarter, held.workdays) if held.workdays else None
        yield _view(held, period, deadline)


def _view(rules: RuleSet, period: Period, deadline: date | None) -> PeriodView:
    final = deadline is not None and rules.workdays is not None and rules.workdays.is_published(deadline)
    return PeriodView(
        code=period.code,
        title=period.title,
        takes_reports=not period.yearly,
        deadline=deadline,
        deadline_is_final=final,
        rule_set=rules.title,
        rule_set_version=rules.version,
    )
