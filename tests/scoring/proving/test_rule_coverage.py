"""Coverage: everything that a rule set can do, where it is written, and whether an example shows it."""

from __future__ import annotations

import pytest

from scoring.proving.rule_coverage import Way, cover_rules
from scoring.rulebook.files import rule_trees
from scoring.rulebook.tree import Findings
from tests.support.rulesets import Files, changed, rules_from, small_files

RATE, COUNT, FRAME, OUTSIDE = "indicators/I1.yaml", "indicators/I2.yaml", "ruleset.yaml", "adjustments.yaml"


def ways_of(files: Files) -> tuple[Way, ...]:
    trees = rule_trees({name: text.encode() for name, text in files.items()}, Findings())
    return cover_rules(rules_from(files), trees)


def of_rule(files: Files, rule: str) -> dict[str, bool]:
    return {each.what: each.covered for each in ways_of(files) if each.rule == rule}


def rate(*changes: tuple[str, str], examples: str = "") -> Files:
    files = small_files()
    for old, new in changes:
        files = changed(files, RATE, old, new)
    return {**files, RATE: files[RATE] + examples}


def test_the_ways_of_an_indicator_are_its_rungs_and_its_absences() -> None:
    assert of_rule(small_files(), "I1") == {
        "档次 ≥90": True,
        "档次 ≥60": False,
        "各档都不到": False,
        "分母为零": False,
        "未报": False,
        "填报不适用": False,
    }


EXAMPLES = """
  - {name: 六成, given: {E1: 10, E2: 6}, expect: {points: 30}}
  - {name: 一成, given: {E1: 10, E2: 1}, expect: {points: 0}}
  - {name: 没有, given: {E1: 0, E2: 0}, expect: {outcome: not_applicable}}
  - {name: 未报, given: {E1: 10}, expect: {points: 0}}
  - {name: 不适用, given: {E1: 10, E2: NA}, expect: {outcome: not_applicable}}
"""


def test_examples_show_ways_one_by_one() -> None:
    assert set(of_rule(rate(examples=EXAMPLES), "I1").values()) == {True}


def test_an_example_that_cannot_be_read_shows_nothing() -> None:
    files = rate(("given: {E1: 10, E2: 9}", "given: {E1: 10, E2: 9, E99: 1}"))
    assert set(of_rule(files, "I1").values()) == {False}


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (
            "100 if E2 > 5 else 60",
            {"“E2 > 5”成立": True, "“E2 > 5”不成立": False},
        ),
        ("max(1 if E2 > 5 else 2, 9)", {"“E2 > 5”成立": True, "“E2 > 5”不成立": False}),
        ("coalesce(E8, E2)", {"“coalesce(E8, E2)”用第 1 个": False, "“coalesce(E8, E2)”用第 2 个": True}),
        (
            "mean_of_quarters(1 if E2 > 5 else 2)",
            {"“E2 > 5”成立": True, "“E2 > 5”不成立": True},
        ),
    ],
)
def test_each_branch_of_a_formula_is_a_way(value: str, ways: dict[str, bool]) -> None:
    files = rate(("value: 100 * E2 / E1", f"value: {value}"), ("zero_denominator: not_applicable\n", ""))
    assert {what: each for what, each in of_rule(files, "I1").items() if "“" in what} == ways


def test_cases_are_told_where_they_are_written() -> None:
    cases = (
        "value:\n  cases:\n    - {when: E2 > 5, then: 100}\n    - {when: E2 > 3, then: 60}\n  otherwise: 0"
    )
    files = rate(("value: 100 * E2 / E1", cases), ("zero_denominator: not_applicable\n", ""))
    found = [each for each in ways_of(files) if "E2 > 3" in each.what]
    assert [(str(each.place), each.covered) for each in found] == [(f"{RATE}:10:14", False)] * 2


def test_a_condition_holds_and_does_not() -> None:
    files = rate(
        ("missing: zero", "missing: zero\napplicable_when: E1 >= 10"),
        examples="  - {name: 少, given: {E1: 9, E2: 9}, expect: {outcome: not_applicable}}\n",
    )
    found = of_rule(files, "I1")
    assert (found["适用条件成立"], found["适用条件不成立"]) == (True, True)
    assert "分母为零" not in found, "E1 >= 10 keeps the denominator from zero"
    assert found["填报不适用"] is False, "what does not apply is not what was reported as not applicable"


