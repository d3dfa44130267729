"""Every formula of a rule set, with the rule it belongs to and the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.codes import ElementCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.forms import Element, Form
from scoring.rulebook.rules import Indicator, RuleSet


@dataclass(frozen=True, slots=True)
class Asked:
    """A formula under a key of a rule.

    rule: the rule as messages name it. measure: in which the formula's outcome is declared, empty where it is
    not. earns: whether points, grades or places rest on it.
    """

    rule: str
    key: str
    formula: Formula
    place: Place
    measure: str = ""
    earns: bool = True


POLICIES = ("missing", "zero_denominator", "undefined")
"""The keys of an indicator under which a formula may stand in for the value."""


def asked_by_indicator(indicator: Indicator) -> Iterator[Asked]:
    """The formulas of an indicator: its value, when it applies, and what stands in for the value."""
    rule, earns = f"指标 {indicator.code}", not indicator.statistical
    found = [
        ("value", indicator.value, indicator.measure),
        ("applicable_when", indicator.applicable_when, ""),
    ]
    found += [(key, getattr(indicator, key).instead, indicator.measure) for key in POLICIES]
    for key, formula, measure in found:
        if formula is not None:
            yield Asked(rule, key, formula, indicator.places.get(key, indicator.place), measure, earns)


def asked_by_adjustment(adjustment: Adjustment) -> Iterator[Asked]:
    """The formulas of an adjustment: how much, and whether it holds."""
    for key, formula in (("value", adjustment.value), ("when", adjustment.when)):
        if formula is not None:
            place = adjustment.places.get(key, adjustment.place)
            yield Asked(f"事项 {adjustment.code}", key, formula, place)


def asked_by_rules(rules: RuleSet) -> Iterator[Asked]:
    """Every formula on which points, grades or places rest, but for those that only stand in for figures."""
    for indicator in rules.indicators.values():
        yield from asked_by_indicator(indicator)
    for adjustment in rules.adjustments:
        yield from asked_by_adjustment(adjustment)


def asked_by_element(element: Element) -> Iterator[Asked]:
    """What stands in for a figure that was not reported."""
    if element.if_missing is not None:
        yield Asked(
            f"数据项 {element.code}", "if_missing", element.if_missing, element.place, element.measure
        )


def asked_by_form(form: Form) -> Iterator[Asked]:
    """The relations that the figures of a form must keep; no points rest on them."""
    for check in form.checks:
        yield Asked(f"审核关系 {check.code}", "rule", check.rule, check.place, "", False)


def asked_anywhere(rules: RuleSet) -> Iterator[Asked]:
    """Every formula over figures: of rules, forms, elements and definitions."""
    yield from asked_by_rules(rules)
    for form in rules.forms.values():
        yield from asked_by_form(form)
        for element in form.elements:
            yield from asked_by_element(element)
    for each in rules.definitions.values():
        yield Asked(f"定义 {each.name}", "formula", each.formula, each.place, each.measure, False)


def standing_in(rules: RuleSet, element: ElementCode) -> Formula | None:
    """What is worked with in place of an element's figure where it was not reported."""
    found = rules.elements.get(element)
    return found.if_missing if found is not None else None
