"""examples.yaml becomes worked examples of the whole rule set, every mistake at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.rulebook.parse_examples import ONLY_UNIT
from tests.support.rulesets import load, small_files

HEAD = "examples:\n  - name: 例\n"


def issues(text: str) -> list[str]:
    _, found = load({**small_files(), "examples.yaml": text})
    return [f"{each.place} {each.zh}" for each in found]


def test_one_unit_alone_stands_in_the_example_itself() -> None:
    text = HEAD + (
        "    period: 2021Q2\n"
        "    given: {others: full, I1: 30, X1: {I1: 1}}\n"
        "    expect: {total: 200/3, rank: none, grade: 优秀, tier: none,"
        " effects: [V1], points: {item-1: 30}}\n"
    )
    rules, found = load({**small_files(), "examples.yaml": text})
    assert rules is not None
    assert not found
    (example,) = rules.examples
    unit = example.units[ONLY_UNIT]
    assert (example.name, example.period, str(example.place)) == ("例", "2021Q2", "examples.yaml:2:5")
    assert unit.given == {"others": "full", "I1": "30", "X1": {"I1": "1"}}
    assert unit.expect == {"total": Fraction(200, 3), "rank": None, "grade": "优秀", "tier": None}
    assert (unit.points, unit.effects) == ({"item-1": Fraction(30)}, ("V1",))


def test_several_units_stand_by_name_and_need_not_all_be_looked_at() -> None:
    text = HEAD + (
        "    units:\n"
        "      甲: {given: {I1: 1}, last_year: {E1: 3}, expect: {rank: 1}}\n"
        "      乙: {given: {I1: 0}}\n"
    )
    rules, found = load({**small_files(), "examples.yaml": text})
    assert rules is not None
    assert not found
    units = rules.examples[0].units
    assert units["甲"].expect["rank"] == Fraction(1)
    assert units["甲"].last_year["E1"] == "3"
    assert (dict(units["乙"].expect), dict(units["乙"].last_year)) == ({}, {})
    assert units["乙"].effects is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "    given: {I1: 1}\n", "2:5 例“例”:缺少 expect"),
        (HEAD + "    expect: {rank: 1}\n", "2:5 例“例”:缺少 given"),
        (HEAD + "    given: {I1: 1}\n    expect: {}\n", "4:13 例“例” expect:要写期望的结果"),
        (HEAD + "    given: {I1: 1}\n    expect: {place: 1}\n", "4:14 例“例” expect:不认识的键 place"),
        (HEAD + "    given: {I1: 1}\n    expect: {rank: 第一}\n", "4:20 例“例” expect:rank 写的是“第一”"),
        (HEAD + "    units: {}\n", "3:12 例“例”:至少要有一个单位"),
        (HEAD + "    units: {甲: {given: {}}}\n    given: {I1: 1}\n", "4:5 例“例”:不认识的键 given"),
        ("rules: []\n", "1:1 整套规则的例:缺少 examples"),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, told: str) -> None:
    assert any(each.startswith(f"examples.yaml:{told}") for each in issues(text)), issues(text)
