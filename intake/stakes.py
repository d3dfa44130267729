"""Points at stake: how much of the score hangs on the figures that an issue is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from intake.issue_keys import IssueKey, issue_key
from intake.labels import form_code_of
from scoring.codes import ElementCode, FormCode, NodeCode
from scoring.errors import Issue
from scoring.methods.checklist import Checklist
from scoring.rulebook.forms import Check, Form
from scoring.rulebook.rules import Indicator, RuleSet


@dataclass(frozen=True)
class Stakes:
    """What hangs on each element of a rule set: the full points of every indicator that asks for it.

    A bound, not a forecast: an issue puts no more at stake than these points, each indicator once.
    Adjustments are outside, since they have no full points.
    """

    rules: RuleSet
    _known: dict[frozenset[ElementCode], Fraction] = field(default_factory=dict, compare=False)

    def of_issues(self, issues: Iterable[Issue]) -> Mapping[IssueKey, Fraction]:
        """The points at stake by the issues' keys; 0 for what no indicator asks for."""
        return {issue_key(issue): self.of_issue(issue) for issue in issues}

    def of_issue(self, issue: Issue) -> Fraction:
        """The points at stake with one issue."""
        return self.of_elements(self.elements_of(issue))

    def of_elements(self, elements: Iterable[ElementCode]) -> Fraction:
        """The full points of all indicators that ask for any of the elements."""
        wanted = frozenset(elements)
        if wanted not in self._known:
            asking = {code for element in wanted for code in self._asking.get(element, ())}
            points = (self.rules.indicators[code].points for code in asking)
            self._known[wanted] = sum(points, Fraction(0))
        return self._known[wanted]

    def elements_of(self, issue: Issue) -> frozenset[ElementCode]:
        """The elements an issue is about: of its check, of its row, of its form; else all of them."""
        check = self._checks.get(issue.code.removeprefix("check-"))
        if check is not None:
            return frozenset(figure.element for figure in check.rule.figures())
        place = issue.place
        words = place.row_label.split(maxsplit=1)
        if words and ElementCode(words[0]) in self.rules.elements:
            return frozenset({ElementCode(words[0])})
        form = self.rules.forms.get(FormCode(form_code_of(place.sheet)))
        forms: Iterable[Form] = self.rules.forms.values() if form is None else (form,)
        return frozenset(element.code for each in forms for element in each.elements)

    @cached_property
    def _checks(self) -> Mapping[str, Check]:
        return {check.code.lower(): check for form in self.rules.forms.values() for check in form.checks}

    @cached_property
    def _asking(self) -> Mapping[ElementCode, frozenset[NodeCode]]:
        asking: dict[ElementCode, set[NodeCode]] = {}
        for indicator in self.rules.indicators.values():
            for element in asked_elements(indicator):
                asking.setdefault(element, set()).add(indicator.code)
        return {element: frozenset(codes) for element, codes in asking.items()}


def asked_elements(indicator: Indicator) -> frozenset[ElementCode]:
    """Every element that an indicator's score may depend on."""
    policies = (indicator.missing, indicator.zero_denominator, indicator.undefined)
    formulas = (indicator.value, indicator.applicable_when, *(each.instead for each in policies))
    asked = {figure.element for formula in formulas if formula for figure in formula.figures()}
    if isinstance(indicator.method, Checklist):
        asked.update(part.element for part in indicator.method.parts)
    return frozenset(asked)
