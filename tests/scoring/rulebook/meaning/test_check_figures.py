"""What formulas ask for: nothing banned, nothing that is never there."""

from __future__ import annotations

import pytest

from scoring.errors import Severity
from tests.support.defects import (
    ADJUSTMENTS,
    BONUS,
    COUNT,
    FORM,
    RATE,
    UNITS,
    VETO,
    Defect,
    adjustment,
    assert_told,
    defect,
)
from tests.support.rulesets import changed, load, small_files


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a unit lacks what a formula asks for",
            (UNITS, ", population: 250", ""),
            code="missing-attribute",
            at='{code: "130000"',
            found="population",
        ),
        defect(
            "a unit lacks its group",
            (UNITS, ", group: 西", ""),
            code="missing-attribute",
            at='{code: "130000"',
            found="group",
        ),
        defect(
            "a figure is used by nothing",
            (
                FORM,
                "  - {code: X3,",
                "  - {code: X9, name: 多余, measure: 件, type: integer}\n  - {code: X3,",
            ),
            code="unused-element",
            at="{code: X9",
        ),
        defect(
            "a figure that must earn nothing is weighed",
            (RATE, "100 * E2 / E1", "100 * E2 / (E1 + E4)"),
            code="banned-figure",
            at="code: I1",
            found="E4",
        ),
        defect(
            "a figure that must earn nothing decides who is assessed",
            (RATE, "points: 60\n", "points: 60\napplicable_when: E4 > 0\n"),
            code="banned-figure",
            at="code: I1",
            found="E4",
        ),
        defect(
            "a figure that must earn nothing is weighed by name",
            (RATE, "100 * E2 / E1", "100 * 刑拘数 / E1"),
            code="banned-figure",
            at="code: I1",
            found="E4",
        ),
        defect(
            "a figure that must earn nothing is weighed as it was last year",
            (RATE, "100 * E2 / E1", "100 * last_year(E4) / E1"),
            code="banned-figure",
            at="code: I1",
            found="E4",
        ),
        defect(
            "a mean over quarters of a yearly figure",
            (COUNT, "E7 + E8", "mean_of_quarters(E7) + E8"),
            code="not-quarterly",
            at="code: I2",
            found="E7",
        ),
        defect(
            "the total of a choice over members",
            (FORM, "choices: [是, 否],", "choices: [是, 否], breakdown: lines,"),
            code="no-sum",
            at="{code: V2",
            file=ADJUSTMENTS,
            found="E6",
        ),
        defect(
            "a bonus weighs what must earn nothing",
            adjustment(BONUS, "value: X2", "value: E4"),
            code="banned-figure",
            at="{code: B1",
            found="E4",
        ),
        defect(
            "a veto asks what must earn nothing",
            adjustment(VETO, "X2 >= 3", "E4 >= 3"),
            code="banned-figure",
            at="{code: V1",
            found="E4",
        ),
        defect(
            "a void's figure must earn nothing",
            (
                FORM,
                "breakdown: indicators, frequency: yearly}",
                "breakdown: indicators, statistical_only: {reason: 禁, source: 文}}",
            ),
            code="banned-figure",
            at="{code: P2",
            file=ADJUSTMENTS,
            found="X1",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_peers_without_a_peer_group_are_told() -> None:
    files = changed(small_files(), "indicators/I1.yaml", "100 * E2 / E1", "E2 / units_max(E1, peers)")
    assert "no-peer-group" not in {each.code for each in load(files)[1]}
    files = changed(files, "ruleset.yaml", "peer_group: group\n", "")
    (issue,) = [each for each in load(files)[1] if each.code == "no-peer-group"]
    assert (issue.severity, issue.place.file) == (Severity.HARD, "indicators/I1.yaml")


def test_a_unit_without_the_attribute_of_a_scope_is_told() -> None:
    files = changed(small_files(), "indicators/I1.yaml", "100 * E2 / E1", "E2 / units_max(E1, zone)")
    files = changed(files, "ruleset.yaml", "attributes:\n", "attributes:\n  zone: {type: text}\n")
    found = [each.found for each in load(files)[1] if each.code == "missing-attribute"]
    assert found == ["zone"] * 3


def test_a_banned_figure_is_banned_within_a_statistic_too() -> None:
    files = changed(small_files(), "indicators/I1.yaml", "100 * E2 / E1", "E2 / units_max(E4)")
    assert [each.found for each in load(files)[1] if each.code == "banned-figure"] == ["E4"]
