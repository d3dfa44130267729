"""What was meant by the rules: measures that go together, conditions and parts that have an effect."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.errors import Issue
from scoring.rulebook.meaning.bounds import Bounds
from scoring.rulebook.meaning.check_branches import branch_issues
from scoring.rulebook.meaning.check_effects import effect_issues
from scoring.rulebook.meaning.check_measures import measure_issues
from scoring.rulebook.rules import RuleSet


def meaning_issues(rules: RuleSet) -> Iterator[Issue]:
    """Everything that rules which can be scored may still not mean, told once each.

    Where values change within the year the rules of each part of it are looked at.
    """
    told: set[Issue] = set()
    for each in (*(part.rules for part in rules.slices), rules):
        bounds = Bounds(each)
        for issue in (*measure_issues(each), *branch_issues(each, bounds), *effect_issues(each, bounds)):
            if issue not in told:
                told.add(issue)
                yield issue
