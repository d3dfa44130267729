"""Nodes of the tree: what only the whole tree can show, and the children that formulas ask for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.expressions import Attribute
from scoring.rulebook.final_rules import Ties, Unscored
from scoring.rulebook.rules import Coverage, Policy
from tests.support.defects import ADJUSTMENTS, COUNT, RULESET, Defect, assert_told, defect
from tests.support.rulesets import small_rules

ITEM = "{code: item-2, points: 40}"
FORMULA = "aggregate: formula, formula"
SECTION_FORMULA = """      aggregate: formula
      formula: value("item-1")
"""


def item(said: str) -> tuple[str, str, str]:
    """The second item with something more said of it."""
    return RULESET, ITEM, f"{{code: item-2, points: 40, {said}}}"


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a formula asks for a child of another node",
            item(f"{FORMULA}: '1 + points(\"I1\")'"),
            code="unknown-child",
            at="I1",
            found="I1",
        ),
        defect(
            "a formula asks for the value of a node",
            (RULESET, "code: section-1\n", f"code: section-1\n{SECTION_FORMULA}"),
            code="value-of-node",
            at='item-1")',
        ),
        defect(
            "a child is not named in quotes",
            item(f"{FORMULA}: points(I2)"),
            code="formula-arguments",
            at="points(I2",
        ),
        defect(
            "a formula is a condition",
            item(f"{FORMULA}: 'points(\"I2\") > 1'"),
            code="formula-type",
            at='points("I2',
        ),
        defect("a formula looks at figures", item(f"{FORMULA}: 1 + E1"), code="unknown-name", at="E1"),
        defect(
            "a node by formula has none", item("aggregate: formula"), code="missing-key", at="{code: item-2"
        ),
        defect("a sum has a formula", item("formula: '1'"), code="wrong-form", at="1'}"),
        defect("a sum shares out weights", item("weights: all"), code="wrong-form", at="all}", found="all"),
        defect(
            "more is covered than there is",
            item("coverage: {at_least: 101%, below: zero}"),
            code="wrong-form",
            at="101%",
        ),
        defect(
            "coverage suffices at nothing",
            item("coverage: {at_least: 0%, below: zero}"),
            code="wrong-form",
            at="0%",
        ),
        defect(
            "nothing is said of too little coverage",
            item("coverage: {at_least: 75%}"),
            code="missing-key",
            at="{at_least",
        ),
        defect(
            "too little coverage has an unknown rule",
            item("coverage: {at_least: 75%, below: nothing}"),
            code="wrong-form",
            at="nothing",
            found="nothing",
        ),
        defect(
            "the best unit gets nothing",
            item("best: 0"),
            code="wrong-form",
            at="41:44",
            more=["best-is-not-full"],
        ),
        defect(
            "the best unit gets other than full points",
            item("best: 50"),
            code="best-is-not-full",
            at="{code: item-2",
            more=["weights-do-not-sum"],
        ),
        defect("bounds are swapped", item("at_least: 60, at_most: 50"), code="wrong-form", at="60, at_most"),
        defect(
            "a bound is below zero",
            item("at_most: -1"),
            code="wrong-form",
            at="41:47",
            more=["full-out-of-reach"],
        ),
        defect(
            "full points are out of reach",
            item("at_most: 30"),
            code="full-out-of-reach",
            at="{code: item-2",
        ),
        defect(
            "a product of what has no points",
            item("aggregate: product"),
            (COUNT, "points: 40", "points: 0"),
            code="nothing-to-aggregate",
            at="{code: item-2",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_a_node_says_how_it_is_made() -> None:
    said = "aggregate: mean, weights: all, at_least: 5, at_most: 50, best: 40, name_best: yes"
    node = small_rules(item(f"{said}, coverage: {{at_least: 75%, below: 60%}}")).nodes[NodeCode("item-2")]
    assert node.coverage is not None
    assert [str(each) for each in (node.at_least, node.at_most, node.best, node.coverage.at_least)] == [
        "5",
        "50",
        "40",
        "3/4",
    ]
    assert (node.weights_of_all, node.name_best) == (True, True)
    assert node.coverage.below == Policy(share=Fraction(3, 5))


@pytest.mark.parametrize("word", ["no_score", "zero", "not_applicable"])
def test_too_little_coverage_may_be_answered_by_a_word(word: str) -> None:
    node = small_rules(item(f"coverage: {{at_least: 75%, below: {word}}}")).nodes[NodeCode("item-2")]
    assert isinstance(node.coverage, Coverage)
    assert node.coverage.below.name == word


def test_a_formula_names_children_and_constants() -> None:
    formula = small_rules(item(f"{FORMULA}: 'min(points(\"I2\"), issued)'")).nodes[NodeCode("item-2")].formula
    assert formula is not None
    assert Attribute('points("I2")') in formula.root.arguments  # type: ignore[union-attr]


def test_children_may_sum_to_more_than_a_node_that_is_bounded() -> None:
    rules = small_rules(
        (RULESET, ITEM, "{code: item-2, points: 30, at_most: 30}"),
        (RULESET, "code: section-1\n      points: 100", "code: section-1\n      points: 90"),
        (RULESET, "points: 100\n  rescale: yes", "points: 90\n  rescale: yes"),
    )
    assert rules.nodes[NodeCode("item-2")].at_most == 30


BANDS = """bands:
    - {grade: 优秀, at_least: 90, tier: 第一档, converted: 10}
    - {grade: 合格, at_least: 60}
