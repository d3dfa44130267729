"""What earlier reports bring into a template: each field's last figure, and the balances that follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from intake.checks import about_member
from intake.fields import Field, due_elements, fields_of, series_period
from intake.known import Known
from scoring.codes import WHOLE, ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.evaluation import Evaluator
from scoring.expressions import Comparison, Expression, Figure, When, expanded, walk
from scoring.facts import Amount, Fact, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Check, Element, ElementType, Form, Frequency
from scoring.rulebook.rules import RuleSet

_QUARTERS_BACK = {Frequency.QUARTERLY: 1, Frequency.HALF_YEARLY: 2, Frequency.YEARLY: 4}


def last_period(element: Element, period: Period) -> PeriodCode:
    """The quarter, half or year (as often as the element is reported) before the one due in the period."""
    for _ in range(_QUARTERS_BACK[element.frequency]):
        period = period.before()
    return series_period(element, period)


def last_figures(
    forms: Iterable[Form], unit: UnitCode, period: Period, earlier: Iterable[Fact]
) -> dict[Series, Amount | Standing]:
    """What the unit reported one period earlier, by the series of *this* period's fields.

    Only what was said is there: amounts (dates as ordinal days), NIL, NOT_APPLICABLE; never MISSING.
    """
    said = {fact.series: fact for fact in earlier if fact.unit == unit}
    found: dict[Series, Amount | Standing] = {}
    for field in fields_of(forms, period):
        fact = said.get(Series(field.element.code, last_period(field.element, period), field.member))
        if fact is None or field.is_total:
            continue
        if fact.standing is Standing.VALUE and fact.amount is not None:
            found[field.series] = fact.amount
        elif fact.standing in {Standing.NIL, Standing.NOT_APPLICABLE}:
            found[field.series] = fact.standing
    return found


def opening_balances(
    rules: RuleSet, forms: Iterable[Form], unit: UnitCode, period: Period, earlier: Iterable[Fact]
) -> dict[Series, Amount]:
    """The figures that a hard check already settles from earlier ones, by series.

    Such a check says that a figure of this quarter equals an expression of earlier figures alone, as an
    opening balance equals the last closing. Left out: where any of them is not known or does not apply,
    and where the outcome is nothing that may be typed into the cell.
    """
    chosen = tuple(forms)
    known = Known(rules, unit, period, tuple(fact for fact in earlier if fact.unit == unit))
    evaluator = Evaluator(lambda figure: known.figure(figure, year_to_date=False), known.attribute)
    fields = {field.series: field for field in fields_of(chosen, period) if not field.is_total}
    found: dict[Series, Amount] = {}
    for form in chosen:
        due = {element.code: element for element in due_elements(form, period)}
        for check in form.checks:
            for series, settled in _settled(check, due, period):
                outcome = evaluator.evaluate(settled)
                if series in fields and isinstance(outcome, Fraction) and _may_stand(outcome, fields[series]):
                    found[series] = outcome
    return found


def _settled(
    check: Check, due: Mapping[ElementCode, Element], period: Period
) -> Iterator[tuple[Series, Expression]]:
    """The fields that the check gives a value by itself, each with the expression of that value."""
    root = expanded(check.rule.root, period.quarters())
    if not check.hard or check.year_to_date or not isinstance(root, Comparison) or root.operator != "==":
        return
    for figure, value in ((root.left, root.right), (root.right, root.left)):
        if not isinstance(figure, Figure) or figure.when is not When.NOW or not _is_earlier(value):
            continue
        element = due.get(figure.element)
        if element is None or len(figure.members) > 1:
            continue
        for member in figure.members or check.each or (WHOLE,):
            yield _series(element, period, member), about_member(value, member if check.each else WHOLE)


def _series(element: Element, period: Period, member: MemberCode) -> Series:
    return Series(element.code, series_period(element, period), member)


def _is_earlier(node: Expression) -> bool:
    figures = [part for part in walk(node) if isinstance(part, Figure)]
    return bool(figures) and all(figure.when in {When.PREVIOUS, When.LAST_Q4} for figure in figures)


def _may_stand(amount: Fraction, field: Field) -> bool:
    element = field.element
    if element.type not in {ElementType.INTEGER, ElementType.DECIMAL}:
        return False
    above = element.minimum is None or amount >= element.minimum
    below = element.maximum is None or amount <= element.maximum
    return above and below and (amount * 10**element.places).denominator == 1
