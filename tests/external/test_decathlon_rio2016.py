"""The decathlon of Rio 2016: all official event points, totals and places, from rule files alone."""

from __future__ import annotations

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import Scoring
from scoring.results import Outcome
from tests.support.external import (
    exact,
    needs_whole,
    node_of,
    read_rules,
    sample_table,
    score_rows,
    whole_table,
)

CASE = "decathlon_rio2016"
CODES = {"100": "M100", "400": "M400", "110H": "H110", "1500": "M1500"}
NO_MARK = {"NH", "NM", "DNF", "DNS", "DQ"}
UNCLASSIFIED = {
    "RSA-Coertzen-W",
    "UZB-Andreyev-L",
    "GER-Freimuth-R",
    "SRB-Dudas-M",
    "UKR-Kasyanov-O",
    "NED-Sintnicolaas-E",
    "NED-Braun-P",
}


@pytest.fixture(scope="module")
def scoring() -> Scoring:
    return score_rows(read_rules(CASE), sample_table(CASE, "facts.csv"))


def test_every_official_event_score_and_total_is_met(scoring: Scoring) -> None:
    published = sample_table(CASE, "expected.csv")
    found = {
        (row["unit"], row["node"]): node_of(scoring, row["unit"], row["node"]).points for row in published
    }
    assert found == {(row["unit"], row["node"]): exact(row["value"]) for row in published}
    assert len(found) == 301


def test_every_official_place_is_met_and_nobody_else_has_one(scoring: Scoring) -> None:
    published = {row["unit"]: int(row["rank"]) for row in sample_table(CASE, "expected.csv") if row["rank"]}
    assert {unit: result.rank for unit, result in scoring.results.items() if result.rank} == published
    assert len(published) == 25


def test_who_did_not_finish_keeps_event_points_without_a_total(scoring: Scoring) -> None:
    not_finished = {unit for unit, result in scoring.results.items() if result.grade == "未完赛"}
    assert not_finished == UNCLASSIFIED
    results = [scoring.results[UnitCode(unit)] for unit in sorted(UNCLASSIFIED)]
    assert {(result.final, result.score, result.rank) for result in results} == {(None, None, None)}
    assert node_of(scoring, "NED-Braun-P", "P_M100").outcome is Outcome.SCORED


def test_no_height_and_an_event_never_entered_are_told_apart(scoring: Scoring) -> None:
    no_height = node_of(scoring, "CZE-Sykora-J", "P_PV")
    assert no_height.points == 0
    assert no_height.outcome is Outcome.SCORED
    never = [score for score in scoring.scores.values() if score.outcome is Outcome.MISSING]
    assert never
    assert {score.points for score in never} == {0}


def test_a_false_start_in_a_race_earns_nothing() -> None:
    rows = [
        {"unit": "a", "element": "M100", "value": "NIL"},
        {"unit": "a", "element": "status", "value": "finished"},
    ]
    scoring = score_rows(read_rules(CASE), rows)
    assert scoring.scores[UnitCode("a"), NodeCode("P_M100")].points == 0


@needs_whole(CASE)
def test_the_committed_tables_are_the_published_ones() -> None:
    given = sorted((row["unit"], row["element"], row["value"]) for row in sample_table(CASE, "facts.csv"))
    assert given == sorted(
        (row["unit"], CODES.get(row["element"], row["element"]), "NIL" if _no_mark(row) else row["value"])
        for row in whole_table(CASE, "inputs.csv")
    )
    kept = sorted(
        (row["unit"], row["node"], row["value"], row["rank"]) for row in sample_table(CASE, "expected.csv")
    )
    assert kept == sorted(
        (row["unit"], _node(row["level"]), row["value"], row["rank"])
        for row in whole_table(CASE, "expected.csv")
    )


def _no_mark(row: dict[str, str]) -> bool:
    return row["element"] != "status" and row["value"] in NO_MARK


def _node(level: str) -> str:
    kind, _, event = level.partition(":")
    return "points" if kind == "total" else f"P_{CODES.get(event, event)}"
