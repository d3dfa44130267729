"""Scores supposed reports by the engine that scores for real: one unit a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import mode

import numpy as np

from scoring.codes import UnitCode
from scoring.engine import PlainEngine
from scoring.expressions import Expression, Statistic, When, at_quarter, walk
from scoring.facts import Amount, Column, Facts, Series, Standing
from scoring.incentives.supposed import Supposed, Variable, variables_of
from scoring.periods import QUARTERS, Period
from scoring.points import Points
from scoring.rulebook.forms import Check
from scoring.rulebook.meaning.asked import asked_by_indicator
from scoring.rulebook.rules import Indicator, RuleSet, Unit
from scoring.values import UnitView

_MOST_PLACES = 80
_WIDEST = 2**62
_PEERS = (Fraction(1, 2), Fraction(1), Fraction(2))
"""The other units that a unit is compared with, as multiples of an ordinary report."""
_ORDINARY = Fraction(100)


@dataclass(frozen=True, slots=True)
class Tried:
    """A report and what it would earn in one indicator."""

    report: Supposed
    points: Points

    @property
    def scored(self) -> bool:
        """Whether it has a value, and points for it."""
        return self.points.value.amount is not None and self.points.rounded is not None


class Trials:
    """Scores reports for the whole year under one rule set."""

    def __init__(self, rules: RuleSet) -> None:
        self.period = Period(rules.year, QUARTERS[-1], yearly=True)
        self.rules = rules
        self._supposed: RuleSet | None = None
        self._checks: dict[frozenset[str], tuple[Check, ...]] = {}

    def run(self, indicator: Indicator, reports: Sequence[Supposed]) -> list[Tried]:
        """What each report would earn, among ordinary peers where the indicator compares with others."""
        variables = variables_of(self.rules, indicator)
        if looks_at_others(indicator):
            return [self._among_peers(indicator, variables, report) for report in reports]
        rules, facts = self._facts(variables, reports)
        engine = PlainEngine(rules, facts, self.period)
        return [Tried(report, engine.points_of(indicator.code, row)) for row, report in enumerate(reports)]

    def _among_peers(self, indicator: Indicator, variables: Sequence[Variable], report: Supposed) -> Tried:
        others = [Supposed({each: _ordinary(each, times) for each in variables}) for times in _PEERS]
        rules, facts = self._facts(variables, [report, *others])
        return Tried(report, PlainEngine(rules, facts, self.period).points_of(indicator.code, 0))

    def valid(self, indicator: Indicator, reports: Sequence[Supposed]) -> list[Supposed]:
        """The reports that the hard checks of the forms let pass, as far as they ask for nothing else."""
        variables = variables_of(self.rules, indicator)
        checks = self._checks_of(variables)
        if not checks or not reports:
            return list(reports)
        rules, facts = self._facts(variables, reports)
        return [
            report
            for row, report in enumerate(reports)
            if all(self._passes(UnitView(rules, facts, row, self.period), check) for check in checks)
        ]

    def _passes(self, view: UnitView, check: Check) -> bool:
        roots: list[Expression] = [check.rule.root]
        if not check.year_to_date:
            roots = [at_quarter(check.rule.root, quarter) for quarter in QUARTERS]
        return all(view.outcome(root) is not False for root in roots)

    def _checks_of(self, variables: Sequence[Variable]) -> tuple[Check, ...]:
        known = frozenset(str(each.element.code) for each in variables)
        if known not in self._checks:
            self._checks[known] = tuple(
                check
                for form in self.rules.forms.values()
                for check in form.checks
                if check.hard and self._asks_only(check, known)
            )
        return self._checks[known]

    def _asks_only(self, check: Check, known: frozenset[str]) -> bool:
        figures = check.rule.figures()
        return all(figure.element in known and figure.when is When.NOW for figure in figures)

    def _facts(self, variables: Sequence[Variable], reports: Sequence[Supposed]) -> tuple[RuleSet, Facts]:
        amounts: dict[Series, list[Amount | None]] = {}
        for row, report in enumerate(reports):
            for variable in variables:
                for series, amount in report.amounts(variable, self.rules.year):
                    amounts.setdefault(series, [None] * len(reports))[row] = amount
        columns = {series: _column(found) for series, found in amounts.items()}
        codes = tuple(UnitCode(f"supposed-{row}") for row in range(len(reports)))
        return self._with_units(codes), Facts(codes, columns)

    def _with_units(self, codes: tuple[UnitCode, ...]) -> RuleSet:
        """The rules for so many units or more; only those of the facts are scored."""
        if self._supposed is None or len(self._supposed.units) < len(codes):
            units = {code: Unit(code=code, name=code, attributes=self._typical) for code in codes}
            self._supposed = self.rules.with_units(units)
        return self._supposed

    @cached_property
    def _typical(self) -> Mapping[str, Fraction | str]:
        """Of each property the middle one among the units, or the word that most have."""
        found: dict[str, Fraction | str] = {}
        for name in self.rules.attribute_names:
            amounts = [each.attributes[name] for each in self.rules.units.values() if name in each.attributes]
            numbers = sorted(amount for amount in amounts if isinstance(amount, Fraction))
            words = [amount for amount in amounts if isinstance(amount, str)]
            if numbers:
                found[name] = numbers[len(numbers) // 2]
            elif words:
                found[name] = mode(words)
        return found


def _ordinary(variable: Variable, times: Fraction) -> Amount | None:
    if not variable.is_number:
        return variable.element.choices[0] if variable.element.choices else None
    amount = _ORDINARY * times
    return amount if variable.allows(amount) else variable.element.maximum or variable.element.minimum


def looks_at_others(indicator: Indicator) -> bool:
    """Whether the points of one unit rest on the figures of others."""
    formulas = [asked.formula.root for asked in asked_by_indicator(indicator)]
    return indicator.method.peers or any(
        isinstance(part, Statistic) for root in formulas for part in walk(root)
    )


def _column(amounts: Sequence[Amount | None]) -> Column:
    standings = np.array(
        [Standing.MISSING if amount is None else Standing.VALUE for amount in amounts], dtype=np.uint8
    )
    words = [amount for amount in amounts if isinstance(amount, str)]
    if words:
        order = tuple(sorted(set(words)))
        indexes = [order.index(each) if isinstance(each, str) else 0 for each in amounts]
        return Column(np.array(indexes, dtype=np.int64), standings, 0, order)
    numbers = [each if isinstance(each, Fraction) else Fraction(0) for each in amounts]
    places = next(
        count
        for count in range(_MOST_PLACES + 1)
        if all(not (10**count) % each.denominator for each in numbers)
    )
    scaled = [int(each * 10**places) for each in numbers]
    wide = any(abs(each) >= _WIDEST for each in scaled)
    return Column(np.array(scaled, dtype=object if wide else np.int64), standings, places)
