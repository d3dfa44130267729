"""The sample of a province: a rule set that inherits the national one, from its files to an account."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from intake.report import Intake
from sample_reports.generate.province import FACTS, RISEN, WITH_WORKBOOKS, WITHOUT_MARKETS, reported_facts
from sample_reports.generate.tables import table_text
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.errors import has_hard
from scoring.explain import LeafAccount, as_data, sentences
from scoring.results import Outcome
from scoring.rulebook.files import read_rule_set, rule_files, rule_set_from_files
from scoring.rulebook.lineage import RuleKind, Standing
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings
from scoring.vectorised.engine import VectorEngine
from services.report_files import check_file
from services.rule_checks import check_rule_files
from services.score_files import Given, explain_given, read_given, score_given

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules" / "province" / "guangdong-2021"
SAMPLES = ROOT / "sample_reports" / "province"
RENEW = "run: python -m sample_reports.generate"
LEADS = NodeCode("I01-2")
PERIODS = ("2021Q1", "2021Q2", "2021Q3", "2021")


@cache
def rules() -> RuleSet:
    found, issues = read_rule_set(RULES)
    assert found is not None, issues
    return found


@cache
def given(period: str) -> Given:
    return read_given(folder=RULES, facts_file=SAMPLES / FACTS, period=period)


@cache
def scoring(period: str) -> Scoring:
    return score_given(given(period))


def told(unit: str, node: str, period: str = "2021") -> tuple[str, ...]:
    return sentences(explain_given(given(period), unit=unit, node=node))


def test_the_check_finds_nothing_that_is_not_answered() -> None:
    check = check_rule_files(folder=RULES)
    assert [str(issue) for issue in check.open] == []
    assert "published-late" in [each.issue.code for each in check.answered]


def test_it_inherits_adds_overrides_and_drops() -> None:
    lineage = rules().lineage
    assert [parent.origin.code for parent in lineage.parents] == ["national-2021"]
    kinds = {
        standing: {
            code
            for (kind, code), each in lineage.provenance.items()
            if kind is RuleKind.INDICATOR and each.standing is standing
        }
        for standing in Standing
    }
    assert len(kinds[Standing.INHERITED]) == 44
    assert kinds[Standing.OVERRIDDEN] == {"I01-2", "I08-2", "I19-1", "I26-1", "I26-2"}
    assert kinds[Standing.OWN] == {"G29-1", "G30-1"}
    dropped = [each for each in lineage.dropped if each.kind is RuleKind.INDICATOR]
    assert len(dropped) == 8
    assert all(each.reason and each.name for each in lineage.dropped)
    changes = [change for each in lineage.provenance.values() for change in each.changes]
    assert changes
    assert all(change.reason for change in changes)


def test_its_units_are_the_21_cities_of_the_province() -> None:
    units = rules().units
    assert len(units) == 21
    assert all(code.startswith("44") and code.endswith("00") for code in units)
    assert sum(int(unit.attributes["population"]) for unit in units.values()) == 126_012_510
    assert {unit.attributes["group"] for unit in units.values()} == {"珠三角", "粤东", "粤西", "粤北"}


def test_the_clauses_of_dropped_indicators_are_set_aside_for_the_same_reason() -> None:
    reasons = {each.reason for each in rules().lineage.dropped}
    clauses = {str(code): clause.not_assessed for code, clause in rules().clauses.items()}
    assert clauses["16.1"] in reasons
    assert clauses["29.1"] == clauses["9.1"] == ""


def test_it_can_be_built_again_without_the_folder_of_its_parent() -> None:
    findings = Findings()
    again = rule_set_from_files(rule_files(RULES), findings)
    assert not has_hard(findings.issues)
    assert again == rules()
    assert again is not None
    assert again.lineage == rules().lineage


def test_the_table_of_facts_is_the_one_that_the_generator_writes() -> None:
    text = (SAMPLES / FACTS).read_text(encoding="utf-8")
    assert text == table_text(reported_facts(rules()), rules()), RENEW


@pytest.mark.parametrize("period", PERIODS)
def test_both_engines_agree_on_every_period(period: str) -> None:
    facts, chosen = given(period).facts, given(period).period
    plain = PlainEngine(rules(), facts, chosen).score()
    assert VectorEngine(rules(), facts, chosen).score() == plain
    assert scoring(period) == plain
    assert len({result.rank for result in plain.results.values()}) == 21


@pytest.mark.parametrize(("period", "deducted"), [("2021Q2", "0.05"), ("2021Q3", "0.1"), ("2021", "0.1")])
def test_leads_are_scored_by_what_is_in_force_at_the_end_of_the_period(period: str, deducted: str) -> None:
    compared = 0
    for unit in rules().units:
        score = scoring(period).scores[unit, LEADS]
        assert isinstance(score.value, Fraction)
        expected = 2 - (100 - score.value) * Fraction(deducted)
        assert score.points is not None
        assert abs(score.points - max(Fraction(0), expected)) <= Fraction("0.005")
        compared += 0 < score.points < 2
    assert compared > 10


def test_a_city_without_markets_is_scored_on_the_rest() -> None:
    for unit in WITHOUT_MARKETS:
        assert scoring("2021").scores[unit, NodeCode("G29-1")].outcome is Outcome.NOT_APPLICABLE
        assert scoring("2021").scores[unit, NodeCode("total")].full == 100


def test_a_city_that_has_risen_gets_a_bonus() -> None:
    assert scoring("2021").adjustments[RISEN, NodeCode("B3")].points == Fraction("0.4")


def test_an_inherited_number_says_so() -> None:
    assert "本项继承自《2021年全国打击侵权假冒绩效考核评分细则》(第 1.0 版)。" in told("440900", "I02-3")
    assert not any(sentence.startswith("本规则集改了") for sentence in told("440900", "I02-3"))


def test_an_overridden_number_says_what_was_changed_and_why() -> None:
    assert "本规则集改了名称、理由、佐证,理由:考核对象是市，网点要覆盖到县（市、区）。" in told(
        "440900", "I08-2"
    )


def test_a_number_of_a_dated_rule_says_what_holds_when_and_on_what_grounds() -> None:
    (sentence,) = [each for each in told("440900", "I01-2", "2021Q2") if "分期规定" in each]
    assert "自 2021-01-01 至 2021-06-30 为 0.05;自 2021-07-01 起为 0.1(依据2021年广东省" in sentence
    assert sentence.endswith("本期按 2021-06-30 有效的规定,为 0.05。")


def test_an_added_number_says_why_it_was_added() -> None:
    account = explain_given(given("2021"), unit="440900", node="G29-1")
    assert isinstance(account, LeafAccount)
    (sentence,) = [each for each in sentences(account) if "增加的" in each]
    assert "理由:省要点要求规范专业市场" in sentence
    history = as_data(account)["history"]
    assert isinstance(history, dict)
    assert history["provenance"]["standing"] == "own"
    assert history["published_late"] is True


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
@pytest.mark.parametrize("unit", WITH_WORKBOOKS)
def test_the_workbooks_of_two_cities_have_no_issue(unit: UnitCode, quarter: int) -> None:
    name = f"{unit}-{rules().units[unit].pinyin}"
    read: Intake = check_file(folder=RULES, file=SAMPLES / name / f"2021Q{quarter}.xlsx").intake
    assert [str(issue) for issue in read.issues] == [], RENEW
    assert read.facts
