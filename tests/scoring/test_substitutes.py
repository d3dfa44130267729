"""What stands for a missing value: a group's mean, the period before, a formula; in both engines alike."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.explain import account_of, as_data, sentences
from scoring.results import NodeScore, Outcome
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.engine import VectorEngine
from tests.support.rulesets import changed, facts_from, load, period, rules_from, small_files

I1 = NodeCode("I1")
DING = "140000"
"""Of the same group as 110000 and 120000; it reports nothing."""
LINE = '  - {code: "130000", name: 丙省, group: 西, population: 250}\n'
MORE = LINE + '  - {code: "140000", name: 丁省, group: 东, population: 100}\n'


def rules_with(missing: str, zero: str = "not_applicable") -> RuleSet:
    files = changed(small_files(), "units.yaml", LINE, MORE)
    files = changed(files, "indicators/I1.yaml", "missing: zero", f"missing: {missing}")
    old = "zero_denominator: not_applicable"
    return rules_from(changed(files, "indicators/I1.yaml", old, f"zero_denominator: {zero}"))


FIGURES = {
    "110000": {"E1 2021Q1": "10", "E2 2021Q1": "9", "E1 2021Q2": "10", "E2 2021Q2": "7"},
    "120000": {"E1 2021Q1": "10", "E2 2021Q1": "6"},
}


def score(rules: RuleSet, unit: str, when: str, figures: dict[str, dict[str, str]]) -> NodeScore:
    facts = facts_from(rules, figures)
    plain, vector = (engine(rules, facts, period(when)).score() for engine in (PlainEngine, VectorEngine))
    assert plain == vector
    return plain.scores[UnitCode(unit), I1]


CASES = {
    "zero": ("zero", None, 0, Outcome.MISSING),
    "the least of the method": ("floor", None, 0, Outcome.MISSING),
    "the mean of those of the group that have a value": ("group_mean", 70, 30, Outcome.SCORED),
    "the median of those": ("group_median", 70, 30, Outcome.SCORED),
    "another formula": ("{value: 95, otherwise: zero}", 95, 60, Outcome.SCORED),
    "another formula without a value": ("{value: E2 / E1, otherwise: 50%}", None, 30, Outcome.MISSING),
    "another formula without a value, and nothing said": ("{value: E2 / E1}", None, 0, Outcome.MISSING),
    "a formula that looks at others": ("{value: units_max(100 * E2 / E1)}", 80, 30, Outcome.SCORED),
}


@pytest.mark.parametrize(("missing", "value", "points", "outcome"), CASES.values(), ids=CASES.keys())
def test_what_stands_for_a_missing_value(
    missing: str, value: int | None, points: int, outcome: Outcome
) -> None:
    # 110000: 100 × 16 / 20 = 80; 120000: 100 × 6 / 10 = 60; mean and median 70; 140000 reported nothing
    found = score(rules_with(missing), DING, "2021Q2", FIGURES)
    assert (found.value, found.points, found.outcome) == (value, points, outcome)


def test_the_value_of_the_period_before_stands_for_a_missing_one() -> None:
    figures = {
        "110000": {"E1 2021Q1": "10", "E2 2021Q1": "9"},
        "120000": {"E1 2021Q1": "4", "E1 2020Q4": "8"},
    }
    rules = rules_with("previous", zero="previous")
    assert score(rules, "110000", "2021Q1", figures).value == 90
    # of 120000 nothing was reported for E2, neither now nor before
    assert score(rules, "120000", "2021Q2", figures).outcome is Outcome.MISSING
    last = {"110000": {"E1 2021Q1": "0", "E2 2021Q1": "0", "E1 2020Q4": "8", "E2 2020Q4": "6"}}
    found = score(rules, "110000", "2021Q1", last)
    assert (found.value, found.points, found.outcome) == (Fraction(75), 30, Outcome.SCORED)


def test_an_account_tells_what_stood_for_what() -> None:
    rules = rules_with("group_mean")
    engine = PlainEngine(rules, facts_from(rules, FIGURES), period("2021Q2"))
    account = account_of(engine, UnitCode(DING), I1)
    assert "指标值未报,按规则以同组平均 = 70 代替。" in sentences(account)
    assert as_data(account)["substituted"] == [
        {"what": "指标值", "reason": "missing", "by": "同组平均", "amount": "70"}
    ]


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        ("group_avg", "wrong-form"),
        ("{value: E9}", "unknown-name"),
        ("{valeu: E1}", "unknown-key"),
        ("{value: E1, otherwise: group_mean}", "wrong-form"),
        ("[zero]", "wrong-form"),
    ],
)
def test_a_policy_that_cannot_be_read_is_told_at_its_place(missing: str, code: str) -> None:
    _, issues = load(changed(small_files(), "indicators/I1.yaml", "missing: zero", f"missing: {missing}"))
    told = [issue for issue in issues if issue.code == code]
    assert told
    assert all(issue.place.file == "indicators/I1.yaml" and issue.place.line == 9 for issue in told)
