"""Methods that fit the rules that use them."""

from __future__ import annotations

import pytest

from tests.support.defects import BONUS, COUNT, RATE, RULESET, Defect, adjustment, assert_told, defect, method


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "grades of a number",
            *method("{kind: graded, scale: {好: 100%}}"),
            code="method-needs-word",
            at="code: I1",
        ),
        defect(
            "the proportion of a word",
            (RATE, "value: 100 * E2 / E1", "value: E6"),
            *method("{kind: attain, target: 5}"),
            code="method-needs-number",
            at="code: I1",
        ),
        defect(
            "points for what is only shown",
            (RATE, "points: 60\n", "points: 60\nstatistical: yes\n"),
            code="statistical-with-points",
            at="code: I1",
        ),
        defect(
            "points through the method of what is only shown",
            (RATE, "points: 60\n", "points: 0\nstatistical: yes\n"),
            *method("{kind: credit, each: 1, most: 5}"),
            (RULESET, "{code: item-1, points: 60}", "{code: item-1, points: 0}"),
            (RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 100}"),
            (COUNT, "points: 40\n", "points: 100\n"),
            code="statistical-with-points",
            at="code: I1",
        ),
        defect(
            "points through the rungs of what is only shown",
            (RATE, "points: 60\n", "points: 0\nstatistical: yes\n"),
            *method("{kind: ladder, rungs: [{at_least: 1, earn: 5}]}"),
            (RULESET, "{code: item-1, points: 60}", "{code: item-1, points: 0}"),
            (RULESET, "{code: item-2, points: 40}", "{code: item-2, points: 100}"),
            (COUNT, "points: 40\n", "points: 100\n"),
            code="statistical-with-points",
            at="code: I1",
        ),
        defect(
            "a bonus has no cap", adjustment(BONUS, ", most: 1", ""), code="no-full-points", at="{code: B1"
        ),
        defect(
            "a bonus is capped by a share",
            adjustment(BONUS, "most: 1", "most: 10%"),
            code="no-full-points",
            at="{code: B1",
        ),
        defect(
            "a bonus shares out points it has not",
            adjustment(BONUS, "{kind: credit, each: 0.5, most: 1}", "{kind: attain, target: 5, most: 1}"),
            code="no-full-points",
            at="{code: B1",
        ),
        defect(
            "a bonus compares with peers it has not",
            adjustment(BONUS, "{kind: credit, each: 0.5, most: 1}", "{kind: peer_rank}"),
            code="no-full-points",
            at="{code: B1",
        ),
        defect(
            "a bonus by rungs that are shares",
            adjustment(
                BONUS,
                "{kind: credit, each: 0.5, most: 1}",
                "{kind: ladder, rungs: [{at_least: 1, earn: 50%}]}",
            ),
            code="no-full-points",
            at="{code: B1",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)
