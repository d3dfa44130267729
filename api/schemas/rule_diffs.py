"""Shapes of the difference of two rule sets."""

from __future__ import annotations

from datetime import date

from api.schemas.base import Body
from api.schemas.rule_sets import RuleSetSummary, summary_body
from scoring.rulebook.differences.changes import Act, Change, Difference, Weight
from scoring.rulebook.differences.difference_text import sentence
from scoring.rulebook.rules import RuleSet


class ChangeBody(Body):
    """One change; `zh` says it in a sentence, the rest says it for programs."""

    act: Act
    path: str
    """Where it is: indicators/I09-1/points."""
    code: str
    subject: str
    title: str
    before: str
    after: str
    since: date | None
    quarters: list[int]
    source: str
    because: str
    can_move: Weight
    changes_template: bool
    zh: str


class DifferenceBody(Body):
    """Everything by which the later rule set differs, in a fixed order."""

    before: RuleSetSummary
    after: RuleSetSummary
    equal: bool
    new_templates: bool
    changes: list[ChangeBody]


def difference_body(before: RuleSet, after: RuleSet, difference: Difference) -> DifferenceBody:
    """A difference on the wire."""
    return DifferenceBody(
        before=summary_body(before),
        after=summary_body(after),
        equal=difference.is_empty,
        new_templates=difference.new_templates,
        changes=[_change(change) for change in difference.changes],
    )


def _change(change: Change) -> ChangeBody:
    return ChangeBody(
        act=change.act,
        path=change.address,
        code=change.code,
        subject=change.subject,
        title=change.title,
        before=change.before,
        after=change.after,
        since=change.since,
        quarters=list(change.quarters),
        source=change.source,
        because=change.because,
        can_move=change.weight,
        changes_template=change.changes_template,
        zh=sentence(change),
    )
