"""Rates that lie exactly on a step of their scoring, period after period."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from intake.known import Known
from intake.regularity.look import Look
from intake.wording import fault
from scoring.errors import Issue
from scoring.evaluation import Evaluator
from scoring.expressions import Earlier, Expression, Figure, OverQuarters, Statistic, Substitute, When, walk
from scoring.numbers import shown
from scoring.rulebook.meaning.method_thresholds import thresholds_of
from scoring.rulebook.rules import Indicator

_ALL = Fraction(100)
"""Everything done: a rate that many honest units reach."""


def on_thresholds(look: Look) -> Iterator[Issue]:
    """Looks for rates of the quarters alone that equal a threshold of the method, the same one each time.

    Only rates: small counts meet their thresholds all the time. Nothing and everything (0 and 100 %) are no
    thresholds here.
    Source: bunching at notches, as in tax records (Kleven, 2016).
    False positives: see docs/checks-of-reports.md.
    """
    rule = look.rules.plausibility.on_threshold
    if rule is None:
        return
    quarters = [look.period]
    while len(quarters) < rule.periods:
        quarters.append(quarters[-1].before())
    every = (*look.earlier, *look.facts)
    evaluators = [_evaluator(Known(look.rules, look.unit, quarter, every)) for quarter in quarters]
    for indicator in look.rules.indicators.values():
        thresholds = frozenset(thresholds_of(indicator.method)) - {0, _ALL}
        root = _rate_of(look, indicator) if thresholds else None
        if root is None:
            continue
        value = evaluators[0].evaluate(root)
        if value in thresholds and all(each.evaluate(root) == value for each in evaluators[1:]):
            first = next(part for part in walk(root) if isinstance(part, Figure))
            place = look.place_of_element(look.rules.elements[first.element])
            name = f"{indicator.code} {indicator.name}"
            amount = shown(Fraction(value)) + indicator.measure
            what = fault("on-threshold", indicator=name, periods=rule.periods, threshold=amount)
            yield look.finding(what, place, rule.source, amount)


def _evaluator(known: Known) -> Evaluator:
    figure = cache(lambda each: known.figure(each, year_to_date=False))
    return Evaluator(figure, known.attribute)


_NOT_READ = Earlier | OverQuarters | Statistic | Substitute
"""Parts of formulas that look beyond one unit or one quarter."""


def _rate_of(look: Look, indicator: Indicator) -> Expression | None:
    """The formula of a rate of quarterly figures of this provider; None for any other."""
    formula = indicator.value
    if formula is None or not formula.divides():
        return None
    figures = formula.figures()
    reported = {fact.series.element for fact in look.facts}
    plain = not any(isinstance(part, _NOT_READ) for part in walk(formula.root))
    now = all(figure.when is When.NOW and figure.element in reported for figure in figures)
    return formula.root if plain and now and figures else None
