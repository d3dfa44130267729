"""From the `given:` of a worked example to units and facts that can be scored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from scoring.adjustments import BASE_RANK
from scoring.codes import WHOLE, ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Fact, Facts, Series, gather_facts
from scoring.numbers import number_from_text
from scoring.reporting import read_amount, reporting_periods
from scoring.rulebook.forms import Element, ElementType, OverTime
from scoring.rulebook.rules import RuleSet, Unit
from scoring.rulebook.sources import Example

SUBJECT = UnitCode("example")
_GROUP = "example"
_SAID = {"NA", "NIL"}
_PART_OF_YEAR = re.compile(r"Q[1-4]|H[12]", re.ASCII)

Given = Mapping[str, str | Mapping[str, str]]


def example_facts(rules: RuleSet, example: Example) -> tuple[RuleSet, Facts, list[str]]:
    """The rule set with the example's units (the subject first), their facts, and what could not be read."""
    givens = (example.given, *example.peers)
    codes = [
        UnitCode(SUBJECT if not position else f"{SUBJECT}-{position}") for position in range(len(givens))
    ]
    unread: list[str] = []
    facts: list[Fact] = []
    units: dict[UnitCode, Unit] = {}
    for code, given in zip(codes, givens, strict=True):
        units[code] = Unit(code=code, name=code, attributes=_attributes(rules, given))
        facts.extend(_facts(rules, code, given, rules.year, unread))
    facts.extend(_facts(rules, SUBJECT, example.last_year, rules.year - 1, unread))
    return rules.with_units(units), gather_facts(codes, facts), unread


def _attributes(rules: RuleSet, given: Given) -> dict[str, Fraction | str]:
    found: dict[str, Fraction | str] = {rules.ranking.peer_group: _GROUP} if rules.ranking.peer_group else {}
    for name in rules.attribute_names:
        if name in given:
            number = number_from_text(str(given[name]))
            found[name] = str(given[name]) if number is None else number
    return found


def _facts(rules: RuleSet, unit: UnitCode, given: Given, year: int, unread: list[str]) -> Iterator[Fact]:
    for name, written in given.items():
        element = rules.elements.get(ElementCode(name))
        if element is None:
            if name not in rules.attribute_names and name != BASE_RANK:
                unread.append(f"没有数据项或属性 {name}")
            continue
        for member, period, text in _placed(element, written, year):
            read = read_amount(element, text)
            if period not in reporting_periods(element, year) or member not in (element.members or (WHOLE,)):
                unread.append(f"{name} 不按 {member or period} 上报")
            elif read is None:
                unread.append(f"{name} 的“{text}”读不懂")
            else:
                yield Fact(unit, Series(element.code, period, member), *read)


def _placed(
    element: Element, written: str | Mapping[str, str], year: int
) -> Iterator[tuple[MemberCode, PeriodCode, str]]:
    """Each written figure with its member and period.

    One figure for the year is spread over its periods; one figure for all members stands at the first.
    """
    if isinstance(written, str):
        for member, text in _over_members(element, written):
            yield from ((member, period, part) for period, part in _over_year(element, text, year))
    elif written and all(map(_PART_OF_YEAR.fullmatch, written)):
        for part, figure in written.items():
            period = PeriodCode(f"{year}{part}")
            yield from ((member, period, text) for member, text in _over_members(element, figure))
    else:
        for name, text in written.items():
            yield from ((MemberCode(name), period, part) for period, part in _over_year(element, text, year))


def _over_members(element: Element, text: str) -> Iterator[tuple[MemberCode, str]]:
    first, *others = element.members or (WHOLE,)
    yield first, text
    yield from ((other, "0" if _adds_up(element, text) else text) for other in others)


def _over_year(element: Element, text: str, year: int) -> Iterable[tuple[PeriodCode, str]]:
    periods = reporting_periods(element, year)
    if element.over_time is OverTime.SUM and _adds_up(element, text):
        return [(period, "0" if position else text) for position, period in enumerate(periods)]
    return [(period, text) for period in periods]


def _adds_up(element: Element, text: str) -> bool:
    return element.type in {ElementType.INTEGER, ElementType.DECIMAL} and text not in _SAID
