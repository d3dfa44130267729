"""What commands print and write when strangers' words stand in their input: shown, never obeyed or run."""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import sys
from pathlib import Path

import openpyxl
import pytest

from app.logs import OneRecordFormatter, set_up_logs
from app.output import to_json
from scoring.errors import Issue, Place, visible
from services.harmless import harmless
from tests.support.command_line import RULES, CommandLine
from tests.support.evil import EVIL, FORMULAS, held_to_csv, held_to_json, held_to_terminal
from tests.support.external import HERE

HDI = HERE / "hdi_2021"


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """The figures of one country, given for a unit of every evil name."""
    with (HDI / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"] == "NOR"]
    written = tmp_path / "facts.csv"
    with written.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for number, name in enumerate(EVIL):
            writer.writerows({**row, "unit": f"{name}{number}"} for row in rows)
    return written


def test_scores_of_units_with_evil_names_are_texts_in_a_csv(kaohe: CommandLine, facts: Path) -> None:
    output = facts.with_name("scores.csv")
    assert kaohe("score", HDI / "rules", facts, "-o", output).code == 0
    rows = held_to_csv(output.read_bytes().decode("utf-8"))
    assert len({row[0] for row in rows[1:]}) == len(EVIL)


def test_scores_as_json_and_accounts_hold_nothing_that_a_terminal_obeys(
    kaohe: CommandLine, facts: Path
) -> None:
    told = kaohe("score", HDI / "rules", facts, "--format", "json")
    assert told.code == 0
    held_to_json(told.out)
    for number, name in enumerate(EVIL):
        account = kaohe("explain", HDI / "rules", facts, f"{name}{number}".strip(), "HDI")
        assert account.code in {0, 2}
        held_to_terminal(account.out)
        held_to_terminal(account.err)


@pytest.fixture
def evil_report(kaohe: CommandLine, tmp_path: Path) -> Path:
    """A template with an evil word in every cell that takes a figure, in a heading and as a sheet."""
    blank, evil = tmp_path / "blank.xlsx", tmp_path / "evil.xlsx"
    assert kaohe("template", RULES, "-o", blank, "--unit", "110000", "--period", "2021Q1").code == 0
    book = openpyxl.load_workbook(blank)
    taken = ("\u200b12", "1\u202e2", "12\u2066", "\u00a012\u00ad")
    words = [re.sub("[\x00-\x1f]", lambda sign: f"_x{ord(sign[0]):04X}_", word) for word in (*taken, *EVIL)]
    sheet = next(each for each in book.worksheets if each.title.startswith("F01"))
    places = [sheet.cell(row, column) for row in range(5, 12) for column in range(5, 10)]
    for cell, word in zip(places, words, strict=False):
        cell.value = word
        cell.data_type = "s"
    sheet["F2"] = "<script>alert(1)</script>"
    book.create_sheet("\u202egpj <b>")["A1"] = "=1+1"
    book.save(evil)
    return evil


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_said_of_a_report_holds_nothing_that_a_terminal_obeys(
    kaohe: CommandLine, evil_report: Path, form: str
) -> None:
    told = kaohe("check-report", RULES, evil_report, "--format", form)
    assert told.code == 1
    held_to_terminal(told.err)
    held_to_terminal(told.out)
    if form == "json":
        found = held_to_json(told.out)
        assert isinstance(found, dict)
        assert len(found["issues"]) > len(EVIL)
    else:
        assert "forged" in told.out


@pytest.mark.parametrize("name", ["\x1b[31m.xlsx", "a\nERROR forged.xlsx", "\u202egpj.xlsx"])
def test_a_file_that_cannot_be_read_is_told_on_one_line(
    kaohe: CommandLine, tmp_path: Path, name: str
) -> None:
    told = kaohe("check-report", RULES, tmp_path / name)
    assert told.code == 2
    held_to_terminal(told.err)
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("text", EVIL)
def test_json_says_the_same_after_it_was_made_visible(text: str) -> None:
    assert held_to_json(to_json({"found": text})) == {"found": text}


@pytest.mark.parametrize("text", EVIL)
def test_an_issue_is_one_visible_line(text: str) -> None:
    issue = Issue(code="x", zh=text, en=text, fix_zh=text, place=Place(sheet=text, cell="A1", file=text))
    held_to_terminal(str(issue))
    assert "\n" not in str(issue)
    held_to_terminal(visible(text))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_quoted_and_nothing_else_is(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"北京{text}") == f"北京{text}"
    assert harmless("") == ""


# ---- logs ----


@pytest.mark.parametrize("text", EVIL)
def test_one_record_begins_one_line(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("kaohe", logging.ERROR, "", 0, "%s", (text,), sys.exc_info())
    lines = OneRecordFormatter().format(record).split("\n")
    assert "ValueError" in "".join(lines)
    assert re.match(r"\d{4}-\d\d-\d\d .* ERROR kaohe ", lines[0])
    assert all(line.startswith("    | ") for line in lines[1:])
    held_to_terminal("\n".join(lines))


def test_warnings_of_every_library_are_logged_in_that_way(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        set_up_logs()
        logging.getLogger("some.library").warning("a\nb")
        logging.getLogger("some.library").info("not told")
    finally:
        root.handlers[:], root.level = handlers, level
    assert capsys.readouterr().err.endswith("WARNING some.library a\n    | b\n")


def test_the_evil_words_are_evil_where_nobody_minds_them() -> None:
    """Else the tests above could not fail."""
    text = io.StringIO()
    csv.writer(text).writerow([FORMULAS[0]])
    with pytest.raises(AssertionError):
        held_to_csv(text.getvalue())
    with pytest.raises(AssertionError):
        held_to_terminal(EVIL[-1])
    with pytest.raises(AssertionError):
        held_to_json(json.dumps("\u202e", ensure_ascii=False))
