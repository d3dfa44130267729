"""Figures: what a formula gets when it asks for an element, made of the members and quarters reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import WHOLE, MemberCode, PeriodCode
from scoring.expressions import Figure, When
from scoring.facts import Amount, Facts, Series, Standing
from scoring.periods import Period, half_code, quarter_code, year_code
from scoring.rulebook.rules import Element, ElementType, Frequency, OverTime, RuleSet


@dataclass(frozen=True, slots=True)
class Reported:
    """One reported fact that went into a figure (or did not, for the reason its standing says)."""

    series: Series
    amount: Amount | None
    standing: Standing
    origin: str = ""

    @property
    def outcome(self) -> Amount | Standing:
        """The amount, or the standing that explains its absence."""
        return self.standing if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class Resolved:
    """A figure of one unit: its amount or why there is none, and everything it was made of."""

    figure: Figure
    amount: Amount | None
    standing: Standing
    made_of: tuple[Reported, ...]

    @property
    def outcome(self) -> Amount | Standing:
        """The amount, or the standing that explains its absence."""
        return self.standing if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class Wanted:
    """The reporting periods of an element that make up one figure, and the whole-year period instead.

    Empty `periods`: not due yet. `whole_year` is asked first: who reports the year as one figure may.
    """

    periods: tuple[PeriodCode, ...]
    whole_year: PeriodCode | None


def wanted_periods(element: Element, when: When, period: Period) -> Wanted:
    """Which reported periods make the element's figure for a scored period."""
    quarter = when.quarter
    if quarter is not None:
        return Wanted((quarter_code(period.year, quarter),) if quarter <= period.quarter else (), None)
    year = period.year - (when is When.LAST_YEAR)
    whole = year_code(year) if period.quarter == 4 else None
    if element.frequency is Frequency.YEARLY:
        return Wanted((year_code(year),) if period.quarter == 4 else (), None)
    if element.frequency is Frequency.HALF_YEARLY:
        return Wanted(tuple(half_code(year, half) for half in range(1, period.quarter // 2 + 1)), whole)
    return Wanted(tuple(quarter_code(year, each) for each in period.quarters()), whole)


def resolve(figure: Figure, rules: RuleSet, facts: Facts, row: int, period: Period) -> Resolved:
    """The figure of one unit (by its row), exact; never raises for what was or was not reported."""
    element = rules.elements[figure.element]
    wanted = wanted_periods(element, figure.when, period)
    if not wanted.periods:
        return Resolved(figure, None, Standing.NOT_DUE, ())
    members = figure.members or _members_reported(element, wanted, facts, row)
    gathered = [_over_time(element, wanted, member, facts, row, rules.partial_periods) for member in members]
    made_of = tuple(part for _, parts in gathered for part in parts)
    outcome = _over_members([outcome for outcome, _ in gathered])
    if isinstance(outcome, Standing):
        return Resolved(figure, None, outcome, made_of)
    nil = all(part.standing is Standing.NIL for part in made_of if part.standing.has_value)
    return Resolved(figure, outcome, Standing.NIL if nil else Standing.VALUE, made_of)


def _members_reported(element: Element, wanted: Wanted, facts: Facts, row: int) -> tuple[MemberCode, ...]:
    """The members that make up the total; the total itself where that is what was reported."""
    if not element.members:
        return (WHOLE,)
    whole_year = (wanted.whole_year,) if wanted.whole_year else ()
    totals = (Series(element.code, period, WHOLE) for period in (*wanted.periods, *whole_year))
    reported = any(facts.standing(row, total) is not Standing.MISSING for total in totals)
    return (WHOLE,) if reported else element.members


def _over_time(
    element: Element, wanted: Wanted, member: MemberCode, facts: Facts, row: int, partial: bool
) -> tuple[Amount | Standing, tuple[Reported, ...]]:
    if wanted.whole_year is not None:
        whole = _reported(Series(element.code, wanted.whole_year, member), facts, row)
        if whole.standing is not Standing.MISSING:
            return whole.outcome, (whole,)
    parts = tuple(_reported(Series(element.code, each, member), facts, row) for each in wanted.periods)
    return _made(element, parts, partial), parts


def _reported(series: Series, facts: Facts, row: int) -> Reported:
    amount = facts.amount(row, series)
    origin = facts.origins.get((facts.units[row], series), "") if facts.origins else ""
    if isinstance(amount, Standing):
        return Reported(series, None, amount, origin)
    return Reported(series, amount, facts.standing(row, series), origin)


def _made(element: Element, parts: Sequence[Reported], partial: bool) -> Amount | Standing:
    present = [part.amount for part in parts if part.amount is not None]
    missing = any(part.standing is Standing.MISSING for part in parts)
    if missing and (not present or not partial):
        return Standing.MISSING
    if not present:
        return max(part.standing for part in parts)
    if element.over_time is OverTime.FIRST:
        return present[0]
    if element.over_time is OverTime.LAST or element.type in {ElementType.CHOICE, ElementType.DATE}:
        return present[-1]
    return sum((Fraction(amount) for amount in present), Fraction(0))


def _over_members(outcomes: Sequence[Amount | Standing]) -> Amount | Standing:
    """The sum over members; those not applicable are left out, any other absence is the sum's absence."""
    if len(outcomes) == 1:
        return outcomes[0]
    applicable = [each for each in outcomes if each is not Standing.NOT_APPLICABLE]
    absent = [each for each in applicable if isinstance(each, Standing)]
    if not applicable or absent:
        return max(absent, default=Standing.NOT_APPLICABLE)
    numbers = [each for each in applicable if isinstance(each, Fraction)]
    return sum(numbers, Fraction(0)) if len(numbers) == len(applicable) else Standing.UNDEFINED
