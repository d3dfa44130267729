"""Ranking conventions of pandas and Excel: those that rule files can follow, and those they cannot."""

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
BEYOND_THE_LANGUAGE = {
    *(f"{ties}/{order}/na_keep" for ties in ("dense", "first") for order in ("asc", "desc")),
    *(
        f"{ties}/{order}/na_{missing}"
        for ties in ("average", "max", "dense", "first")
        for order in ("asc", "desc")
        for missing in ("top", "bottom")
    ),
    *(f"pct_{ties}/asc/na_keep" for ties in ("average", "dense", "max", "min")),
}


def list_of(unit: str) -> str:
    """ "ties3-2" is the second figure of the list "ties3"."""
    return unit.rpartition("-")[0]


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


def test_places_at_the_nodes_follow_their_conventions(scorings: Mapping[str, Scoring]) -> None:
    published = rows_about(PLACE_AT)
    found = [
        node_of(scorings[list_of(row["unit"])], row["unit"], PLACE_AT[row["level"]]).rank for row in published
    ]
    assert found == [int(exact(row["value"])) for row in published]
    assert len(found) == 146


def test_who_is_not_ranked_has_no_place_and_takes_none(scorings: Mapping[str, Scoring]) -> None:
    scoring = scorings["missing2"]
    places = [node_of(scoring, f"missing2-{position}", "desc_keep").rank for position in range(1, 7)]
    assert places == [1, None, 3, 1, None, 4]


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


def test_percentrank_is_truncated_to_three_decimals(scorings: Mapping[str, Scoring]) -> None:
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
def test_what_the_rules_follow_and_what_they_cannot_is_the_whole_case() -> None:
    published = whole_table(CASE, "expected.csv")
    followed = {*PLACE_AT, *POINTS_AT, "PERCENTRANK.INC"}
    assert followed | BEYOND_THE_LANGUAGE == {row["level"] for row in published}
    assert not followed & BEYOND_THE_LANGUAGE
    kept = [(row["unit"], row["level"], row["value"]) for row in sample_table(CASE, "expected.csv")]
    assert kept == [
        (row["unit"], row["level"], row["value"]) for row in published if row["level"] in followed
    ]
    assert (len(kept), len(published)) == (352, 928)
