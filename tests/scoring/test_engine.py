"""The plain engine: five stages over all units, from what was reported to grades and places."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.results import NodeScore, Outcome, UnitResult
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, scored, small_rules

A, B, C = UnitCode("110000"), UnitCode("120000"), UnitCode("130000")
RULESET, RATE, COUNT, ADJUSTMENTS = (
    "ruleset.yaml",
    "indicators/I1.yaml",
    "indicators/I2.yaml",
    "adjustments.yaml",
)


def year(cases: str, closed: str, counted: str = "NA", **others: str) -> dict[str, str]:
    """A unit's year: cases and how many were closed; what I2 counts, as it stands."""
    second = {"E3[市场监管] 2021": counted, "E3[药监] 2021": counted}
    return {"E1 2021": cases, "E2 2021": closed, **second, **others}


def node(scoring: Scoring, unit: UnitCode, code: str) -> NodeScore:
    return scoring.scores[unit, NodeCode(code)]


def final(scoring: Scoring, unit: UnitCode) -> UnitResult:
    return scoring.results[unit]


def three(rules: RuleSet, *closed: str) -> Scoring:
    """Three units, each with ten cases, of which so many were closed."""
    units = (A, B, C)
    return scored(rules, {unit: year("10", each) for unit, each in zip(units, closed, strict=True)})


def test_what_was_reported_becomes_points_of_every_node() -> None:
    scoring = scored(small_rules(), {A: year("10", "9")})
    leaf = node(scoring, A, "I1")
    assert [leaf.value, leaf.points, leaf.full, leaf.outcome] == [90, 60, 60, Outcome.SCORED]
    assert (leaf.rank, node(scoring, A, "total").rank) == (None, 1)
    assert {code: score.points for (unit, code), score in scoring.scores.items() if unit == A} == {
        "I1": 60,
        "I2": 0,
        "item-1": 60,
        "item-2": 0,
        "section-1": 60,
        "total": 100,
    }


def test_nodes_come_as_the_tree_reads_and_units_as_the_facts_have_them() -> None:
    scoring = three(small_rules(), "9", "8", "7")
    assert list(dict.fromkeys(code for _, code in scoring.scores)) == [
        "total",
        "section-1",
        "item-1",
        "I1",
        "item-2",
        "I2",
    ]
    assert list(scoring.results) == [A, B, C]


def test_what_does_not_apply_is_left_out_and_the_rest_converted() -> None:
    scoring = scored(small_rules(), {A: year("10", "6")})
    assert node(scoring, A, "item-2") == NodeScore(
        A, NodeCode("item-2"), None, Fraction(0), Fraction(0), Outcome.NOT_APPLICABLE
    )
    assert node(scoring, A, "total").points == 50


def test_a_unit_that_reported_nothing_earns_nothing_and_is_ranked_last() -> None:
    scoring = scored(small_rules(), {A: year("10", "9")})
    assert node(scoring, B, "I1").outcome is Outcome.MISSING
    assert [final(scoring, B).score, final(scoring, B).rank, final(scoring, B).grade] == [0, 2, "不合格"]


def test_places_are_shared_and_given_within_groups_too() -> None:
    scoring = three(small_rules(), "9", "6", "9")
    assert [final(scoring, unit).rank for unit in (A, B, C)] == [1, 3, 1]
    assert [final(scoring, unit).group for unit in (A, B, C)] == ["东", "东", "西"]
    assert [final(scoring, unit).group_rank for unit in (A, B, C)] == [1, 2, 1]
    assert [node(scoring, unit, "section-1").rank for unit in (A, B, C)] == [1, 3, 1]


def test_without_a_peer_group_there_are_no_places_within() -> None:
    scoring = three(small_rules((RULESET, "peer_group: group\n", "")), "9", "8", "7")
    assert {(final(scoring, unit).group, final(scoring, unit).group_rank) for unit in (A, B, C)} == {
        ("", None)
    }


ONLY_LINES = (COUNT, "E3 + E7 + E8 + (E5 - issued) + population / 250", "E3 + 0 / population")
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
IN_PROPORTION = (RATE, LADDER, "{kind: attain, target: 100}")
SIX_PLACES = (RULESET, "points: {places: 2, mode: half_up}", "points: {places: 6}")


