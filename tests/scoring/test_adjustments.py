"""Adjustments: bonuses and penalties within their caps, voided figures, and the events that touch grades."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from scoring.adjustments import BASE_RANK, Adjusted, adjust_unit, voided_indicators
from scoring.codes import NodeCode
from scoring.facts import Amount
from scoring.rulebook.rules import RuleSet
from scoring.totals import Earned
from scoring.values import UnitView
from tests.support.rulesets import facts_from, period, small_rules

ADJUSTMENTS = "adjustments.yaml"
GOOD = {"section-1": Earned(Fraction(100), Fraction(100))}


def view(rules: RuleSet, written: Mapping[str, str], extra: Mapping[str, Amount] | None = None) -> UnitView:
    return UnitView(rules, facts_from(rules, {"110000": written}), 0, period("2021"), extra)


def adjusted(
    written: Mapping[str, str],
    *changes: tuple[str, str, str],
    totals: Mapping[str, Earned] = GOOD,
    base_rank: str | None = None,
) -> Adjusted:
    rules = small_rules(*changes)
    extra = {} if base_rank is None else {BASE_RANK: Fraction(base_rank)}
    by_code = {NodeCode(code): earned for code, earned in totals.items()}
    return adjust_unit(rules, view(rules, written, extra), by_code)


def points(found: Adjusted, code: str) -> Fraction:
    return next(score.points for score in found.scores if score.code == code)


def test_events_not_recorded_are_none() -> None:
    found = adjusted({})
    assert {score.code: score.points for score in found.scores if score.points} == {}
    assert [found.bonus, found.penalty, found.events] == [0, 0, ()]
    assert not any(score.triggered for score in found.scores)


def test_every_adjustment_is_told_in_the_order_of_the_rule_set() -> None:
    assert [score.code for score in adjusted({}).scores] == ["B1", "P1", "P2", "V1", "V2", "V3"]


@pytest.mark.parametrize(
    ("events", "points_of_it"), [("0", "0"), ("1", "0.5"), ("2", "1"), ("3", "1"), ("NA", "0")]
)
def test_a_bonus_earns_up_to_its_own_most(events: str, points_of_it: str) -> None:
    found = adjusted({"X2 2021": events})
    score = found.scores[0]
    assert (score.points, score.triggered) == (Fraction(points_of_it), points_of_it != "0")
    assert score.value == (None if events == "NA" else Fraction(events))


@pytest.mark.parametrize(("cases", "taken"), [("0", "0"), ("5", "-0.5"), ("30", "-3"), ("90", "-3")])
def test_a_penalty_takes_points_up_to_its_own_most(cases: str, taken: str) -> None:
    found = adjusted({"X3 2021": cases})
    assert points(found, "P1") == Fraction(taken)
    assert found.penalty == Fraction(taken)


def test_the_sums_are_capped() -> None:
    caps = (ADJUSTMENTS, "bonus_cap: 2\npenalty_cap: 3\n", "bonus_cap: 0.3\npenalty_cap: 0.4\n")
    found = adjusted({"X2 2021": "2", "X3 2021": "5"}, caps)
    assert [points(found, "B1"), found.bonus] == [1, Fraction("0.3")]
    assert (points(found, "P1"), found.penalty) == (Fraction("-0.5"), Fraction("-0.4"))


def test_without_caps_the_sums_stay() -> None:
    caps = (ADJUSTMENTS, "bonus_cap: 2\npenalty_cap: 3\n", "")
    found = adjusted({"X2 2021": "2", "X1[I1] 2021": "1"}, caps)
    assert [found.bonus, found.penalty] == [1, -30]


@pytest.mark.parametrize(
    ("written", "voided", "taken"),
    [
        ({}, (), 0),
        ({"X1[I1] 2021": "0"}, (), 0),
        ({"X1[I1] 2021": "1"}, ("I1",), -30),
        pytest.param({"X1[I1] 2021": "5"}, ("I1",), -30, id="found false twice is voided once"),
        ({"X1[I1] 2021": "1", "X1[I2] 2021": "1"}, ("I1", "I2"), -50),
        ({"X1[I2] 2021": "NA"}, (), 0),
    ],
)
def test_false_figures_void_their_indicators_and_cost_a_share_of_their_points(
    written: Mapping[str, str], voided: tuple[str, ...], taken: int
) -> None:
    found, rules = adjusted(written), small_rules()
    assert voided_indicators(rules, view(rules, written)) == voided
    score = found.scores[2]
    assert [score.points, score.value, score.triggered] == [taken, len(voided), bool(voided)]


def test_each_void_takes_only_for_its_own_indicators() -> None:
    form = (
        "forms/F01.yaml",
        "  - {code: X2,",
        "  - {code: X4, name: 伪造, measure: 次, type: integer, "
        "breakdown: indicators, frequency: yearly}\n  - {code: X2,",
    )
    second = (
        ADJUSTMENTS,
        "  - {code: V1,",
        "  - {code: P3, kind: void, name: 伪造, element: X4, deduct: 100%}\n  - {code: V1,",
    )
    found = adjusted({"X1[I1] 2021": "1", "X4[I2] 2021": "1"}, form, second)
    assert [points(found, "P2"), points(found, "P3")] == [-30, -40]


@pytest.mark.parametrize(
    ("written", "totals", "events"),
    [
        ({"X2 2021": "3"}, GOOD, ["V1"]),
        ({"X2 2021": "2"}, GOOD, []),
        ({"E6 2021": "否"}, GOOD, ["V2"]),
        ({"E6 2021": "是"}, GOOD, []),
        ({"E6 2021": "NA"}, GOOD, []),
        ({}, {"section-1": Earned(Fraction("39.99"), Fraction(100))}, ["V3"]),
        pytest.param({}, {"section-1": Earned(Fraction(40), Fraction(100))}, [], id="at the ratio"),
        pytest.param({}, {"section-1": Earned(Fraction(3), Fraction(10))}, ["V3"], id="of what was possible"),
        pytest.param(
            {}, {"section-1": Earned(Fraction(0), Fraction(0))}, [], id="of nothing there is no ratio"
        ),
        pytest.param({}, {"section-1": Earned(None, Fraction(100))}, [], id="nor of no score"),
    ],
)
def test_events_are_those_that_hold(
    written: Mapping[str, str], totals: Mapping[str, Earned], events: list[str]
) -> None:
    found = adjusted(written, totals=totals)
    assert [event.code for event in found.events] == events
    assert {score.code for score in found.scores if score.triggered} >= set(events)


def test_an_event_can_forbid_every_bonus_and_no_penalty() -> None:
    change = (
        ADJUSTMENTS,
        "when: X2 >= 3, grade: lowest, ranked: no",
        "when: X2 >= 1, grade: lowest, no_bonus: yes",
    )
    found = adjusted({"X2 2021": "2", "X3 2021": "10"}, change)
    assert [found.bonus, found.penalty, points(found, "B1")] == [0, -1, 0]
    assert found.scores[0].triggered


@pytest.mark.parametrize(
    ("place", "bonus"), [pytest.param("1", "1", id="the first"), ("5", "0.25"), (None, "0")]
)
def test_a_bonus_may_ask_for_the_place_before_adjustments(place: str | None, bonus: str) -> None:
    change = (ADJUSTMENTS, "value: X2,", 'value: "3 - base_rank / 2",')
    assert points(adjusted({}, change, base_rank=place), "B1") == Fraction(bonus)