"""
MEETING = """code: I3
name: 开会
parent: item-2
clauses: ["2.1"]
points: 0
value: E6
missing: zero
method: {kind: graded, scale: {是: 100%, 否: 0}}
reason: 说明
source: {document: paper}
"""


def bands(*written: str) -> tuple[str, str, str]:
    """The bands before the last one replaced."""
    return RULESET, BANDS, "bands:\n" + "".join(f"    - {{{each}}}\n" for each in written)


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "ties are broken by the value of a node",
            (RULESET, "{node: item-1}", "{node: item-1, by: value}"),
            code="value-of-node",
            at="item-1, by",
        ),
        defect(
            "ties are broken by a choice",
            (RULESET, "{node: item-1}", "{node: I3, by: value}"),
            ("indicators/I3.yaml", "", MEETING),
            code="value-of-choice",
            at="I3, by",
        ),
        defect(
            "ties are broken in an unknown order",
            (RULESET, "{node: item-1}", "{node: item-1, order: best_first}"),
            code="unknown-word",
            at="best_first",
        ),
        defect(
            "equals are placed in an unknown way",
            (RULESET, "ties: competition", "ties: competitive"),
            code="unknown-word",
            at="competitive",
        ),
        defect(
            "a score is capped under a grade by places alone",
            bands("grade: 优秀, rank_at_most: 6", "grade: 合格, at_least: 60"),
            code="nothing-to-cap",
            file=ADJUSTMENTS,
            at="{code: V2",
        ),
        defect(
            "a grade is for places that a higher one takes",
            bands("grade: 优秀, at_least: 60, rank_at_most: 6", "grade: 合格, at_least: 80, rank_at_most: 6"),
            code="wrong-form",
            at="- {grade: 优秀",
            found="合格",
        ),
        defect(
            "a share is no share",
            bands("grade: 优秀, at_least: 90, share_at_most: 120%", "grade: 合格, at_least: 60"),
            code="wrong-form",
            at="120%",
        ),
        defect(
            "a grade is for the first no places",
            bands("grade: 优秀, at_least: 90, rank_at_most: 0", "grade: 合格, at_least: 60"),
            code="wrong-form",
            at="0}\n    - {grade: 合格",
        ),
    ],
)
def test_each_defect_of_places_and_grades_is_told_once(case: Defect) -> None:
    assert_told(case)


def test_places_are_given_as_the_rule_set_says() -> None:
    rules = small_rules(
        (RULESET, "ties: competition", "ties: average\n  order: lowest_first\n  unscored: last"),
        (RULESET, "{node: item-1}", "{node: I1, by: value, order: lowest_first}"),
    )
    ranking = rules.ranking
    assert (ranking.ties, ranking.lowest_first, ranking.unscored) == (Ties.AVERAGE, True, Unscored.LAST)
    assert [(each.node, each.by_value, each.lowest_first) for each in ranking.tie_breaks] == [
        ("I1", True, True),
        (None, False, False),
    ]


def test_grades_may_be_for_places() -> None:
    rules = small_rules(
        bands("grade: 优秀, at_least: 90, rank_at_most: 6", "grade: 合格, at_least: 90, share_at_most: 40%")
    )
    assert [(each.at_least, each.rank_at_most, each.share_at_most) for each in rules.grades] == [
        (Fraction(90), 6, None),
        (Fraction(90), None, Fraction(2, 5)),
        (None, None, None),
    ]


def test_an_event_may_take_the_total_away() -> None:
    rules = small_rules((ADJUSTMENTS, "grade: lowest, ranked: no", "grade: lowest, scored: no"))
    assert [each.scored for each in rules.adjustments if each.code in {"V1", "V2"}] == [False, True]