@pytest.mark.parametrize(
    ("tie_breaks", "ranks"),
    [
        pytest.param("[{node: item-1}]", [3, 1, 1], id="the points of a node"),
        pytest.param("[{node: I2}]", [1, 2, 2], id="the points of an indicator"),
        pytest.param("[{fewest: zero_scores}]", [3, 1, 1], id="fewer indicators without points"),
        pytest.param("[]", [1, 1, 1], id="nothing decides"),
        pytest.param(
            "[{node: section-1}, {node: item-1}]", [3, 1, 1], id="the second where the first is equal"
        ),
    ],
)
def test_tie_breaks_decide_between_equal_scores(tie_breaks: str, ranks: list[int]) -> None:
    """Forty points each: the first unit from the second item, the others from both."""
    as_written = "\n    - {node: item-1}\n    - {fewest: zero_scores}\n"
    rules = small_rules(ONLY_LINES, (RULESET, as_written, f" {tie_breaks}\n"))
    found = scored(rules, {A: year("10", "0", "20"), B: year("10", "6", "5"), C: year("10", "6", "5")})
    assert [final(found, unit).final for unit in (A, B, C)] == [40, 40, 40]
    assert [final(found, unit).rank for unit in (A, B, C)] == ranks


@pytest.mark.parametrize(("on", "ranks"), [("unrounded", [1, 2]), ("rounded", [1, 1])])
def test_places_look_at_the_score_that_the_rule_set_names(on: str, ranks: list[int]) -> None:
    ranking = (RULESET, "ranking:\n  on: unrounded", f"ranking:\n  on: {on}")
    no_breaks = (RULESET, "\n    - {node: item-1}\n    - {fewest: zero_scores}\n", " []\n")
    rules = small_rules(ranking, no_breaks, IN_PROPORTION, SIX_PLACES)
    scoring = scored(rules, {A: year("30000", "27001"), B: year("30000", "27000")})
    assert [final(scoring, unit).score for unit in (A, B)] == [90, 90]
    assert [final(scoring, unit).rank for unit in (A, B)] == ranks


@pytest.mark.parametrize(
    ("on", "grade"), [("rounded", "优秀"), pytest.param("unrounded", "合格", id="89.996 is short of 90")]
)
def test_grades_look_at_the_score_that_the_rule_set_names(on: str, grade: str) -> None:
    grades = (RULESET, "grades:\n  on: rounded", f"grades:\n  on: {on}")
    rules = small_rules(grades, SIX_PLACES, IN_PROPORTION)
    assert final(scored(rules, {A: year("25000", "22499")}), A).grade == grade


def test_the_score_is_rounded_once_and_the_exact_one_is_kept() -> None:
    """60 × 77/90 = 51.333333 (six places), converted from 60 to 100 points."""
    rules = small_rules(SIX_PLACES, (RATE, LADDER, "{kind: attain, target: 100}"))
    result = final(scored(rules, {A: year("90", "77")}), A)
    exact = Fraction("51.333333") * 100 / 60
    assert (result.base, result.final, result.score) == (exact, exact, Fraction("85.56"))


def test_a_total_without_rounding_is_its_own_score() -> None:
    rules = small_rules((RULESET, "  total: {places: 2}\n", ""), SIX_PLACES, IN_PROPORTION)
    result = final(scored(rules, {A: year("90", "77")}), A)
    assert result.score == result.final == Fraction("51.333333") * 100 / 60


def test_grades_bring_their_tier_and_converted_score() -> None:
    scoring = three(small_rules(), "9", "6", "0")
    found = [
        (final(scoring, unit).grade, final(scoring, unit).tier, final(scoring, unit).converted)
        for unit in (A, B, C)
    ]
    assert found == [("优秀", "第一档", 10), ("不合格", "", None), ("不合格", "", None)]


