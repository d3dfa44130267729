"""Answers that rule files give to findings (`accept:`), and which finding each of them meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.errors import Issue, Place, Severity

ACCEPT = "accept"
"""The key under which any mapping of a rule file may answer the findings that stand in it."""
_ENDLESS = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One finding that was looked at and stays, with the reason; it covers the mapping in which it stands.

    first, last: where that mapping begins, and the last place in it, each (line, column) from 1.
    everywhere: whether it was given for the rule set as a whole.
    """

    finding: str
    reason: str
    place: Place
    first: tuple[int, int]
    last: tuple[int, int]
    everywhere: bool = False

    @property
    def is_inherited(self) -> bool:
        """Whether it stands in a file of a rule set above; if it meets nothing here, it may well there."""
        return self.place.file.startswith("../")

    def covers(self, issue: Issue) -> bool:
        """Whether it answers the issue; what stops a rule set from being used cannot be answered."""
        if issue.severity is Severity.HARD or issue.code != self.finding:
            return False
        if self.everywhere:
            return True
        place = issue.place
        if place.file != self.place.file or place.line is None:
            return False
        first = self.first if place.column is not None else (self.first[0], 0)
        last = self.last if place.column is not None else (self.last[0], _ENDLESS)
        return first <= (place.line, place.column or 0) <= last


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding with the answer it was given."""

    issue: Issue
    answer: Answer


@dataclass(frozen=True, slots=True)
class Sorted:
    """Findings, those still open apart from those answered, and the answers that met nothing."""

    open: tuple[Issue, ...]
    answered: tuple[Answered, ...]
    idle: tuple[Answer, ...]


def sort_by_answers(issues: Iterable[Issue], answers: Iterable[Answer]) -> Sorted:
    """Every finding with the answer nearest to it, in the order they came."""
    given = tuple(answers)
    still_open: list[Issue] = []
    answered: list[Answered] = []
    for issue in issues:
        fitting = [each for each in given if each.covers(issue)]
        if fitting:
            answered.append(Answered(issue, min(fitting, key=_reach)))
        else:
            still_open.append(issue)
    used = {id(each.answer) for each in answered}
    idle = tuple(each for each in given if id(each) not in used)
    return Sorted(tuple(still_open), tuple(answered), idle)


def _reach(answer: Answer) -> tuple[bool, int]:
    """How much an answer covers: the less, the nearer it stands to what it answers."""
    return answer.everywhere, answer.last[0] - answer.first[0]
