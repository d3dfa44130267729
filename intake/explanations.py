"""What a submitter says to a soft issue: a reason of the rule set's list, and a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.issue_keys import IssueKey
from scoring.rulebook.explanations import ExplanationRules, ReasonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An answer to one soft issue; not yet judged by anybody."""

    key: IssueKey
    reason: ReasonCode
    text: str


class Unfit(StrEnum):
    """Why an explanation cannot be taken."""

    UNKNOWN_REASON = "explanation-unknown-reason"
    TOO_SHORT = "explanation-too-short"
    TOO_LONG = "explanation-too-long"


def unfit(explanation: Explanation, rules: ExplanationRules) -> Unfit | None:
    """What is wrong with an explanation by the rules of the rule set; None where it can be taken."""
    if explanation.reason not in rules.codes:
        return Unfit.UNKNOWN_REASON
    length = len("".join(explanation.text.split()))
    if length < rules.least:
        return Unfit.TOO_SHORT
    return Unfit.TOO_LONG if len(explanation.text) > rules.most else None