def test_a_rule_set_without_grades_gives_none() -> None:
    grades = (
        RULESET,
        (
            "grades:\n  on: rounded\n  bands:\n"
            "    - {grade: 优秀, at_least: 90, tier: 第一档, converted: 10}\n"
            "    - {grade: 合格, at_least: 60}\n    - {grade: 不合格, otherwise: yes}\n"
        ),
        "",
    )
    floor = (
        ADJUSTMENTS,
        ("  - {code: V3, kind: floor, name: 底线, nodes: sections, ratio_below: 40%, grade_at_most: 合格}\n"),
        "",
    )
    result = final(scored(small_rules(grades, floor), {A: year("10", "9")}), A)
    assert (result.grade, result.tier, result.converted, result.rank) == ("", "", None, 1)


def test_bonus_and_penalty_move_the_score_and_never_below_nothing() -> None:
    scoring = scored(
        small_rules(),
        {A: year("10", "9", **{"X2 2021": "1"}), B: year("0", "0", **{"X1[I2] 2021": "1"})},
    )
    good, bad = final(scoring, A), final(scoring, B)
    assert [good.base, good.bonus, good.final] == [100, Fraction("0.5"), Fraction("100.5")]
    assert scoring.adjustments[A, NodeCode("B1")].points == Fraction("0.5")
    assert [bad.base, bad.penalty, bad.final] == [None, -3, None]
    worst = final(scored(small_rules(), {A: {"X3 2021": "40"}}), A)
    assert [worst.base, worst.penalty, worst.final] == [0, -3, 0]


def test_voided_figures_earn_nothing_but_keep_their_value() -> None:
    scoring = scored(small_rules(), {A: year("10", "9", **{"X1[I1] 2021": "1"})})
    leaf = node(scoring, A, "I1")
    assert [leaf.value, leaf.points, leaf.full, leaf.outcome] == [90, 0, 60, Outcome.VOIDED]
    assert final(scoring, A).penalty == -3


def test_what_is_left_out_cannot_be_voided() -> None:
    scoring = scored(small_rules(), {A: year("10", "9", **{"X1[I2] 2021": "1"})})
    assert node(scoring, A, "I2").outcome is Outcome.NOT_APPLICABLE


def test_an_event_can_cost_the_place_and_the_grade() -> None:
    written = {A: year("10", "9", **{"X2 2021": "3"}), B: year("10", "9")}
    scoring = scored(small_rules(), written)
    fallen = final(scoring, A)
    assert (fallen.grade, fallen.rank, fallen.group_rank, fallen.effects) == ("不合格", None, None, ("V1",))
    assert final(scoring, B).rank == 1


def test_a_demotion_caps_the_score_just_below_the_grade_lost() -> None:
    result = final(scored(small_rules(), {A: year("10", "9", **{"E6 2021": "否"})}), A)
    assert [result.base, result.final, result.score, result.grade] == [
        100,
        Fraction("89.99"),
        Fraction("89.99"),
        "合格",
    ]


def test_the_place_before_adjustments_is_known_to_them() -> None:
    rules = small_rules((ADJUSTMENTS, "value: X2,", "value: base_rank,"))
    scoring = three(rules, "9", "6", "9")
    assert [final(scoring, unit).bonus for unit in (A, B, C)] == [
        Fraction("0.5"),
        Fraction(1),
        Fraction("0.5"),
    ]


def test_who_has_no_score_has_no_place_and_no_grade() -> None:
    rules = small_rules((RATE, "missing: zero", "missing: no_score"))
    scoring = scored(rules, {A: year("10", "9")})
    assert (node(scoring, B, "I1").points, node(scoring, B, "total").points) == (None, None)
    assert (node(scoring, B, "item-1").rank, node(scoring, B, "total").rank) == (None, None)
    result = final(scoring, B)
    assert (result.base, result.final, result.score, result.rank, result.grade) == (None,) * 4 + ("",)


def test_nothing_is_due_in_a_first_quarter_of_yearly_figures() -> None:
    rules = small_rules((RATE, "points: 60\n", "points: 60\nassessed: yearly\n"))
    scoring = scored(rules, {A: {"E1 2021Q1": "10"}}, "2021Q1")
    assert {node(scoring, A, code).outcome for code in ("I1", "I2", "total")} == {Outcome.NOT_DUE}
    assert final(scoring, A).rank is None


