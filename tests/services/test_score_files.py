"""Scoring from files alone: what is refused and how, and tables of scores that hold every number."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring.accounts import LeafAccount
from scoring.errors import Issue, UnknownNode, UnknownUnit
from services.errors import Invalid, Rejected
from services.rule_checks import check_rules
from services.score_files import (
    SCORE_COLUMNS,
    Given,
    explain_given,
    read_given,
    score_given,
    scores_as_csv,
    scores_as_data,
)
from tests.support.rulesets import Files, changed, small_files

HEADING = "unit,period,element,value,breakdown\n"
TABLE = (
    f"{HEADING}110000,2021,E1,7,\n110000,2021,E2,6,\n"
    "120000,2021,E1,0,\n120000,2021,E2,0,\n110000,2021,X2,1,\n"
)
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
IN_PROPORTION = changed(small_files(), "indicators/I1.yaml", LADDER, "{kind: attain, target: 100}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small rule set as a folder."""
    return written(tmp_path / "rules", small_files())


def written(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def given(folder: Path, facts: str | bytes = TABLE, units: str | None = None, period: str = "") -> Given:
    facts_file, units_file = folder.parent / "facts.csv", folder.parent / "units.csv"
    facts_file.write_bytes(facts if isinstance(facts, bytes) else facts.encode())
    if units is not None:
        units_file.write_text(units, encoding="utf-8")
    return read_given(
        folder=folder,
        facts_file=facts_file,
        units_file=units_file if units is not None else None,
        period=period,
    )


def refused(folder: Path, facts: str | bytes = TABLE, units: str | None = None) -> list[Issue]:
    with pytest.raises(Rejected) as caught:
        given(folder, facts, units)
    return list(caught.value.issues)


def rows(given: Given) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(scores_as_csv(given, score_given(given)), newline="")))


@pytest.mark.parametrize(
    ("facts", "code", "line"),
    [
        pytest.param(TABLE.encode("utf-16"), "unreadable-table", None, id="not UTF-8"),
        pytest.param("unit,period,value\n", "unreadable-table", 1, id="a column is missing"),
        pytest.param(f"{HEADING}110000,2021,E1,7\n", "unreadable-table", 2, id="a cell too few"),
        pytest.param(f"{HEADING}110000,2021,E1,7,,\n", "unreadable-table", 2, id="a cell too many"),
        pytest.param(f"{HEADING}999999,2021,E1,7,\n", "unknown-unit", 2, id="a stranger"),
        pytest.param(f"{HEADING}110000,2021,E99,7,\n", "unknown-element", 2, id="no such element"),
        pytest.param(f"{HEADING}110000,2021,E3,7,海关\n", "unknown-member", 2, id="no such member"),
        pytest.param(f"{HEADING}110000,2021Q9,E1,7,\n", "unknown-period", 2, id="no such period"),
        pytest.param(f"{HEADING}110000,2021Q1,E6,是,\n", "wrong-period", 2, id="not reported by quarters"),
        pytest.param(f"{TABLE}110000,2021,E1,7,\n", "duplicate-fact", 7, id="given twice"),
        pytest.param(f"{HEADING}110000,2021,E1,=1+1,\n", "unreadable-value", 2, id="a formula"),
        pytest.param(f'{HEADING}110000,2021,E1,"=HYPERLINK(""x"")",\n', "unreadable-value", 2, id="a link"),
        pytest.param(f"{HEADING}110000,2021,E1,{'9' * 50},\n", "unreadable-value", 2, id="a huge number"),
        pytest.param(
            f'{HEADING}110000,2021,E1,"7\n",\n110000,2021,E2,"x\n",\n',
            "unreadable-value",
            5,
            id="quoted lines",
        ),
    ],
)
def test_a_table_with_something_wrong_is_refused_at_its_line(
    folder: Path, facts: str | bytes, code: str, line: int | None
) -> None:
    (issue,) = refused(folder, facts)
    assert (issue.code, issue.place.file, issue.place.line) == (code, "facts.csv", line)


