"""COINr's ASEM index: what is met from raw figures, and the whole index from the treated stage on."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.engine import Scoring
from scoring.rulebook.rules import RuleSet
from tests.support.external import (
    Row,
    exact,
    needs_whole,
    node_of,
    plain_decimal,
    read_rules,
    sample_table,
    score_rows,
    whole_table,
)

CASE = "coinr_asem"
TOLERANCE = Fraction(1, 10**9)
"""The published values are sums of binary doubles with 17 digits."""
DENOMINATORS = ("Area", "Energy", "GDP", "Population")


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return read_rules(CASE)


@pytest.fixture(scope="module")
def from_raw_figures(rules: RuleSet) -> Scoring:
    rows = (row for row in whole_table(CASE, "inputs.csv") if row["element"] != "EurAsia_group")
    return score_rows(rules, ({**row, "value": plain_decimal(row["value"])} for row in rows))


@pytest.fixture(scope="module")
def from_the_treated_stage(rules: RuleSet) -> Scoring:
    """Treated values are ratios already: over denominators of 1 they stay what they are."""
    treated = [{**row, "value": plain_decimal(row["value"])} for row in stage("treated")]
    ones = [
        {"unit": unit, "element": element, "value": "1"}
        for unit in dict.fromkeys(row["unit"] for row in treated)
        for element in DENOMINATORS
    ]
    return score_rows(rules, treated + ones)


def stage(name: str) -> list[dict[str, str]]:
    return [row for row in whole_table(CASE, "stages.csv") if row["stage"] == name]


def far_off(scoring: Scoring, published: list[dict[str, str]]) -> list[Row]:
    """The published rows whose value the scoring misses by more than the tolerance."""
    return [row for row in published if distance(scoring, row) > TOLERANCE]


def distance(scoring: Scoring, row: Row) -> Fraction:
    node = row.get("node") or row["level"].partition(":")[2]
    points = node_of(scoring, row["unit"], node).points
    assert points is not None, row
    return abs(points - exact(row["value"]))


def wrong_places(scoring: Scoring, published: list[dict[str, str]]) -> list[Row]:
    def place(row: Row) -> int | None:
        return node_of(scoring, row["unit"], row.get("node") or row["level"].partition(":")[2]).rank

    return [row for row in published if row["rank"] and place(row) != int(row["rank"])]


def test_a_pillar_without_gaps_or_outliers_is_met_from_raw_figures(rules: RuleSet) -> None:
    scoring = score_rows(rules, sample_table(CASE, "facts.csv"))
    published = sample_table(CASE, "expected.csv")
    assert far_off(scoring, published) == []
    assert wrong_places(scoring, published) == []
    assert (len(published), sum(bool(row["rank"]) for row in published)) == (204, 51)


@needs_whole(CASE)
def test_every_denominated_value_is_met_from_raw_figures(from_raw_figures: Scoring) -> None:
    published = stage("denominated")
    for row in published:
        value, wanted = node_of(from_raw_figures, row["unit"], row["element"]).value, exact(row["value"])
        assert isinstance(value, Fraction), row
        assert abs(value - wanted) <= TOLERANCE * max(Fraction(1), abs(wanted)), row
    assert len(published) == 2434


@needs_whole(CASE)
def test_indicators_without_gaps_or_outliers_are_met_from_raw_figures(from_raw_figures: Scoring) -> None:
    touched = touched_indicators()
    published = [
        row
        for row in whole_table(CASE, "expected.csv")
        if row["level"].startswith("indicator:") and row["level"].partition(":")[2] not in touched
    ]
    assert far_off(from_raw_figures, published) == []
    assert len(published) == 23 * 51


def touched_indicators() -> set[str]:
    """Indicators of which some value was filled in or moved before they were normalised."""
    raw = {(row["unit"], row["element"]): float(row["value"]) for row in stage("denominated")}
    treated = {(row["unit"], row["element"]): float(row["value"]) for row in stage("treated")}
    return {element for (unit, element), value in treated.items() if raw.get((unit, element)) != value}


@needs_whole(CASE)
def test_a_gap_leaves_the_index_without_score_since_it_cannot_be_filled(from_raw_figures: Scoring) -> None:
    scored = {unit for unit, result in from_raw_figures.results.items() if result.score is not None}
    complete = {row["unit"] for row in stage("treated")} - gaps()
    assert scored == complete
    assert 0 < len(complete) < 51


def gaps() -> set[str]:
    raw = {(row["unit"], row["element"]) for row in stage("denominated")}
    return {row["unit"] for row in stage("treated") if (row["unit"], row["element"]) not in raw}


@needs_whole(CASE)
def test_all_values_are_met_from_the_treated_stage(from_the_treated_stage: Scoring) -> None:
    published = whole_table(CASE, "expected.csv")
    assert far_off(from_the_treated_stage, published) == []
    assert len(published) == 60 * 51


@needs_whole(CASE)
def test_all_places_are_met_from_the_treated_stage(from_the_treated_stage: Scoring) -> None:
    published = [row for row in whole_table(CASE, "expected.csv") if row["rank"]]
    assert wrong_places(from_the_treated_stage, published) == []
    assert len(published) == 11 * 51
