"""Reports to look at as a reviewer does: the agreeing figures, with others beside and before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from intake.peers import Peers
from intake.regularity.look import Look
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Fact, Series
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.plausibility import Plausibility
from tests.support.reports import BEIJING, agreeing_figures, rules_2021

FOURTH = Period(2021, 4, False)


def figure(code: str, period: str, amount: object, member: str = "", unit: UnitCode = BEIJING) -> Fact:
    """A number that was reported, with the cell it would stand in."""
    series = Series(ElementCode(code), PeriodCode(period), MemberCode(member))
    return Fact(unit, series, Fraction(str(amount)), origin=f"digest!{code[:-2]} 表!{code}{member}")


def own_figures(changes: Mapping[Series, object] | None = None, period: Period = FOURTH) -> tuple[Fact, ...]:
    """A whole report in the order of the forms, with some figures changed."""
    amounts = {**agreeing_figures(period), **(changes or {})}
    return tuple(
        figure(series.element, series.period, amount, series.member)
        for series, amount in amounts.items()
        if isinstance(amount, Fraction | int)
    )


def look_at(
    facts: Iterable[Fact] = (),
    *,
    earlier: Iterable[Fact] = (),
    others: Mapping[str, Iterable[Fact]] | None = None,
    limits: Plausibility | None = None,
) -> Look:
    """The look of a reviewer at a report of 北京 for the fourth quarter."""
    rules = rules_2021()
    rules = rules if limits is None else replace(rules, plausibility=limits)
    peers = Peers({UnitCode(unit): tuple(each) for unit, each in (others or {}).items()})
    return Look(rules, BEIJING, FOURTH, Provider.REGION, tuple(facts), tuple(earlier), peers)