PEER_RANGE = (
    "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}",
    "{kind: peer_range, group: %s}",
)


@pytest.mark.parametrize(("group", "points"), [("all", [60, 30, 0]), ("peers", [60, 0, 60])])
def test_peers_are_those_of_the_group_or_all(group: str, points: list[int]) -> None:
    rules = small_rules((RATE, PEER_RANGE[0], PEER_RANGE[1] % group))
    scoring = three(rules, "9", "8", "7")
    assert [node(scoring, unit, "I1").points for unit in (A, B, C)] == points


def test_who_has_no_value_is_no_peer() -> None:
    rules = small_rules((RATE, PEER_RANGE[0], PEER_RANGE[1] % "all"))
    engine = PlainEngine(rules, facts_from(rules, {A: year("10", "9"), B: year("10", "5")}), period("2021"))
    points = engine.points(NodeCode("I1"))
    peers = engine.peer_values(rules.indicators[NodeCode("I1")], [each.value for each in points], 0)
    assert peers == [50, 90]
    assert engine.peer_values(rules.indicators[NodeCode("I2")], [each.value for each in points], 0) == []


def test_a_rule_set_scores_nobody_where_nobody_is_assessed() -> None:
    rules = replace(small_rules(), units={})
    scoring = PlainEngine(rules, facts_from(rules, {}), period("2021")).score()
    assert (scoring.scores, scoring.results, scoring.adjustments) == ({}, {}, {})


NO_BREAKS = (RULESET, "\n    - {node: item-1}\n    - {fewest: zero_scores}\n", " []\n")


def test_a_node_is_placed_by_share_where_not_all_could_earn_as_many() -> None:
    """30 of 60 is a smaller share than 28 of 40; who has all of it is first."""
    ladder = (RATE, "zero_denominator: not_applicable", "zero_denominator: not_applicable")
    rules = small_rules(ladder, ONLY_LINES)
    found = scored(rules, {A: year("10", "6"), B: year("0", "0", "14"), C: year("10", "9", "20")})
    section = [node(found, unit, "section-1") for unit in (A, B, C)]
    assert [f"{each.points}/{each.full} {each.rank}" for each in section] == [
        "30/60 3",
        "28/40 2",
        "100/100 1",
    ]


def test_a_node_is_placed_by_points_where_all_could_earn_as_many() -> None:
    found = scored(small_rules(ONLY_LINES), {A: year("10", "6", "1"), B: year("10", "6", "2")})
    assert [node(found, unit, "section-1").rank for unit in (A, B, C)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("changes", "ranks"),
    [
        pytest.param([("ties: competition", "ties: average")], ["1.5", "1.5", "3"], id="an average"),
        pytest.param([("ties: competition", "ties: ordinal")], ["1", "2", "3"], id="by the rule set's order"),
        pytest.param([("ties: competition", "order: lowest_first")], ["2", "2", "1"], id="the lowest first"),
    ],
)
def test_nodes_and_totals_are_placed_in_the_same_way(
    changes: list[tuple[str, str]], ranks: list[str]
) -> None:
    rules = small_rules(*((RULESET, old, new) for old, new in changes), NO_BREAKS)
    found = three(rules, "9", "9", "6")
    for code in ("item-1", "section-1", "total"):
        assert [str(node(found, unit, code).rank) for unit in (A, B, C)] == ranks
    assert [str(final(found, unit).rank) for unit in (A, B, C)] == ranks


def test_equals_stand_in_the_order_of_the_rule_set_not_of_the_facts() -> None:
    rules = small_rules((RULESET, "ties: competition", "ties: ordinal"), NO_BREAKS)
    facts = facts_from(rules, {unit: year("10", "9") for unit in (A, B, C)})
    turned = replace(rules, units={unit: rules.units[unit] for unit in (C, A, B)})
    results = PlainEngine(turned, facts, period("2021")).score().results
    assert [results[unit].rank for unit in (A, B, C)] == [2, 3, 1]


