"""Forks: every choice and fallback of a formula is found where it is written, and can be cut off."""

from __future__ import annotations

import pytest

from scoring.codes import MemberCode
from scoring.errors import Place
from scoring.expressions import Formula
from scoring.rulebook.forks import forks, without_way
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.rules import Definition
from scoring.rulebook.tree import Branch, Entries, Mark, Scalar
from scoring.values import UnitView
from tests.support.rulesets import facts_from, period, small_rules

LINES = (MemberCode("市场监管"), MemberCode("药监"))
WORDS = Vocabulary(elements={"E1": (), "E2": (), "E3": LINES}, attributes=("population",))


def formula(text: str) -> Formula:
    found, issues = parse_formula(text, WORDS, Place())
    assert found is not None, issues
    return found


def written(text: str) -> Scalar:
    return Scalar(text, Mark("f.yaml", 7, 10))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("E1 + E2", []),
        ("1 if E1 > 2 else 0", ["7:15 E1 > 2"]),
        ("1 if E1 > 2 else 3 if E2 > 1 else 0", ["7:15 E1 > 2", "7:32 E2 > 1"]),
        ("IF(E1 > 2, 1, 0) + coalesce(E2, 5)", ["7:13 E1 > 2", "7:29 coalesce(E2, 5)"]),
        ("coalesce(E2, 1 if E1 > 0 else 2)", ["7:10 coalesce(E2, 1 if E1 > 0 else 2)", "7:28 E1 > 0"]),
        ("mean_of_quarters(0 if E1 >= 5 else 1)", ["7:32 E1 >= 5"]),
        ("sum_members(0 if E3 >= 5 else E3)", ["7:27 E3 >= 5"]),
        ("（1 if E1＞2 else 0）", ["7:16 E1>2"]),
    ],
)
def test_a_fork_is_told_in_its_words_at_its_column(text: str, told: list[str]) -> None:
    found = forks(formula(text).root, written(text), {})
    assert [f"{each.place.line}:{each.place.column} {each.text}" for each in found if each.place] == told
    assert [each.position for each in found] == list(range(len(told)))


def test_cases_are_told_at_their_conditions() -> None:
    def scalar(text: str, line: int) -> Scalar:
        return Scalar(text, Mark("f.yaml", line, 9))

    def case(when: str, then: str, line: int) -> Branch:
        keys = {
            "when": (Mark("f", line, 3), scalar(when, line)),
            "then": (Mark("f", line, 3), scalar(then, line)),
        }
        return Entries(keys, Mark("f.yaml", line, 3))

    source = Entries({"first": (Mark("f", 1, 1), case("E1 > 2", "1 if E2 > 0 else 5", 3))}, Mark("f", 1, 1))
    root = formula("(1 if E2 > 0 else 5) if E1 > 2 else 0").root
    assert [(each.text, each.place and each.place.line) for each in forks(root, source, {})] == [
        ("E1 > 2", 3),
        ("E2 > 0", 3),
    ]


def test_a_fork_that_came_in_by_a_definition_belongs_to_that() -> None:
    inner = formula("1 if E2 > 0 else 2")
    root = formula("(1 if E2 > 0 else 2) * (3 if E1 > 0 else 4)").root
    found = forks(
        root, written("rate * (3 if E1 > 0 else 4)"), {"rate": Definition(name="rate", formula=inner)}
    )
    assert [(each.position, each.definition, each.text) for each in found] == [
        (0, "rate", ""),
        (1, "", "E1 > 0"),
    ]


def test_where_text_and_formula_do_not_match_nothing_is_told_but_the_fork() -> None:
    (found,) = forks(formula("1 if E1 > 2 else 0").root, written("E1"), {})
    assert (found.text, found.place, found.ways) == ("", None, 2)


@pytest.mark.parametrize(
    ("text", "position", "way", "changes"),
    [
        ("1 if E1 > 2 else 0", 0, 0, True),
        ("1 if E1 > 2 else 0", 0, 1, False),
        ("coalesce(E1, 7)", 0, 0, True),
        ("coalesce(E1, 7)", 0, 1, False),
        ("coalesce(E2, 7)", 0, 1, True),
        ("mean_of_quarters(0 if E1 >= 5 else 1)", 0, 0, True),
        ("mean_of_quarters(0 if E1 >= 99 else 1)", 0, 0, False),
        ("sum_members(0 if E3 >= 5 else E3)", 0, 1, True),
        ("sum_members(0 if E3 >= 99 else E3) + (1 if E1 > 2 else 0)", 1, 0, True),
        ("sum_members(0 if E3 >= 99 else E3) + (1 if E1 > 2 else 0)", 0, 0, False),
    ],
)
def test_a_way_that_is_not_taken_can_be_cut_off_unseen(
    text: str, position: int, way: int, changes: bool
) -> None:
    rules = small_rules()
    quarters = {f"E1 2021Q{each}": "5" for each in range(1, 5)}
    facts = facts_from(rules, {"110000": {**quarters, "E3[市场监管] 2021Q1": "2", "E3[药监] 2021Q1": "6"}})
    whole = formula(text)
    cut = Formula(text, without_way(whole.root, position, way))
    outcomes = [UnitView(rules, facts, 0, period("2021")).evaluate(each) for each in (whole, cut)]
    assert (outcomes[0] != outcomes[1]) is changes
