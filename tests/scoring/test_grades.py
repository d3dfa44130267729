"""Grades: the edges of bands, and vetoes, demotions and floors that pull a grade down."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.grades import (
    Graded,
    Placed,
    grade_position,
    keeps_place,
    last_place,
    pulled_down,
    without_total,
)
from scoring.numbers import Rounding
from scoring.results import Place
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade

BANDS = tuple(
    Grade(name=name, at_least=None if limit is None else Fraction(limit))
    for name, limit in (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", None))
)
TWO_PLACES = Rounding(2)


def event(kind: str, code: str = "", **fields: object) -> Adjustment:
    return Adjustment(code=NodeCode(code or kind), kind=AdjustmentKind(kind), name=kind, **fields)  # type: ignore[arg-type]


WORST = event("veto", ranked=False)
AT_MOST_PASS = event("veto", "V2", grade_at_most="合格")
ONE_DOWN = event("demotion", cap_score=True)
TWO_DOWN = event("demotion", "D2", by=2, cap_score=True)
FAR_DOWN = event("demotion", "D9", by=9)
FLOOR = event("floor", grade_at_most="良好")


def graded(score: str, *events: Adjustment, rounding: Rounding | None = TWO_PLACES) -> Graded:
    return pulled_down(BANDS, Fraction(score), Fraction(score), events, rounding)


@pytest.mark.parametrize(
    ("score", "position"),
    [
        ("100", 0),
        pytest.param("90", 0, id="the lower limit belongs to the grade"),
        ("89.99", 1),
        ("80", 1),
        ("79.999999", 2),
        ("60", 2),
        ("59.99", 3),
        ("0", 3),
        ("-1", 3),
    ],
)
def test_a_score_lies_in_the_first_band_it_reaches(score: str, position: int) -> None:
    assert grade_position(BANDS, Fraction(score)) == position


def test_below_all_limits_the_last_band_holds() -> None:
    assert grade_position(BANDS[:2], Fraction(0)) == 1


@pytest.mark.parametrize(
    ("score", "events", "position", "final"),
    [
        pytest.param("95", (), 0, "95", id="nothing happened"),
        pytest.param("95", (WORST,), 3, "95", id="a veto means the lowest grade"),
        pytest.param("95", (AT_MOST_PASS,), 2, "95", id="or the best grade still possible"),
        pytest.param("50", (AT_MOST_PASS,), 3, "50", id="and never lifts"),
        pytest.param("95", (ONE_DOWN,), 1, "89.99", id="one grade down, the score just below"),
        pytest.param("85", (ONE_DOWN,), 2, "79.99", id="from the second grade too"),
        pytest.param("95", (TWO_DOWN,), 2, "79.99", id="two grades down"),
        pytest.param("50", (ONE_DOWN,), 3, "50", id="from the lowest there is no way down"),
        pytest.param("95", (FAR_DOWN,), 3, "95", id="further than the grades reach"),
        pytest.param("95", (FLOOR,), 1, "95", id="a floor closes the best grade"),
        pytest.param("70", (FLOOR,), 2, "70", id="and touches no lower one"),
        pytest.param("95", (ONE_DOWN, AT_MOST_PASS), 3, "59.99", id="vetoes come before demotions"),
        pytest.param("95", (FLOOR, ONE_DOWN), 1, "89.99", id="demotions come before floors"),
    ],
)
def test_events_pull_a_grade_down_in_their_order(
    score: str, events: tuple[Adjustment, ...], position: int, final: str
) -> None:
    found = graded(score, *events)
    assert (found.position, found.final) == (position, Fraction(final))
    assert set(found.effects) == {each.code for each in events}


def test_the_effects_are_told_in_the_order_in_which_they_work() -> None:
    assert graded("95", FLOOR, ONE_DOWN, WORST).effects == ("veto", "demotion", "floor")


def test_a_score_is_capped_on_the_grid_of_the_total() -> None:
    assert graded("95", ONE_DOWN, rounding=Rounding(1)).final == Fraction("89.9")
    assert graded("95", ONE_DOWN, rounding=None).final == Fraction("89.99")


def test_an_event_may_cost_the_place() -> None:
    assert graded("95").ranked
    assert graded("95", ONE_DOWN).ranked
    assert not graded("95", WORST).ranked


def test_without_grades_events_are_told_and_change_nothing() -> None:
    found = pulled_down((), Fraction(95), Fraction(95), (ONE_DOWN, WORST), TWO_PLACES)
    assert found == Graded(0, Fraction(95), (WORST.code, ONE_DOWN.code), ranked=False)


QUOTAS = (
    Grade(name="A", at_least=Fraction(90), rank_at_most=2),
    Grade(name="B", at_least=None, share_at_most=Fraction(1, 2)),
    Grade(name="C", at_least=Fraction(60), rank_at_most=9, share_at_most=Fraction(4, 5)),
    Grade(name="D", at_least=None),
)


@pytest.mark.parametrize(
    ("score", "place", "grade"),
    [
        pytest.param("95", 2, "A", id="score and place suffice"),
        pytest.param("95", 3, "B", id="the place does not"),
        pytest.param("89", 1, "B", id="the score does not"),
        pytest.param("95", Decimal("2.5"), "B", id="half a place too far"),
        pytest.param("10", 5, "B", id="half of eleven, whole places only"),
        pytest.param("80", 6, "C", id="the sixth of eleven is in no half"),
        pytest.param("80", 8, "C", id="four fifths of eleven are eight places"),
        pytest.param("80", 9, "D", id="the tighter of two quotas counts"),
        pytest.param("95", None, "D", id="without a place there is no quota"),
    ],
)
def test_a_grade_may_be_for_the_first_places(score: str, place: Place | None, grade: str) -> None:
    assert QUOTAS[grade_position(QUOTAS, Fraction(score), Placed(place, 11))].name == grade


def test_the_last_place_of_a_share_is_exact() -> None:
    third = Grade(name="A", at_least=None, share_at_most=Fraction(29, 100))
    assert [last_place(third, count) for count in (0, 3, 4, 100)] == [0, 0, 1, 29]


def test_a_grade_without_a_lower_limit_caps_no_score() -> None:
    found = pulled_down(QUOTAS, Fraction(80), Fraction(80), (ONE_DOWN,), TWO_PLACES, Placed(3, 10))
    assert (found.position, found.final) == (2, Fraction(80))


NO_TOTAL = event("veto", "V9", scored=False, grade_at_most="合格")


@pytest.mark.parametrize(
    ("events", "position", "effects"),
    [
        pytest.param((NO_TOTAL,), 2, ("V9",), id="the grade that the event names"),
        pytest.param((NO_TOTAL, WORST), 3, ("V9", "veto"), id="the lowest that any event names"),
        pytest.param((FLOOR, NO_TOTAL), 2, ("V9", "floor"), id="floors name one too"),
        pytest.param(
            (event("demotion", "D0", scored=False),),
            None,
            ("D0",),
            id="a demotion names none, so there is none",
        ),
    ],
)
def test_a_total_may_be_taken_away(
    events: tuple[Adjustment, ...], position: int | None, effects: tuple[str, ...]
) -> None:
    assert without_total(BANDS, events) == Graded(position, None, tuple(map(NodeCode, effects)), ranked=False)


def test_without_grades_a_total_is_taken_away_all_the_same() -> None:
    assert without_total((), (NO_TOTAL,)) == Graded(None, None, (NO_TOTAL.code,), ranked=False)


def test_who_loses_the_total_loses_the_place() -> None:
    assert not keeps_place((NO_TOTAL,))
    assert keeps_place((ONE_DOWN,))
