"""UNDP's Human Development Index 2021: every published index and place, from rule files alone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from scoring.codes import UnitCode
from scoring.engine import Scoring
from tests.support.external import (
    Row,
    exact,
    needs_whole,
    read_rules,
    sample_table,
    score_rows,
    whole_table,
)

CASE = "hdi_2021"
UNSCORED = {"MCO", "NRU", "PRK", "SOM"}  # codespell:ignore
PARTS = [
    pytest.param("sample", id="sample"),
    pytest.param("whole", id="whole", marks=needs_whole(CASE)),
]


def scored(part: str) -> tuple[Scoring, list[dict[str, str]]]:
    """The scoring of a part of the case and what was published of it."""
    read = sample_table if part == "sample" else whole_table
    name = "facts.csv" if part == "sample" else "inputs.csv"
    return score_rows(read_rules(CASE), read(CASE, name)), read(CASE, "expected.csv")


def places_among(published: Iterable[Row]) -> dict[str, int]:
    """The published places of some countries, counted among those countries only."""
    places = {row["unit"]: int(row["rank"]) for row in published}
    return {unit: 1 + sum(other < place for other in places.values()) for unit, place in places.items()}


@pytest.mark.parametrize("part", PARTS)
def test_every_published_index_is_met_in_all_three_decimals(part: str) -> None:
    scoring, published = scored(part)
    found = {row["unit"]: scoring.results[UnitCode(row["unit"])].score for row in published}
    assert found == {row["unit"]: exact(row["value"]) for row in published}


@pytest.mark.parametrize("part", PARTS)
def test_every_published_place_is_met(part: str) -> None:
    scoring, published = scored(part)
    found = {row["unit"]: scoring.results[UnitCode(row["unit"])].rank for row in published}
    assert found == places_among(published)


@pytest.mark.parametrize("part", PARTS)
def test_a_country_with_a_figure_missing_has_neither_index_nor_place(part: str) -> None:
    scoring, published = scored(part)
    silent = {unit: result for unit, result in scoring.results.items() if result.score is None}
    assert set(silent) == set(scoring.results) - {UnitCode(row["unit"]) for row in published}
    assert set(silent) & UNSCORED == set(silent)
    assert silent
    assert all(result.rank is None for result in silent.values())


@needs_whole(CASE)
def test_the_whole_case_has_191_countries_with_an_index_and_4_without() -> None:
    scoring, published = scored("whole")
    assert (len(scoring.results), len(published)) == (195, 191)
    assert places_among(published) == {row["unit"]: int(row["rank"]) for row in published}


def test_places_on_the_unrounded_index_would_be_other_ones() -> None:
    scoring, published = scored("sample")
    finals = {row["unit"]: scoring.results[UnitCode(row["unit"])].final or 0 for row in published}
    unrounded = {unit: 1 + sum(other > final for other in finals.values()) for unit, final in finals.items()}
    assert unrounded != places_among(published)
