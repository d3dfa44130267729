"""Scores what worked examples give, by the engine that scores for real: one run for each example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.adjustments import BASE_RANK
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Facts, Standing
from scoring.givens import example_facts, given_facts
from scoring.methods.base import Subject
from scoring.numbers import number_from_text
from scoring.periods import Period, period_from_text
from scoring.results import Outcome
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Aggregate, RuleSet, Unit
from scoring.rulebook.sources import Example, RuleSetExample, UnitExample
from scoring.rulebook.tree import quantity_from_text
from scoring.totals import Earned, weight_of
from scoring.values import UnitView

OTHERS = "others"
"""Under this name a whole-rule-set example says what the indicators earn of which it gives nothing."""
_OTHERS = ("full", "zero", "not_applicable")
_NO_SCORE = "none"
_LEFT_OUT = Earned(Fraction(0), Fraction(0), Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The units, facts and period of an example; made once, however often its rules are changed."""

    units: Mapping[UnitCode, Unit]
    facts: Facts
    period: Period
    unread: tuple[str, ...]
    """What could not be read; then nothing is scored."""


def prepare_example(rules: RuleSet, example: Example) -> Prepared:
    """What an example of an indicator or adjustment gives."""
    around, facts, unread = example_facts(rules, example)
    return _prepared(rules, around.units, facts, unread, example.period)


def prepare_set_example(rules: RuleSet, example: RuleSetExample) -> Prepared:
    """What an example of the rule set as a whole gives, but for the points of nodes."""
    units = {
        UnitCode(name): UnitExample(given=_figures_of(rules, each.given), last_year=each.last_year)
        for name, each in example.units.items()
    }
    around, facts, unread = given_facts(rules, units)
    return _prepared(rules, around.units, facts, unread, example.period)


def _figures_of(
    rules: RuleSet, given: Mapping[str, str | Mapping[str, str]]
) -> dict[str, str | Mapping[str, str]]:
    return {name: each for name, each in given.items() if name != OTHERS and not is_node(rules, name)}


def is_node(rules: RuleSet, name: str) -> bool:
    """Whether the name is the code of a node or indicator."""
    return name in rules.nodes or name in rules.indicators


def _prepared(
    rules: RuleSet, units: Mapping[UnitCode, Unit], facts: Facts, unread: list[str], written: str
) -> Prepared:
    period = period_from_text(written) if written else Period(rules.year, 4, yearly=True)
    if period is None or period.year != rules.year:
        unread.append(f"period“{written}”要写成 {rules.year} 或 {rules.year}Q1 至 {rules.year}Q4")
        period = Period(rules.year, 4, yearly=True)
    return Prepared(units, facts, period, tuple(unread))


def run_indicator(rules: RuleSet, prepared: Prepared) -> PlainEngine:
    """The engine that scores the units of an indicator's example; the subject is its first."""
    rules = rules.in_force(prepared.period)
    return PlainEngine(rules.with_units(prepared.units), prepared.facts, prepared.period)


@dataclass(frozen=True, slots=True)
class AdjustmentRun:
    """What an adjustment's own formula and method made of an example."""

    view: UnitView
    standing: Standing
    """VALUE, or why there is no value."""
    value: Fraction | None
    """Of a condition 1 or 0; None where nothing was recorded."""
    points: Fraction


def run_adjustment(
    rules: RuleSet, adjustment: Adjustment, example: Example, prepared: Prepared
) -> AdjustmentRun | None:
    """The run, or None where the adjustment has no formula of its own."""
    rules = rules.in_force(prepared.period)
    adjustment = next(each for each in rules.adjustments if each.code == adjustment.code)
    formula = adjustment.value or adjustment.when
    if formula is None:
        return None
    place = number_from_text(str(example.given.get(BASE_RANK, "")))
    extra = {} if place is None else {BASE_RANK: place}
    view = UnitView(rules.with_units(prepared.units), prepared.facts, 0, prepared.period, extra)
    outcome = view.evaluate(formula)
    standing = outcome if isinstance(outcome, Standing) else Standing.VALUE
    value = None if isinstance(outcome, Standing | str) else Fraction(outcome)
    points = Fraction(0)
    if value is not None and adjustment.method is not None:
        points = adjustment.method.award(Subject(value, Fraction(0))).points
    return AdjustmentRun(view, standing, value, points)