def test_a_yearly_indicator_is_not_due_before_the_end_of_the_year() -> None:
    files = rate(("missing: zero", "missing: zero\nassessed: yearly"))
    assert of_rule(files, "I1")["未到期"] is False
    own = "  - {name: 年中, period: 2021Q2, given: {E1: 1, E2: 1}, expect: {outcome: not_due}}\n"
    assert of_rule({**files, RATE: files[RATE] + own}, "I1")["未到期"] is True
    whole = "examples: [{name: 年中, period: 2021Q2, given: {}, expect: {points: {I1: none}}}]"
    assert of_rule({**files, "examples.yaml": whole}, "I1")["未到期"] is True


def test_the_method_of_what_is_only_shown_has_no_ways() -> None:
    files = rate(("points: 60\nmeasure", "points: 0\nstatistical: yes\nmeasure"))
    for old, new in (
        ("item-1, points: 60", "item-1, points: 0"),
        ("item-2, points: 40", "item-2, points: 100"),
    ):
        files = changed(files, FRAME, old, new)
    files = changed(files, COUNT, "points: 40", "points: 100")
    assert "档次 ≥90" not in of_rule(files, "I1")


def test_a_bonus_has_its_limits_and_the_case_that_nothing_is_recorded() -> None:
    line = "{code: B1, kind: bonus, name: 推广, value: X2, method: {kind: credit, each: 0.5, most: 1}}"
    three = "{name: 三次, given: {X2: 3}, expect: {points: 1}}"
    none = "{name: 无, given: {}, expect: {points: 0}}"
    files = changed(small_files(), OUTSIDE, line, line.removesuffix("}") + f", examples: [{three}, {none}]}}")
    assert of_rule(files, "B1") == {
        "最少得分 0 到了": False,
        "最少得分 0 没有到": True,
        "最多得分 1 到了": True,
        "最多得分 1 没有到": False,
        "没有登记": True,
    }


WHOLE = """
examples:
  - {name: 满分, given: {others: full, X2: 1, X3: 2, E6: 是}, expect: {grade: 优秀}}
  - {name: 大事, given: {others: full, X2: 5, X3: 50, E6: 否}, expect: {grade: 不合格}}
  - {name: 底线, given: {others: full, section-1: 39, X1: {I1: 1}}, expect: {grade: 不合格}}
  - {name: 折算, given: {I1: 40, I2: NA}, expect: {grade: 合格}}
  - name: 并列
    units:
      甲: {given: {others: full, I1: 50, I2: 20}, expect: {rank: 1}}
      乙: {given: {others: full, I1: 40, I2: 30}, expect: {rank: 2}}
      丙: {given: {others: full, I1: 40, I2: 30}, expect: {rank: 2}}
      丁: {given: {others: zero}, expect: {rank: 4}}
"""


def test_examples_of_the_whole_show_events_caps_grades_places_and_what_nodes_do() -> None:
    ways = [
        each for each in ways_of({**small_files(), "examples.yaml": WHOLE}) if each.rule not in ("I1", "I2")
    ]
    open_ = {f"{each.rule} {each.what}" for each in ways if not each.covered}
    assert open_ == {
        *(f"B1 {limit} {each}" for limit in ("最少得分 0", "最多得分 1") for each in ("到了", "没有到")),
        "B1 没有登记",
        *(f"P1 {limit}" for limit in ("最少得分 0 到了", "最多得分 3 到了")),
        "P1 “coalesce(X3, 0)”用第 2 个",
        "P1 没有登记",
        "加分合计 超过上限 2",
        "排名 同分时 得零分的指标少 分出先后",
    }
    shown = {f"{each.rule} {each.what}" for each in ways if each.covered}
    assert {
        "P2 事项成立",
        "V1 事项成立",
        "V1 事项不成立",
        "V3 事项成立",
        "total 不适用的分折算掉",
        "排名 同分时 item-1 分出先后",
        "排名 完全相同而并列",
        "减分合计 超过上限 3",
        "等级 等级 合格",
    } <= shown


