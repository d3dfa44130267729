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
from scoring.rulebook.sources import Example, UnitExample

SUBJECT = UnitCode("example")
_GROUP = "example"
_SAID = {"NA", "NIL"}
_PART_OF_YEAR = re.compile(r"Q[1-4]|H[12]", re.ASCII)

Given = Mapping[str, str | Mapping[str, str]]


def example_facts(rules: RuleSet, example: Example) -> tuple[RuleSet, Facts, list[str]]:
    """The rule set with the example's units (the subject first), their facts, and what could not be read."""
    units = {SUBJECT: UnitExample(given=example.given, last_year=example.last_year)}
    for position, given in enumerate(example.peers, start=1):
        units[UnitCode(f"{SUBJECT}-{position}")] = UnitExample(given=given)
    return given_facts(rules, units)


def given_facts(rules: RuleSet, examples: Mapping[UnitCode, UnitExample]) -> tuple[RuleSet, Facts, list[str]]:
    """The rule set with these units instead of its own, their facts, and what could not be read.

    A unit whose code is that of an assessed one has its attributes, as far as none are given.
    """
    unread: list[str] = []
    facts: list[Fact] = []
    units: dict[UnitCode, Unit] = {}
    for code, example in examples.items():
        units[code] = Unit(code=code, name=code, attributes=_attributes(rules, code, example.given, unread))
        facts.extend(_facts(rules, code, example.given, rules.year, unread))
        facts.extend(_facts(rules, code, example.last_year, rules.year - 1, unread))
    return rules.with_units(units), gather_facts(list(examples), facts), unread


def _attributes(rules: RuleSet, code: UnitCode, given: Given, unread: list[str]) -> dict[str, Fraction | str]:
    found: dict[str, Fraction | str] = {rules.ranking.peer_group: _GROUP} if rules.ranking.peer_group else {}
    if code in rules.units:
        found |= rules.units[code].attributes
    for name in (*rules.attribute_names, *rules.tables):
        written = given.get(name)
        if isinstance(written, str):
            number = number_from_text(written)
            found[name] = written if number is None else number
        elif written is not None:
            unread.append(f"属性 {name} 要写成一个数或一个词")
    return found


def _facts(rules: RuleSet, unit: UnitCode, given: Given, year: int, unread: list[str]) -> Iterator[Fact]:
    for name, written in given.items():
        element = rules.elements.get(ElementCode(name))
        if element is None:
            if name not in rules.attribute_names and name not in rules.tables and name != BASE_RANK:
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
