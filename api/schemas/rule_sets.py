"""Shapes of rule sets: what is reported, how it is scored, and where each rule comes from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from api.schemas.base import Body, Exact
from scoring.account_texts import source_text
from scoring.numbers import exact_text
from scoring.rulebook.forms import Element, Form, Frequency, Provider
from scoring.rulebook.rules import Indicator, Node, RuleSet


class RuleSetSummary(Body):
    """Which rule set it is."""

    code: str
    title: str
    year: int
    version: str
    digest: str
    published: date | None
    effective_from: date
    effective_to: date


class RuleSetsBody(Body):
    """The rule sets in use, the latest year first."""

    items: list[RuleSetSummary]


class NodeBody(Body):
    """An inner node of the tree, parents before their children."""

    code: str
    title: str
    kind: str
    parent: str | None
    points: Exact | None
    weight: Exact
    aggregate: str


class IndicatorBody(Body):
    """A leaf of the tree: what is measured and how it earns points."""

    code: str
    name: str
    parent: str
    points: Exact
    weight: Exact
    measure: str
    direction: str
    formula: str
    applicable_when: str
    method: str
    parameters: list[str]
    missing: str
    clauses: list[str]
    reason: str
    source: str
    assessor: str
    evidence: str


class ElementBody(Body):
    """A figure that is reported."""

    code: str
    name: str
    measure: str
    type: str
    frequency: Frequency
    breakdown: list[str]
    may_be_not_applicable: bool
    definition: str


class FormBody(Body):
    """A sheet to fill in."""

    code: str
    title: str
    provider: Provider
    elements: list[ElementBody]


class UnitBody(Body):
    """An assessed unit."""

    code: str
    name: str
    short: str


class RuleSetBody(RuleSetSummary):
    """A whole rule set."""

    nodes: list[NodeBody]
    indicators: list[IndicatorBody]
    forms: list[FormBody]
    units: list[UnitBody]


def summary_body(rules: RuleSet) -> RuleSetSummary:
    """Which rule set it is."""
    return RuleSetSummary(
        code=rules.code,
        title=rules.title,
        year=rules.year,
        version=rules.version,
        digest=rules.digest,
        published=rules.published,
        effective_from=rules.effective[0],
        effective_to=rules.effective[1],
    )


def rule_set_body(rules: RuleSet) -> RuleSetBody:
    """A whole rule set on the wire."""
    return RuleSetBody(
        **dict(summary_body(rules)),
        nodes=[_node(rules.nodes[code]) for code in rules.order if code in rules.nodes],
        indicators=[
            _indicator(rules, rules.indicators[code]) for code in rules.order if code in rules.indicators
        ],
        forms=[_form(form) for form in rules.forms.values()],
        units=[UnitBody(code=unit.code, name=unit.name, short=unit.short) for unit in rules.units.values()],
    )


def _node(node: Node) -> NodeBody:
    return NodeBody(
        code=node.code,
        title=node.title,
        kind=node.kind,
        parent=node.parent,
        points=_exact(node.points),
        weight=exact_text(node.weight),
        aggregate=node.aggregate,
    )


def _indicator(rules: RuleSet, indicator: Indicator) -> IndicatorBody:
    return IndicatorBody(
        code=indicator.code,
        name=indicator.name,
        parent=indicator.parent,
        points=exact_text(indicator.points),
        weight=exact_text(indicator.weight),
        measure=indicator.measure,
        direction=indicator.direction,
        formula=indicator.value.text if indicator.value else "",
        applicable_when=indicator.applicable_when.text if indicator.applicable_when else "",
        method=indicator.method.title,
        parameters=list(indicator.method.describe(indicator.points)),
        missing=indicator.missing.name,
        clauses=list(indicator.clauses),
        reason=indicator.reason,
        source=source_text(rules, indicator),
        assessor=indicator.assessor,
        evidence=indicator.evidence,
    )


def _form(form: Form) -> FormBody:
    return FormBody(
        code=form.code,
        title=form.title,
        provider=form.provider,
        elements=[_element(element) for element in form.elements],
    )


def _element(element: Element) -> ElementBody:
    return ElementBody(
        code=element.code,
        name=element.name,
        measure=element.measure,
        type=element.type,
        frequency=element.frequency,
        breakdown=list(element.members),
        may_be_not_applicable=element.may_be_not_applicable,
        definition=element.definition,
    )


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else exact_text(number)
