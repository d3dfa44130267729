"""Conditions decided beforehand and parts without effect, each with the twin that is in order."""

from __future__ import annotations

import pytest

from scoring.errors import Severity
from scoring.rulebook.meaning.check_meaning import meaning_issues
from tests.support.defects import LADDER, RATE, WHOLE_EXAMPLE
from tests.support.rulesets import changed, rules_from, small_files

HARD, SOFT = Severity.HARD.value, Severity.SOFT.value
FORM = "forms/F01.yaml"
RUNGS = "{kind: ladder, rungs: [%s], otherwise: 0%%}"


def told(value: str = "100 * E2 / E1", method: str = LADDER, more: str = "") -> list[tuple[str, str]]:
    """Codes and severities of what is said of the rate's value and method, units of measure left aside."""
    files = changed(small_files(), RATE, WHOLE_EXAMPLE, "")
    files = changed(files, RATE, "value: 100 * E2 / E1", f"value: {value}")
    files = changed(files, RATE, LADDER, method)
    files = changed(files, RATE, 'measure: "%"\n', f'measure: "怪"\n{more}')
    found = meaning_issues(rules_from(files))
    issues = [each for each in found if each.place.file == RATE and each.code != "measure-of-value"]
    return [(each.code, str(each.severity)) for each in issues]


@pytest.mark.parametrize(
    ("wrong", "right", "code", "severity"),
    [
        ("5 if E1 > 3 else 2 if E1 > 5 else 1", "5 if E1 > 5 else 2 if E1 > 3 else 1", "dead-branch", HARD),
        ("5 if E1 > 3 and E1 < 2 else 1", "5 if E1 > 2 and E1 < 3 else 1", "dead-branch", HARD),
        ("5 if E1 > 3 else 2 if not E1 > 3 else 1", "5 if E1 > 3 else 2", "dead-branch", HARD),
        ("5 if E1 >= 0 else 1", "5 if E1 > 0 else 1", "dead-branch", SOFT),
        ("5 if E2 > E1 else 1", "5 if E2 >= E1 else 1", "dead-branch", SOFT),
        ("5 if 100 * E2 / E1 > 100 else 1", "5 if 100 * E2 / E1 >= 100 else 1", "dead-branch", SOFT),
        ("5 if E1 > 1 or E1 < -2 else 1", "5 if E1 > 1 or E7 > 2 else 1", "decided-condition", SOFT),
        ("5 if min(E1, 3) > 3 else 1", "5 if min(E1, 3) > 2 else 1", "dead-branch", HARD),
    ],
)
def test_a_condition_that_is_decided_beforehand_is_told(
    wrong: str, right: str, code: str, severity: str
) -> None:
    plain = "{kind: direct, most: 100%}"
    found = [each for each in told(wrong, plain) if each[0] not in EFFECTS]
    assert found == [(code, severity)]
    assert [each for each in told(right, plain) if each[0] not in EFFECTS] == []


EFFECTS = {"idle-policy", "full-points-out-of-reach", "always-the-same"}


def test_a_condition_for_whom_a_rule_applies_may_be_decided_too() -> None:
    assert told(more="applicable_when: E1 >= 0\n") == [("decided-condition", SOFT)]
    assert told(more="applicable_when: E1 >= 10\n") == []


@pytest.mark.parametrize(
    ("wrong", "right", "code", "severity"),
    [
        (
            RUNGS % "{at_least: 120, earn: 100%}, {at_least: 60, earn: 50%}",
            RUNGS % "{at_least: 100, earn: 100%}, {at_least: 60, earn: 50%}",
            "dead-rung",
            SOFT,
        ),
        (
            "{kind: ladder, rungs: [{at_least: 60, earn: 100%}, {at_least: 0, earn: 50%}], otherwise: 10%}",
            "{kind: ladder, rungs: [{at_least: 60, earn: 100%}, {above: 0, earn: 50%}], otherwise: 10%}",
            "dead-rung",
            SOFT,
        ),
        (
            RUNGS % "{at_least: 90, earn: 100%}, {at_least: 60, earn: 60}",
            RUNGS % "{at_least: 90, earn: 100%}, {at_least: 60, earn: 59}",
            "idle-rung",
            SOFT,
        ),
        (
            "{kind: peer_quantiles, bands: [{at_least: P50, earn: 100%}, {at_least: P25, earn: 100%}]}",
            "{kind: peer_quantiles, bands: [{at_least: P50, earn: 100%}, {at_least: P25, earn: 90%}]}",
            "idle-rung",
            SOFT,
        ),
        (
            "{kind: piecewise, points: [{at: 0, earn: 0}, {at: 100, earn: 60}, {at: 150, earn: 70}]}",
            "{kind: piecewise, points: [{at: 0, earn: 0}, {at: 50, earn: 30}, {at: 100, earn: 100%}]}",
            "dead-rung",
            SOFT,
        ),
        (
            "{kind: slope, target: 98, deduct: 0}",
            "{kind: slope, target: 98, deduct: 1}",
            "idle-slope",
            SOFT,
        ),
        (
            "{kind: slope, target: 90, deduct: 1, add: 1}",
            "{kind: slope, target: 90, deduct: 1, add: 1, most: 120%}",
            "idle-slope",
            SOFT,
        ),
        (
            "{kind: slope, target: 98, deduct: 1, least: 100%}",
            "{kind: slope, target: 98, deduct: 1, least: 40%}",
            "idle-slope",
            SOFT,
        ),
        ("{kind: attain, target: 150}", "{kind: attain, target: 100}", "full-points-out-of-reach", SOFT),
        ("{kind: credit, each: 0}", "{kind: credit, each: 1}", "always-the-same", SOFT),
        ("{kind: deduction, each: -1}", "{kind: deduction, each: 1}", "always-the-same", SOFT),
        (
            "{kind: attain, target: 100, least: 50, most: 40}",
            "{kind: attain, target: 100, least: 40, most: 60}",
            "limits-crossed",
            HARD,
        ),
    ],
)
def test_a_part_of_a_method_without_effect_is_told(wrong: str, right: str, code: str, severity: str) -> None:
    assert (code, severity) in told(method=wrong)
    assert told(method=right) == []


@pytest.mark.parametrize(
    ("value", "more", "codes"),
    [
        ("100 * E2 / E1", "", []),
        ("100 * E2 / population", "", ["idle-policy"]),
        ("E2", "", ["idle-policy"]),
        ("100 * E2 / E1", "undefined: zero\n", ["idle-policy"]),
        ("ln(E2)", "undefined: zero\n", ["idle-policy"]),
    ],
)
def test_a_policy_that_is_never_asked_is_told(value: str, more: str, codes: list[str]) -> None:
    assert [code for code, _ in told(value, LADDER, more)] == codes


def test_bands_and_bounds_are_said_with_their_sides() -> None:
    files = changed(small_files(), RATE, WHOLE_EXAMPLE, "")
    files = changed(files, RATE, "at_least: 90, earn", "at_least: 120, earn")
    (issue,) = [each for each in meaning_issues(rules_from(files)) if each.code == "dead-rung"]
    assert "[120, +∞)" in issue.zh
    assert "[0, 100]" in issue.zh
    assert (issue.place.line, issue.place.column) == (10, 9)
    assert issue.fix_en