def test_everything_wrong_in_both_tables_is_told_in_one_go(folder: Path) -> None:
    facts = f"{HEADING}a,2021,E1,7,\nb,2021,E9,7,\na,2021,E1,x,\n"
    found = refused(folder, facts, "unit,name\na,甲\na,乙\n")
    assert [(issue.place.file, issue.place.line, issue.code) for issue in found] == [
        ("units.csv", 3, "duplicate-unit"),
        ("facts.csv", 3, "unknown-unit"),
        ("facts.csv", 4, "duplicate-fact"),
    ]


def test_an_unreadable_table_of_units_does_not_make_every_unit_unknown(folder: Path) -> None:
    found = refused(folder, TABLE, "code,name\n110000,甲\n")
    assert [(issue.place.file, issue.code) for issue in found] == [("units.csv", "unreadable-table")]


def test_a_file_that_is_not_there_is_refused_not_raised(folder: Path) -> None:
    with pytest.raises(Rejected) as caught:
        read_given(folder=folder, facts_file=folder / "none.csv", units_file=folder / "none-either.csv")
    assert [(issue.place.file, issue.code) for issue in caught.value.issues] == [
        ("none-either.csv", "unreadable-table"),
        ("none.csv", "unreadable-table"),
    ]


def test_rules_that_do_not_load_are_told_before_any_table_is_read(tmp_path: Path) -> None:
    files = changed(small_files(), "ruleset.yaml", "year: 2021", "year: 二一")
    folder = written(tmp_path / "rules", files)
    assert {issue.place.file for issue in refused(folder, b"\xff")} == {"ruleset.yaml"}
    assert check_rules(folder=folder)
    with pytest.raises(Rejected):
        read_given(folder=tmp_path / "nowhere", facts_file=tmp_path / "facts.csv")


@pytest.mark.parametrize("period", ["2020", "2022Q1", "2021Q5", "2021H1", "Q1", "去年"])
def test_only_periods_of_the_rules_year_are_scored(folder: Path, period: str) -> None:
    with pytest.raises(Invalid) as caught:
        given(folder, period=period)
    assert "2021Q1" in caught.value.zh


@pytest.mark.parametrize(("period", "code"), [("", "2021"), ("2021", "2021"), ("2021Q2", "2021Q2")])
def test_the_year_is_scored_unless_a_quarter_is_asked_for(folder: Path, period: str, code: str) -> None:
    assert given(folder, period=period).period.code == code


@pytest.mark.parametrize(
    "facts", [f"\ufeff{TABLE}", TABLE.replace("\n", "\r\n"), TABLE.replace(",7,", ',"7",')]
)
def test_what_a_spreadsheet_saves_is_the_same_table(folder: Path, facts: str) -> None:
    assert given(folder, facts).facts.digest == given(folder, TABLE).facts.digest


def test_scores_are_decimals_nodes_as_the_tree_reads_then_what_held(tmp_path: Path) -> None:
    found = rows(given(written(tmp_path / "rules", IN_PROPORTION)))
    assert tuple(found[0]) == SCORE_COLUMNS
    ours = [row for row in found if row["unit"] == "110000"]
    assert [row["node"] for row in ours] == ["total", "section-1", "item-1", "I1", "item-2", "I2", "B1"]
    leaf, bonus = ours[3], ours[6]
    assert leaf["value"] == "85.71428571428571428571428571"
    assert (leaf["points"], leaf["max_points"], leaf["outcome"], leaf["rank"]) == (
        "51.43",
        "60",
        "scored",
        "",
    )
    assert (bonus["value"], bonus["points"], bonus["max_points"]) == ("1", "0.5", "")
    assert (ours[0]["points"], ours[0]["rank"]) == ("86.22", "1")
    assert {row["period"] for row in found} == {"2021"}


