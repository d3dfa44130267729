"""The score table gives records, whole numbers and one unit's account, each as the plain engine would."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given

from benchmarks.w_case import PERIOD, data, facts, rule_set, unit_codes
from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode
from scoring.results import AdjustmentScore, NodeScore, Outcome, UnitResult
from scoring.vectorised.engine import VectorEngine
from scoring.vectorised.table import ScoreTable
from tests.support.random_scoring import Case, cases


def engines(size: int) -> tuple[PlainEngine, ScoreTable]:
    units = unit_codes(size)
    rules, given_facts = rule_set(units), facts(units, data(size))
    return PlainEngine(rules, given_facts, PERIOD), VectorEngine(rules, given_facts, PERIOD).table


@given(cases(most_units=4))
def test_everything_about_one_unit_is_as_the_plain_engine_says(case: Case) -> None:
    plain = PlainEngine(case.rules, case.facts, case.period)
    table = VectorEngine(case.rules, case.facts, case.period).table
    for row in range(len(case.facts.units)):
        assert table.totals(row) == plain.totals[row]
        assert table.adjusted_unit(row) == plain.adjusted[row]
        assert table.result(row) == plain.results[row]
        for code in case.rules.indicators:
            assert table.points(row, code) == plain.points(code)[row]
            assert list(table.peers(row, code)) == plain.peers_of(code, row)


def test_records_come_one_by_one_and_in_bulk_alike() -> None:
    plain, table = engines(9)
    scoring = plain.score()
    units, rules = plain.facts.units, plain.rules
    for code in rules.order:
        one_by_one = [table.node_score(row, code) for row in range(len(units))]
        assert one_by_one == list(table.node_scores(code))
        assert one_by_one == [scoring.scores[unit, code] for unit in units]
    for adjustment in rules.adjustments:
        assert [table.adjustment(row, adjustment.code) for row in range(len(units))] == [
            scoring.adjustments[unit, adjustment.code] for unit in units
        ]


def test_points_in_bulk_are_whole_numbers_over_whole_numbers() -> None:
    plain, table = engines(9)
    for code in plain.rules.order:
        tops, bottoms = table.whole_points(code)
        assert tops.dtype == "int64"
        assert isinstance(bottoms, int)
        assert [Fraction(int(top), bottoms) for top in tops] == [
            totals[code].points for totals in plain.totals
        ]


def test_nothing_that_goes_out_is_a_double() -> None:
    _, table = engines(9)
    scoring = table.scoring()
    records: list[NodeScore | AdjustmentScore | UnitResult]
    records = [*scoring.scores.values(), *scoring.adjustments.values(), *scoring.results.values()]
    kinds = {type(getattr(record, field.name)) for record in records for field in fields(record)}
    assert kinds <= {Fraction, int, str, tuple, bool, Outcome, type(None)}


def test_peers_are_read_one_by_one_and_in_order() -> None:
    plain, table = engines(30)
    code = next(code for code, each in plain.rules.indicators.items() if each.method.peers)
    peers = table.peers(3, code)
    expected = plain.peers_of(code, 3)
    assert len(peers) == 30
    assert [peers[0], peers[-1], *peers[5:8]] == [expected[0], expected[-1], *expected[5:8]]
    assert peers == expected


@pytest.mark.parametrize("ask", [ScoreTable.node_score, ScoreTable.adjustment])
def test_an_unknown_node_is_the_callers_mistake(ask: object) -> None:
    _, table = engines(1)
    with pytest.raises(UnknownNode):
        ask(table, 0, NodeCode("nothing"))  # type: ignore[operator]


def test_explaining_one_unit_evaluates_the_formula_for_that_unit_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, table = engines(30)
    asked: list[int] = []
    original = ScoreTable.view

    def view(table: ScoreTable, row: int, extra: object = None) -> object:
        asked.append(row)
        return original(table, row, extra)  # type: ignore[arg-type]

    monkeypatch.setattr(ScoreTable, "view", view)
    for code in plain.rules.indicators:
        assert table.points(7, code) == plain.points(code)[7]
    assert set(asked) == {7}
