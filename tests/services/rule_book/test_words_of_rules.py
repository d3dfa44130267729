"""Methods, policies, trees, places and grades as sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.methods.base import FULL, NOTHING, Quantity
from scoring.methods.credit import Credit
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.slope import Slope
from scoring.rulebook.final_rules import Grade, Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.rules import Aggregate, Coverage, Policy
from services.rule_book.document import Block, Paragraph, Table
from services.rule_book.general import general_chapter
from services.rule_book.layout import spoken
from services.rule_book.methods_words import ladder_bands, method_blocks, method_summary
from services.rule_book.policies import policy_words
from tests.support.books import text_of
from tests.support.rulesets import small_rules

FOUR = Fraction(4)


def half(text: str = "1/2") -> Quantity:
    return Quantity(Fraction(text), of_full=True)


def rungs(*steps: tuple[str, int]) -> tuple[Rung, ...]:
    return tuple(Rung(test, Fraction(threshold), half()) for test, threshold in steps)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("at_least", 90), ("at_least", 60)], ["≥90", "≥60，<90", "<60"]),
        ([("above", 90), ("at_least", 60)], [">90", "≥60，≤90", "<60"]),
        ([("at_most", 1), ("at_most", 3)], ["≤1", "≤3，>1", ">3"]),
        ([("below", 1), ("at_most", 3)], ["<1", "≤3，≥1", ">3"]),
        ([("at_least", 60), ("at_most", 10)], ["≥60", "≤10", "其余"]),
        ([("at_least", 60), ("at_least", 90)], ["≥60", "≥90", "其余"]),
    ],
)
def test_bands_say_their_sides(steps: list[tuple[str, int]], expected: list[str]) -> None:
    assert [text for text, _ in ladder_bands(Ladder(rungs=rungs(*steps)))] == expected


def table_rows(blocks: tuple[Block, ...]) -> list[list[str]]:
    table = next(block for block in blocks if isinstance(block, Table))
    return [[spoken(cell[0]) for cell in row] for group in table.groups for row in group.rows]


def test_a_ladder_is_a_table_of_shares_and_points() -> None:
    ladder = Ladder(rungs=(Rung("at_least", Fraction(90), FULL), Rung("at_least", Fraction(60), half())))
    assert table_rows(method_blocks(ladder, FOUR, "%")) == [
        ["≥90", "100%", "4"],
        ["≥60，<90", "50%", "2"],
        ["<60", "—", "0"],
    ]


def test_points_that_are_no_shares_have_no_column_of_shares() -> None:
    ladder = Ladder(rungs=(Rung("at_least", Fraction(90), Quantity(Fraction(3), of_full=False)),))
    assert table_rows(method_blocks(ladder, FOUR, "")) == [["≥90", "3"], ["<90", "0"]]


def test_words_and_knots_are_tables_too() -> None:
    graded = Graded(scale={"好": FULL, "差": NOTHING})
    assert table_rows(method_blocks(graded, FOUR, ""))[0] == ["“好”", "100%", "4"]
    bent = Piecewise(points=(Knot(Fraction(0), NOTHING), Knot(Fraction(10), FULL)))
    assert table_rows(method_blocks(bent, FOUR, "")) == [["0", "—", "0"], ["10", "100%", "4"]]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("%", "达到100%得满分4分，每差1个百分点扣0.5分，扣完为止。"),
        ("件", "达到100件得满分4分，每差1件扣0.5分，扣完为止。"),
        ("", "达到100得满分4分，每差1扣0.5分，扣完为止。"),
    ],
)
def test_steps_bear_the_measure_of_the_indicator(measure: str, expected: str) -> None:
    blocks = method_blocks(Slope(target=Fraction(100), deduct=Fraction(1, 2)), FOUR, measure)
    assert [spoken(block.text) for block in blocks if isinstance(block, Paragraph)] == [expected]


def test_a_penalty_takes_points_off() -> None:
    most = Quantity(Fraction(3), of_full=False)
    blocks = method_blocks(Credit(each=Fraction(1), most=most), Fraction(0), "次", "扣")
    assert [spoken(block.text) for block in blocks if isinstance(block, Paragraph)] == [
        "每1次扣1分，最多3分。"
    ]


def test_a_summary_of_a_ladder_fits_in_a_cell() -> None:
    ladder = Ladder(rungs=rungs(("at_least", 90)), otherwise=NOTHING)
    assert [spoken(line) for line in method_summary(ladder, FOUR, "%")] == ["≥90%得2分；<90%得0分"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (Policy(share=None), "不适用，本项不计入。"),
        (Policy(share=Fraction(0)), "得0分。"),
        (Policy(share=Fraction(1)), "得满分4分。"),
        (Policy(share=Fraction(3, 5)), "按满分的60%计，得2.4分。"),
        (Policy(share=Fraction(0), blocks=True), "本项无得分，所属各级和总分也无得分。"),
        (Policy(share=Fraction(0), lowest=True), "按计分办法所能给的最低分计。"),
    ],
)
def test_a_policy_is_a_sentence(policy: Policy, expected: str) -> None:
    assert spoken(policy_words(policy, FOUR, small_rules())) == expected


def test_a_value_instead_is_said_with_what_counts_when_it_is_absent_too() -> None:
    rules = small_rules()
    instead = Policy(share=Fraction(0), instead=rules.indicators["I1"].value, word="group_mean")  # type: ignore[index]
    assert spoken(policy_words(instead, FOUR, rules)) == (
        "取比较组内有数单位的平均值作为本项的值，照常计分；仍没有数的，得0分。"
    )


NODE = "- {code: item-1, points: 60}"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"aggregate": Aggregate.GEOMETRIC}, "几何平均"),
        ({"aggregate": Aggregate.MEAN, "weights_of_all": True}, "不适用的下级也占权重"),
        ({"coverage": Coverage(at_least=Fraction(3, 4))}, "有得分的下级所占权重不足75%的"),
        ({"best": Fraction(100)}, "得分最高的单位计100分"),
        ({"at_most": Fraction(50)}, "最多50分"),
        ({"name_best": True}, "结果注明得分最高的下级"),
    ],
)
def test_what_a_node_does_beyond_adding_up_is_said(changes: dict[str, object], expected: str) -> None:
    rules = small_rules()
    code = next(each for each in rules.nodes if each == "item-1")
    node = replace(rules.nodes[code], **changes)  # type: ignore[arg-type]
    changed = replace(rules, nodes={**rules.nodes, code: node})
    assert expected in text_of(general_chapter(changed, "一、"))


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (Ranking(on_rounded=True), "按取整后的最后得分从高到低排名"),
        (Ranking(lowest_first=True), "从低到高"),
        (Ranking(ties=Ties.DENSE), "如1、2、2、3"),
        (Ranking(unscored=Unscored.LAST), "没有总分的单位排在最后"),
        (Ranking(tie_breaks=(TieBreak(node=None),)), "得0分的指标少的在前"),
        (Ranking(peer_group="group"), "另按group排组内名次"),
    ],
)
def test_how_places_are_given_is_said(ranking: Ranking, expected: str) -> None:
    assert expected in text_of(general_chapter(replace(small_rules(), ranking=ranking), "一、"))


def test_grades_say_score_and_quota() -> None:
    grades = (
        Grade(name="甲", at_least=Fraction(90), rank_at_most=6),
        Grade(name="乙", at_least=None, share_at_most=Fraction(1, 5)),
    )
    said = text_of(general_chapter(replace(small_rules(), grades=grades), "一、"))
    assert "甲 ≥90 前6名" in said
    assert "乙 <90 前20%（向下取整）" in said
