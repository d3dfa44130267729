"""What an account says of its rules: what changes within the year, where they are from, when published."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.account_history import history_data, history_sentences
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.explain import account_of, as_data, sentences
from scoring.rulebook.meaning.publication import is_published_late
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import changed, facts_from, load, period, small_files

UNIT = UnitCode("110000")
FACTS = {UNIT: {"E1 2021Q1": "10", "E2 2021Q1": "7", "E3[药监] 2021Q1": "1", "X2 2021": "1"}}
RATE, COUNT, FRAME, OUTSIDE = "indicators/I1.yaml", "indicators/I2.yaml", "ruleset.yaml", "adjustments.yaml"
GROUNDS = ", source: {document: paper, text: 第三条}, because: 上半年试行"


def halves(first: str, second: str, grounds: str = "") -> str:
    return f"{{dated: [{{to: 2021-06-30, use: {first}}}, {{from: 2021-07-01, use: {second}{grounds}}}]}}"


def rules_with(*changes: tuple[str, str, str]) -> RuleSet:
    files = small_files()
    for file, old, new in changes:
        files = changed(files, file, old, new)
    rules, issues = load(files)
    assert [str(issue) for issue in issues if issue.severity == "hard"] == []
    assert rules is not None
    return rules


def told(rules: RuleSet, node: str, when: str = "2021Q2") -> tuple[str, ...]:
    engine = PlainEngine(rules, facts_from(rules, FACTS), period(when))
    account = account_of(engine, UNIT, NodeCode(node))
    found = history_sentences(account)
    assert sentences(account)[-len(found) :] == found or not found
    return found


LADDER = (RATE, "{at_least: 60, earn: 50%}", "{at_least: 60, earn: " + halves("50%", "30%", GROUNDS) + "}")


@pytest.mark.parametrize(
    ("when", "held"), [("2021Q2", "2021-06-30 有效的规定,为 50%"), ("2021", "2021-12-31 有效的规定,为 30%")]
)
def test_a_dated_value_is_told_with_all_its_turns_and_the_one_that_held(when: str, held: str) -> None:
    (sentence,) = told(rules_with(LADDER), "I1", when)
    assert sentence == (
        "计分方法(method.rungs[2].earn)分期规定:自 2021-01-01 至 2021-06-30 为 50%;"
        f"自 2021-07-01 起为 30%(依据一份文件:第三条,因为上半年试行)。本期按 {held}。"
    )


def test_the_same_is_there_for_programs() -> None:
    rules = rules_with(LADDER)
    account = account_of(PlainEngine(rules, facts_from(rules, FACTS), period("2021Q2")), UNIT, NodeCode("I1"))
    data = history_data(account)
    assert as_data(account)["history"] == data
    assert data["dated"] == [
        {
            "rule": "I1",
            "path": "method.rungs[2].earn",
            "choices": [
                {"start": "2021-01-01", "end": "2021-06-30", "value": "50%", "source": "", "because": "",
                 "in_force": True},
                {"start": "2021-07-01", "end": "2021-12-31", "value": "30%", "source": "一份文件:第三条",
                 "because": "上半年试行", "in_force": False},
            ],
        }
    ]  # fmt: skip
    assert [data["published"], data["published_late"]] == [None, False]


CONSTANT = (FRAME, "value: 2021-05-16", f"value: {halves('2021-05-16', '2021-08-16')}")
POPULATION = ("units.yaml", "population: 1000}", f"population: {halves('1000', '1001')}}}")


@pytest.mark.parametrize(
    ("change", "node", "when", "begins"),
    [
        pytest.param(CONSTANT, "I2", "2021", "常量(constants.issued.value)", id="a constant that it names"),
        pytest.param(CONSTANT, "I1", "2021", None, id="a constant that it does not name"),
        pytest.param(POPULATION, "I2", "2021", "population分期规定", id="an attribute of the unit"),
        pytest.param(POPULATION, "I1", "2021", None, id="an attribute that it does not name"),
        pytest.param((FRAME, "points: {places: 2", f"points: {{places: {halves('2', '1')}"), "I1", "2021",
                     "取整(rounding.points.places)", id="the rounding of points"),
        pytest.param((FRAME, "item-1, points: 60}", f"item-1, points: {halves('60', '60.0')}}}"),
                     "item-1", "2021", "分值分期规定", id="of a node"),
        pytest.param((FRAME, "at_least: 90, tier", f"at_least: {halves('90', '85')}, tier"), "total", "2021",
                     "等级(grades.bands[1].at_least)", id="grades at the total"),
        pytest.param((FRAME, "at_least: 90, tier", f"at_least: {halves('90', '85')}, tier"), "item-1", "2021",
                     None, id="grades nowhere else"),
        pytest.param((OUTSIDE, "bonus_cap: 2", f"bonus_cap: {halves('2', '3')}"), "total", "2021",
                     "加分上限分期规定", id="a cap at the total"),
        pytest.param((OUTSIDE, "each: 0.5, most", f"each: {halves('0.5', '1')}, most"), "total", "2021",
                     "计分方法(method.each)", id="an adjustment that held"),
        pytest.param((OUTSIDE, "each: 0.1, most", f"each: {halves('0.1', '1')}, most"), "total", "2021", None,
                     id="an adjustment that did not hold"),
    ],
)  # fmt: skip
def test_only_values_that_bear_on_the_number_are_told(
    change: tuple[str, str, str], node: str, when: str, begins: str | None
) -> None:
    found = told(rules_with(change), node, when)
    assert [sentence.startswith(begins or "") for sentence in found] == ([True] if begins else [])


def test_a_very_long_value_is_cut() -> None:
    long = " + ".join(["E1"] * 50)
    (sentence,) = told(
        rules_with((RATE, "value: 100 * E2 / E1", f"value: {halves(f'({long}) / E2', 'E2 / E1')}")), "I1"
    )
    assert "…" in sentence
    assert len(sentence) < 600


def test_rules_published_after_their_start_say_so() -> None:
    rules = rules_with((FRAME, 'version: "1"\n', 'version: "1"\npublished: 2021-09-30\n'))
    assert is_published_late(rules)
    for node in ("I1", "item-1", "total"):
        assert told(rules, node) == (
            "规则集于 2021-09-30 公布,适用于 2021-01-01 至 2021-12-31 的工作,公布晚于适用期开始。",
        )


@pytest.mark.parametrize("published", [date(2020, 12, 31), date(2021, 1, 1)])
def test_rules_published_in_time_say_nothing(published: date) -> None:
    assert not is_published_late(
        rules_with((FRAME, 'version: "1"\n', f'version: "1"\npublished: {published}\n'))
    )


UP = "../base"


def inheriting(own: dict[str, str]) -> RuleSet:
    frame = f'code: young\ntitle: 题\nversion: "2"\nextends: {{rule_set: {UP}, code: small, version: "1"}}\n'
    above = {f"{UP}/{name}": text for name, text in small_files().items()}
    rules, issues = load({**above, "ruleset.yaml": frame, **own})
    assert [str(issue) for issue in issues] == []
    assert rules is not None
    return rules


def test_an_inherited_rule_says_from_where_it_is_and_what_was_changed() -> None:
    rules = inheriting({RATE: "overrides: {reason: 市里案件少}\nzero_denominator: zero\nassessor: 市局\n"})
    assert told(rules, "I2") == ("本项继承自《小规则集》(第 1 版)。",)
    assert told(rules, "total") == ("本项继承自《小规则集》(第 1 版)。",)
    assert told(rules, "I1") == (
        "本项继承自《小规则集》(第 1 版)。",
        "本规则集改了分母为零时的处理、评分单位,理由:市里案件少。",
    )
    account = account_of(PlainEngine(rules, facts_from(rules, FACTS), period("2021")), UNIT, NodeCode("I1"))
    assert history_data(account)["provenance"] == {
        "standing": "overridden",
        "origin": "small",
        "origin_version": "1",
        "added": "",
        "changes": [
            {
                "rule_set": "young",
                "version": "2",
                "keys": ["zero_denominator", "assessor"],
                "reason": "市里案件少",
            }
        ],
    }


def test_a_rule_of_its_own_says_why_it_was_added() -> None:
    text = small_files()[COUNT].replace("code: I2", "code: I3\nadded: {reason: 本地要求}")
    text = text.replace("points: 40", "points: 0")
    assert told(inheriting({"indicators/I3.yaml": text}), "I3") == (
        "本项是本规则集在继承的规则之外增加的,理由:本地要求。",
    )
