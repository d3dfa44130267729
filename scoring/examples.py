"""Runs the worked examples that stand in the rules' own files, by the engine that scores for real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.adjustments import BASE_RANK
from scoring.engine import PlainEngine
from scoring.errors import Issue
from scoring.facts import Amount, Standing
from scoring.givens import example_facts
from scoring.methods.base import Subject
from scoring.numbers import exact_text, number_from_text
from scoring.periods import Period
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.sources import Example
from scoring.values import UnitView


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
    if unread:
        yield from unread
        return
    points = PlainEngine(around, facts, _whole_year(rules)).points(indicator.code)[0]
    if example.outcome and example.outcome != points.outcome:
        yield f"结果应为 {example.outcome},实为 {points.outcome}"
    yield from _differences(example, points.value.amount, points.rounded)


def _adjustment_differences(rules: RuleSet, adjustment: Adjustment, example: Example) -> Iterator[str]:
    """A bonus or penalty by value and points; a condition by its truth, 1 or 0."""
    around, facts, unread = example_facts(rules, example)
    formula = adjustment.value or adjustment.when
    if unread or formula is None:
        yield from unread or ["没有公式的事项不能写例"]
        return
    place = number_from_text(str(example.given.get(BASE_RANK, "")))
    extra = {} if place is None else {BASE_RANK: place}
    outcome = UnitView(around, facts, 0, _whole_year(rules), extra).evaluate(formula)
    value = None if isinstance(outcome, Standing | str) else Fraction(outcome)
    points = Fraction(0)
    if value is not None and adjustment.method is not None:
        points = adjustment.method.award(Subject(value, Fraction(0))).points
    yield from _differences(example, value, points)


def _differences(example: Example, value: Amount | None, points: Fraction | None) -> Iterator[str]:
    if example.value is not None and value != example.value:
        yield f"值应为 {exact_text(example.value)},实为 {_shown(value)}"
    if example.points is not None and points != example.points:
        yield f"得分应为 {exact_text(example.points)},实为 {_shown(points)}"


def _whole_year(rules: RuleSet) -> Period:
    return Period(rules.year, 4, yearly=True)


def _shown(amount: Amount | None) -> str:
    if amount is None:
        return "无"
    return amount if isinstance(amount, str) else exact_text(amount)