def test_nothing_of_the_whole_is_shown_without_examples_of_the_whole() -> None:
    kinds = {
        each.kind
        for each in ways_of(small_files())
        if each.rule in ("等级", "排名", "total", "V1") and each.covered
    }
    assert kinds == set()


def test_what_is_needed_is_told_at_its_place() -> None:
    (way,) = [each for each in ways_of(small_files()) if each.what == "档次 ≥60"]
    assert (way.needed, str(way.place), way.kind) == ("值在 ≥60 这一档", f"{RATE}:10:60", "method")


def test_each_stretch_of_time_has_its_own_ways() -> None:
    dated = "{dated: [{from: 2021-01-01, to: 2021-06-30, use: 80}, {from: 2021-07-01, use: 90}]}"
    files = rate(("at_least: 90", f"at_least: {dated}"))
    found = of_rule(files, "I1")
    assert (found["档次 ≥80"], found["档次 ≥90"]) == (False, True)
    early = "  - {name: 上半年, period: 2021Q2, given: {E1: 10, E2: 8}, expect: {points: 60}}\n"
    assert of_rule({**files, RATE: files[RATE] + early}, "I1")["档次 ≥80"] is True


DEFINED = """
definitions:
  rate: {formula: "100 if E2 > 5 else coalesce(E8, E2)"}
"""


def test_the_branches_of_a_definition_are_its_own_wherever_it_is_used() -> None:
    files = rate(
        ("value: 100 * E2 / E1", "value: rate + 0 * rate"), ("zero_denominator: not_applicable\n", "")
    )
    files["ruleset.yaml"] += DEFINED
    found = [each for each in ways_of(files) if each.rule == "定义 rate"]
    assert [(each.what, each.covered) for each in found] == [
        ("“E2 > 5”成立", True),
        ("“E2 > 5”不成立", False),
        ("“coalesce(E8, E2)”用第 1 个", False),
        ("“coalesce(E8, E2)”用第 2 个", False),
    ]
    line = files["ruleset.yaml"].splitlines()[found[2].place.line - 1] if found[2].place.line else ""
    assert line[(found[2].place.column or 0) - 1 :].startswith("coalesce")


def test_a_branch_over_members_is_one_branch() -> None:
    files = rate(
        ("value: 100 * E2 / E1", "value: sum_members(100 if E3 > 5 else 0)"),
        ("zero_denominator: not_applicable\n", ""),
        ("given: {E1: 10, E2: 9}", "given: {E3: {市场监管: 9, 药监: 9}}"),
        ("value: 90, points: 60", "value: 200"),
    )
    found = {what: each for what, each in of_rule(files, "I1").items() if "“" in what}
    assert found == {"“E3 > 5”成立": True, "“E3 > 5”不成立": False}


def test_the_branches_of_a_nodes_formula_are_shown_by_examples_of_the_whole() -> None:
    node = "{code: item-1, points: 60}"
    formula = 'points("I1") if points("I1") > 30 else 0'
    files = changed(
        small_files(), FRAME, node, node.removesuffix("}") + f", aggregate: formula, formula: '{formula}'}}"
    )
    assert set(of_rule(files, "item-1").values()) == {False}
    whole = "examples: [{name: 满分, given: {others: full}, expect: {total: 100}}]"
    assert list(of_rule({**files, "examples.yaml": whole}, "item-1").values()) == [True, False]


@pytest.mark.parametrize("missing", ["group_mean", "{value: 100 * E1 / 10, otherwise: 50%}"])
def test_a_value_that_stands_for_a_missing_one_is_a_way(missing: str) -> None:
    shown = rate(
        ("missing: zero", f"missing: {missing}"),
        examples="""  - name: 代
    given: {E1: 10}
    peers: [{E1: 10, E2: 6}]
    expect: {outcome: scored}
""",
    )
    plain = rate(("missing: zero", f"missing: {missing}"))
    before, after = (
        {what: each for what, each in of_rule(files, "I1").items() if "代" in what}
        for files in (plain, shown)
    )
    assert list(before.values()) == [True, False]
    assert list(after.values()) == [True, True]
    assert of_rule(shown, "I1")["未报"] is False, "there was a value to stand for it"
