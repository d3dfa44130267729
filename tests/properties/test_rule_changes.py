"""From any rule set to any other: every change is found, and each group of changes can be taken by itself."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from scoring.codes import UnitCode
from scoring.facts import Facts, gather_facts
from scoring.impacts.change_groups import group_changes
from scoring.impacts.impact import unit_results
from scoring.impacts.rule_mixing import mixed
from scoring.results import UnitResult
from scoring.rulebook.differences.difference import plain_changes, rule_difference
from scoring.rulebook.differences.difference_text import as_markdown, as_text, sentence
from scoring.rulebook.rules import RuleSet
from tests.support.random_scoring import Case, cases

# Two whole rule sets with figures are much to draw.
HARD = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def facts_of(rules: RuleSet, case: Case) -> Facts:
    """The case's facts of the units that a rule set has."""
    return gather_facts(rules.units, (fact for fact in case.facts if fact.unit in rules.units))


def scored(rules: RuleSet, case: Case) -> dict[UnitCode, UnitResult]:
    return unit_results(rules, facts_of(rules, case), case.period)


@given(cases())
def test_a_rule_set_does_not_differ_from_itself(case: Case) -> None:
    assert rule_difference(case.rules, case.rules).changes == ()


@HARD
@given(cases(), cases())
def test_the_changes_are_all_that_the_later_rule_set_needs(case: Case, other: Case) -> None:
    before, after = case.rules, other.rules
    edits = {
        edit for group in group_changes(before, after, plain_changes(before, after)) for edit in group.edits
    }
    assert scored(mixed(before, after, edits), case) == scored(after, case)
    assert scored(mixed(before, after, ()), case) == scored(before, case)


@HARD
@given(cases(), cases())
def test_each_group_of_changes_leaves_a_rule_set_that_can_be_scored(case: Case, other: Case) -> None:
    before, after = case.rules, other.rules
    for group in group_changes(before, after, plain_changes(before, after)):
        rules = mixed(before, after, group.edits)
        assert set(scored(rules, case)) == set(rules.units)


@HARD
@given(cases(), cases())
def test_every_change_is_told_in_text_and_markdown(case: Case, other: Case) -> None:
    difference = rule_difference(case.rules, other.rules)
    text, lines = as_text(difference), as_markdown(difference).splitlines()
    assert all(sentence(change) in text for change in difference.changes)
    assert sum(line.partition(".")[0].isdigit() for line in lines) == len(difference.changes)
