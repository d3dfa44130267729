"""The account of an indicator in plain Chinese: every step, every cell, every reason for having no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from scoring.account_sentences import sentences
from scoring.accounts import account_of
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

UNIT = UnitCode("110000")
RULESET, FORM, RATE = "ruleset.yaml", "forms/F01.yaml", "indicators/I1.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
GROUNDS = "依据:工作要点第 1.1 款;一份文件:第一条。"


def told(rules: RuleSet, written: Mapping[str, str], when: str = "2021Q1") -> tuple[str, ...]:
    """What is told of I1, figures being where `origins` says."""
    engine = PlainEngine(rules, facts_from(rules, {UNIT: written}), period(when))
    return sentences(account_of(engine, UNIT, NodeCode("I1")))


def formula(text: str, *changes: tuple[str, str, str]) -> RuleSet:
    """The rule set with another formula in I1."""
    return small_rules((RATE, "value: 100 * E2 / E1", f"value: {text}"), *changes)


def test_a_number_is_told_from_its_figures_to_its_grounds() -> None:
    assert told(small_rules(), {"E1 2021Q1": "10", "E2 2021Q1": "9"}) == (
        "I1 办结率:满分 60 分,2021年第一季度。",
        "E2 办结数 = 9 件(2021Q1 9)。",
        "E1 应办数 = 10 件(2021Q1 10)。",
        "公式 100 * E2 / E1,算得 90 %。",
        "阶梯计分:90 ≥90,该档得 60 分。",
        GROUNDS,
    )


def test_what_is_cut_for_reading_is_told_exactly_too_and_rounding_by_its_name() -> None:
    rules = small_rules((RATE, LADDER, "{kind: attain, target: 100}"))
    assert told(rules, {"E1 2021Q1": "3", "E2 2021Q1": "2"})[3:] == (
        "公式 100 * E2 / E1,算得 66.666666…(准确值 200/3) %。",
        "按完成程度计分:完成目标的 66.6666…%,60 × 0.666666… = 40。",
        GROUNDS,
    )
    assert told(rules, {"E1 2021Q1": "7", "E2 2021Q1": "2"})[5] == "四舍五入到 2 位小数:120/7 → 17.14 分。"


@pytest.mark.parametrize(
    ("written", "figure", "step"),
    [
        pytest.param(
            {"E1 2021Q1": "3"}, "E2 办结数:未报。", "阶梯计分:未报,按规则得 0 分。", id="not reported"
        ),
        pytest.param(
            {"E1 2021Q1": "3", "E2 2021Q1": "NA"},
            "E2 办结数:不适用。",
            "阶梯计分:不适用,本项不计入,其余按比例折算。",
            id="not applicable",
        ),
        pytest.param(
            {"E1 2021Q1": "0", "E2 2021Q1": "0"},
            "E2 办结数 = 0 件(2021Q1 0)。",
            "阶梯计分:分母为零,本项不计入,其余按比例折算。",
            id="a zero denominator",
        ),
        pytest.param(
            {"E1 2021Q1": "3", "E2 2021Q1": "NIL"},
            "E2 办结数 = 0 件(零申报)(2021Q1 0)。",
            "阶梯计分:0 不在任何一档,得 0 分。",
            id="a nil return is a figure",
        ),
    ],
)
def test_every_way_of_having_no_number_has_its_own_words(
    written: Mapping[str, str], figure: str, step: str
) -> None:
    found = told(small_rules(), written)
    assert found[1] == figure
    assert step in found
    assert len(set(found)) == len(found)


def test_what_is_not_due_yet_is_said_so() -> None:
    assert told(formula("E7 + E1"), {"E1 2021Q1": "3"})[1:] == (
        "E7 年报数:未到期。",
        "E1 应办数 = 3 件(2021Q1 3)。",
        "阶梯计分:未到期,本项不计入,其余按比例折算。",
        GROUNDS,
    )


def test_what_blocks_a_score_is_said_so() -> None:
    rules = small_rules((RATE, "missing: zero", "missing: no_score"))
    assert "阶梯计分:未报,本项无得分。" in told(rules, {})


def test_the_quarters_and_members_that_are_not_in_a_figure_are_named() -> None:
    written = {
        "E3[市场监管] 2021Q1": "1",
        "E3[药监] 2021Q1": "NA",
        "E3[市场监管] 2021Q3": "2",
        "E3[药监] 2021Q3": "NIL",
    }
    assert told(formula("E3"), written, "2021Q3")[1:4] == (
        "E3 分线数 = 3 件(2021Q1市场监管 1;2021Q3市场监管 2;2021Q3药监 0(零申报))。",
        "E3 2021Q2 未报,按已报各期计算。",
        "E3 2021Q1药监 不适用,不计入。",
    )


def test_a_quarter_that_another_figure_of_the_formula_lacks_is_told_as_left_out() -> None:
    written = {f"E{number} 2021Q{quarter}": "8" for number in (1, 2) for quarter in (1, 2, 3)}
    del written["E1 2021Q2"]
    assert told(formula("E2 / E1 * 100"), written, "2021Q3")[1:5] == (
        "E2 办结数 = 16 件(2021Q1 8;2021Q3 8)。",
        "E2 第二季度:E1 未报,为使分子分母同期,未计入。",
        "E1 应办数 = 16 件(2021Q1 8;2021Q3 8)。",
        "E1 2021Q2 未报,按已报各期计算。",
    )


def test_figures_without_a_common_quarter_are_missing_and_tell_why() -> None:
    written = {"E1 2021Q1": "8", "E2 2021Q2": "8"}
    assert told(formula("E2 / E1 * 100"), written, "2021Q2")[1:5] == (
        "E2 办结数:未报。",
        "E2 第二季度:E1 未报,为使分子分母同期,未计入。",
        "E1 应办数:未报。",
        "E1 第一季度:E2 未报,为使分子分母同期,未计入。",
    )


@pytest.mark.parametrize(
    ("over_time", "told_as"),
    [
        pytest.param("sum", "E2 办结数 = 12 件(2021Q1 7;2021Q3 5)。", id="added"),
        pytest.param("first", "E2 办结数 = 7 件(2021Q1 7)。", id="an opening"),
        pytest.param("last", "E2 办结数 = 5 件(2021Q3 5)。", id="a stock"),
    ],
)
def test_only_cells_that_are_in_the_figure_are_told_with_it(over_time: str, told_as: str) -> None:
    element = "{code: E2, name: 办结数, measure: 件, type: integer, may_be_not_applicable: yes}"
    rules = formula("E2", (FORM, element, element.replace("type", f"over_time: {over_time}, type")))
    found = told(rules, {"E2 2021Q1": "7", "E2 2021Q3": "5"}, "2021Q3")
    assert found[1:3] == (told_as, "E2 2021Q2 未报,按已报各期计算。")


def test_of_openings_each_member_tells_its_first() -> None:
    element = "{code: E3, name: 分线数, measure: 件, type: integer, breakdown: lines}"
    rules = formula("E3", (FORM, element, element.replace("type", "over_time: first, type")))
    written = {
        f"E3[{member}] 2021Q{quarter}": str(quarter) for member in ("市场监管", "药监") for quarter in (1, 2)
    }
    assert told(rules, written, "2021Q2")[1] == "E3 分线数 = 2 件(2021Q1市场监管 1;2021Q1药监 1)。"


def test_dates_and_choices_are_written_as_the_form_writes_them() -> None:
    rules = formula("E5 - issued if E6 == '是' else 0")
    found = told(rules, {"E5 2021Q4": "2021-05-20", "E6 2021": "是"}, "2021")
    assert found[1:4] == (
        "E6 是否开会 = 是(2021 是)。",
        "E5 印发日 = 2021-05-20(2021Q4 2021-05-20)。",
        "E5 2021Q1、2021Q2、2021Q3 未报,按已报各期计算。",
    )


def test_the_same_period_of_last_year_is_called_so() -> None:
    assert told(formula("last_year(E1)"), {"E1 2020Q1": "4"})[1] == (
        "last_year(E1) 应办数(上年同期) = 4 件(2020Q1 4)。"
    )


@pytest.mark.parametrize(
    ("origin", "where"),
    [
        pytest.param("abc!案件!C5", " 案件!C5", id="a cell of a workbook"),
        pytest.param("facts.csv!12", " facts.csv:12", id="a line of a table"),
        pytest.param("", "", id="nothing is known"),
    ],
)
def test_a_cell_is_named_where_it_is_known(origin: str, where: str) -> None:
    rules = small_rules()
    facts = facts_from(rules, {UNIT: {"E1 2021Q1": "10", "E2 2021Q1": "9"}})
    (series,) = (each for each in facts.columns if each.element == "E2")
    engine = PlainEngine(rules, replace(facts, origins={(UNIT, series): origin}), period("2021Q1"))
    found = sentences(account_of(engine, UNIT, NodeCode("I1")))
    assert found[1] == f"E2 办结数 = 9 件(2021Q1 9{where})。"


def test_of_too_many_cells_only_the_number_is_told() -> None:
    rules = formula("E3 - E1", (RULESET, "[市场监管, 药监]", "[甲, 乙, 丙, 丁, 戊]"))
    few = {f"E3[{member}] 2021Q{quarter}": "1" for member in "甲乙丙丁戊" for quarter in (1, 2, 3)}
    many = {**few, **{f"E3[{member}] 2021Q4": "1" for member in "甲乙丙丁戊"}}
    assert told(rules, few, "2021Q3")[1].count(";") == 14
    assert told(rules, many, "2021")[1] == "E3 分线数 = 20 件,由 20 个单元格合成。"


def test_attributes_and_the_condition_of_an_indicator_are_told() -> None:
    rules = formula("E1 / population", (RATE, "points: 60\n", "points: 60\napplicable_when: E1 > 2\n"))
    assert told(rules, {"E1 2021Q1": "3"})[2:5] == (
        "population = 1000。",
        "适用条件:E1 > 2。",
        "公式 E1 / population,算得 0.003 %。",
    )
    assert told(rules, {"E1 2021Q1": "2"})[2:4] == (
        "适用条件:E1 > 2。",
        "阶梯计分:不适用,本项不计入,其余按比例折算。",
    )


def test_a_value_that_is_a_word_is_told_as_it_is() -> None:
    graded = "{kind: graded, scale: {是: 100%, 否: 0}}"
    rules = formula("E6", (RATE, LADDER, graded), (RATE, 'measure: "%"\n', ""))
    assert "公式 E6,算得 是。" in told(rules, {"E6 2021": "是"}, "2021")


def test_voided_figures_are_said_to_be_false() -> None:
    written = {"E1 2021Q1": "10", "E2 2021Q1": "9", "X1[I1] 2021": "1"}
    rules = small_rules()
    assert told(rules, {**written, "E1 2021": "10", "E2 2021": "9"}, "2021")[-2:] == (
        "核查认定本项数据不实,得分归零。",
        GROUNDS,
    )


@pytest.mark.parametrize(
    ("clauses", "source", "grounds"),
    [
        (True, True, (GROUNDS,)),
        (False, True, ("依据:一份文件:第一条。",)),
        (True, False, ("依据:工作要点第 1.1 款。",)),
        (False, False, ()),
    ],
)
def test_the_grounds_are_those_that_there_are(clauses: bool, source: bool, grounds: tuple[str, ...]) -> None:
    rules = small_rules()
    rate = rules.indicators[NodeCode("I1")]
    changed = replace(rate, clauses=rate.clauses if clauses else (), source=rate.source if source else None)
    found = told(replace(rules, indicators={**rules.indicators, rate.code: changed}), {})
    assert tuple(each for each in found if each.startswith("依据")) == grounds
