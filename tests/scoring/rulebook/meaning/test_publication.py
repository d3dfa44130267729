"""Rules that were made known only after the period they govern had begun."""

from __future__ import annotations

import pytest

from scoring.rulebook.meaning.publication import is_published_late, late_publication
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import small_rules


def published(day: str) -> RuleSet:
    return small_rules(("ruleset.yaml", 'version: "1"\n', f'version: "1"\npublished: {day}\n'))


def test_rules_that_came_late_are_noted_where_their_day_is_written() -> None:
    issue = late_publication(published("2021-09-30"))
    assert issue is not None
    assert [issue.code, issue.severity, str(issue.place)] == ["published-late", "soft", "ruleset.yaml:6:1"]
    assert "2021-09-30 公布,晚于适用期(2021-01-01 至 2021-12-31)开始" in issue.zh


@pytest.mark.parametrize("day", ["2020-11-30", "2021-01-01"])
def test_rules_that_came_in_time_are_not(day: str) -> None:
    assert late_publication(published(day)) is None
    assert not is_published_late(published(day))


def test_rules_that_do_not_say_when_they_were_published_are_not() -> None:
    assert late_publication(small_rules()) is None
