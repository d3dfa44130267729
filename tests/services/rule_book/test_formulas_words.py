"""Formulas in Chinese: names beside codes, and what has no words as it is written."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from scoring.errors import Place
from scoring.expressions import Call, Formula, Number
from scoring.rulebook.forms import ElementType
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.rules import RuleSet
from services.rule_book.formulas_words import in_words
from services.rule_book.layout import Quotient, Row, spoken
from tests.support.rulesets import small_rules


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The small rule set, where E1 is 应办数, E2 办结数, E3 分线数, E6 是否开会."""
    return small_rules(
        ("ruleset.yaml", "issued: {type: date,", "issued: {type: date, title: 印发日期,"),
        ("ruleset.yaml", "population: {type: integer,", "population: {type: integer, title: 常住人口,"),
    )


def formula(text: str, rules: RuleSet) -> Formula:
    words = Vocabulary(
        elements={code: each.members for code, each in rules.elements.items()},
        attributes=("population", "unnamed"),
        statistics=True,
        constants={name: each.amount for name, each in rules.constants.items()},
        choices={
            code: each.choices for code, each in rules.elements.items() if each.type is ElementType.CHOICE
        },
    )
    found, issues = parse_formula(text, words, Place())
    assert found is not None, [str(issue) for issue in issues]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E2", "办结数〔E2〕"),
        ("100 * E2 / E1", "100 × 办结数〔E2〕 ÷ 应办数〔E1〕"),
        ("E1 - (E2 - 1)", "应办数〔E1〕 − （办结数〔E2〕 − 1）"),
        ("(E1 + E2) * 2", "（应办数〔E1〕 + 办结数〔E2〕） × 2"),
        ("(E1 + E2) / (E1 * E2)", "（应办数〔E1〕 + 办结数〔E2〕） ÷ （应办数〔E1〕 × 办结数〔E2〕）"),
        ("-E1", "−应办数〔E1〕"),
        ("-0.5", "−0.5"),
        ("E1 % 7", "应办数〔E1〕除以7的余数"),
        ("(E1 / E2) ** 2", "（应办数〔E1〕 ÷ 办结数〔E2〕）^2"),
        ("E3[药监]", "分线数（药监）〔E3〕"),
        ("E3[not 药监]", "分线数（除药监以外）〔E3〕"),
        ("last_year(E1)", "上年同期应办数〔E1〕"),
        ("this_quarter(E1)", "本季度应办数〔E1〕"),
        ("previous(E1)", "上一季度应办数〔E1〕"),
        ("year_to_date(E1)", "年初至今应办数〔E1〕"),
        ("whole_year(E1)", "全年应办数〔E1〕"),
        ("last_whole_year(E1)", "上年全年应办数〔E1〕"),
        ("min(100, E1)", "应办数〔E1〕（最多按100计）"),
        ("max(E1, 0)", "应办数〔E1〕（最少按0计）"),
        ("min(E1, E2)", "最小值（应办数〔E1〕，办结数〔E2〕）"),
        ("clamp(E1, 0, 5)", "应办数〔E1〕（最少按0计，最多按5计）"),
        ("round(E1 / E2, 2)", "应办数〔E1〕 ÷ 办结数〔E2〕（四舍五入到2位小数）"),
        ("floor(E1 + 1)", "（应办数〔E1〕 + 1）（向下取整）"),
        ("coalesce(E1, E2)", "应办数〔E1〕（没有数的，取办结数〔E2〕）"),
        ("abs(E1 - E2)", "|应办数〔E1〕 − 办结数〔E2〕|"),
        ("sqrt(E1)", "√应办数〔E1〕"),
        ("log10(E1)", "lg （应办数〔E1〕）"),
        ("E5 - issued", "印发日〔E5〕 − 印发日期（2021年5月16日）〔issued〕"),
        ("E1 / population", "应办数〔E1〕 ÷ 常住人口〔population〕"),
        ("E1 * unnamed", "应办数〔E1〕 × unnamed"),
        ('1 if E6 == "是" else 0', "是否开会〔E6〕 = “是”时为1；其余为0"),
        ("2 if E1 > 5 else 1 if E1 > 2 else 0", "应办数〔E1〕 > 5时为2；应办数〔E1〕 > 2时为1；其余为0"),
        (
            "E1 > 5 and (E2 < 1 or is_missing(E2))",
            "应办数〔E1〕 > 5，且（办结数〔E2〕 < 1，或办结数〔E2〕未报）",
        ),
        ("not E1 != 1", "不是“应办数〔E1〕 ≠ 1”"),
        ("-0.5 * E1", "−0.5 × 应办数〔E1〕"),
        ("E1 * -0.5", "应办数〔E1〕 × （−0.5）"),
        ("units_mean(E1 / E2)", "有数单位（应办数〔E1〕 ÷ 办结数〔E2〕）的平均值"),
        ("units_percentile(E1, 25, peers)", "比较组内有数单位（应办数〔E1〕）的第25百分位数"),
        ("units_rank(E1)", "有数单位（应办数〔E1〕）的名次"),
        ("sum_members(E3)", "各分类（分线数〔E3〕）之和"),
        ("mean_of_quarters(E1)", "各季度分别计算再平均：应办数〔E1〕"),
    ],
)
def test_a_formula_is_said_in_chinese(text: str, expected: str, rules: RuleSet) -> None:
    assert spoken(in_words(formula(text, rules), rules)) == expected


def test_a_rate_is_a_number_times_a_fraction(rules: RuleSet) -> None:
    found = in_words(formula("100 * E2 / E1", rules), rules)
    assert isinstance(found, Row)
    assert isinstance(found.parts[-1], Quotient)


@dataclass(frozen=True)
class Unheard:
    """A part of formulas that does not exist yet."""


@pytest.mark.parametrize("root", [Unheard(), Call("unheard_of", (Number.__new__(Number),))])
def test_a_formula_with_an_unknown_part_is_printed_as_it_is_written(root: object, rules: RuleSet) -> None:
    written = Formula("unheard(E1, 0)", root)  # type: ignore[arg-type]  # what a later version may bring
    assert spoken(in_words(written, rules)) == "unheard(E1, 0)"
