"""What stands for a missing value: a group's mean, the period before, a formula; in both engines alike."""

from __future__ import annotations

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
    assert found.value == value
    assert found.points == points
    assert found.outcome is outcome


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
    assert found.value == 75
    assert found.points == 30
    assert found.outcome is Outcome.SCORED


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
        ("{worth: E1}", "unknown-key"),
        ("{value: E1, otherwise: group_mean}", "wrong-form"),
        ("[zero]", "wrong-form"),
    ],
)
def test_a_policy_that_cannot_be_read_is_told_at_its_place(missing: str, code: str) -> None:
    _, issues = load(changed(small_files(), "indicators/I1.yaml", "missing: zero", f"missing: {missing}"))
    told = [issue for issue in issues if issue.code == code]
    assert told
    assert all(issue.place.file == "indicators/I1.yaml" and issue.place.line == 9 for issue in told)


@pytest.mark.parametrize(
    ("written", "value"),
    [("6", 60), ("units_median(E2, peers)", 160), ("E3", None), ("E2 + 1", None), ("coalesce(E3, 7)", 70)],
)
def test_what_stands_for_a_figure_that_was_not_reported(written: str, value: int | None) -> None:
    files = changed(
        small_files(), "forms/F01.yaml", "name: 办结数,", f"name: 办结数, if_missing: '{written}',"
    )
    rules = rules_from(files)
    figures = {**FIGURES, "130000": {"E1 2021Q1": "10"}, "120000": {"E1 2021Q1": "10"}}
    found = score(rules, "120000", "2021Q2", figures)
    # of the group only 110000 reported E2: 9 + 7 = 16, and 100 × 16 / 10 = 160
    assert found.value == value


def test_an_account_tells_what_stood_for_a_figure() -> None:
    rules = rules_from(
        changed(small_files(), "forms/F01.yaml", "name: 办结数,", "name: 办结数, if_missing: 6,")
    )
    facts = facts_from(rules, {"120000": {"E1 2021Q1": "10"}})
    account = account_of(PlainEngine(rules, facts, period("2021Q1")), UnitCode("120000"), I1)
    assert "E2 办结数未报,按规则以6 = 6 代替。" in sentences(account)


NOT_FOR = {
    "a choice": ("name: 是否开会,", "是否开会"),
    "a date": ("name: 印发日,", "印发日"),
    "what is broken down": ("name: 分线数,", "分线数"),
}


@pytest.mark.parametrize(("old", "name"), NOT_FOR.values(), ids=NOT_FOR.keys())
def test_only_undivided_numbers_may_have_a_stand_in(old: str, name: str) -> None:
    _, issues = load(changed(small_files(), "forms/F01.yaml", old, f"{old} if_missing: 1,"))
    assert [issue.code for issue in issues if "if_missing" in issue.zh] == ["wrong-form"], name
