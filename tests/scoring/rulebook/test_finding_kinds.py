"""The codes that answers in rule files name: once published, they stay."""

from __future__ import annotations

from scoring.rulebook.finding_kinds import ANSWERABLE

CODES = {
    "always-the-same",
    "cliff",
    "dead-branch",
    "dead-rung",
    "decided-condition",
    "full-points-out-of-reach",
    "hidden-period-pays",
    "idle-policy",
    "idle-rung",
    "idle-slope",
    "improving-costs",
    "measure-mixed",
    "measure-of-value",
    "measure-scale",
    "no-measure",
    "nothing-done-pays",
    "outlier-exposed",
    "percent-and-points",
    "reward-turns",
    "silence-pays",
    "threshold-in-other-measure",
    "unused-element",
}


def test_the_codes_that_can_be_answered_are_never_renamed_and_have_titles() -> None:
    assert ANSWERABLE.keys() >= CODES
    assert all(ANSWERABLE.values())
