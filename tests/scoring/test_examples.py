"""Worked examples are run by the engine, and what differs is told at their line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scoring.examples import check_examples
from tests.support.rulesets import changed, load, small_files

RATE = "indicators/I1.yaml"
GIVEN, EXPECT = "given: {E1: 10, E2: 9}", "expect: {value: 90, points: 60}"


def differences(*changes: tuple[str, str, str]) -> Iterator[str]:
    files = small_files()
    for file, old, new in changes:
        files = changed(files, file, old, new)
    rules, _ = load(files)
    assert rules is not None
    return (text for checked in check_examples(rules) for text in checked.differences)


def test_the_examples_of_the_small_rule_set_hold() -> None:
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("given", "expect", "told"),
    [
        ("given: {E1: 10, E2: 9}", "expect: {value: 91}", ["值应为 91,实为 90"]),
        ("given: {E1: 3, E2: 2}", "expect: {value: 66.7}", ["值应为 66.7,实为 200/3"]),
        ("given: {E1: 10, E2: 9}", "expect: {points: 5}", ["得分应为 5,实为 60"]),
        ("given: {E1: 10, E2: 9}", "expect: {outcome: missing}", ["结果应为 missing,实为 scored"]),
        ("given: {E1: 0, E2: 0}", "expect: {value: 1}", ["值应为 1,实为 无"]),
        ("given: {E1: 0, E2: 0}", "expect: {outcome: not_applicable, points: 0}", []),
        ("given: {E1: 10}", "expect: {outcome: missing, points: 0}", []),
        ("given: {E1: 10}", "expect: {points: none}", ["应当没有得分,实为 0"]),
        ("given: {E1: NIL, E2: NIL}", "expect: {outcome: not_applicable}", []),
        ("given: {E1: 10, E9: 9}", "expect: {value: 90}", ["没有数据项或属性 E9"]),
        (
            "given: {E1: 3, E2: 1}",
            "expect: {value: 90, points: 60}",
            ["值应为 90,实为 100/3", "得分应为 60,实为 0"],
        ),
    ],
)
def test_an_indicator_is_held_to_what_its_example_expects(given: str, expect: str, told: list[str]) -> None:
    assert list(differences((RATE, GIVEN, given), (RATE, EXPECT, expect))) == told


def test_a_word_is_shown_as_it_is() -> None:
    method = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
    graded = "{kind: graded, scale: {是: 100%, 否: 0%}}"
    changes = (
        (RATE, "value: 100 * E2 / E1", "value: E6"),
        (RATE, method, graded),
        (RATE, GIVEN, "given: {E6: 是}"),
    )
    assert list(differences(*changes)) == ["值应为 90,实为 是"]


EXAMPLE = "{name: 两次, given: {X3: 2}, expect: {value: 2, points: 0.2}}"


@pytest.mark.parametrize(
    ("example", "told"),
    [
        ("{name: 例, given: {X3: 3}, expect: {value: 3, points: 0.3}}", []),
        ("{name: 例, given: {X3: 3}, expect: {value: 2}}", ["值应为 2,实为 3"]),
        ("{name: 例, given: {X3: 3}, expect: {points: 2}}", ["得分应为 2,实为 0.3"]),
        ("{name: 例, given: {}, expect: {value: 0, points: 0}}", []),
        ("{name: 例, given: {X9: 3}, expect: {value: 3}}", ["没有数据项或属性 X9"]),
    ],
)
def test_an_adjustment_is_held_to_what_its_example_expects(example: str, told: list[str]) -> None:
    assert list(differences(("adjustments.yaml", EXAMPLE, example))) == told


def with_example(line: str, example: str) -> tuple[str, str, str]:
    return "adjustments.yaml", line, line.removesuffix("}") + f", examples: [{example}]}}"


def test_an_adjustment_may_ask_for_the_place_before_it() -> None:
    value = ("adjustments.yaml", "value: coalesce(X3, 0)", "value: base_rank")
    example = ("adjustments.yaml", EXAMPLE, "{name: 例, given: {base_rank: 4}, expect: {value: 4}}")
    assert list(differences(value, example)) == []


@pytest.mark.parametrize(("events", "value"), [("3", "1"), ("2", "0"), ("NA", None)])
def test_the_condition_of_an_event_is_expected_as_one_or_nothing(events: str, value: str | None) -> None:
    line = "{code: V1, kind: veto, name: 大事, when: X2 >= 3, grade: lowest, ranked: no}"
    example = f"{{name: 例, given: {{X2: {events}}}, expect: {{value: {value or 1}}}}}"
    told = [] if value else ["值应为 1,实为 无"]
    assert list(differences(with_example(line, example))) == told


def test_an_adjustment_without_a_formula_has_nothing_to_show() -> None:
    line = "{code: P2, kind: void, name: 虚报, element: X1, deduct: 50%}"
    change = with_example(line, "{name: 例, given: {}, expect: {points: 0}}")
    assert list(differences(change)) == ["没有公式的事项不能写例"]


def test_a_failing_example_is_an_issue_at_its_line() -> None:
    rules, _ = load(changed(small_files(), RATE, "value: 90", "value: 91"))
    assert rules is not None
    issues = [checked.issue for checked in check_examples(rules)]
    assert [str(issue) for issue in issues if issue] == [
        "indicators/I1.yaml:14:5: I1 的例“办结九成”不成立:值应为 91,实为 90 [example-fails]"
    ]


WHOLE = """
examples:
  - name: 例
    units:
      甲: {given: {others: full, X2: 2}, expect: {GIVEN}}
      乙: {given: {others: full, I1: 30}, expect: {rank: 2}}
