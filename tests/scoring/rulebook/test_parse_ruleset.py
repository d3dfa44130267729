"""ruleset.yaml: its head, constants, roundings, ranking and grades."""

from __future__ import annotations

from datetime import date

import pytest

from scoring.codes import NodeCode
from scoring.numbers import Rounding
from scoring.rulebook.final_rules import Ranking, TieBreak
from tests.support.defects import ADJUSTMENTS, FLOOR, FORM, RULESET, Defect, assert_told, defect
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "the language is of another version",
            (RULESET, "language: 1", "language: 2"),
            code="unknown-word",
            at="2\ncode",
        ),
        defect("the year is no year", (RULESET, "year: 2021", "year: MMXXI"), code="wrong-form", at="MMXXI"),
        defect(
            "the end comes before the beginning",
            (RULESET, "year: 2021", "year: 2021\neffective: {from: 2021-06-01, to: 2021-01-01}"),
            code="wrong-form",
            at="2021-01-01",
        ),
        defect(
            "a constant has no source", (RULESET, ", source: 落款", ""), code="missing-key", at="{type: date"
        ),
        defect(
            "a constant is no date",
            (RULESET, "value: 2021-05-16", "value: 五月"),
            code="wrong-form",
            at="五月",
        ),
        defect(
            "a constant is no number",
            (RULESET, "{type: date, value: 2021-05-16,", "{value: 五,"),
            code="wrong-form",
            at="五",
        ),
        defect(
            "an attribute has an unknown type",
            (RULESET, "type: integer, measure", "type: int, measure"),
            code="unknown-word",
            at="int, measure",
        ),
        defect(
            "a breakdown has no members",
            (RULESET, ", members: [市场监管, 药监]", ""),
            (FORM, ", each: lines", ""),
            code="missing-key",
            at="{title: 条线",
        ),
        defect(
            "a breakdown counts a member twice",
            (RULESET, "members: [市场监管, 药监]", "members: [市场监管, 药监, 药监]"),
            code="wrong-form",
            at="药监]}",
            found="药监",
        ),
        defect(
            "rounding is to too many places",
            (RULESET, "{places: 2, mode", "{places: 13, mode"),
            code="wrong-form",
            at="13",
        ),
        defect(
            "rounding has an unknown mode",
            (RULESET, "mode: half_up", "mode: halfup"),
            code="unknown-word",
            at="halfup",
        ),
        defect(
            "a tie break says nothing",
            (RULESET, "{node: item-1}", "{}"),
            code="missing-key",
            at="{}",
            more=["unknown-node"],
        ),
        defect(
            "the peer group is no attribute",
            (RULESET, "peer_group: group", "peer_group: gruop"),
            code="unknown-name",
            at="gruop",
            found="gruop",
        ),
        defect(
            "the grades do not descend",
            (RULESET, "at_least: 60}", "at_least: 95}"),
            code="wrong-form",
            at="- {grade: 优秀",
        ),
        defect(
            "the lowest grade has a limit",
            (RULESET, "otherwise: yes", "at_least: 0"),
            code="wrong-form",
            at="- {grade: 优秀",
        ),
        defect(
            "two grades hold for the rest",
            (RULESET, "at_least: 60}", "otherwise: yes}"),
            code="wrong-form",
            at="- {grade: 优秀",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_the_head_of_a_rule_set_is_kept() -> None:
    rules = small_rules()
    assert [rules.code, rules.title, rules.year, rules.version] == ["small", "小规则集", 2021, "1"]
    assert [rules.published, rules.effective] == [None, (date(2021, 1, 1), date(2021, 12, 31))]
    assert [rules.documents["paper"].title, rules.breakdowns["lines"]] == ["一份文件", ("市场监管", "药监")]
    assert rules.attribute_names == ("group", "population")
    assert rules.partial_periods


def test_dates_and_what_becomes_of_partial_periods_may_be_said() -> None:
    said = "published: 2021-09-30\neffective: {from: 2021-03-01, to: 2022-02-28}\npartial_periods: missing\n"
    rules = small_rules((RULESET, "year: 2021\n", f"year: 2021\n{said}"))
    assert [rules.published, rules.effective] == [
        date(2021, 9, 30),
        (date(2021, 3, 1), date(2022, 2, 28)),
    ]
    assert not rules.partial_periods


def test_a_constant_is_a_number_or_the_ordinal_of_a_day() -> None:
    rules = small_rules(
        (
            RULESET,
            "source: 落款}",
            "source: 落款}\n  lump: {value: 2.5, source: 约定, title: 定额, measure: 元}",
        )
    )
    assert rules.constants["issued"].amount == date(2021, 5, 16).toordinal()
    assert str(rules.constants["lump"].amount) == "5/2"


def test_ranking_says_what_it_looks_at_and_what_breaks_ties() -> None:
    ranking = small_rules().ranking
    assert [ranking.on_rounded, ranking.peer_group] == [False, "group"]
    assert ranking.tie_breaks == (TieBreak(node=NodeCode("item-1")), TieBreak(node=None))


def test_without_ranking_rounding_or_grades_there_are_usual_ones() -> None:
    passages = (
        "ranking:\n  on: unrounded\n  ties: competition\n  tie_breaks:\n    - {node: item-1}\n"
        "    - {fewest: zero_scores}\n",
        "rounding:\n  points: {places: 2, mode: half_up}\n  total: {places: 2}\n",
        "grades:\n  on: rounded\n  bands:\n    - {grade: 优秀, at_least: 90, tier: 第一档, converted: 10}\n"
        "    - {grade: 合格, at_least: 60}\n    - {grade: 不合格, otherwise: yes}\n",
        "peer_group: group\n",
    )
    floor = (ADJUSTMENTS, f"  - {FLOOR}\n", "")
    rules = small_rules(floor, *((RULESET, passage, "") for passage in passages))
    assert rules.ranking == Ranking()
    assert [rules.grades, rules.grade_on_rounded, rules.total_rounding] == [(), True, None]
    assert {indicator.rounding for indicator in rules.indicators.values()} == {None}


def test_grades_descend_with_their_tier_and_conversion() -> None:
    rules = small_rules()
    found = [(each.name, each.at_least, each.tier, each.converted) for each in rules.grades]
    assert found == [("优秀", 90, "第一档", 10), ("合格", 60, "", None), ("不合格", None, "", None)]
    assert rules.total_rounding == Rounding(2)
