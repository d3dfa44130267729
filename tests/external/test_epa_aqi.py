"""The US EPA's Air Quality Index: every official daily value, from rule files alone."""

from __future__ import annotations

import pytest

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

CASE = "epa_aqi"


def test_the_sample_meets_the_official_values() -> None:
    scoring = score_rows(read_rules(CASE), sample_table(CASE, "facts.csv"))
    published = sample_table(CASE, "expected.csv")
    found = {row["unit"]: node_of(scoring, row["unit"], row["node"]).points for row in published}
    assert found == {row["unit"]: exact(row["value"]) for row in published}
    assert len(found) >= 60


def test_the_index_of_a_day_is_that_of_its_worst_pollutant() -> None:
    both = [
        {"unit": "day", "element": "PM25", "value": "9.0"},
        {"unit": "day", "element": "NO2", "value": "54"},
    ]
    scoring = score_rows(read_rules(CASE), both)
    assert node_of(scoring, "day", "AQI").points == 51


def test_a_pollutant_that_was_not_measured_is_left_out() -> None:
    scoring = score_rows(read_rules(CASE), [{"unit": "day", "element": "PM25", "value": "9.0"}])
    assert node_of(scoring, "day", "NO2_AQI").outcome is Outcome.NOT_APPLICABLE
    assert node_of(scoring, "day", "AQI").points == 50


@pytest.mark.slow
@needs_whole(CASE)
def test_all_15174_official_values_are_met() -> None:
    rules, rows, published = (
        read_rules(CASE),
        whole_table(CASE, "inputs.csv"),
        whole_table(CASE, "expected.csv"),
    )
    scoring = score_rows(rules, rows)
    found = {
        row["unit"]: node_of(scoring, row["unit"], row["level"].removeprefix("indicator:")).points
        for row in published
    }
    assert found == {row["unit"]: exact(row["value"]) for row in published}
    assert len(found) == 15_174
