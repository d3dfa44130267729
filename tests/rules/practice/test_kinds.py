"""KINDS.md: no kind of scoring and no real rule text is without a folder, and no folder is without a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FOLDERS = {file.parent.name for file in HERE.glob("*/ruleset.yaml")}
DOMAIN = HERE.parents[3] / "shared" / "domain" / "domain.md"
RULES = [f"R{number}" for number in range(1, 44)]
KINDS = [
    "UNIT_CREDIT",
    "UNIT_DEDUCT",
    "RATE_PP",
    "LADDER",
    "ATTAIN",
    "OVER_TARGET",
    "GROWTH",
    "PEER_MEAN / PEER_BAND",
    "RANGE / INVERSE_RANGE",
    "RANK",
    "CHECKLIST",
    "DECISION_TABLE",
    "ERROR_BAND",
    "LATE_LADDER / DATE_LADDER",
    "TIERED_CREDIT",
    "GRADED",
    "SAMPLE_DEDUCT",
    "PER_CAPITA",
    "WORKLOAD_FACTOR",
    "ROLLUP",
    "NA_RENORM",
    "PERIOD_AGG",
    "MULTI_ASSESSOR",
    "BONUS / PENALTY",
    "VETO",
    "DEMOTE",
    "FLOOR / CONJUNCTIVE",
    "GRADE_BAND",
    "GRADE_RANK",
    "TIER_CONVERT",
    "EXEMPTION / CLASSED_TARGET",
    "CROSS_YEAR",
]


def table_rows() -> list[list[str]]:
    """The cells of every row of every table, headings included."""
    lines = (HERE / "KINDS.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def folders_by_name() -> dict[str, list[str]]:
    """The folders that each row names, by the row's first cell."""
    return {row[0]: row[-1].split(", ") for row in table_rows() if set(row[-1]) != {"-"} and row[-1] != "见"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_scoring_is_shown_by_a_rule_set(kind: str) -> None:
    assert set(folders_by_name()[kind]) <= FOLDERS


def test_the_kinds_are_thirty_two_in_their_order() -> None:
    assert [name for name in folders_by_name() if name in KINDS] == KINDS
    assert len(KINDS) == 32


@pytest.mark.parametrize("rule", RULES)
def test_each_real_rule_text_is_written_as_a_rule_set_that_says_so(rule: str) -> None:
    for folder in folders_by_name()[rule]:
        text = "".join(file.read_text(encoding="utf-8") for file in sorted((HERE / folder).rglob("*.yaml")))
        assert re.search(rf"{rule}(?![0-9])", text), folder


def test_no_folder_is_forgotten() -> None:
    assert {folder for named in folders_by_name().values() for folder in named} == FOLDERS


@pytest.mark.skipif(not DOMAIN.is_file(), reason="no description of the domain beside this repository")
def test_the_kinds_are_those_of_the_domain() -> None:
    text = DOMAIN.read_text(encoding="utf-8")
    section = text[text.index("### 1.3 Taxonomy") : text.index("**Empty denominators")]
    names = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("| ")]
    assert names[1:] == KINDS
