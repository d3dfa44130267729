"""What a check knows: this report's figures, and those accepted before or from others, by time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from intake.rounding_slack import half_unit
from scoring.attributes import attribute_of
from scoring.codes import PeriodCode, UnitCode
from scoring.expressions import Figure, When
from scoring.facts import Amount, Fact, Facts, Series, Standing
from scoring.figures import Resolved, resolve
from scoring.periods import Period, half_code, quarter_code, year_code
from scoring.rulebook.forms import Frequency
from scoring.rulebook.rules import RuleSet


@dataclass(frozen=True)
class UnitFacts(Facts):
    """Facts of a single unit as they are: making columns of them takes longer than all checks together."""

    by_series: Mapping[Series, Fact] = field(default_factory=dict)

    def standing(self, _row: int, series: Series) -> Standing:
        """How the figure stands."""
        fact = self.by_series.get(series)
        return Standing.MISSING if fact is None else fact.standing

    def amount(self, _row: int, series: Series) -> Amount | Standing:
        """The exact amount, or the standing that explains its absence."""
        fact = self.by_series.get(series)
        if fact is None:
            return Standing.MISSING
        return fact.standing if fact.amount is None else fact.amount

    def amounts(self, row: int, group: tuple[Series, ...]) -> list[Amount | Standing]:
        """The amounts of several series."""
        return [self.amount(row, series) for series in group]


def _facts_of_one(unit: UnitCode, facts: Iterable[Fact]) -> Facts:
    """The facts of the unit; of two for one place the later one stands."""
    return UnitFacts((unit,), {}, by_series={fact.series: fact for fact in facts})


@dataclass(frozen=True)
class Known:
    """The facts of one unit, seen from one quarter. Nothing here asks whether a cell was faulty."""

    rules: RuleSet
    unit: UnitCode
    period: Period
    facts: tuple[Fact, ...]
    """Of this report and before; where two are for one series the later one stands."""

    def figure(self, figure: Figure, *, year_to_date: bool) -> Amount | Standing:
        """The figure of this quarter, or of the year so far; MISSING where a part of it is not known."""
        return self._resolved(figure, year_to_date).outcome

    def spread(self, figure: Figure, *, year_to_date: bool) -> Fraction:
        """How far the figure's true value may lie from it: half a unit for each number it is the sum of."""
        half = half_unit(self.rules.elements[figure.element])
        if not half:
            return half
        made_of = self._resolved(figure, year_to_date).made_of
        return half * sum(part.standing is Standing.VALUE for part in made_of)

    def _resolved(self, figure: Figure, year_to_date: bool) -> Resolved:
        if figure.when is When.LAST_YEAR and not year_to_date:
            return self._within(figure, replace(self.period, year=self.period.year - 1))
        if figure.when is When.NOW and not year_to_date:
            return self._within(figure, self.period)
        return resolve(figure, self._strict, self._all, 0, self.period)

    def attribute(self, name: str) -> Amount | Standing:
        """A property of the unit or its row of a table; MISSING where it has none of that name."""
        return attribute_of(self.rules, self.unit, self.period, name)

    def _within(self, figure: Figure, period: Period) -> Resolved:
        """The figure of that quarter alone, made as the scoring makes it: from facts of that quarter only."""
        facts = self._by_quarter.get(period)
        if facts is None:
            facts = _facts_of_one(self.unit, self._of_quarter(period))
            self._by_quarter[period] = facts
        return resolve(replace(figure, when=When.NOW), self._lenient, facts, 0, period)

    def _of_quarter(self, period: Period) -> Iterator[Fact]:
        codes = _codes_of(period)
        for fact in self.facts:
            element = self.rules.elements.get(fact.series.element)
            if element is not None and codes.get(element.frequency) == fact.series.period:
                yield fact

    @cached_property
    def _by_quarter(self) -> dict[Period, Facts]:
        return {}

    @cached_property
    def _all(self) -> Facts:
        return _facts_of_one(self.unit, self.facts)

    @cached_property
    def _strict(self) -> RuleSet:
        return replace(self.rules, partial_periods=False)

    @cached_property
    def _lenient(self) -> RuleSet:
        return replace(self.rules, partial_periods=True)


def facts_of_unit(facts: Facts | None, unit: UnitCode) -> Iterator[Fact]:
    """What is known of one unit among the facts of many."""
    if facts is None or unit not in facts.rows:
        return
    row = facts.rows[unit]
    for series, column in facts.columns.items():
        standing = Standing(int(column.standings[row]))
        if standing is not Standing.MISSING:
            amount = column.amount(row) if standing.has_value else None
            yield Fact(unit, series, amount, standing, facts.origins.get((unit, series), ""))


def _codes_of(period: Period) -> Mapping[Frequency, PeriodCode]:
    """By frequency, the reporting period that ends with a quarter (of half years, that has ended last).

    A whole year reported as one figure is no quarter of it, so it counts only for yearly elements.
    """
    if period.yearly:
        return dict.fromkeys(Frequency, year_code(period.year))
    codes = {Frequency.QUARTERLY: quarter_code(period.year, period.quarter)}
    if period.quarter >= 2:
        codes[Frequency.HALF_YEARLY] = half_code(period.year, period.quarter // 2)
    if period.quarter == 4:
        codes[Frequency.YEARLY] = year_code(period.year)
    return codes
