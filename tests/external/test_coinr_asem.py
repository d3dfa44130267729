"""COINr's ASEM index: ratios, gaps filled from peers, min-max, means and places, by rule files alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.fact_tables import units_from_rows, with_units
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from services.engines import score_facts
from tests.support.external import (
    Row,
    exact,
    facts_of,
    needs_whole,
    node_of,
    plain_decimal,
    read_rules,
    sample_table,
    whole_table,
)

CASE = "coinr_asem"
TOLERANCE = Fraction(1, 10**9)
"""The published values are sums of binary doubles with 17 digits."""
GROUP = "EurAsia_group"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """The rule set with the 51 countries, each of its group."""
    rows = enumerate(sample_table(CASE, "units.csv"), start=2)
    units, issues = units_from_rows(rows, "units.csv")
    assert not issues
    return with_units(read_rules(CASE), units)


@pytest.fixture(scope="module")
def from_raw_figures(rules: RuleSet) -> Scoring:
    """Nothing but raw figures: outliers stay as they are."""
    return scored(rules, raw_figures())


@pytest.fixture(scope="module")
def with_outliers_treated(rules: RuleSet) -> Scoring:
    """Raw figures, and beside them the treated values of the indicators that have outliers."""
    moved = indicators_with_outliers()
    treated = [
        {"unit": row["unit"], "element": f"{row['element']}_treated", "value": plain_decimal(row["value"])}
        for row in stage("treated")
        if row["element"] in moved
    ]
    return scored(rules, raw_figures() + treated)


def scored(rules: RuleSet, rows: list[dict[str, str]]) -> Scoring:
    """By both engines, which must agree to the last digit."""
    return score_facts(rules, facts_of(rules, rows), Period(rules.year, 4, yearly=True))


def raw_figures() -> list[dict[str, str]]:
    return [
        {**row, "value": plain_decimal(row["value"])}
        for row in whole_table(CASE, "inputs.csv")
        if row["element"] != GROUP
    ]


def stage(name: str) -> list[dict[str, str]]:
    return [row for row in whole_table(CASE, "stages.csv") if row["stage"] == name]


def indicators_with_outliers() -> set[str]:
    """Indicators of which some value was moved between filling gaps and normalising."""
    before = {(row["unit"], row["element"]): float(row["value"]) for row in stage("imputed")}
    return {
        row["element"]
        for row in stage("treated")
        if before[row["unit"], row["element"]] != float(row["value"])
    }


def node_named(row: Row) -> str:
    return row.get("node") or row["level"].partition(":")[2]


def far_off(scoring: Scoring, published: list[dict[str, str]]) -> list[Row]:
    """The published rows whose value the scoring misses by more than the tolerance."""
    return [row for row in published if distance(scoring, row) > TOLERANCE]


def distance(scoring: Scoring, row: Row) -> Fraction:
    points = node_of(scoring, row["unit"], node_named(row)).points
    assert points is not None, row
    return abs(points - exact(row["value"]))


def wrong_places(scoring: Scoring, published: list[dict[str, str]]) -> list[Row]:
    return [
        row
        for row in published
        if row["rank"] and node_of(scoring, row["unit"], node_named(row)).rank != int(row["rank"])
    ]


def test_a_pillar_without_gaps_or_outliers_is_met_from_raw_figures(rules: RuleSet) -> None:
    scoring = scored(rules, sample_table(CASE, "facts.csv"))
    published = sample_table(CASE, "expected.csv")
    assert far_off(scoring, published) == []
    assert wrong_places(scoring, published) == []
    assert (len(published), sum(bool(row["rank"]) for row in published)) == (204, 51)


def test_a_gap_is_filled_with_the_mean_of_the_own_group(rules: RuleSet) -> None:
    rows = sample_table(CASE, "facts.csv")
    gap = UnitCode(rows[0]["unit"])
    own = {unit for unit, each in rules.units.items() if each.attributes == rules.units[gap].attributes}
    embassies = [row for row in rows if row["element"] == "Embs"]
    others = [exact(row["value"]) for row in embassies if row["unit"] in own - {gap}]
    without = [row for row in rows if (row["unit"], row["element"]) != (gap, "Embs")]
    assert len(without) == len(rows) - 1
    facts = facts_of(rules, without)
    scoring = PlainEngine(rules, facts, Period(rules.year, 4, yearly=True)).score()
    assert node_of(scoring, gap, "Embs").value == sum(others) / len(others)


@needs_whole(CASE)
def test_every_value_after_filling_gaps_is_met_from_raw_figures(from_raw_figures: Scoring) -> None:
    published = stage("imputed")
    for row in published:
        value, wanted = node_of(from_raw_figures, row["unit"], row["element"]).value, exact(row["value"])
        assert isinstance(value, Fraction), row
        assert abs(value - wanted) <= TOLERANCE * max(Fraction(1), abs(wanted)), row
    assert len(published) == 49 * 51
    assert len(published) - len(stage("denominated")) == 65


@needs_whole(CASE)
def test_indicators_without_outliers_are_met_from_raw_figures(from_raw_figures: Scoring) -> None:
    moved = indicators_with_outliers()
    published = [
        row
        for row in whole_table(CASE, "expected.csv")
        if row["level"].startswith("indicator:") and row["level"].partition(":")[2] not in moved
    ]
    assert far_off(from_raw_figures, published) == []
    assert len(published) == 34 * 51


@needs_whole(CASE)
def test_all_values_are_met_where_outliers_come_treated(with_outliers_treated: Scoring) -> None:
    published = whole_table(CASE, "expected.csv")
    assert far_off(with_outliers_treated, published) == []
    assert len(published) == 60 * 51


@needs_whole(CASE)
def test_all_places_are_met_where_outliers_come_treated(with_outliers_treated: Scoring) -> None:
    published = [row for row in whole_table(CASE, "expected.csv") if row["rank"]]
    assert wrong_places(with_outliers_treated, published) == []
    assert len(published) == 11 * 51


@needs_whole(CASE)
def test_the_committed_groups_are_the_published_ones() -> None:
    published = [
        (row["unit"], row["value"]) for row in whole_table(CASE, "inputs.csv") if row["element"] == GROUP
    ]
    assert [(row["unit"], row[GROUP]) for row in sample_table(CASE, "units.csv")] == published
