"""What a submitter says to a soft issue: a reason of the rule set's list, and a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake.issue_keys import IssueKey, issue_key
from intake.wording import Fault, fault, worded
from intake.wording_explanations import EXPLANATION_WORDINGS
from scoring.errors import Issue, Place, Severity
from scoring.rulebook.explanations import ExplanationRules, ReasonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An answer to one soft issue; not yet judged by anybody."""

    key: IssueKey
    reason: ReasonCode
    text: str


def explanation_issue(given: Explanation, rules: ExplanationRules, place: Place) -> Issue | None:
    """What is wrong with an explanation by the rule set's rules; None where it can be taken.

    `place` is where it was typed, or the cell that it is about.
    """
    names = "、".join(each.name for each in rules.reasons)
    if not given.reason:
        return _worded(fault("explanation-without-reason"), place, given.text, names)
    if given.reason not in rules.codes:
        return _worded(fault("explanation-unknown-reason"), place, given.reason, names)
    length = len("".join(given.text.split()))
    if length < rules.least:
        return _worded(fault("explanation-too-short"), place, given.text, f"不少于 {rules.least} 个字")
    if len(given.text) > rules.most:
        what = fault("explanation-too-long", count=len(given.text))
        return _worded(what, place, given.text, f"不多于 {rules.most} 个字")
    return None


def unproved_explanation(given: Explanation, rules: ExplanationRules, place: Place) -> Issue:
    """The issue of an explanation whose reason needs evidence that nobody has linked to it."""
    return _worded(fault("explanation-needs-evidence"), place, rules.name(given.reason), given.key)


def nothing_to_explain(given: Explanation) -> Issue:
    """The issue of an explanation whose key is no soft issue of the report."""
    return _worded(fault("explanation-of-nothing"), Place(), given.key, "")


def soft_issues(issues: Iterable[Issue]) -> dict[IssueKey, Issue]:
    """The issues that need an explanation, by key and in order; the first of those that share one.

    What is wrong with an explanation needs none: the issue that it was about still waits.
    """
    found: dict[IssueKey, Issue] = {}
    for issue in issues:
        if issue.severity is Severity.SOFT and issue.code not in EXPLANATION_WORDINGS:
            found.setdefault(issue_key(issue), issue)
    return found


def _worded(what: Fault, place: Place, found: str, expected: str) -> Issue:
    return worded(EXPLANATION_WORDINGS, what, place, found=found, expected=expected)
