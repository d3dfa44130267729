"""The `given:` of examples as units and facts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scoring.givens import SUBJECT, Given, example_facts
from scoring.rulebook.sources import Example
from tests.support.rulesets import small_rules

RULES = small_rules()


def written(given: Given, **others: object) -> Mapping[str, str]:
    """Every fact of an example as {"example E1[甲] 2021Q1": "5"}."""
    _, facts, unread = example_facts(RULES, Example(name="例", given=given, **others))  # type: ignore[arg-type]
    assert unread == []
    return {
        f"{fact.unit} {fact.series.element}[{fact.series.member}] {fact.series.period}": (
            fact.standing.name if fact.amount is None or fact.standing.name == "NIL" else str(fact.amount)
        )
        for fact in facts
    }


def lines(code: str, period: str, *texts: str) -> dict[str, str]:
    names = ("市场监管", "药监")
    return {f"example {code}[{name}] {period}": text for name, text in zip(names, texts, strict=True)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            {"E1": "5"},
            {f"example E1[] 2021Q{number}": "5" if number == 1 else "0" for number in (1, 2, 3, 4)},
            id="a figure of the year is that of its first period, with nothing after it",
        ),
        pytest.param(
            {"E1": "NA"},
            {f"example E1[] 2021Q{number}": "NOT_APPLICABLE" for number in (1, 2, 3, 4)},
            id="not applicable is so in every period",
        ),
        pytest.param({"E7": "1.5"}, {"example E7[] 2021": "3/2"}, id="a yearly figure stands once"),
        pytest.param({"E6": "是"}, {"example E6[] 2021": "是"}, id="a choice stands as it is"),
        pytest.param(
            {"E1": {"Q1": "1", "Q3": "NIL"}},
            {"example E1[] 2021Q1": "1", "example E1[] 2021Q3": "NIL"},
            id="quarters one by one",
        ),
        pytest.param({"E8": {"H2": "4"}}, {"example E8[] 2021H2": "4"}, id="half years one by one"),
        pytest.param({"E1": {}}, {}, id="no period at all"),
        pytest.param(
            {"E3": {"Q2": "4"}},
            lines("E3", "2021Q2", "4", "0"),
            id="a total by quarter is the first member's",
        ),
        pytest.param({}, {}, id="nothing given, nothing reported"),
    ],
)
def test_what_is_given_becomes_reports(given: Given, expected: Mapping[str, str]) -> None:
    assert written(given) == expected


def test_one_figure_for_all_members_stands_at_the_first() -> None:
    assert written({"E3": "5"}) == {
        **lines("E3", "2021Q1", "5", "0"),
        **{key: "0" for quarter in (2, 3, 4) for key in lines("E3", f"2021Q{quarter}", "0", "0")},
    }


def test_members_are_given_by_name() -> None:
    found = written({"E3": {"市场监管": "5", "药监": "NA"}})
    assert found["example E3[市场监管] 2021Q1"] == "5"
    assert found["example E3[药监] 2021Q4"] == "NOT_APPLICABLE"


def test_last_year_and_peers_stand_beside_what_is_given() -> None:
    found = written({"E7": "1"}, last_year={"E7": "2"}, peers=({"E7": "3"}, {"E7": "4"}))
    assert found == {
        "example E7[] 2020": "2",
        "example E7[] 2021": "1",
        "example-1 E7[] 2021": "3",
        "example-2 E7[] 2021": "4",
    }


def test_the_units_of_an_example_are_peers_with_the_attributes_given() -> None:
    given: Given = {"population": "1000"}
    rules, _, unread = example_facts(RULES, Example(name="例", given=given, peers=({"group": "西"},)))
    assert unread == []
    assert [dict(unit.attributes) for unit in rules.units.values()] == [
        {"group": "example", "population": 1000},
        {"group": "西"},
    ]
    assert next(iter(rules.units)) == SUBJECT


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"E9": "1"}, "没有数据项或属性 E9"),
        ({"E1": "五"}, "E1 的“五”读不懂"),
        ({"E6": "也许"}, "E6 的“也许”读不懂"),
        ({"E1": {"H1": "1"}}, "E1 不按 2021H1 上报"),
        ({"E3": {"海关": "1"}}, "E3 不按 海关 上报"),
        ({"E3": {"": "1"}}, "E3 不按 2021Q1 上报"),
    ],
)
def test_what_cannot_be_read_is_said(given: Given, words: str) -> None:
    _, _, unread = example_facts(RULES, Example(name="例", given=given))
    assert words in unread
