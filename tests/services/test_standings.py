"""Moves, strengths and comparisons of stored runs: exact, and only for those who may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from models.records import RunId, UnitCard
from models.unit_of_work import Database
from scoring.codes import NodeCode, UnitCode
from scoring.impacts.attribution import Split
from scoring.movements.moves import CAUSES, Cause
from scoring.results import AdjustmentScore, NodeScore, Outcome, UnitResult
from services.comparison import LineKind, compare_units, compared_lines
from services.errors import NotAllowed, NotFound
from services.movements import explain_moves, runs_before
from services.score import score_period
from services.strengths import items_of, strengths_of
from tests.support.databases import copy_of_sqlite
from tests.support.office import BEIJING, IN_TIME, OFFICE, TIANJIN, Office, clerk, number, series
from tests.support.rulesets import small_rules

NOWHERE = UnitCode("999999")


class Runs(NamedTuple):
    office: Office
    first: RunId
    again: RunId
    """The first quarter after 北京 restated a figure."""
    second: RunId


@pytest.fixture(scope="module")
def runs(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    database = Database(copy_of_sqlite(sqlite_template, tmp_path_factory.mktemp("standings")))
    office = Office(database)
    for unit in (BEIJING, TIANJIN):
        office.accepted(unit, 1)
    first = score_period(office.context, actor=OFFICE, period="2021Q1").id
    office.now += timedelta(hours=1)
    office.accepted(BEIJING, 1, {series("E210", "2021Q1"): number(0)})
    again = score_period(office.context, actor=OFFICE, period="2021Q1").id
    office.now = IN_TIME[2]
    for unit in (BEIJING, TIANJIN):
        office.accepted(unit, 2)
    second = score_period(office.context, actor=OFFICE, period="2021Q2").id
    yield Runs(office, first, again, second)
    database.close()


def whole(split: Split) -> dict[Cause, Fraction]:
    return dict(zip(CAUSES, split.parts, strict=True))


def test_the_quarter_before_is_found_by_its_latest_run(runs: Runs) -> None:
    assert runs_before(runs.office.context, actor=OFFICE, run=runs.second) == (runs.again,)
    assert runs_before(runs.office.context, actor=OFFICE, run=runs.first) == ()


@pytest.mark.parametrize("against", ["first", "again"])
def test_every_move_goes_from_one_stored_result_to_the_other_without_a_rest(runs: Runs, against: str) -> None:
    context, earlier = runs.office.context, getattr(runs, against)
    found = explain_moves(context, actor=OFFICE, run=runs.second, against=earlier)
    with context.read() as work:
        stored = [{each.unit: each for each in work.runs.ranking(run)} for run in (earlier, runs.second)]
    assert len(found.moves) == 32
    for move in found.moves:
        assert (move.before, move.after) == (stored[0][move.unit], stored[1][move.unit])
        assert move.score.rest == move.rank.rest == 0
        assert sum(move.score.parts) == (stored[1][move.unit].score or 0) - (stored[0][move.unit].score or 0)
        assert whole(move.score)[Cause.RULES] == 0


def test_the_same_period_scored_again_differs_by_corrections_alone(runs: Runs) -> None:
    found = explain_moves(runs.office.context, actor=OFFICE, run=runs.again, against=runs.first)
    assert any(move.score.whole for move in found.moves)
    for move in found.moves:
        assert move.score.whole == whole(move.score)[Cause.CORRECTIONS]
        assert move.rank.whole == whole(move.rank)[Cause.CORRECTIONS]


def test_a_run_against_itself_moved_nobody(runs: Runs) -> None:
    found = explain_moves(runs.office.context, actor=OFFICE, run=runs.first, against=runs.first)
    assert {part for move in found.moves for part in (*move.score.parts, *move.rank.parts)} == {Fraction(0)}


def test_one_unit_gets_what_the_list_of_all_says_of_it(runs: Runs) -> None:
    context = runs.office.context
    own = explain_moves(
        context, actor=clerk(BEIJING), run=runs.second, against=runs.again, unit=BEIJING
    ).moves
    everybody = explain_moves(context, actor=OFFICE, run=runs.second, against=runs.again).moves
    assert own == tuple(each for each in everybody if each.unit == BEIJING)


def test_a_region_reads_neither_all_moves_nor_anothers(runs: Runs) -> None:
    context, actor = runs.office.context, clerk(BEIJING)
    for unit in (None, TIANJIN):
        with pytest.raises(NotAllowed):
            explain_moves(context, actor=actor, run=runs.second, against=runs.first, unit=unit)
    with pytest.raises(NotAllowed):
        strengths_of(context, actor=actor, run=runs.second, unit=TIANJIN)
    with pytest.raises(NotAllowed):
        compare_units(context, actor=actor, run=runs.second, units=(BEIJING, TIANJIN))


def test_what_is_not_there_is_not_found(runs: Runs) -> None:
    context = runs.office.context
    with pytest.raises(NotFound):
        explain_moves(context, actor=OFFICE, run=RunId("none"), against=runs.first)
    with pytest.raises(NotFound):
        explain_moves(context, actor=OFFICE, run=runs.second, against=RunId("none"))
    with pytest.raises(NotFound):
        explain_moves(context, actor=OFFICE, run=runs.second, against=runs.first, unit=NOWHERE)
    with pytest.raises(NotFound):
        strengths_of(context, actor=OFFICE, run=runs.second, unit=NOWHERE)
    with pytest.raises(NotFound):
        compare_units(context, actor=OFFICE, run=runs.second, units=(BEIJING, NOWHERE))


def test_items_stand_by_points_lost_beside_the_median_of_the_peers(runs: Runs) -> None:
    found = strengths_of(runs.office.context, actor=OFFICE, run=runs.second, unit=BEIJING)
    lost = [each.lost for each in found.items]
    assert lost == sorted(lost, reverse=True)
    assert {each.code for each in found.items} <= set(items_of(runs.office.rules))
    rules = runs.office.rules
    group = [
        code
        for code, unit in rules.units.items()
        if unit.attributes.get(rules.ranking.peer_group or "") == found.group and code != BEIJING
    ]
    assert {each.among for each in found.items} == {len(group)}
    for each in found.items:
        assert each.share == 1 - each.lost / each.full


@pytest.mark.parametrize("pair", [(BEIJING, TIANJIN), (TIANJIN, BEIJING), (BEIJING, BEIJING)])
def test_the_lines_of_a_comparison_sum_to_the_gap(runs: Runs, pair: tuple[UnitCode, UnitCode]) -> None:
    found = compare_units(runs.office.context, actor=OFFICE, run=runs.second, units=pair)
    assert sum(line.difference for line in found.lines) == found.gap
    for place, result in enumerate(found.results):
        assert sum((line.a, line.b)[place] for line in found.lines) == result.score
    assert (found.gap == 0) == (pair[0] == pair[1])


def card(unit: str, points: str, bonus: str, cap: str, final: str | None, score: str | None) -> UnitCard:
    """A card of the small rule set: one indicator, the item and section above it, one bonus."""
    node, of = NodeCode, UnitCode(unit)
    leaf = Fraction(points)
    scores = [
        NodeScore(of, node(code), None, each, Fraction(60), Outcome.SCORED)
        for code, each in (("I1", leaf), ("item-1", leaf), ("section-1", leaf), ("total", leaf * 2))
    ]
    return UnitCard(
        result=UnitResult(
            of,
            leaf * 2,
            Fraction(cap),
            Fraction(0),
            None if final is None else Fraction(final),
            None if score is None else Fraction(score),
        ),
        scores=tuple(scores),
        adjustments=(AdjustmentScore(of, node("B1"), Fraction(bonus), triggered=True),),
    )


def test_rescaling_caps_vetoes_and_rounding_are_lines_of_their_own() -> None:
    lines = compared_lines(
        small_rules(),
        card("110000", "30", "3", "2", "59.996", "60"),
        card("120000", "40/3", "1", "1", None, None),
    )
    told = {(line.kind, line.code): (line.a, line.b) for line in lines if line.a or line.b}
    assert told == {
        (LineKind.INDICATOR, "I1"): (30, Fraction(40, 3)),
        (LineKind.NODE, "total"): (30, Fraction(40, 3)),
        (LineKind.ADJUSTMENT, "B1"): (3, 1),
        (LineKind.CAP, ""): (-1, 0),
        (LineKind.EVENTS, ""): (Fraction("59.996") - 62, -Fraction(80, 3) - 1),
        (LineKind.ROUNDING, ""): (Fraction("0.004"), 0),
    }
    assert sum(line.difference for line in lines) == 60
