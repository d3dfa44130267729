"""`kaohe rules impact` as its user and a gate run it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine, kaohe_alone
from tests.support.rule_edits import edited_files
from tests.support.rulesets import Files, small_files

TABLE = """unit,period,element,value
110000,2021Q4,E1,10
110000,2021Q4,E2,9
120000,2021Q4,E1,10
120000,2021Q4,E2,8
"""


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


def folder(path: Path, files: Files) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return folder(tmp_path / "before", small_files())


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return folder(tmp_path / "after", edited_files(["threshold"]))


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_the_impact_is_printed_in_words_and_nothing_watched_is_exit_0(
    before: Path, after: Path, facts: Path
) -> None:
    done = kaohe_alone("rules", "impact", before, after, facts)
    assert (done.code, done.err) == (0, "")
    assert "[1] 指标 I1(办结率)计分方法“≥90”档界限由 90 改为 80" in done.out
    assert "120000 乙,50 → 100(+50)" in done.out


@pytest.mark.parametrize(
    ("watched", "code"),
    [(["points"], 1), (["rank"], 1), (["grade"], 1), (["tier"], 1), (["grade", "points"], 1), ([], 0)],
)
def test_a_gate_is_exit_1_where_something_watched_moves(
    kaohe: CommandLine, before: Path, after: Path, facts: Path, watched: list[str], code: int
) -> None:
    options = [part for each in watched for part in ("--fail-on", each)]
    assert kaohe("rules", "impact", before, after, facts, *options).code == code
    assert kaohe("rules", "impact", before, before, facts, *options).code == 0


def test_json_and_csv_hold_every_unit(kaohe: CommandLine, before: Path, after: Path, facts: Path) -> None:
    told = json.loads(kaohe("rules", "impact", before, after, facts, "--format", "json").out)
    assert [unit["unit"] for unit in told["periods"][0]["units"]] == ["110000", "120000", "130000"]
    done = kaohe("rules", "impact", before, after, facts, "--format", "csv", "--period", "2021")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["unit"], row["change_1"]) for row in rows] == [
        ("110000", "0"),
        ("120000", "50"),
        ("130000", "0"),
    ]


def test_rules_or_facts_that_cannot_be_used_are_exit_2(
    kaohe: CommandLine, before: Path, after: Path, facts: Path, tmp_path: Path
) -> None:
    facts.write_text("unit,period,element,value\n110000,2021Q4,E1,ten\n", encoding="utf-8")
    done = kaohe("rules", "impact", before, after, facts)
    assert (done.code, done.out) == (2, "")
    assert "facts.csv:2" in done.err
    assert kaohe("rules", "impact", before, tmp_path / "nothing", facts).code == 2
    assert kaohe("rules", "impact", before, after, tmp_path / "nothing.csv").code == 2


def test_what_is_asked_wrongly_is_exit_2(
    kaohe: CommandLine, before: Path, after: Path, facts: Path, tmp_path: Path
) -> None:
    for wrong in (
        ["--fail-on", "colour"],
        ["--period", "2021Q9"],
        ["--format", "xml"],
    ):
        assert kaohe("rules", "impact", before, after, facts, *wrong).code == 2
    assert kaohe("rules", "impact", before, after, "--units", tmp_path / "units.csv").code == 2


def test_without_facts_the_database_is_asked(
    kaohe: CommandLine, before: Path, after: Path, tmp_path: Path
) -> None:
    settings = {"KAOHE_DATABASE_URL": f"sqlite:///{tmp_path / 'var' / 'kaohe.db'}"}
    missing = kaohe("rules", "impact", before, after, env=settings)
    assert (missing.code, "kaohe migrate" in missing.err) == (2, True)
    assert kaohe("migrate", env=settings).code == 0
    empty = kaohe("rules", "impact", before, after, env=settings)
    assert (empty.code, "没有找到已计分的考核期" in empty.err) == (2, True)