"""


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("total: 101, score: 101, bonus: 1, penalty: 0, rank: 1, grade: 优秀, converted: 10", []),
        ("points: {item-1: 60, total: 100}, effects: []", []),
        ("total: 100", ["甲:总分应为 100,实为 101"]),
        ("rank: none", ["甲:名次应为 无,实为 1"]),
        ("grade: 合格, tier: 第二档", ["甲:等级应为 合格,实为 优秀", "甲:档次应为 第二档,实为 第一档"]),
        ("points: {item-1: none}", ["甲:item-1 得分应为 无,实为 60"]),
        ("effects: [V1]", ["甲:起作用的事项应为 V1,实为 无"]),
        ("points: {item-9: 1}", ["没有节点或指标 item-9"]),
    ],
)
def test_the_whole_rule_set_is_held_to_what_its_example_expects(expect: str, told: list[str]) -> None:
    rules, _ = load({**small_files(), "examples.yaml": WHOLE.replace("GIVEN", expect)})
    assert rules is not None
    checked = [each for each in check_examples(rules) if each.rule == "整套规则"]
    assert [text for each in checked for text in each.differences] == told


def test_an_example_that_fails_brings_the_account_of_the_number() -> None:
    files = changed(small_files(), RATE, "value: 90, points: 60", "value: 90, points: 61")
    rules, _ = load({**files, "examples.yaml": WHOLE.replace("GIVEN", "rank: 2")})
    assert rules is not None
    failing = [each for each in check_examples(rules) if each.differences]
    accounts = ["".join(each.account) for each in failing]
    assert ["90 ≥90" in accounts[0], "总排名第 1 名" in accounts[1]] == [True, True]


def test_an_example_may_be_of_a_quarter() -> None:
    example = "      - name: 年中\n        period: 2021Q2\n        given: {E1: {Q3: 10}, E2: {Q3: 9}}\n"
    files = small_files()
    files[RATE] += (
        example.replace("      ", "  ", 1).replace("        ", "    ") + "    expect: {outcome: missing}\n"
    )
    rules, issues = load(files)
    assert rules is not None
    assert issues == []
    assert [text for each in check_examples(rules) for text in each.differences] == []


def test_an_example_may_expect_no_score_at_all() -> None:
    blocked = (RATE, "missing: zero", "missing: no_score")
    given, expect = (RATE, GIVEN, "given: {E1: 10}"), (RATE, EXPECT, "expect: {points: none}")
    assert list(differences(blocked, given, expect)) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("units_mean(E2)", "6"),
        ("units_rank(E2, peers)", "1"),
        ("units_max(100 * E2 / E1, group)", "90"),
        ("units_percentile(E1, 50, every)", "10"),
    ],
)
def test_statistics_look_at_the_peers_that_the_example_gives(value: str, expected: str) -> None:
    changes = (
        (RATE, "value: 100 * E2 / E1", f"value: {value}"),
        (RATE, GIVEN, f"{GIVEN}\n    peers: [{{E1: 20, E2: 6}}, {{E1: 5, E2: 3}}]"),
        (RATE, EXPECT, f"expect: {{value: {expected}}}"),
    )
    assert list(differences(*changes)) == []
