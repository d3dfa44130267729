"""The fields of a report: which cells are due in a period, and which figure each of them stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake.labels import TOTAL_HEAD, VALUE_HEAD
from scoring.codes import ElementCode, FormCode, MemberCode, PeriodCode
from scoring.facts import Series
from scoring.periods import Period, half_code, quarter_code, year_code
from scoring.rulebook.forms import Element, Form, Frequency, Provider
from scoring.rulebook.rules import RuleSet

_WHOLE = MemberCode("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One cell that is due.

    `number` counts the fields of a report from 0. `head` is the label of its column. The total of an
    element that is broken down is a field too (`is_total`): it is compared with the sum, and is no fact.
    """

    number: int
    form: FormCode
    element: Element
    member: MemberCode
    period: PeriodCode
    head: str
    is_total: bool = False

    @property
    def series(self) -> Series:
        """The facts it belongs to; for a total, those of the element as a whole."""
        return Series(self.element.code, self.period, self.member)

    @property
    def row_label(self) -> str:
        """Code and name of the element, as at the beginning of the row."""
        return f"{self.element.code} {self.element.name}"


def is_due(element: Element, period: Period) -> bool:
    """Whether the element is asked for in the period; half-yearly ones in Q2 and Q4, yearly ones in Q4."""
    if element.frequency is Frequency.QUARTERLY:
        return True
    return period.quarter == 4 or (element.frequency is Frequency.HALF_YEARLY and period.quarter == 2)


def series_period(element: Element, period: Period) -> PeriodCode:
    """Under which period the figure is kept: "2021Q2", "2021H1" or "2021"."""
    if period.yearly or element.frequency is Frequency.YEARLY:
        return year_code(period.year)
    if element.frequency is Frequency.HALF_YEARLY:
        return half_code(period.year, (period.quarter + 1) // 2)
    return quarter_code(period.year, period.quarter)


def due_elements(form: Form, period: Period) -> tuple[Element, ...]:
    """The elements of the form that are asked for in the period, in the order of the form."""
    return tuple(element for element in form.elements if is_due(element, period))


def due_forms(rules: RuleSet, provider: Provider, period: Period) -> tuple[Form, ...]:
    """The forms a provider hands in for the period: those of which anything is due."""
    return tuple(
        form for form in rules.forms.values() if form.provider is provider and due_elements(form, period)
    )


def member_heads(form: Form, period: Period) -> tuple[MemberCode, ...]:
    """The members that have a column on the sheet, in order of first use; empty = a single column."""
    used = (member for element in due_elements(form, period) for member in element.members)
    return tuple(dict.fromkeys(used))


def total_head(form: Form, period: Period) -> str:
    """The label of the first column of figures."""
    return TOTAL_HEAD if member_heads(form, period) else VALUE_HEAD


def fields_of(forms: Iterable[Form], period: Period) -> tuple[Field, ...]:
    """Every field due, by form, row and column; numbered from 0."""
    found: list[Field] = []
    for form in forms:
        first = total_head(form, period)
        for element in due_elements(form, period):
            found.extend(_row(form, element, series_period(element, period), first, len(found)))
    return tuple(found)


def event_elements(rules: RuleSet) -> frozenset[ElementCode]:
    """The elements that only bonuses, penalties and vetoes ask for: not recorded means none happened."""
    asked: set[ElementCode] = set()
    for adjustment in rules.adjustments:
        formulas = (adjustment.value, adjustment.when)
        asked.update(figure.element for formula in formulas if formula for figure in formula.figures())
        asked.update({adjustment.element} if adjustment.element else ())
    scored = {
        figure.element
        for indicator in rules.indicators.values()
        for formula in (indicator.value, indicator.applicable_when)
        if formula
        for figure in formula.figures()
    }
    return frozenset(asked - scored)


def _row(form: Form, element: Element, period: PeriodCode, first: str, number: int) -> Iterable[Field]:
    for offset, member in enumerate((_WHOLE, *element.members)):
        yield Field(
            number=number + offset,
            form=form.code,
            element=element,
            member=member,
            period=period,
            head=member or first,
            is_total=bool(element.members) and member == _WHOLE,
        )
