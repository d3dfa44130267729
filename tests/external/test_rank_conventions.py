"""Ranking conventions of pandas and Excel: every published place, by the formulas and nodes of rule files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest

from scoring.engine import Scoring
from tests.support.external import (
    Row,
    exact,
    needs_whole,
    node_of,
    read_rules,
    sample_table,
    score_rows,
    whole_table,
)

CASE = "rank_conventions"
TOLERANCE = Fraction(1, 10**12)
"""The published shares are binary doubles; places are met exactly."""
PANDAS_OF_EXCEL = {"RANK.EQ": "min", "RANK.AVG": "average"}
PLACE_AT = {
    "min/desc/na_keep": "desc_keep",
    "min/asc/na_keep": "asc_keep",
    "min/desc/na_top": "desc_top",
    "min/asc/na_top": "asc_top",
    "min/desc/na_bottom": "desc_bottom",
    "min/asc/na_bottom": "asc_bottom",
    "RANK.EQ/asc": "asc_keep",
}
"""The convention, and the node whose places follow it."""
POINTS_AT = {
    "min/desc/na_keep": "share_best_desc",
    "min/asc/na_keep": "share_best_asc",
    "max/desc/na_keep": "share_worst_desc",
    "max/asc/na_keep": "share_worst_asc",
    "average/desc/na_keep": "share_mean_desc",
    "average/asc/na_keep": "share_mean_asc",
    "RANK.EQ/asc": "share_best_asc",
    "RANK.AVG/desc": "share_mean_desc",
    "RANK.AVG/asc": "share_mean_asc",
}
"""The convention, and the indicator whose points go by it; the place itself is not printed."""


def list_of(unit: str) -> str:
    """ "ties3-2" is the second figure of the list "ties3"."""
    return unit.rpartition("-")[0]


def indicator_of(level: str) -> str:
    """The indicator whose value is the place by a convention: "min/desc/na_top" is min_desc_top."""
    name, _, rest = level.partition("/")
    if name.startswith("pct_") or not rest:
        return name if rest else "percentrank_inc"
    order, _, missing = rest.partition("/")
    return f"{PANDAS_OF_EXCEL.get(name, name)}_{order}_{missing.removeprefix('na_') or 'keep'}"


@pytest.fixture(scope="module")
def scorings() -> Mapping[str, Scoring]:
    """Each list scored by itself; an empty value is a unit that reported nothing."""
    rules, lists = read_rules(CASE), defaultdict(list)
    for row in sample_table(CASE, "lists.csv"):
        lists[list_of(row["unit"])].append(row)
    return {
        name: score_rows(rules, (row for row in rows if row["value"]), [row["unit"] for row in rows])
        for name, rows in lists.items()
    }


def rows_about(levels: Iterable[str]) -> list[dict[str, str]]:
    wanted = set(levels)
    return [row for row in sample_table(CASE, "expected.csv") if row["level"] in wanted]


def test_every_published_place_is_met_by_a_formula(scorings: Mapping[str, Scoring]) -> None:
    published = sample_table(CASE, "expected.csv")
    missed = [row for row in published if distance(scorings, row) > TOLERANCE]
    assert missed == []
    assert len(published) == 928


def distance(scorings: Mapping[str, Scoring], row: Row) -> Fraction:
    """How far the value of the convention's indicator is from the published one."""
    value = node_of(scorings[list_of(row["unit"])], row["unit"], indicator_of(row["level"])).value
    assert isinstance(value, Fraction), row
    return abs(value - exact(row["value"]))


def test_places_at_the_nodes_follow_their_conventions(scorings: Mapping[str, Scoring]) -> None:
    published = rows_about(PLACE_AT)
    found = [
        node_of(scorings[list_of(row["unit"])], row["unit"], PLACE_AT[row["level"]]).rank for row in published
    ]
    assert found == [int(exact(row["value"])) for row in published]
    assert len(found) == 146


def test_who_is_not_ranked_has_no_place_and_takes_none(scorings: Mapping[str, Scoring]) -> None:
    scoring = scorings["missing2"]
    units = [f"missing2-{position}" for position in range(1, 7)]
    assert [node_of(scoring, unit, "desc_keep").rank for unit in units] == [1, None, 3, 1, None, 4]
    assert [node_of(scoring, unit, "min_desc_keep").value for unit in units] == [1, None, 3, 1, None, 4]


def test_points_by_place_follow_their_conventions(scorings: Mapping[str, Scoring]) -> None:
    published = [row for row in rows_about(POINTS_AT) if members(scorings, row) > 1]
    found = [place_behind_points(scorings, row, POINTS_AT[row["level"]]) for row in published]
    assert found == [exact(row["value"]) for row in published]
    assert len(found) == 299


def members(scorings: Mapping[str, Scoring], row: Row) -> int:
    """How many of the row's list have a figure."""
    scoring = scorings[list_of(row["unit"])]
    return sum(node_of(scoring, unit, "desc_keep").rank is not None for unit in scoring.results)


def place_behind_points(scorings: Mapping[str, Scoring], row: Row, indicator: str) -> Fraction:
    """The place that the points stand for: points = (n - place) / (n - 1)."""
    count = members(scorings, row)
    points = node_of(scorings[list_of(row["unit"])], row["unit"], indicator).points
    assert points is not None
    return count - points * (count - 1)


def test_percentrank_by_method_is_truncated_to_three_decimals(scorings: Mapping[str, Scoring]) -> None:
    published = rows_about(["PERCENTRANK.INC"])
    found = [node_of(scorings[list_of(row["unit"])], row["unit"], "percentrank").points for row in published]
    assert found == [exact(row["value"]) for row in published]
    assert len(found) == 3


def test_exact_figures_are_not_tied_where_they_differ_in_the_last_digit(
    scorings: Mapping[str, Scoring],
) -> None:
    scoring = scorings["float_sum"]
    assert [node_of(scoring, f"float_sum-{position}", "desc_keep").rank for position in (1, 2, 3)] == [
        1,
        2,
        3,
    ]


@needs_whole(CASE)
def test_the_committed_values_are_the_whole_case() -> None:
    published = [(row["unit"], row["level"], row["value"]) for row in whole_table(CASE, "expected.csv")]
    kept = [(row["unit"], row["level"], row["value"]) for row in sample_table(CASE, "expected.csv")]
    assert kept == published
