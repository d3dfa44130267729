"""A rule set with dated values: one whole rule set for each stretch, and every finding told once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode, NodeCode
from scoring.engine import PlainEngine
from scoring.errors import Issue
from scoring.rulebook.slices import MOST_SLICES
from scoring.vectorised.engine import VectorEngine
from tests.support.rulesets import changed, facts_from, load, period, small_files, small_rules

RATE, FORM, FRAME, OUTSIDE = "indicators/I1.yaml", "forms/F01.yaml", "ruleset.yaml", "adjustments.yaml"
I1 = NodeCode("I1")


def halves(first: str, second: str) -> str:
    """Two values, changing with the third quarter."""
    return f"{{dated: [{{to: 2021-06-30, use: {first}}}, {{from: 2021-07-01, use: {second}}}]}}"


def issues_with(*changes: tuple[str, str, str]) -> list[Issue]:
    files = small_files()
    for file, old, new in changes:
        files = changed(files, file, old, new)
    return load(files)[1]


LADDER = (RATE, "{at_least: 60, earn: 50%}", "{at_least: 60, earn: " + halves("50%", "30%") + "}")


def test_a_period_is_scored_by_what_is_in_force_on_its_last_day() -> None:
    rules = small_rules(LADDER)
    facts = facts_from(rules, {"110000": {"E1 2021Q1": "10", "E2 2021Q1": "7"}})
    scored = {}
    for when in ("2021Q1", "2021Q2", "2021Q3", "2021"):
        plain = PlainEngine(rules, facts, period(when)).score()
        assert VectorEngine(rules, facts, period(when)).score() == plain
        scored[when] = plain.scores[facts.units[0], I1].points
    assert scored == {"2021Q1": 30, "2021Q2": 30, "2021Q3": 18, "2021": 18}


def test_the_rule_set_itself_says_what_holds_at_the_end_and_all_have_one_digest() -> None:
    rules = small_rules(LADDER)
    assert [str(each.start) for each in rules.slices] == ["2021-01-01", "2021-07-01"]
    assert rules.indicators == rules.in_force(period("2021")).indicators
    assert {each.rules.digest for each in rules.slices} == {rules.digest}
    early = rules.in_force(period("2021Q1"))
    assert early.in_force(period("2021Q4")) is early
    assert [value.path for value in early.dated] == ["method.rungs[2].earn"]


def test_a_period_beyond_the_effective_period_has_the_rules_of_its_nearest_day() -> None:
    rules = small_rules(LADDER)
    assert rules.in_force(period("2020Q1")) is rules.slices[0].rules
    assert rules.in_force(period("2022")) is rules.slices[-1].rules


def test_a_rule_set_without_dates_is_in_force_itself() -> None:
    rules = small_rules()
    assert [rules.slices, rules.dated] == [(), ()]
    assert rules.in_force(period("2021Q1")) is rules


def test_stretches_share_what_does_not_change() -> None:
    first, second = (each.rules for each in small_rules(LADDER).slices)
    assert first.units is second.units
    assert first.forms is second.forms
    assert first.indicators is not second.indicators


def test_other_units_are_the_units_of_all_stretches() -> None:
    rules = small_rules(LADDER)
    few = dict(list(rules.units.items())[:1])
    assert [each.rules.units for each in rules.with_units(few).slices] == [few, few]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((RATE, "points: 60\n", f"points: {halves('60', '60.0')}\n"), id="points"),
        pytest.param((RATE, "value: 100 * E2 / E1", f"value: {halves('E2 / E1', 'E1')}"), id="formula"),
        pytest.param((RATE, "missing: zero", f"missing: {halves('zero', 'full')}"), id="policy"),
        pytest.param((RATE, "name: 办结率", f"name: {halves('甲', '乙')}"), id="name"),
        pytest.param((FORM, "message: 办结不多于应办", f"message: {halves('甲', '乙')}"), id="check"),
        pytest.param((FRAME, "at_least: 90, tier", f"at_least: {halves('90', '85')}, tier"), id="grade"),
        pytest.param((FRAME, "value: 2021-05-16", f"value: {halves('2021-05-16', '2021-07-16')}"), id="day"),
        pytest.param((OUTSIDE, "bonus_cap: 2", f"bonus_cap: {halves('2', '5')}"), id="cap"),
        pytest.param((OUTSIDE, "each: 0.5, most", f"each: {halves('0.5', '1')}, most"), id="bonus"),
        pytest.param(("units.yaml", "population: 1000}", f"population: {halves('1', '2')}}}"), id="unit"),
        pytest.param(("plan.yaml", "paraphrase: 一句话", f"paraphrase: {halves('甲', '乙')}"), id="plan"),
    ],
)
def test_any_value_of_any_file_may_be_dated(change: tuple[str, str, str]) -> None:
    rules = small_rules(change)
    first, second = (each.rules for each in rules.slices)
    assert len(rules.dated) == 1
    assert first != second or change[1] == "points: 60\n"


def test_a_finding_that_always_holds_is_told_once() -> None:
    issues = issues_with(LADDER, (RATE, "name: 办结率\n", ""))
    assert [(issue.code, issue.zh) for issue in issues] == [("missing-key", "指标 I1:缺少 name")]


def test_a_finding_within_a_dated_value_is_told_at_its_line_alone() -> None:
    issues = issues_with(
        (RATE, "value: 100 * E2 / E1", f"value: {halves('100 * E2 / E1', '100 * E22 / E1')}")
    )
    assert [(issue.code, issue.found) for issue in issues] == [("unknown-name", "100 * E22 / E1")]
    assert not issues[0].zh.startswith("(")


def test_a_finding_elsewhere_that_does_not_always_hold_tells_its_days() -> None:
    issues = issues_with((RATE, "points: 60\n", f"points: {halves('60', '50')}\n"))
    assert [issue.code for issue in issues] == ["weights-do-not-sum"]
    assert issues[0].zh.startswith("(2021-07-01 至 2021-12-31)item-1 满分写 60")


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ((FORM, "name: 应办数, measure: 件", f"name: 应办数, measure: {halves('件', '个')}"), "E1"),
        ((FORM, "type: date}", f"type: {halves('date', 'integer')}}}"), "E5"),
        (
            (FORM, "places: 1, frequency: yearly", f"places: 1, frequency: {halves('quarterly', 'yearly')}"),
            "E7",
        ),
    ],
)
def test_what_is_reported_stays_the_same_all_year(change: tuple[str, str, str], element: str) -> None:
    issues = [issue for issue in issues_with(change) if issue.code == "dated-shape"]
    assert [f"数据项 {element} 在 2021-01-01 至 2021-06-30" in issue.zh for issue in issues] == [True]
    assert issues[0].place.file == FORM


def test_a_rule_is_there_all_year_or_not_at_all() -> None:
    bonus = "{code: B1, kind: bonus, name: 推广, value: X2, method: {kind: credit, each: 0.5, most: 1}}"
    void = "{code: P2, kind: void, name: 虚报, element: X1, deduct: 50%}"
    files = small_files()
    files[OUTSIDE] = f"adjustments: {halves(f'[{bonus}, {void}]', f'[{void}]')}\n"
    shapes = [issue for issue in load(files)[1] if issue.code == "dated-shape"]
    assert len(shapes) == 1
    assert "加减分事项 B1" in shapes[0].zh


def test_a_document_that_a_date_names_must_exist() -> None:
    dated = "{dated: [{to: 2021-06-30, use: 60}, {from: 2021-07-01, use: 60, source: {document: papre}}]}"
    issues = issues_with((RATE, "points: 60\n", f"points: {dated}\n"))
    assert [(issue.code, issue.found) for issue in issues] == [("unknown-document", "papre")]


def test_a_value_in_force_at_no_end_of_a_period_is_noted() -> None:
    dated = (
        "{dated: [{to: 2021-07-31, use: 60}, {from: 2021-08-01, to: 2021-08-31, use: 60}, "
        "{from: 2021-09-01, use: 60}]}"
    )
    issues = issues_with((RATE, "points: 60\n", f"points: {dated}\n"))
    assert [(issue.code, issue.severity) for issue in issues] == [("dated-unused", "soft")]
    assert "2021-08-01 至 2021-08-31" in issues[0].zh


def test_so_many_changes_that_nobody_could_check_them_are_refused() -> None:
    days = [f"2021-01-{day:02}" for day in range(1, MOST_SLICES + 2)]
    choices = [f"{{from: {day}, to: {day}, use: 60}}" for day in days]
    choices.append(f"{{from: 2021-01-{MOST_SLICES + 2:02}, use: 60}}")
    issues = issues_with((RATE, "points: 60\n", f"points: {{dated: [{', '.join(choices)}]}}\n"))
    assert [issue.code for issue in issues if issue.severity == "hard"] == ["too-many-dates"]


def test_a_broken_dated_value_leaves_the_rest_readable() -> None:
    issues = issues_with((RATE, "points: 60\n", "points: {dated: [{from: 2021-07-01, use: 60}]}\n"))
    assert [issue.code for issue in issues] == ["wrong-dates"]


def test_an_element_that_changes_its_bound_keeps_its_stored_figures() -> None:
    rules = small_rules((FORM, "E2, name: 办结数", f"E2, maximum: {halves('5', '9')}, name: 办结数"))
    bounds = [each.rules.elements[ElementCode("E2")].maximum for each in rules.slices]
    assert bounds == [Fraction(5), Fraction(9)]