class GivenEngine(PlainEngine):
    """The plain engine where points of some nodes are given instead of being worked out."""

    def __init__(
        self,
        rules: RuleSet,
        facts: Facts,
        period: Period,
        given: Sequence[Mapping[NodeCode, Earned]],
    ) -> None:
        super().__init__(rules, facts, period)
        self.given = given

    def _leaf(self, row: int, code: NodeCode) -> Earned:
        known = self.given[row].get(code)
        return super()._leaf(row, code) if known is None else self.after_voiding(row, code, known)

    def _leaves(self, row: int) -> dict[NodeCode, Earned]:
        inner = {code: each for code, each in self.given[row].items() if code in self.rules.nodes}
        return {**super()._leaves(row), **inner}


def run_set_example(
    rules: RuleSet, example: RuleSetExample, prepared: Prepared
) -> tuple[GivenEngine, tuple[str, ...]]:
    """The engine that scores the example's units in their order, and what could not be read."""
    unread: list[str] = []
    rules = rules.in_force(prepared.period)
    given = [given_points(rules, name, each, unread) for name, each in example.units.items()]
    engine = GivenEngine(rules.with_units(prepared.units), prepared.facts, prepared.period, given)
    return engine, (*prepared.unread, *unread)


def given_points(
    rules: RuleSet, unit: str, example: UnitExample, unread: list[str]
) -> dict[NodeCode, Earned]:
    """What each node brings of which points are given; below such a node nothing counts."""
    others = example.given.get(OTHERS, "")
    if others and others not in _OTHERS:
        unread.append(f"{unit}:{OTHERS} 只能是 {'、'.join(_OTHERS)}")
    found: dict[NodeCode, Earned] = {}
    for name, written in example.given.items():
        if is_node(rules, name):
            earned = _earned(str(written), full_points(rules, NodeCode(name)))
            if earned is None:
                unread.append(f"{unit}:{name} 的“{written}”要写成分数、百分比、NA 或 {_NO_SCORE}")
            else:
                found[NodeCode(name)] = earned
    below = {code for given in found if given in rules.nodes for code in _leaves_below(rules, given)}
    for code, indicator in rules.indicators.items():
        if code in below:
            found[code] = _LEFT_OUT
        elif code not in found and others in _OTHERS:
            full = indicator.points
            found[code] = _of_others(str(others), full)
    return found


def _of_others(word: str, full: Fraction) -> Earned:
    if word == "not_applicable":
        return _LEFT_OUT
    return Earned(full if word == "full" else Fraction(0), full)


def _earned(text: str, full: Fraction) -> Earned | None:
    if text == "NA":
        return _LEFT_OUT
    if text == _NO_SCORE:
        return Earned(None, full, Outcome.MISSING)
    quantity = quantity_from_text(text)
    return None if quantity is None else Earned(quantity.points(full), full)


def full_points(rules: RuleSet, code: NodeCode) -> Fraction:
    """What a node can bring at most where everything below it applies."""
    node = rules.nodes.get(code)
    if node is None:
        return rules.indicators[code].points
    if node.points is not None:
        return node.points
    below = [weight_of(rules, child) * full_points(rules, child) for child in node.children]
    if node.aggregate is Aggregate.SUM:
        return sum(below, Fraction(0))
    return max((full_points(rules, child) for child in node.children), default=Fraction(0))


def _leaves_below(rules: RuleSet, code: NodeCode) -> list[NodeCode]:
    node = rules.nodes.get(code)
    if node is None:
        return [code]
    return [leaf for child in node.children for leaf in _leaves_below(rules, child)]