@pytest.mark.parametrize(
    ("unscored", "ranks"),
    [("unranked", [1, 2, None]), ("first", [2, 3, 1]), ("last", [1, 2, 3])],
)
def test_units_without_a_score_stand_where_the_rule_set_puts_them(
    unscored: str, ranks: list[int | None]
) -> None:
    rules = small_rules(
        (RATE, "missing: zero", "missing: no_score"),
        (RULESET, "ties: competition", f"unscored: {unscored}"),
    )
    found = scored(rules, {A: year("10", "9"), B: year("10", "6")})
    assert [final(found, unit).rank for unit in (A, B, C)] == ranks
    assert [node(found, unit, "section-1").rank for unit in (A, B, C)] == ranks


@pytest.mark.parametrize(
    ("rule", "ranks"),
    [
        pytest.param("{node: I2, by: value}", [2, 1, 3], id="the greater value, none at all last"),
        pytest.param(
            "{node: I2, by: value, order: lowest_first}", [1, 2, 3], id="the lesser, none at all last"
        ),
        pytest.param("{node: I2, order: lowest_first}", [1, 1, 3], id="fewer points, what is left out last"),
    ],
)
def test_ties_may_be_broken_by_values_and_from_the_low_end(rule: str, ranks: list[int]) -> None:
    """All have the most of both items that apply to them, converted to a hundred."""
    as_written = "\n    - {node: item-1}\n    - {fewest: zero_scores}\n"
    rules = small_rules(
        ONLY_LINES,
        (COUNT, "points: 40", "points: 0"),
        (RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 0}"),
        (RULESET, "code: section-1\n      points: 100", "code: section-1\n      points: 60"),
        (RULESET, "points: 100\n  rescale: yes", "points: 60\n  rescale: yes"),
        (RULESET, as_written, f" [{rule}]\n"),
    )
    found = scored(rules, {A: year("10", "9", "20"), B: year("10", "9", "21"), C: year("10", "9")})
    assert [final(found, unit).rank for unit in (A, B, C)] == ranks


def test_the_rank_before_adjustments_breaks_ties_like_any_other() -> None:
    bonus = "value: X2, method: {kind: credit, each: 0.5, most: 1}"
    rules = small_rules(
        ONLY_LINES, (ADJUSTMENTS, bonus, "value: base_rank, method: {kind: credit, each: 1, most: 3}")
    )
    engine = PlainEngine(
        rules,
        facts_from(rules, {A: year("10", "0", "20"), B: year("10", "6", "5"), C: year("10", "6", "5")}),
        period("2021"),
    )
    assert [engine.base_places[row] for row in range(3)] == [3, 1, 1]
    assert [each.bonus for each in engine.results] == [2, 1, 1]


QUOTA = (
    RULESET,
    "{grade: 优秀, at_least: 90, tier: 第一档, converted: 10}",
    "{grade: 优秀, rank_at_most: 1}",
)
NO_CAP = (ADJUSTMENTS, ", cap_score: yes", "")


def test_the_first_places_get_the_grade_and_vetoed_units_take_none_of_them() -> None:
    rules = small_rules(QUOTA, NO_CAP)
    found = scored(rules, {A: year("10", "9", **{"X2 2021": "3"}), B: year("10", "9"), C: year("10", "6")})
    assert [(final(found, unit).grade, final(found, unit).rank) for unit in (A, B, C)] == [
        ("不合格", None),
        ("优秀", 1),
        ("不合格", 2),
    ]


def test_a_demotion_takes_no_place_and_gives_none_away() -> None:
    rules = small_rules(QUOTA, NO_CAP)
    found = scored(rules, {A: year("10", "9", **{"E6 2021": "否"}), B: year("10", "6")})
    assert [(final(found, unit).grade, final(found, unit).rank) for unit in (A, B)] == [
        ("合格", 1),
        ("不合格", 2),
    ]


def test_an_event_may_take_the_total_away_and_leave_the_grade_that_it_names() -> None:
    rules = small_rules((ADJUSTMENTS, "grade: lowest, ranked: no", "grade_at_most: 合格, scored: no"))
    found = final(scored(rules, {A: year("10", "9", **{"X2 2021": "3"}), B: year("10", "6")}), A)
    assert [found.base, found.final, found.score, found.rank] == [100, None, None, None]
    assert (found.grade, found.effects) == ("合格", ("V1",))
