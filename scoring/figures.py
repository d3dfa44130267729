"""Figures: what a formula gets when it asks for an element, made of the members and quarters reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from scoring.codes import WHOLE, ElementCode, MemberCode, PeriodCode
from scoring.expressions import Figure, When
from scoring.facts import Amount, Facts, Series, Standing
from scoring.periods import QUARTERS, Period, half_code, quarter_code, year_code
from scoring.rulebook.forms import Element, Frequency, OverTime
from scoring.rulebook.rules import RuleSet

_UNDIVIDED = (WHOLE,)
_NEVER = PeriodCode("")
"""Nobody reports for it: the whole year, where that is not due or would be asked for anyway."""


class Reported(NamedTuple):
    """One reported fact that went into a figure (or did not, for the reason its standing says)."""

    series: Series
    amount: Amount | None
    standing: Standing
    origin: str = ""

    @property
    def outcome(self) -> Amount | Standing:
        """The amount, or the standing that explains its absence."""
        return self.standing if self.amount is None else self.amount


class LeftOut(NamedTuple):
    """A quarter that does not count in a figure since others of the formula lack it."""

    quarter: int
    lacking: tuple[str, ...]
    """These others, as they are written in the formula."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A figure of one unit: its amount or why there is none, and what it was made of."""

    figure: Figure
    amount: Amount | None
    standing: Standing
    series: tuple[Series, ...] = ()
    facts: Facts | None = field(default=None, repr=False, compare=False)
    row: int = 0
    left_out: tuple[LeftOut, ...] = ()
    """Quarters that were reported and do not count; what was reported in them is not in `series`."""

    @property
    def outcome(self) -> Amount | Standing:
        """The amount, or the standing that explains its absence."""
        return self.standing if self.amount is None else self.amount

    @property
    def made_of(self) -> tuple[Reported, ...]:
        """Every reported fact that was looked at, member by member in order of time."""
        return () if self.facts is None else tuple(_reported(self.series, self.facts, self.row))


class Wanted(NamedTuple):
    """The reporting periods of an element that make up one figure, and the whole-year period instead.

    Empty `periods`: not due yet. `whole_year` is asked first: who reports the year as one figure may.
    """

    periods: tuple[PeriodCode, ...]
    whole_year: PeriodCode | None


def wanted_periods(element: Element, when: When, period: Period) -> Wanted:
    """Which reported periods make the element's figure for a scored period."""
    return _wanted(element.frequency, when, period.year, period.quarter)


