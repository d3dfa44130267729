"""Reported figures as the pages write them: exact, dates as dates, and a word where there is no number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scoring.account_texts import STANDING_TITLES, amount_text
from scoring.codes import ElementCode
from scoring.facts import Fact, Series, Standing
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import RuleSet
from web.filters import grouped, period_title

_NOT_REPORTED = STANDING_TITLES[Standing.MISSING]


def fact_text(rules: RuleSet, fact: Fact | None) -> str:
    """An amount, or the word for why there is none."""
    if fact is None or fact.amount is None:
        return STANDING_TITLES[fact.standing] if fact else _NOT_REPORTED
    element = rules.elements.get(fact.series.element)
    is_date = element is not None and element.type is ElementType.DATE
    if is_date and isinstance(fact.amount, Fraction):
        return date.fromordinal(int(fact.amount)).isoformat()
    return grouped(amount_text(fact.amount) or "")


def element_title(rules: RuleSet, code: ElementCode) -> str:
    """Code and name of an element; the code alone where the rules do not know it (any more)."""
    element = rules.elements.get(code)
    return f"{code} {element.name}" if element else str(code)


def series_title(rules: RuleSet, series: Series, own_period: str) -> str:
    """Element, member, and the period where it is not that of the report."""
    more = [str(series.member)] if series.member else []
    if series.period != own_period:
        more.append(period_title(series.period))
    title = element_title(rules, series.element)
    return f"{title}（{'，'.join(more)}）" if more else title
