"""Tables of facts and units: each row read exactly, or one issue that says its line and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.errors import Issue
from scoring.fact_tables import (
    Row,
    facts_from_rows,
    units_from_rows,
    with_bare_units,
    with_units,
)
from scoring.facts import Amount, Facts, Series, Standing
from scoring.rulebook.rules import RuleSet, Unit
from tests.support.rulesets import small_rules

RULES = small_rules()
OPEN = replace(RULES, units={})
"""A rule set that names no units."""


def row(text: str) -> Row:
    """A row written as "unit period element value breakdown", a dot for nothing."""
    words = ["" if word == "." else word for word in text.split(" ")]
    return dict(zip(("unit", "period", "element", "value", "breakdown"), words, strict=False))


def read(*rows: str, rules: RuleSet = RULES) -> tuple[Facts, list[Issue]]:
    """The facts of rows, the first of which stands in line 2."""
    facts, issues = facts_from_rows(enumerate(map(row, rows), start=2), rules, "facts.csv")
    return facts, list(issues)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("110000 2021Q1 E1 12", Fraction(12)),
        ("110000 2021Q1 E1 -0.50", Fraction(-1, 2)),
        ("110000 2021 E1 12", Fraction(12)),
        ("110000 2020Q4 E1 12", Fraction(12)),
        ("110000 2021Q1 E1 NA", Standing.NOT_APPLICABLE),
        ("110000 2021H2 E8 3", Fraction(3)),
        ("110000 2021 E6 是", "是"),
        ("110000 2021Q1 E5 2021-05-16", Fraction(737926)),
        ("110000 2021Q1 E3 4 药监", Fraction(4)),
        ("110000 2021Q1 E3 4 .", Fraction(4)),
    ],
)
def test_a_row_is_a_fact_of_its_element(text: str, amount: Amount | Standing) -> None:
    facts, issues = read(text)
    (series,) = facts.columns
    assert issues == []
    assert facts.amount(0, series) == amount
    assert facts.origins[UnitCode("110000"), series] == "facts.csv!2"


def test_a_nil_return_is_no_plain_zero() -> None:
    facts, _ = read("110000 2021Q1 E1 NIL", "120000 2021Q1 E1 0")
    series = Series(ElementCode("E1"), PeriodCode("2021Q1"), MemberCode(""))
    assert [facts.standing(line, series) for line in range(3)] == [
        Standing.NIL,
        Standing.VALUE,
        Standing.MISSING,
    ]


def test_blanks_around_words_do_not_count() -> None:
    rows: list[tuple[int, Row]] = [
        (
            2,
            {
                "unit": " 110000 ",
                "period": "2021Q1 ",
                "element": " E3",
                "value": " 4 ",
                "breakdown": " 药监 ",
            },
        )
    ]
    facts, issues = facts_from_rows(rows, RULES, "facts.csv")
    assert issues == ()
    assert list(facts.columns) == [Series(ElementCode("E3"), PeriodCode("2021Q1"), MemberCode("药监"))]


def test_a_table_without_breakdowns_needs_no_column_for_them() -> None:
    rows: list[tuple[int, Row]] = [(2, {"unit": "110000", "period": "2021Q1", "element": "E1", "value": "4"})]
    assert facts_from_rows(rows, RULES, "facts.csv")[1] == ()


@pytest.mark.parametrize(
    ("text", "code", "found", "word"),
    [
        pytest.param("11000 2021Q1 E1 4", "unknown-unit", "11000", "是否想写 110000?", id="a unit misspelt"),
        pytest.param(". 2021Q1 E1 4", "unknown-unit", "", "没有写", id="no unit"),
        pytest.param(
            "110000 2021Q1 E11 4", "unknown-element", "E11", "是否想写 E1?", id="an element misspelt"
        ),
        pytest.param("110000 2021Q1 . 4", "unknown-element", "", "没有数据项", id="no element"),
        pytest.param("110000 2021Q5 E1 4", "unknown-period", "2021Q5", "2021Q1", id="a fifth quarter"),
        pytest.param("110000 2021-01 E1 4", "unknown-period", "2021-01", "2021Q1", id="a month"),
        pytest.param("110000 ２０２１ E1 4", "unknown-period", "２０２１", "2021", id="full-width digits"),
        pytest.param(
            "110000 2021H1 E1 4",
            "wrong-period",
            "2021H1",
            "可以写 2021Q1、",
            id="half a year of a quarterly one",
        ),
        pytest.param(
            "110000 2021Q4 E6 是", "wrong-period", "2021Q4", "按年报送", id="a quarter of a yearly one"
        ),
        pytest.param(
            "110000 2021Q2 E8 4", "wrong-period", "2021Q2", "2021H1、2021H2、2021", id="of a half-yearly one"
        ),
        pytest.param(
            "110000 2021Q1 E3 4 药品", "unknown-member", "药品", "是否想写 药监?", id="a member misspelt"
        ),
        pytest.param(
            "110000 2021Q1 E1 4 药监", "unknown-member", "药监", "没有分类", id="a member where none is"
        ),
        pytest.param(
            "110000 2021Q1 E1 1,000", "unreadable-value", "1,000", "十进制数", id="a thousands comma"
        ),
        pytest.param("110000 2021Q1 E1 =1+1", "unreadable-value", "=1+1", "十进制数", id="a formula"),
        pytest.param("110000 2021Q1 E1 1e3", "unreadable-value", "1e3", "十进制数", id="an exponent"),
        pytest.param(
            "110000 2021Q1 E1 １２", "unreadable-value", "１２", "十进制数", id="a full-width number"
        ),
        pytest.param("110000 2021Q1 E1 nan", "unreadable-value", "nan", "十进制数", id="not a number"),
        pytest.param("110000 2021Q1 E1 .", "unreadable-value", "", "NA 或 NIL", id="no value"),
        pytest.param(
            "110000 2021Q1 E5 2021-02-30", "unreadable-value", "2021-02-30", "日期", id="no such day"
        ),
        pytest.param("110000 2021 E6 或许", "unreadable-value", "或许", "是、否", id="no such choice"),
        pytest.param("110000 2021 E6 NIL", "unreadable-value", "NIL", "是、否", id="a choice cannot be nil"),
    ],
)
def test_what_is_no_fact_becomes_one_issue_at_its_line(text: str, code: str, found: str, word: str) -> None:
    facts, issues = read("120000 2021Q1 E1 1", text)
    (issue,) = issues
    assert (issue.code, issue.found) == (code, found)
    assert (issue.place.file, issue.place.line) == ("facts.csv", 3)
    assert word in issue.zh + issue.fix_zh
    assert issue.en
    assert len(list(facts)) == 1


@pytest.mark.parametrize(
    ("digits", "readable"),
    [
        ("9" * 40, True),
        ("9" * 41, False),
        ("0." + "1" * 40, True),
        ("0." + "1" * 41, False),
        ("9" * 9999, False),
    ],
)
def test_a_number_is_held_exactly_or_refused_however_long(digits: str, readable: bool) -> None:
    facts, issues = read(f"110000 2021Q1 E1 {digits}")
    if readable:
        assert [fact.amount for fact in facts] == [Fraction(digits)]
    else:
        assert [issue.code for issue in issues] == ["unreadable-value"]
        assert len(str(issues[0])) < 300


def test_a_figure_given_twice_is_refused_with_the_line_of_the_first() -> None:
    facts, issues = read(
        "110000 2021Q1 E1 1", "110000 2021Q1 E1 2", "110000 2021Q2 E1 2", "120000 2021Q1 E1 2"
    )
    (issue,) = issues
    assert (issue.code, issue.place.line) == ("duplicate-fact", 3)
    assert "第 2 行" in issue.zh
    assert len(list(facts)) == 3


def test_every_bad_row_is_told_in_one_go() -> None:
    _, issues = read("1 2021Q1 E1 1", "110000 1 E1 1", "110000 2021Q1 E1 x")
    assert [(issue.code, issue.place.line) for issue in issues] == [
        ("unknown-unit", 2),
        ("unknown-period", 3),
        ("unreadable-value", 4),
    ]


def test_units_are_those_of_the_rule_set_whoever_reported() -> None:
    facts, _ = read("120000 2021Q1 E1 1")
    assert facts.units == ("110000", "120000", "130000")


def test_without_units_of_its_own_the_rows_say_who_is_assessed() -> None:
    facts, issues = read("b 2021Q1 E1 1", "a 2021Q1 E1 1", "b 2021Q2 E1 1", rules=OPEN)
    assert (facts.units, issues) == (("b", "a"), [])
    assert with_bare_units(OPEN, facts).units == {
        "b": Unit(code=UnitCode("b"), name="b"),
        "a": Unit(code=UnitCode("a"), name="a"),
    }
    assert with_bare_units(RULES, facts) is RULES


def test_no_rows_are_no_facts() -> None:
    facts, issues = read(rules=OPEN)
    assert (facts.units, list(facts), issues) == ((), [], [])


def test_a_table_of_units_gives_names_and_attributes() -> None:
    rows: list[tuple[int, Row]] = [
        (2, {"unit": " b ", "name": "乙市", "population": "1200.5", "group": " 东 ", "area": ""}),
        (3, {"unit": "a", "name": "", "population": "1,200", "group": "西", "area": "3"}),
    ]
    units, issues = units_from_rows(rows, "units.csv")
    assert issues == ()
    assert units == {
        "b": Unit(
            code=UnitCode("b"), name="乙市", attributes={"population": Fraction("1200.5"), "group": "东"}
        ),
        "a": Unit(
            code=UnitCode("a"),
            name="a",
            attributes={"population": "1,200", "group": "西", "area": Fraction(3)},
        ),
    }
    assert with_units(RULES, units).units == units


@pytest.mark.parametrize(("second", "zh"), [("a", "单位代码“a”重复"), (" ", "单位代码是空的")])
def test_units_must_have_different_codes(second: str, zh: str) -> None:
    units, issues = units_from_rows([(2, {"unit": "a"}), (3, {"unit": second})], "units.csv")
    assert list(units) == ["a"]
    assert [(issue.code, issue.zh, issue.place.line) for issue in issues] == [("duplicate-unit", zh, 3)]


def test_after_a_thousand_issues_nothing_more_is_read() -> None:
    asked = iter([row(f"110000 2021Q1 Z{number} 1") for number in range(3_000)])
    _, issues = facts_from_rows(enumerate(asked, start=2), RULES, "facts.csv")
    assert [each.code for each in issues] == ["unknown-element"] * 1_000 + ["too-many-issues"]
    assert issues[-1].place.line == issues[-2].place.line == 1_001
    assert len(list(asked)) == 2_000


def test_after_a_thousand_issues_no_more_units_are_read() -> None:
    units, issues = units_from_rows(((line, {"unit": "110000"}) for line in range(2, 3_000)), "units.csv")
    assert list(units) == ["110000"]
    assert [each.code for each in issues] == ["duplicate-unit"] * 1_000 + ["too-many-issues"]


@pytest.mark.parametrize("column", ["unit", "period", "element", "breakdown"])
def test_an_endless_name_is_told_without_quoting_all_of_it(column: str) -> None:
    endless = {**row("110000 2021Q1 E3 1 药监"), column: "长" * 100_000}
    _, (issue,) = facts_from_rows([(2, endless)], RULES, "facts.csv")
    assert issue.code == "endless-name"
    assert max(len(issue.zh), len(issue.en), len(issue.found)) < 200


def test_an_endless_name_of_a_unit_is_told_without_quoting_all_of_it() -> None:
    units, (issue,) = units_from_rows([(2, {"unit": "长" * 100_000})], "units.csv")
    assert units == {}
    assert len(issue.zh) < 200