@lru_cache(maxsize=1024)
def _wanted(frequency: Frequency, when: When, scored_year: int, up_to: int) -> Wanted:
    quarter = when.quarter
    if quarter is not None:
        return Wanted((quarter_code(scored_year, quarter),) if quarter <= up_to else (), None)
    if when is When.LAST_Q4:
        return Wanted((quarter_code(scored_year - 1, QUARTERS[-1]),), None)
    if when in {When.THIS_QUARTER, When.PREVIOUS}:
        return Wanted(_alone(frequency, when, scored_year, up_to), None)
    if when in {When.WHOLE_YEAR, When.LAST_WHOLE_YEAR}:
        if when is When.WHOLE_YEAR and up_to < QUARTERS[-1]:
            return Wanted((), None)
        up_to = QUARTERS[-1]
    year = scored_year - (when in {When.LAST_YEAR, When.LAST_WHOLE_YEAR})
    whole = year_code(year) if up_to == QUARTERS[-1] else None
    if frequency is Frequency.YEARLY:
        return Wanted((year_code(year),) if whole else (), None)
    if frequency is Frequency.HALF_YEARLY:
        return Wanted(tuple(half_code(year, half) for half in range(1, up_to // 2 + 1)), whole)
    return Wanted(tuple(quarter_code(year, each) for each in range(1, up_to + 1)), whole)


def _alone(frequency: Frequency, when: When, year: int, up_to: int) -> tuple[PeriodCode, ...]:
    """The one reporting period that ended last within the year, or the one before it; empty: not due yet.

    Before the first half (or the year) is over, the one before it is the last of last year.
    """
    name, ended, last = {
        Frequency.QUARTERLY: (quarter_code, up_to, 4),
        Frequency.HALF_YEARLY: (half_code, up_to // 2, 2),
        Frequency.YEARLY: (_only_part, up_to // 4, 1),
    }[frequency]
    if when is When.THIS_QUARTER:
        return (name(year, ended),) if ended else ()
    return (name(year, ended - 1) if ended > 1 else name(year - 1, last),)


def _only_part(year: int, _: int) -> PeriodCode:
    return year_code(year)


def resolve(figure: Figure, rules: RuleSet, facts: Facts, row: int, period: Period) -> Resolved:
    """The figure of one unit (by its row), exact; never raises for what was or was not reported."""
    lacking = lacking_quarters(figure.together, rules, facts, row, period) if figure.together else ()
    return resolve_without(lacking, figure, rules, facts, row, period)


def lacking_quarters(
    together: tuple[Figure, ...], rules: RuleSet, facts: Facts, row: int, period: Period
) -> tuple[LeftOut, ...]:
    """The quarters that some of these figures lack; one that has none at all keeps nothing from the others.

    A figure of several members lacks a quarter that any of them has not reported; whoever reported the year
    as one figure lacks none.
    """
    found: dict[int, list[str]] = {}
    for figure in together:
        element = rules.elements[figure.element]
        wanted = wanted_periods(element, figure.when, period)
        members = figure.members or _members_reported(element, wanted, facts, row)
        layout = _layout(element.code, members, wanted)
        for quarter in _lacking(layout, facts, row):
            found.setdefault(quarter, []).append(figure.label)
    return tuple(LeftOut(quarter, tuple(found[quarter])) for quarter in sorted(found))


def _lacking(layout: _Layout, facts: Facts, row: int) -> set[int]:
    """The quarters that any member lacks; none where a member lacks them all, since the figure is missing."""
    found: set[int] = set()
    wholes = facts.amounts(row, layout.whole_years)
    for series, whole in zip(layout.by_member, wholes, strict=True):
        if whole is Standing.MISSING:
            amounts = facts.amounts(row, series)
            own = {quarter for quarter, each in enumerate(amounts, 1) if each is Standing.MISSING}
            if len(own) == len(amounts):
                return set()
            found |= own
    return found


def resolve_without(
    lacking: tuple[LeftOut, ...], figure: Figure, rules: RuleSet, facts: Facts, row: int, period: Period
) -> Resolved:
    """The figure without the quarters that others of its formula lack."""
    element = rules.elements[figure.element]
    wanted = wanted_periods(element, figure.when, period)
    if not wanted.periods:
        return Resolved(figure, None, Standing.NOT_DUE)
    members = figure.members or _members_reported(element, wanted, facts, row)
    layout = _layout(element.code, members, wanted)
    outcomes: list[Amount | Standing] = []
    looked_at: tuple[Series, ...] = ()
    dropped = {each.quarter for each in lacking}
    reported: set[int] = set()
    wholes = facts.amounts(row, layout.whole_years)
    for series, whole_year, whole in zip(layout.by_member, layout.whole_years, wholes, strict=True):
        if whole is not Standing.MISSING:
            outcomes.append(whole)
            looked_at += (whole_year,)
            continue
        amounts = facts.amounts(row, series)
        if dropped:
            reported |= {quarter for quarter, each in enumerate(amounts, 1) if each is not Standing.MISSING}
            series, amounts = _without(dropped, series, amounts)
        outcomes.append(_over_time(element, amounts, rules.partial_periods))
        looked_at += series
    outcome = _over_members(outcomes)
    left_out = tuple(each for each in lacking if each.quarter in reported)
    if isinstance(outcome, Standing):
        return Resolved(figure, None, outcome, looked_at, facts, row, left_out)
    standing = Standing.VALUE if outcome or not _all_nil(looked_at, facts, row) else Standing.NIL
    return Resolved(figure, outcome, standing, looked_at, facts, row, left_out)


def _without(
    dropped: set[int], series: tuple[Series, ...], amounts: Sequence[Amount | Standing]
) -> tuple[tuple[Series, ...], list[Amount | Standing]]:
    """The quarters that count, or were not reported; what does not count is as if not reported."""
    counted = [
        Standing.MISSING if quarter in dropped else amount for quarter, amount in enumerate(amounts, 1)
    ]
    looked_at = tuple(
        each
        for quarter, (each, amount) in enumerate(zip(series, amounts, strict=True), 1)
        if quarter not in dropped or amount is Standing.MISSING
    )
    return looked_at, counted


class _Layout(NamedTuple):
    """Where a figure is looked for: each member's series in order of time, and that of its whole year."""

    by_member: tuple[tuple[Series, ...], ...]
    whole_years: tuple[Series, ...]


@lru_cache(maxsize=4096)
def _layout(element: ElementCode, members: tuple[MemberCode, ...], wanted: Wanted) -> _Layout:
    by_member = tuple(
        tuple(Series(element, period, member) for period in wanted.periods) for member in members
    )
    whole_year = wanted.whole_year or _NEVER
    return _Layout(by_member, tuple(Series(element, whole_year, member) for member in members))


def _members_reported(element: Element, wanted: Wanted, facts: Facts, row: int) -> tuple[MemberCode, ...]:
    """The members that make up the total; the total itself where that is what was reported."""
    if not element.members:
        return _UNDIVIDED
    totals = _layout(element.code, _UNDIVIDED, wanted)
    found = facts.amounts(row, totals.by_member[0]) + facts.amounts(row, totals.whole_years)
    return element.members if all(each is Standing.MISSING for each in found) else _UNDIVIDED


def _reported(looked_at: tuple[Series, ...], facts: Facts, row: int) -> Iterator[Reported]:
    unit, origins = facts.units[row], facts.origins
    for series, outcome in zip(looked_at, facts.amounts(row, looked_at), strict=True):
        origin = origins.get((unit, series), "")
        if isinstance(outcome, Standing):
            yield Reported(series, None, outcome, origin)
        else:
            yield Reported(
                series, outcome, Standing.VALUE if outcome else facts.standing(row, series), origin
            )


def _all_nil(looked_at: Sequence[Series], facts: Facts, row: int) -> bool:
    standings = (facts.standing(row, series) for series in looked_at)
    return all(standing is Standing.NIL for standing in standings if standing.has_value)


def _over_time(element: Element, outcomes: Sequence[Amount | Standing], partial: bool) -> Amount | Standing:
    present = [each for each in outcomes if not isinstance(each, Standing)]
    if len(present) < len(outcomes):
        absent = [each for each in outcomes if isinstance(each, Standing)]
        told = [each for each in absent if each is not Standing.MISSING]
        if len(told) < len(absent) and not (partial and (present or told)):
            return Standing.MISSING
        if not present:
            return max(told)
    if element.over_time is OverTime.FIRST:
        return present[0]
    if not element.adds_up:
        return present[-1]
    return exact_sum([each for each in present if not isinstance(each, str)])


def _over_members(outcomes: Sequence[Amount | Standing]) -> Amount | Standing:
    """The sum over members; those not applicable are left out, any other absence is the sum's absence."""
    if len(outcomes) == 1:
        return outcomes[0]
    numbers = [each for each in outcomes if isinstance(each, Fraction)]
    if len(numbers) == len(outcomes):
        return exact_sum(numbers)
    applicable = [each for each in outcomes if each is not Standing.NOT_APPLICABLE]
    absent = [each for each in applicable if isinstance(each, Standing)]
    if not applicable or absent:
        return max(absent, default=Standing.NOT_APPLICABLE)
    return exact_sum(numbers) if len(numbers) == len(applicable) else Standing.UNDEFINED


def exact_sum(amounts: Sequence[Fraction]) -> Fraction:
    """The sum of numbers; whole ones, which most counts are, by whole arithmetic."""
    total = 0
    for each in amounts:
        if each.denominator != 1:
            return sum(amounts, Fraction(0))
        total += each.numerator
    return Fraction(total)
