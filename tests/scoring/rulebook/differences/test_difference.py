"""Two rule sets compared: each kind of change, what it can touch, and that nothing else is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.codes import NodeCode
from scoring.rulebook.differences.changes import Act, Change, Difference, Weight
from scoring.rulebook.differences.difference import rule_difference
from scoring.rulebook.differences.difference_text import as_data, as_markdown, as_text, sentence
from scoring.rulebook.files import rule_files, rule_set_from_files
from scoring.rulebook.final_rules import Ties
from scoring.rulebook.rules import RuleSet, Slice
from scoring.rulebook.tree import Findings
from tests.support.rulesets import COUNT, Files, changed, rules_from, small_files, small_rules

ROOT = Path(__file__).parents[4]
NATIONAL = ROOT / "rules" / "national" / "2021"
SMALL = small_rules()
SETS = ("ruleset.yaml", "plan.yaml", "units.yaml", "forms/F01.yaml", "adjustments.yaml")
FRAME, _, UNITS_FILE, FORM_FILE, OUTSIDE = SETS
I1, I2 = "indicators/I1.yaml", "indicators/I2.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"


def told(*changes: tuple[str, str, str]) -> list[str]:
    """What is said of the small rule set with changes in its files."""
    return [sentence(each) for each in rule_difference(SMALL, small_rules(*changes)).changes]


def one(*changes: tuple[str, str, str]) -> Change:
    """The only change."""
    found = rule_difference(SMALL, small_rules(*changes)).changes
    assert len(found) == 1, [sentence(each) for each in found]
    return found[0]


@dataclass(frozen=True)
class Edit:
    """A passage of a file, what takes its place, and what is to be said of it."""

    file: str
    old: str
    new: str
    says: str
    address: str
    weight: Weight = Weight.POINTS
    act: Act = Act.CHANGED


SINCE = "自 2021-01-01 起"
PAPER, FIRST = "依据《一份文件》", "依据《一份文件》第一条"
EDITS = {
    "a rung's threshold": Edit(
        I1,
        "at_least: 90",
        "at_least: 95",
        f"指标 I1(办结率)计分方法“≥90”档界限由 90 改为 95,{SINCE},{FIRST}。",
        "indicators/I1/method/rungs/1/threshold",
    ),
    "a rung's points": Edit(
        I1,
        "earn: 50%",
        "earn: 40%",
        f"指标 I1(办结率)计分方法“≥60”档得分由 满分的 50% 改为 满分的 40%,{SINCE},{FIRST}。",
        "indicators/I1/method/rungs/2/earn",
    ),
    "which side a threshold is on": Edit(
        I1,
        "at_least: 60",
        "above: 60",
        f"指标 I1(办结率)计分方法“≥60”档比较由 ≥ 改为 >,{SINCE},{FIRST}。",
        "indicators/I1/method/rungs/2/test",
    ),
    "a rung more": Edit(
        I1,
        "{at_least: 60, earn: 50%}",
        "{at_least: 75, earn: 80%}, {at_least: 60, earn: 50%}",
        f"指标 I1(办结率)计分方法“≥75”档是新增的:≥75 得满分的 80%,{SINCE},{FIRST}。",
        "indicators/I1/method/rungs/2",
        act=Act.ADDED,
    ),
    "a rung less": Edit(
        I1,
        ", {at_least: 60, earn: 50%}",
        "",
        f"指标 I1(办结率)计分方法“≥60”档被删去:≥60 得满分的 50%,{SINCE},{FIRST}。",
        "indicators/I1/method/rungs/2",
        act=Act.REMOVED,
    ),
    "another method": Edit(
        I1,
        LADDER,
        "{kind: attain, target: 90}",
        "指标 I1(办结率)计分方法由 阶梯计分(≥90 得满分的 100%、≥60 得满分的 50%)"
        f" 改为 按完成程度计分(得满分的值 90),{SINCE},{FIRST}。",
        "indicators/I1/method",
    ),
    "a formula": Edit(
        I1,
        "100 * E2 / E1",
        "100 * (E2 + 1) / E1",
        f"指标 I1(办结率)公式由 “100 * E2 / E1” 改为 “100 * (E2 + 1) / E1”,{SINCE},{FIRST}。",
        "indicators/I1/value",
    ),
    "the writing of a formula": Edit(
        I1,
        "100 * E2 / E1",
        "(E2 * 100) / E1",
        "指标 I1(办结率)公式仅改写法:“100 * E2 / E1” 写成 “(E2 * 100) / E1”。",
        "indicators/I1/value",
        Weight.NONE,
        Act.REWRITTEN,
    ),
    "the names in a formula": Edit(
        I1,
        "100 * E2 / E1",
        "100 × 办结数 ÷ 应办数",
        "指标 I1(办结率)公式仅改写法:“100 * E2 / E1” 写成 “100 × 办结数 ÷ 应办数”。",
        "indicators/I1/value",
        Weight.NONE,
        Act.REWRITTEN,
    ),
    "a policy": Edit(
        I1,
        "missing: zero",
        "missing: 60%",
        f"指标 I1(办结率)未报时由 按 0 分 改为 按满分的 60%,{SINCE},{FIRST}。",
        "indicators/I1/missing",
    ),
    "no score at all": Edit(
        I1,
        "zero_denominator: not_applicable",
        "zero_denominator: no_score",
        f"指标 I1(办结率)分母为零时由 不计入(其余折算) 改为 不给总分,{SINCE},{FIRST}。",
        "indicators/I1/zero_denominator",
    ),
    "the direction": Edit(
        I1,
        'measure: "%"',
        'measure: "%"\ndirection: lower',
        f"指标 I1(办结率)方向由 越高越好 改为 越低越好,{SINCE},{FIRST}。",
        "indicators/I1/direction",
    ),
    "where it applies": Edit(
        I1,
        "missing: zero",
        "missing: zero\napplicable_when: population > 300",
        f"指标 I1(办结率)适用条件由 处处适用 改为 “population > 300”,{SINCE},{FIRST}。",
        "indicators/I1/applicable_when",
    ),
    "a name": Edit(
        I1,
        "name: 办结率",
        "name: 案件办结率",
        "指标 I1(案件办结率)名称由 办结率 改为 案件办结率。",
        "indicators/I1/name",
        Weight.NONE,
        Act.RENAMED,
    ),
    "a reason": Edit(
        I1,
        "说明办得怎样",
        "说明办得快不快",
        "指标 I1(办结率)理由由 说明办得怎样 改为 说明办得快不快。",
        "indicators/I1/reason",
        Weight.NONE,
    ),
    "a source": Edit(
        I1,
        "text: 第一条",
        "text: 第二条",
        "指标 I1(办结率)依据由 《一份文件》第一条 改为 《一份文件》第二条。",
        "indicators/I1/source",
        Weight.NONE,
    ),
    "an example": Edit(
        I1,
        "value: 90, points: 60",
        "value: 90",
        "指标 I1(办结率)例“办结九成”由 给定 E1 10、E2 9,应得 指标值 90、得分 60"
        " 改为 给定 E1 10、E2 9,应得 指标值 90。",
        "indicators/I1/examples/1",
        Weight.NONE,
    ),
    "the rounding of a total": Edit(
        FRAME,
        "total: {places: 2}",
        "total: {places: 1, mode: half_even}",
        f"规则集总分取整由 四舍五入到 2 位小数 改为 四舍六入五成双到 1 位小数,{SINCE}。",
        "total_rounding",
    ),
    "a threshold of a grade": Edit(
        FRAME,
        "at_least: 90",
        "at_least: 85",
        f"等级 优秀起点分由 90 改为 85,{SINCE}。",
        "grades/优秀/at_least",
    ),
    "the name of a grade": Edit(
        FRAME,
        "{grade: 不合格, otherwise",
        "{grade: 较差, otherwise",
        f"等级 不合格名称由 不合格 改为 较差,{SINCE}。",
        "grades/不合格/name",
        act=Act.RENAMED,
    ),
    "a grade more": Edit(
        FRAME,
        "    - {grade: 不合格",
        "    - {grade: 较差, at_least: 50}\n    - {grade: 不合格",
        f"新增等级 较差:50 分及以上,{SINCE}。",
        "grades/较差",
        act=Act.ADDED,
    ),
    "what a grade is worth": Edit(
        FRAME,
        "converted: 10",
        "converted: 9.5",
        f"等级 优秀折算分由 10 改为 9.5,{SINCE}。",
        "grades/优秀/converted",
    ),
    "what ranks look at": Edit(
        FRAME,
        "on: unrounded",
        "on: rounded",
        f"排名按取整后的总分排:由 否 改为 是,{SINCE}。",
        "ranking/on_rounded",
    ),
    "a tie-break less": Edit(
        FRAME,
        "    - {node: item-1}\n",
        "",
        f"排名同分时第 1 项被删去:item-1(第一项) 的得分高者在前,{SINCE}。",
        "ranking/tie_breaks/1",
        act=Act.REMOVED,
    ),
    "no rescaling": Edit(
        FRAME,
        "  rescale: yes\n",
        "",
        f"总分 total(总分)不适用的折算到满分:由 是 改为 否,{SINCE}。",
        "nodes/total/rescale",
    ),
    "a constant": Edit(
        FRAME,
        "value: 2021-05-16",
        "value: 2021-05-20",
        f"常量 issued 值由 2021-05-16 改为 2021-05-20,{SINCE},依据落款。",
        "constants/issued/amount",
    ),
    "a cap of bonuses": Edit(
        OUTSIDE, "bonus_cap: 2", "bonus_cap: 3", f"规则集加分合计上限由 2 改为 3,{SINCE}。", "bonus_cap"
    ),
    "a bonus": Edit(
        OUTSIDE,
        "each: 0.5, most: 1}",
        "each: 0.5, most: 2}",
        f"事项 B1(推广)计分方法最多得分由 1 分 改为 2 分,{SINCE}。",
        "adjustments/B1/method/most",
    ),
    "when a veto holds": Edit(
        OUTSIDE,
        "when: X2 >= 3",
        "when: X2 >= 2",
        f"事项 V1(大事)条件由 “X2 >= 3” 改为 “X2 >= 2”,{SINCE}。",
        "adjustments/V1/when",
    ),
    "a comparison turned round": Edit(
        OUTSIDE,
        "when: X2 >= 3",
        "when: 3 <= X2",
        "事项 V1(大事)条件仅改写法:“X2 >= 3” 写成 “3 <= X2”。",
        "adjustments/V1/when",
        Weight.NONE,
        Act.REWRITTEN,
    ),
    "a floor": Edit(
        OUTSIDE,
        "ratio_below: 40%",
        "ratio_below: 35%",
        f"事项 V3(底线)得分率低于由 40% 改为 35%,{SINCE}。",
        "adjustments/V3/ratio_below",
    ),
    "an adjustment less": Edit(
        OUTSIDE,
        "  - {code: P2, kind: void, name: 虚报, element: X1, deduct: 50%}\n",
        "",
        f"删去事项 P2(虚报):类别 归零,虚报,数据项 X1,扣减比例 50%,{SINCE}。",
        "adjustments/P2",
        act=Act.REMOVED,
    ),
    "how quarters add up": Edit(
        FORM_FILE,
        "{code: E1, name: 应办数, measure: 件, type: integer}",
        "{code: E1, name: 应办数, measure: 件, type: integer, over_time: last}",
        f"数据项 E1(应办数)累计方式由 各期相加 改为 取最近一期,{SINCE}。",
        "elements/E1/over_time",
    ),
    "how often a figure is reported that no rule uses": Edit(
        FORM_FILE,
        "statistical_only: {reason: 禁止, source: 某通知}}",
        "statistical_only: {reason: 禁止, source: 某通知}, frequency: yearly}",
        f"数据项 E4(刑拘数)报送频次由 按季 改为 按年,{SINCE}。",
        "elements/E4/frequency",
        Weight.REPORTS,
    ),
    "the name of a figure": Edit(
        FORM_FILE,
        "name: 应办数",
        "name: 应办案件数",
        f"数据项 E1(应办案件数)名称由 应办数 改为 应办案件数,{SINCE}。",
        "elements/E1/name",
        Weight.REPORTS,
        Act.RENAMED,
    ),
    "a figure more": Edit(
        FORM_FILE,
        "checks:",
        "  - {code: E9, name: 新数, measure: 件, type: integer}\nchecks:",
        f"新增数据项 E9(新数):新数,所在报表 F01,填报方 被考核单位,计量单位 件,类型 整数,报送频次 按季,"
        f"累计方式 各期相加,最小值 0,{SINCE}。",
        "elements/E9",
        Weight.REPORTS,
        Act.ADDED,
    ),
    "a check": Edit(
        FORM_FILE,
        "rule: E2 <= E1",
        "rule: E2 < E1",
        f"审核关系 F01-1 关系由 “E2 <= E1” 改为 “E2 < E1”,{SINCE}。",
        "checks/F01-1/rule",
        Weight.REPORTS,
    ),
    "a soft check": Edit(
        FORM_FILE,
        "severity: soft",
        "severity: hard",
        f"审核关系 F01-2 必须成立:由 否 改为 是,{SINCE}。",
        "checks/F01-2/hard",
        Weight.REPORTS,
    ),
    "a number of a unit that rules use": Edit(
        UNITS_FILE,
        "population: 500",
        "population: 600",
        f"单位 120000(乙省)属性“population”由 500 改为 600,{SINCE}。",
        "units/120000/attributes/population",
    ),
    "the group of a unit": Edit(
        UNITS_FILE,
        "short: 乙, group: 东",
        "short: 乙, group: 西",
        f"单位 120000(乙省)属性“group”由 东 改为 西,{SINCE}。",
        "units/120000/attributes/group",
    ),
    "a clause": Edit(
        "plan.yaml",
        "paraphrase: 又一句话",
        "paraphrase: 又一句别的话",
        "条款 2.2 转述由 又一句话 改为 又一句别的话。",
        "clauses/2.2/paraphrase",
        Weight.NONE,
    ),
    "a document": Edit(
        FRAME,
        "paper: {title: 一份文件}",
        "paper: {title: 一份文件, number: 1号}",
        "文件 paper(一份文件)文号由 无 改为 1号。",
        "documents/paper/number",
        Weight.NONE,
    ),
    "the version": Edit(
        FRAME, 'version: "1"', 'version: "2"', "规则集版本由 1 改为 2。", "version", Weight.NONE
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_change_is_told_in_one_sentence_at_its_place(edit: Edit) -> None:
    found = rule_difference(SMALL, small_rules((edit.file, edit.old, edit.new))).changes
    named = {each.address: each for each in found}
    assert sentence(named[edit.address]) == edit.says
    assert (named[edit.address].weight, named[edit.address].act) == (edit.weight, edit.act)
    followers = {each.act for each in found if each.address != edit.address}
    assert followers <= {Act.FOLLOWS, Act.REORDERED}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_only_changes_the_writing_is_no_difference_and_all_else_is(edit: Edit) -> None:
    difference = rule_difference(SMALL, small_rules((edit.file, edit.old, edit.new)))
    assert difference.is_empty is (edit.act is Act.REWRITTEN)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_the_way_back_tells_the_same_places_with_before_and_after_exchanged(edit: Edit) -> None:
    other = small_rules((edit.file, edit.old, edit.new))
    exchanged = {Act.ADDED: Act.REMOVED, Act.REMOVED: Act.ADDED}
    there = rule_difference(SMALL, other).changes
    back = rule_difference(other, SMALL).changes
    assert {(exchanged.get(each.act, each.act), each.after, each.before) for each in there} == {
        (each.act, each.before, each.after) for each in back
    }


@pytest.mark.parametrize("name", ["small", "national"])
def test_a_rule_set_does_not_differ_from_itself(name: str) -> None:
    rules = SMALL if name == "small" else national()
    again = small_rules() if name == "small" else national()
    difference = rule_difference(rules, again)
    assert (difference.changes, difference.is_empty, difference.new_templates) == ((), True, False)
    assert "含义相同" in as_text(difference)


def test_comments_and_the_order_of_keys_are_no_difference() -> None:
    other = small_rules((I1, "name: 办结率\nparent: item-1\n", "# 说明\nparent: item-1\nname: 办结率\n"))
    assert other.digest != SMALL.digest
    assert rule_difference(SMALL, other).changes == ()


def test_points_that_move_between_two_indicators_are_two_changes_of_the_tree() -> None:
    found = told(
        (I1, "points: 60\nmeasure", "points: 50\nmeasure"),
        (I2, "points: 40", "points: 50"),
        (FRAME, "item-1, points: 60", "item-1, points: 50"),
        (FRAME, "item-2, points: 40", "item-2, points: 50"),
    )
    assert found == [
        f"项 item-1(第一项)分值由 60 改为 50,{SINCE}。",
        f"项 item-2(第二项)分值由 40 改为 50,{SINCE}。",
        f"指标 I1(办结率)分值由 60 改为 50,{SINCE},{FIRST}。",
        f"指标 I2(人均)分值由 40 改为 50,{SINCE},{PAPER}。",
    ]


def with_files(**changes: str) -> Files:
    """The small files with others among them; an empty text takes a file away."""
    files: Files = {
        **small_files(),
        **{name.replace("__", "/") + ".yaml": text for name, text in changes.items()},
    }
    return {name: text for name, text in files.items() if text}


def test_an_indicator_that_comes_and_one_that_goes_are_told_whole() -> None:
    other = COUNT.replace("code: I2", "code: I3").replace("人均", "总量").replace("each: 1", "each: 2")
    other = other.replace("E3 + E7 + E8 + (E5 - issued) + population / 250", "E3")
    rules = rules_from(
        with_files(indicators__I2="", indicators__I3=other.replace("zero_denominator: zero\n", ""))
    )
    difference = rule_difference(SMALL, rules)
    assert [(each.act, each.code) for each in difference.changes if each.container == "indicators"] == [
        (Act.ADDED, "I3"),
        (Act.REMOVED, "I2"),
    ]
    added = next(each for each in difference.changes if each.act is Act.ADDED)
    assert sentence(added).startswith(
        "新增指标 I3(总量):总量,上级 item-2(第二项),分值 40,"
        "计分方法 按件计分(每一件(项、次)得的分 2),公式 “E3”"
    )


def test_an_indicator_under_another_code_is_the_same_one() -> None:
    rules = rules_from(with_files(indicators__I2="", indicators__I9=COUNT.replace("code: I2", "code: I9")))
    changes = [each for each in rule_difference(SMALL, rules).changes if each.container == "indicators"]
    assert [(each.act, each.before, each.after) for each in changes] == [(Act.RENUMBERED, "I2", "I9")]


def test_two_indicators_that_reckon_alike_are_not_taken_for_one() -> None:
    third = COUNT.replace("points: 40", "points: 0").replace("name: 人均", "name: 人均二")
    rules = rules_from(
        with_files(
            indicators__I2="",
            indicators__I8=third.replace("code: I2", "code: I8").replace("points: 0", "points: 40"),
            indicators__I9=third.replace("code: I2", "code: I9").replace("人均二", "人均三"),
        )
    )
    acts = {
        each.code: each.act
        for each in rule_difference(SMALL, rules).changes
        if each.container == "indicators"
    }
    assert acts == {"I8": Act.ADDED, "I9": Act.ADDED, "I2": Act.REMOVED}


def test_an_indicator_that_moves_is_told_with_both_nodes() -> None:
    rules = small_rules(
        (I2, 'parent: item-2\nclauses: ["2.1"]', 'parent: item-1\nclauses: ["1.1"]'),
        (FRAME, "item-1, points: 60", "item-1, points: 100"),
        (FRAME, "item-2, points: 40", "item-2, points: 0"),
        ("plan.yaml", "digest: def\n", "digest: def\n            not_assessed: 不考核了\n"),
    )
    found = {each.address: each for each in rule_difference(SMALL, rules).changes}
    moved = found["indicators/I2/parent"]
    assert (moved.act, moved.weight) == (Act.MOVED, Weight.POINTS)
    assert sentence(moved) == f"指标 I2(人均)由 item-2(第二项) 移到 item-1(第一项),{SINCE},{PAPER}。"


def test_what_a_constant_does_is_told_at_each_formula_that_names_it() -> None:
    found = told((FRAME, "value: 2021-05-16", "value: 2021-05-20"))
    assert found == [
        "指标 I2(人均)公式“E3 + E7 + E8 + (E5 - issued) + population / 250” 文字未变,"
        f"所引用的常量、定义或数据项变了,{SINCE},{PAPER}。",
        f"常量 issued 值由 2021-05-16 改为 2021-05-20,{SINCE},依据落款。",
    ]


def test_a_constant_that_no_rule_names_moves_nothing() -> None:
    extra = ("ruleset.yaml", "  issued:", "  spare: {type: integer, value: 1, source: 没有}\n  issued:")
    more = small_rules(extra)
    other = replace(
        more, constants={**more.constants, "spare": replace(more.constants["spare"], amount=Fraction(2))}
    )
    assert [each.weight for each in rule_difference(more, other).changes] == [Weight.NONE]
    assert [each.weight for each in rule_difference(SMALL, more).changes] == [Weight.NONE]


def test_the_order_of_units_counts_where_places_are_given_in_order() -> None:
    turned = replace(SMALL, units=dict(reversed(list(SMALL.units.items()))))
    (change,) = rule_difference(SMALL, turned).changes
    assert (change.act, change.weight, change.before) == (
        Act.REORDERED,
        Weight.NONE,
        "110000、120000、130000",
    )
    ordinal = [replace(each, ranking=replace(each.ranking, ties=Ties.ORDINAL)) for each in (SMALL, turned)]
    assert [each.weight for each in rule_difference(*ordinal).changes] == [Weight.POINTS]


def test_the_order_of_adjustments_counts_since_they_touch_the_grade_one_after_the_other() -> None:
    turned = replace(SMALL, adjustments=tuple(reversed(SMALL.adjustments)))
    (change,) = rule_difference(SMALL, turned).changes
    assert (change.act, change.weight, change.address) == (
        Act.REORDERED,
        Weight.POINTS,
        "adjustments/order",
    )
    assert change.after == "V3、V2、V1、P2、P1、B1"


def test_figures_in_another_order_change_the_template_and_no_score() -> None:
    first = "  - {code: E1, name: 应办数, measure: 件, type: integer}\n"
    files = changed(small_files(), FORM_FILE, first, "")
    files = changed(files, FORM_FILE, "checks:\n", f"{first}checks:\n")
    (change,) = rule_difference(SMALL, rules_from(files)).changes
    assert (change.act, change.weight, change.address) == (
        Act.REORDERED,
        Weight.REPORTS,
        "forms/F01/elements",
    )


def test_only_what_is_asked_of_reports_makes_new_templates() -> None:
    def new_templates(*changes: tuple[str, str, str]) -> bool:
        return rule_difference(SMALL, small_rules(*changes)).new_templates

    assert new_templates((FORM_FILE, "name: 应办数", "name: 应办案件数"))
    assert not new_templates((I1, "at_least: 90", "at_least: 95"))


def dated(later: RuleSet, first: date) -> RuleSet:
    """The small rule set, which is another one from some day on."""
    start, end = SMALL.effective
    slices = (
        Slice(start=start, end=first - timedelta(days=1), rules=SMALL),
        Slice(start=first, end=end, rules=later),
    )
    return replace(later, slices=slices)


def test_a_dated_value_is_told_with_the_quarter_from_which_it_holds() -> None:
    later = small_rules((I1, "at_least: 90", "at_least: 95"))
    (change,) = rule_difference(SMALL, dated(later, date(2021, 7, 1))).changes
    assert (change.quarters, change.since) == ((3, 4), date(2021, 7, 1))
    assert sentence(change) == (
        f"指标 I1(办结率)计分方法“≥90”档界限由 90 改为 95,自 2021年第三季度起,{FIRST}。"
    )


def test_a_dated_value_of_a_file_is_told_with_its_own_day_source_and_reason() -> None:
    written = """{dated: [
        {to: 2021-06-30, use: zero},
        {from: 2021-07-01, use: 60%, source: {document: paper, text: 第九条}, because: 上半年是试行}]}"""
    (change,) = rule_difference(SMALL, small_rules((I1, "missing: zero", f"missing: {written}"))).changes
    assert (change.quarters, change.since) == ((3, 4), date(2021, 7, 1))
    assert sentence(change) == (
        "指标 I1(办结率)未报时由 按 0 分 改为 按满分的 60%,自 2021年第三季度起,"
        "依据《一份文件》第九条,理由:上半年是试行。"
    )


def test_what_a_dated_rule_set_no_longer_changes_is_told_for_the_quarters_it_concerned() -> None:
    later = small_rules((I1, "at_least: 90", "at_least: 95"))
    (change,) = rule_difference(dated(later, date(2021, 7, 1)), later).changes
    assert change.quarters == (1, 2)
    assert "限于 2021年第一季度、第二季度" in sentence(change)


def national(*changes: tuple[str, str, str]) -> RuleSet:
    """The national rule set of 2021 with passages of its files replaced, in memory."""
    files = {name: content.decode() for name, content in rule_files(NATIONAL).items()}
    for file, old, new in changes:
        name = next(each for each in files if each.startswith(file))
        files = changed(files, name, old, new)
    findings = Findings()
    rules = rule_set_from_files({name: text.encode() for name, text in files.items()}, findings)
    assert rules is not None
    return rules


NATIONAL_CHANGES = (
    ("ruleset.yaml", 'version: "1.0"', 'version: "1.1"'),
    ("indicators/I09-1", "points: 4\n", "points: 5\n"),
    ("indicators/I09-1", "deduct: 0.2,", "deduct: 0.25,"),
    ("indicators/I09-2", "points: 2\n", "points: 1\n"),
    ("indicators/I01-1", "{at_least: 95,", "{at_least: 96,"),
    ("ruleset.yaml", "at_least: 60", "at_least: 65"),
    ("adjustments.yaml", "bonus_cap: 2", "bonus_cap: 3"),
    ("forms/F12", "name: 待销毁侵权假冒商品重量", "name: 待销毁商品重量"),
)
GOLDEN = Path(__file__).parent / "national_difference.txt"


def national_difference() -> Difference:
    return rule_difference(national(), national(*NATIONAL_CHANGES))


def test_a_real_set_of_changes_reads_as_it_did() -> None:
    assert as_text(national_difference()) == GOLDEN.read_text(encoding="utf-8")


def test_data_and_markdown_tell_what_the_text_tells() -> None:
    difference = national_difference()
    data = as_data(difference)
    listed = data["changes"]
    assert isinstance(listed, list)
    assert [each["zh"] for each in listed] == [sentence(each) for each in difference.changes]
    assert data == as_data(national_difference())
    assert as_markdown(difference).count("\n1. ") == 3
    points = next(each for each in listed if each["path"] == "indicators/I09-1/points")
    assert points == {
        "act": "changed",
        "code": "I09-1",
        "path": "indicators/I09-1/points",
        "subject": "指标 I09-1(行政处罚信息公开率)",
        "title": "分值",
        "from": "4",
        "to": "5",
        "since": "2021-01-01",
        "quarters": [1, 2, 3, 4],
        "source": points["source"],
        "because": "",
        "can_move": "points",
        "moves_points": True,
        "changes_template": False,
        "zh": points["zh"],
    }


def test_markdown_takes_no_sign_of_a_name_for_its_own() -> None:
    rules = small_rules((I1, "name: 办结率", 'name: "<b>*办*_结_|率</b>"'))
    text = as_markdown(rule_difference(SMALL, rules))
    assert "\\<b\\>\\*办\\*\\_结\\_\\|率\\</b\\>" in text


def test_a_part_of_the_rule_set_that_is_not_there_at_all_can_come() -> None:
    calendar = (NATIONAL / "workdays.yaml").read_text(encoding="utf-8")
    rules = rules_from({**small_files(), "workdays.yaml": calendar})
    found = {each.container: each.act for each in rule_difference(SMALL, rules).changes}
    assert found["workdays"] is Act.ADDED


def test_a_deadline_that_is_set_otherwise_is_told_word_for_word() -> None:
    files = small_files()
    before = rules_from({**files, "workdays.yaml": "years: [2021]\n"})
    deadline = "{days: 5, counting: workdays, extension: after_holiday, timeliness: accepted}"
    after = rules_from({**files, "workdays.yaml": f"years: [2021]\ndeadline: {deadline}\n"})
    changes = rule_difference(before, after).changes
    assert {(each.title, each.before, each.after) for each in changes} == {
        ("季后天数", "10", "5"),
        ("天数的算法", "按自然日数", "按工作日数"),
        ("到期日放假时", "顺延到下一个工作日", "只因法定节假日顺延,到假后第一天"),
        ("迟报按哪一版算", "第一次收到的", "最后通过审核的"),
    }
    assert {(each.container, each.weight) for each in changes} == {("deadline", Weight.REPORTS)}


def test_more_points_for_a_node_that_had_none_of_its_own() -> None:
    root = SMALL.nodes[NodeCode("total")]
    bare = replace(SMALL, nodes={**SMALL.nodes, root.code: replace(root, points=None)})
    (change,) = rule_difference(bare, SMALL).changes
    assert (change.before, change.after) == ("随下级", "100")


def test_a_unit_more_is_told_with_its_attributes() -> None:
    (change,) = rule_difference(
        SMALL,
        small_rules(
            (UNITS_FILE, "units:\n", 'units:\n  - {code: "140000", name: 丁省, group: 西, population: 1}\n')
        ),
    ).changes
    assert (change.act, change.weight) == (Act.ADDED, Weight.POINTS)
    assert sentence(change) == f"新增单位 140000(丁省):丁省,属性 group 西、population 1,{SINCE}。"
