"""Comparing two rule sets: two folders, or two that were ever used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scoring.errors import Issue
from scoring.rulebook.differences.changes import Difference
from scoring.rulebook.differences.difference import rule_difference
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import Rejected
from services.policy import Action, Actor, demand
from services.rule_sets import rule_set


def diff_folders(*, before: Path, after: Path) -> Difference:
    """What turns the rule set of one folder into that of the other; raises Rejected as `read_two` does."""
    return rule_difference(*read_two(before=before, after=after))


def demand_comparing(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may compare rule sets; for those who keep answers at hand."""
    demand(actor, Action.COMPARE_RULES)


def diff_rule_sets(
    context: Context, *, actor: Actor, before: str, after: str
) -> tuple[RuleSet, RuleSet, Difference]:
    """Two rule sets by their year or digest, and their difference; raises NotAllowed, or NotFound."""
    demand_comparing(actor)
    one, other = rule_set(context, name=before), rule_set(context, name=after)
    return one, other, rule_difference(one, other)


def read_two(*, before: Path, after: Path) -> tuple[RuleSet, RuleSet]:
    """The rule sets of two folders; raises Rejected with every issue of those that do not load."""
    found = [read_rule_set(folder) for folder in (before, after)]
    issues = [
        _of_folder(issue, folder)
        for folder, (rules, told) in zip((before, after), found, strict=True)
        if rules is None
        for issue in told
    ]
    first, second = found[0][0], found[1][0]
    if first is None or second is None:
        raise Rejected(issues)
    return first, second


def _of_folder(issue: Issue, folder: Path) -> Issue:
    """The issue with its whole path: both folders have files of the same names."""
    file = issue.place.file
    whole = file if not file or Path(file) == folder else (folder / file).as_posix()
    return replace(issue, place=replace(issue.place, file=whole or str(folder)))
