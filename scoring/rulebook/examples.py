"""Runs the worked examples that stand in the rules' own files, by the engine that scores for real."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.adjustments import BASE_RANK
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import Issue
from scoring.facts import Amount, Fact, Facts, Series, Standing, gather_facts
from scoring.methods.base import Subject
from scoring.numbers import exact_text, number_from_text
from scoring.periods import QUARTERS, Period, half_code, quarter_code, year_code
from scoring.rulebook.rules import (
    Adjustment,
    Element,
    ElementType,
    Example,
    Frequency,
    Indicator,
    OverTime,
    RuleSet,
    Unit,
)
from scoring.rulebook.tree import day_from_text
from scoring.values import UnitView

SUBJECT = UnitCode("example")
_GROUP = "example"


@dataclass(frozen=True, slots=True)
class Checked:
    """An example, and what differed from what it expects (empty = it holds)."""

    rule: str
    example: Example
    differences: tuple[str, ...]

    @property
    def issue(self) -> Issue | None:
        """The difference as an issue at the example's line."""
        if not self.differences:
            return None
        text = ";".join(self.differences)
        zh, en = f"{self.rule} 的例“{self.example.name}”不成立:{text}", f"example fails: {text}"
        return Issue(code="example-fails", zh=zh, en=en, place=self.example.place)


def check_examples(rules: RuleSet) -> Iterator[Checked]:
    """Every example of every indicator and adjustment, checked."""
    for indicator in rules.indicators.values():
        for example in indicator.examples:
            yield Checked(indicator.code, example, tuple(_indicator_differences(rules, indicator, example)))
    for adjustment in rules.adjustments:
        for example in adjustment.examples:
            yield Checked(
                adjustment.code, example, tuple(_adjustment_differences(rules, adjustment, example))
            )


def _indicator_differences(rules: RuleSet, indicator: Indicator, example: Example) -> Iterator[str]:
    around, facts, unread = example_facts(rules, example)
    yield from unread
    if unread:
        return
    points = PlainEngine(around, facts, Period(rules.year, 4, yearly=True)).points(indicator.code)[0]
    if example.outcome and example.outcome != points.outcome:
        yield f"结果应为 {example.outcome},实为 {points.outcome}"
    if example.value is not None and points.value.amount != example.value:
        yield f"值应为 {exact_text(example.value)},实为 {_shown(points.value.amount)}"
    if example.points is not None and points.rounded != example.points:
        yield f"得分应为 {exact_text(example.points)},实为 {_shown(points.rounded)}"


def _adjustment_differences(rules: RuleSet, adjustment: Adjustment, example: Example) -> Iterator[str]:
    around, facts, unread = example_facts(rules, example)
    yield from unread
    if unread or adjustment.value is None or adjustment.method is None:
        return
    place = number_from_text(str(example.given.get(BASE_RANK, "")))
    extra = {} if place is None else {BASE_RANK: place}
    outcome = UnitView(around, facts, 0, Period(rules.year, 4, yearly=True), extra).evaluate(adjustment.value)
    value = None if isinstance(outcome, Standing | str) else Fraction(outcome)
    points = Fraction(0) if value is None else adjustment.method.award(Subject(value, Fraction(0))).points
    if example.value is not None and value != example.value:
        yield f"值应为 {exact_text(example.value)},实为 {_shown(value)}"
    if example.points is not None and points != example.points:
        yield f"得分应为 {exact_text(example.points)},实为 {_shown(points)}"


def example_facts(rules: RuleSet, example: Example) -> tuple[RuleSet, Facts, list[str]]:
    """The rule set with the example's units, their facts, and what could not be read."""
    givens = (example.given, *example.peers)
    codes = [
        UnitCode(SUBJECT if not position else f"{SUBJECT}-{position}") for position in range(len(givens))
    ]
    units, facts, unread = {}, [], []
    for code, given in zip(codes, givens, strict=True):
        units[code] = Unit(code=code, name=code, attributes=_attributes(rules, given))
        facts.extend(_facts(rules, code, given, rules.year, unread))
    facts.extend(_facts(rules, SUBJECT, example.last_year, rules.year - 1, unread))
    return replace(rules, units=units), gather_facts(codes, facts), unread


Given = Mapping[str, str | Mapping[str, str]]


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
            if read is None:
                unread.append(f"{name} 的“{text}”读不懂")
                continue
            amount, standing = read
            yield Fact(unit, Series(element.code, period, member), amount, standing)


def _placed(
    element: Element, written: str | Mapping[str, str], year: int
) -> Iterator[tuple[MemberCode, PeriodCode, str]]:
    """Each written figure with its member and period; one figure for the year is spread over its quarters."""
    if isinstance(written, str):
        member = element.members[0] if element.members else MemberCode("")
        rest = [
            (other, period) for other in element.members[1:] for period in reporting_periods(element, year)
        ]
        yield from ((other, period, "0") for other, period in rest if written not in {"NA", "NIL"})
        yield from ((other, period, written) for other, period in rest if written in {"NA", "NIL"})
        yield from ((member, period, text) for period, text in _spread(element, written, year))
    elif all(name[0] == "Q" and name[1:].isdigit() for name in written):
        yield from (
            (MemberCode(""), quarter_code(year, int(name[1:])), text) for name, text in written.items()
        )
    else:
        for name, text in written.items():
            yield from ((MemberCode(name), period, part) for period, part in _spread(element, text, year))


def _spread(element: Element, text: str, year: int) -> Iterable[tuple[PeriodCode, str]]:
    periods = reporting_periods(element, year)
    if element.over_time is not OverTime.SUM or number_from_text(text) is None:
        return [(period, text) for period in periods]
    return [(period, text if not position else "0") for position, period in enumerate(periods)]


def reporting_periods(element: Element, year: int) -> tuple[PeriodCode, ...]:
    """The periods of a year for which the element is reported."""
    if element.frequency is Frequency.YEARLY:
        return (year_code(year),)
    if element.frequency is Frequency.HALF_YEARLY:
        return half_code(year, 1), half_code(year, 2)
    return tuple(quarter_code(year, quarter) for quarter in QUARTERS)


def read_amount(element: Element, text: str) -> tuple[Amount | None, Standing] | None:
    """A figure as rule and fact files write it: number, date, choice, NA or NIL; None if it is none."""
    if text == "NA":
        return None, Standing.NOT_APPLICABLE
    if text == "NIL":
        return Fraction(0), Standing.NIL
    if element.type is ElementType.CHOICE:
        return (text, Standing.VALUE) if text in element.choices else None
    if element.type is ElementType.DATE:
        day = day_from_text(text)
        return (Fraction(day.toordinal()), Standing.VALUE) if day else None
    number = number_from_text(text)
    return None if number is None else (number, Standing.VALUE)


def _shown(amount: Amount | None) -> str:
    return "无" if amount is None else amount if isinstance(amount, str) else exact_text(amount)
