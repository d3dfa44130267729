"""The codes that answers in rule files name: once published, they stay."""

from __future__ import annotations

from pathlib import Path

from scoring.rulebook.meaning.finding_kinds import ANSWERABLE

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


def test_every_code_that_can_be_answered_is_explained_to_authors() -> None:
    page = (Path(__file__).resolve().parents[4] / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [code for code in ANSWERABLE if f"`{code}`" not in page] == []