def test_the_totals_row_is_the_final_score_and_its_place(folder: Path) -> None:
    totals = {row["unit"]: row for row in rows(given(folder)) if row["node"] == "total"}
    assert (totals["110000"]["value"], totals["110000"]["points"], totals["110000"]["rank"]) == (
        "50.5",
        "50.5",
        "1",
    )
    assert (totals["120000"]["points"], totals["120000"]["outcome"], totals["120000"]["rank"]) == (
        "",
        "not_applicable",
        "",
    )


def test_scores_for_json_are_exact(tmp_path: Path) -> None:
    read = given(written(tmp_path / "rules", IN_PROPORTION))
    data: Any = scores_as_data(read, score_given(read))
    assert json.loads(json.dumps(data)) == data
    assert (data["rule_set"]["code"], data["period"]) == ("small", "2021")
    assert data["facts_digest"] == read.facts.digest
    leaf = next(each for each in data["scores"] if each["node"] == "I1" and each["unit"] == "110000")
    assert (leaf["value"], leaf["points"]) == ("600/7", "51.43")
    best = data["units"][0]
    assert Fraction(best["final"]) == Fraction("51.43") * 100 / 60 + Fraction(1, 2)
    assert (best["unit"], best["grade"], best["score"], best["rank"]) == ("110000", "合格", "86.22", 1)


def test_a_word_is_scored_and_written_as_a_word(tmp_path: Path) -> None:
    files = changed(small_files(), "indicators/I1.yaml", LADDER, "{kind: graded, scale: {是: 100%, 否: 0}}")
    files = changed(files, "indicators/I1.yaml", "value: 100 * E2 / E1", "value: E6")
    read = given(written(tmp_path / "rules", files), f"{HEADING}110000,2021,E6,是,\n")
    (row,) = (row for row in rows(read) if row["node"] == "I1" and row["unit"] == "110000")
    assert (row["value"], row["points"]) == ("是", "60")
    data: Any = scores_as_data(read, score_given(read))
    assert {each["value"] for each in data["scores"] if each["node"] == "I1"} == {"是", None}


def test_units_of_a_table_take_the_place_of_the_rule_sets_own(folder: Path) -> None:
    read = given(
        folder,
        f"{HEADING}a,2021,E1,2,\na,2021,E2,2,\n",
        "unit,name,group,population\na,甲市,东,10\nb,乙市,东,20\n",
    )
    assert [unit.name for unit in read.rules.units.values()] == ["甲市", "乙市"]
    assert {row["unit"] for row in rows(read)} == {"a", "b"}


def test_without_any_units_those_in_the_table_are_scored(tmp_path: Path) -> None:
    files = small_files()
    del files["units.yaml"]
    folder = written(tmp_path / "rules", files)
    assert {row["unit"] for row in rows(given(folder, f"{HEADING}x,2021,E1,2,\nx,2021,E2,2,\n"))} == {"x"}
    assert rows(given(folder, HEADING)) == []


def test_no_facts_at_all_score_as_not_reported(folder: Path) -> None:
    leaves = [row for row in rows(given(folder, HEADING)) if row["node"] == "I1"]
    assert [(row["outcome"], row["points"], row["value"]) for row in leaves] == [("missing", "0", "")] * 3


def test_any_number_can_be_explained_from_the_same_files(folder: Path) -> None:
    read = given(folder)
    account = explain_given(read, unit="110000", node="I1")
    assert isinstance(account, LeafAccount)
    assert account.points.value.inputs[0].made_of[0].origin == "facts.csv!3"
    with pytest.raises(UnknownUnit):
        explain_given(read, unit="990000", node="I1")
    with pytest.raises(UnknownNode):
        explain_given(read, unit="110000", node="I9")


def test_checking_runs_the_rules_own_examples(tmp_path: Path, folder: Path) -> None:
    assert "example-fails" not in {issue.code for issue in check_rules(folder=folder)}
    wrong = changed(
        small_files(), "indicators/I1.yaml", "expect: {value: 90, points: 60}", "expect: {value: 91}"
    )
    found = check_rules(folder=written(tmp_path / "wrong", wrong))
    assert ("example-fails", "indicators/I1.yaml") in [(issue.code, issue.place.file) for issue in found]
