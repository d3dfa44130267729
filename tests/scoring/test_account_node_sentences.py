"""The account of an inner node in plain Chinese: children, conversion, events, ceilings, grade and place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from scoring.account_sentences import sentences
from scoring.accounts import account_of
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

UNIT, OTHER = UnitCode("110000"), UnitCode("120000")
RULESET, RATE, ADJUSTMENTS = "ruleset.yaml", "indicators/I1.yaml", "adjustments.yaml"
GOOD = {"E1 2021": "10", "E2 2021": "9", "E3[市场监管] 2021": "NA", "E3[药监] 2021": "NA"}
BOTH = {
    **GOOD,
    "E3[市场监管] 2021": "6",
    "E3[药监] 2021": "0",
    "E5 2021": "2021-05-16",
    "E7 2021": "0",
    "E8 2021": "0",
}
ROOT = "  points: 100\n  rescale: yes\n"
SECTION = "      points: 100\n"


def told(rules: RuleSet, written: Mapping[str, str], code: str = "total", when: str = "2021") -> list[str]:
    """What is told of a node of one unit, beside one that has done nothing."""
    engine = PlainEngine(rules, facts_from(rules, {UNIT: written, OTHER: BOTH}), period(when))
    return list(sentences(account_of(engine, UNIT, NodeCode(code))))


def test_a_node_tells_its_children_and_what_they_come_to() -> None:
    assert told(small_rules(), BOTH, "section-1") == [
        "section-1 第一章,2021年度。",
        "第一项:60 分(满分 60)。",
        "第二项:10 分(满分 40)。",
        "合计 70 分,满分 100 分。",
    ]


def test_what_is_left_out_is_named_with_its_reason_and_the_rest_is_converted() -> None:
    assert told(small_rules(), GOOD, "section-1")[2:] == [
        "不计入:第二项(不适用)。",
        "合计 60 分,满分 60 分。",
    ]
    assert told(small_rules(), GOOD)[1:4] == [
        "第一章:60 分(满分 60)。",
        "合计 100 分,满分 100 分。",
        "其中按比例折算:60 ÷ 60 × 100。",
    ]


def test_where_everything_counts_nothing_is_converted() -> None:
    assert told(small_rules(), BOTH)[1:4] == [
        "第一章:70 分(满分 100)。",
        "合计 70 分,满分 100 分。",
        "最后得分 70 分(准确值 70)。",
    ]


def test_a_node_of_which_nothing_is_due_is_left_out_itself() -> None:
    rules = small_rules((RATE, "points: 60\n", "points: 60\nassessed: yearly\n"))
    assert told(rules, {}, "item-1", "2021Q1") == [
        "item-1 第一项,2021年第一季度。",
        "不计入:办结率(未到期)。",
        "未到期,本级不计入。",
    ]


def test_where_a_child_has_no_score_the_node_has_none_and_no_place() -> None:
    rules = small_rules((RATE, "missing: zero", "missing: no_score"))
    assert told(rules, {}, "item-1")[1:] == ["办结率:无得分(满分 60)。", "有一项无得分,本级也无得分。"]
    assert told(rules, {})[-2:] == ["有一项无得分,本级也无得分。", "没有总分,不参加排名。"]


@pytest.mark.parametrize(
    ("aggregate", "made"),
    [
        ("mean", "加权平均 52.9 分,满分 100 分,四舍五入到 1 位小数。"),
        ("geometric", "几何平均 46.5 分,满分 100 分,四舍五入到 1 位小数。"),
        ("min", "取最低, 10 分,满分 100 分,四舍五入到 1 位小数。"),
        ("max", "取最高, 60 分,满分 100 分,四舍五入到 1 位小数。"),
    ],
)
def test_every_aggregate_and_its_rounding_have_a_name(aggregate: str, made: str) -> None:
    rules = small_rules(
        (RULESET, SECTION, f"{SECTION}      aggregate: {aggregate}\n      rounding: {{places: 1}}\n"),
        (RULESET, "{code: item-1, points: 60}", "{code: item-1, points: 60, weight: 6}"),
    )
    found = told(rules, BOTH, "section-1")
    assert found[1:] == ["第一项:60 分(满分 60,权重 6)。", "第二项:10 分(满分 40)。", made]


def test_a_mean_needs_no_conversion_and_tells_of_none() -> None:
    found = told(small_rules((RULESET, ROOT, f"{ROOT}  aggregate: mean\n")), GOOD)
    assert found[1:3] == ["第一章:60 分(满分 60)。", "加权平均 60 分,满分 100 分。"]
    assert not any("折算:" in each for each in found)


def test_the_root_tells_score_grade_and_place() -> None:
    assert told(small_rules(), GOOD)[4:] == [
        "最后得分 100 分(准确值 100)。",
        "等级 优秀,第一档,折算 10 分。",
        "总排名第 1 名。",
        "东组第 1 名。",
    ]


def test_bonus_and_penalty_are_told_by_name_and_summed() -> None:
    assert told(small_rules(), {**GOOD, "X2 2021": "1", "X3 2021": "2"})[4:8] == [
        "B1 推广:加 0.5 分。",
        "P1 通报:减 0.2 分。",
        "基础分 100,加分 0.5,减分 0.2。",
        "最后得分 100.3 分(准确值 100.3)。",
    ]


def test_sums_beyond_their_caps_are_told_before_and_after() -> None:
    rules = small_rules((ADJUSTMENTS, "bonus_cap: 2", "bonus_cap: 0.25"))
    assert told(rules, {**GOOD, "X2 2021": "1", "X3 2021": "20", "X1[I1] 2021": "1"})[2:9] == [
        "合计 0 分,满分 100 分。",
        "其中按比例折算:0 ÷ 60 × 100。",
        "B1 推广:加 0.5 分。",
        "P1 通报:减 2 分。",
        "P2 虚报:减 30 分。",
        "加分合计 0.5 分,按上限计 0.25 分。",
        "减分合计 32 分,按上限计 3 分。",
    ]


def test_no_score_falls_below_nothing() -> None:
    found = told(small_rules(), {"X3 2021": "2"})
    assert "基础分 0,加分 0,减分 0.2,扣完为止。" in found
    assert "最后得分 0 分(准确值 0)。" in found


def test_a_demotion_tells_its_ceiling() -> None:
    assert told(small_rules(), {**GOOD, "E6 2021": "否"})[4:8] == [
        "降级后得分封顶 89.99 分(原为 100 分)。",
        "最后得分 89.99 分(准确值 89.99)。",
        "等级受 V2 未报(降级)影响。",
        "等级 合格。",
    ]


def test_a_veto_tells_what_it_took() -> None:
    veto = "grade: lowest, ranked: no"
    rules = small_rules((ADJUSTMENTS, veto, f"{veto}, no_bonus: yes"))
    assert told(rules, {**GOOD, "X2 2021": "3"})[4:] == [
        "最后得分 100 分(准确值 100)。",
        "等级受 V1 大事(否决,不参加加分)影响。",
        "等级 不合格。",
        "不参加排名。",
    ]


def test_several_events_are_all_named() -> None:
    found = told(small_rules(), {"E6 2021": "否"})
    assert "等级受 V2 未报(降级)、V3 底线(底线)影响。" in found


def test_without_grades_and_groups_nothing_is_said_of_them() -> None:
    grades = (
        "grades:\n  on: rounded\n  bands:\n"
        "    - {grade: 优秀, at_least: 90, tier: 第一档, converted: 10}\n"
        "    - {grade: 合格, at_least: 60}\n    - {grade: 不合格, otherwise: yes}\n"
    )
    floor = (
        "  - {code: V3, kind: floor, name: 底线, nodes: sections, ratio_below: 40%, grade_at_most: 合格}\n"
    )
    rules = small_rules((RULESET, grades, ""), (RULESET, "peer_group: group\n", ""), (ADJUSTMENTS, floor, ""))
    assert told(rules, GOOD)[4:] == ["最后得分 100 分(准确值 100)。", "总排名第 1 名。"]


ITEM = "{code: item-1, points: 60}"
SCARCE = {"130000": {"E1 2021": "10", "E2 2021": "7"}}


def told_among(rules: RuleSet, written: Mapping[str, Mapping[str, str]], code: str = "total") -> list[str]:
    """What is told of a node of the first unit, among others."""
    engine = PlainEngine(rules, facts_from(rules, written), period("2021"))
    return list(sentences(account_of(engine, UNIT, NodeCode(code))))


def section(said: str) -> tuple[str, str, str]:
    """The section with something more said of it."""
    return RULESET, SECTION, f"{SECTION}      {said}\n"


@pytest.mark.parametrize(
    ("below", "told_last"),
    [
        ("no_score", ["有得分的下级占权重 50%,要求不低于 75%;不足,按规则本级无得分。"]),
        (
            "not_applicable",
            ["有得分的下级占权重 50%,要求不低于 75%;不足,按规则本级不计入。", "不适用,本级不计入。"],
        ),
        (
            "60%",
            [
                "有得分的下级占权重 50%,要求不低于 75%;不足,按规则得满分的 60%。",
                "合计 60 分,满分 100 分。",
            ],
        ),
    ],
)
def test_too_little_coverage_is_told_with_what_follows(below: str, told_last: list[str]) -> None:
    rules = small_rules(section(f"coverage: {{at_least: 75%, below: {below}}}"))
    assert told(rules, GOOD, "section-1")[3:] == told_last


def test_coverage_that_suffices_is_told() -> None:
    rules = small_rules(section("coverage: {at_least: 50%, below: zero}"))
    assert "有得分的下级占权重 50%,要求不低于 50%。" in told(rules, GOOD, "section-1")


def test_conversion_by_the_best_unit_is_told_with_its_points() -> None:
    rules = small_rules(section("best: 100"), (RULESET, SECTION, "      points: 100\n"))
    found = told_among(rules, {"110000": BOTH, "120000": {**BOTH, "E7 2021": "12"}}, "section-1")
    assert found[-2:] == [
        "合计 87.5 分,满分 100 分。",
        "最好的单位换算前 80 分,记 100 分;本单位 70 × 100 ÷ 80 = 87.5 分。",
    ]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("at_least: 75", "本级至少得 75 分(原为 70 分)。"),
        ("aggregate: mean\n      at_most: 30\n      weights: all", "本级至多得 30 分(原为 35 分)。"),
        ("name_best: yes", "得分最高的下级:第一项。"),
        (
            "aggregate: mean\n      weights: all",
            "平均时除以全部下级的权重,不计入的下级的权重不转给其余下级。",
        ),
        (
            'aggregate: formula\n      formula: min(points("item-1"), 9)',
            '合成公式:min(points("item-1"), 9)。',
        ),
    ],
)
def test_what_a_node_does_besides_is_told(said: str, line: str) -> None:
    full = "points: 30" if "at_most" in said else "points: 100"
    rules = small_rules(
        (RULESET, SECTION, f"      {full}\n      {said}\n"), (RULESET, ROOT, f"  {full}\n  rescale: yes\n")
    )
    assert line in told(rules, BOTH, "section-1")


def test_children_that_share_the_most_points_are_all_named() -> None:
    rules = small_rules(section("name_best: yes"))
    assert told(
        rules, {"E1 2021": "1", "E2 2021": "0", **{k: v for k, v in BOTH.items() if "E3" in k}}, "section-1"
    )[-1].startswith("得分最高的下级:")


def test_a_formula_without_a_result_says_so() -> None:
    rules = small_rules(section('aggregate: formula\n      formula: 1 / points("item-2")'))
    written = {**BOTH, "E3[市场监管] 2021": "0", "E3[药监] 2021": "0", "E5 2021": "2021-05-12"}
    assert told(rules, written, "section-1")[-1] == (
        '合成公式 1 / points("item-2") 没有结果(分母为零),本级无得分。'
    )


@pytest.mark.parametrize(
    ("ties", "place"),
    [
        ("competition", "总排名第 1 名(2 个单位并列,并列的取其中最靠前的名次)。"),
        ("worst", "总排名第 2 名(2 个单位并列,并列的取其中最靠后的名次)。"),
        ("average", "总排名第 1.5 名(2 个单位并列,并列的取各名次的平均)。"),
        ("dense", "总排名第 1 名(2 个单位并列,并列的取同一名次,其后不空名次)。"),
        ("ordinal", "总排名第 1 名。"),
    ],
)
def test_how_equals_are_placed_is_told_where_there_are_some(ties: str, place: str) -> None:
    rules = small_rules((RULESET, "ties: competition", f"ties: {ties}"))
    found = told_among(
        rules, {"110000": BOTH, "120000": {**BOTH, "E7 2021": "2"}, "130000": GOOD | {"E2 2021": "5"}}
    )
    assert place in found
    assert (found[-1] == "同分的按规则集中单位的次序先后排列。") == (ties == "ordinal")


def test_a_quota_tells_the_place_and_whom_it_takes() -> None:
    rules = small_rules(
        (RULESET, "at_least: 90, tier", "at_least: 10, rank_at_most: 1, tier"),
        (RULESET, "{grade: 合格, at_least: 60}", "{grade: 合格, at_least: 10, share_at_most: 70%}"),
        (ADJUSTMENTS, ", cap_score: yes", ""),
    )
    found = told_among(rules, {"110000": BOTH, "120000": {**BOTH, "E7 2021": "10"}, **SCARCE})
    assert [line for line in found if line.startswith("等级")] == [
        "等级 合格。",
        "等级 优秀 限前 1 名(3 个单位中的前 1 名):名次第 2,不在其内。",
        "等级 合格 限前 70%(3 个单位中的前 2 名):名次第 2,在其内。",
    ]


def test_a_total_that_was_taken_away_is_told_with_the_grade_that_stays() -> None:
    rules = small_rules((ADJUSTMENTS, "grade: lowest, ranked: no", "grade: lowest, scored: no"))
    assert told(rules, {**GOOD, "X2 2021": "3"})[-2:] == [
        "V1 大事(否决):不计总分,不参加排名。",
        "等级 不合格。",
    ]


def test_a_unit_without_a_score_may_have_a_place_all_the_same() -> None:
    rules = small_rules(
        (RATE, "missing: zero", "missing: no_score"), (RULESET, "ties: competition", "unscored: last")
    )
    assert told(rules, {})[-3:] == [
        "没有总分。",
        "总排名第 2 名(2 个单位并列,并列的取其中最靠前的名次)。",
        "东组第 2 名。",
    ]
