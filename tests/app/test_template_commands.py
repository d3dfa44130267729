"""`kaohe template` with accepted figures at hand, and `kaohe migrate` for old workbooks."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.support.command_line import ROOT, RULES, CommandLine

VERSION_1 = ROOT / "tests" / "intake" / "fixtures" / "version-1.xlsx"
FACTS = ROOT / "sample_reports" / "2021" / "facts.csv"


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(monkeypatch, capsys)


def cell(file: Path, form: str, address: str) -> object:
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    return book[next(name for name in book.sheetnames if name.startswith(form))][address].value


def test_accepted_figures_of_a_table_are_brought_into_a_template(kaohe: CommandLine, tmp_path: Path) -> None:
    file, bare = tmp_path / "new.xlsx", tmp_path / "bare.xlsx"
    options = (RULES, "F01", "F02", "--unit", "110000", "--period", "2021Q3")
    assert kaohe("template", *options, "-o", bare).code == 0
    assert kaohe("template", *options, "-o", file, "--facts", FACTS).code == 0
    assert (cell(bare, "F02", "E4"), cell(bare, "F01", "E9")) == ("口径说明", None)
    assert cell(file, "F02", "E4") == "上季度"
    assert isinstance(cell(file, "F01", "E9"), int)


def test_a_table_of_facts_with_mistakes_is_refused_line_by_line(kaohe: CommandLine, tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text("unit,period,element,value\n110000,2021Q1,E999,5\n", encoding="utf-8")
    done = kaohe("template", RULES, "-o", tmp_path / "x.xlsx", "--facts", facts)
    assert (done.code, "E999" in done.err) == (1, True)
    assert not (tmp_path / "x.xlsx").exists()


def test_an_old_workbook_is_carried_over_and_the_rest_is_listed(kaohe: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "new.xlsx"
    done = kaohe("migrate", RULES, VERSION_1, "-o", file)
    assert done.code == 0
    assert "模板第 1 版" in done.out
    assert "带入 181 格" in done.out
    assert "没有带入：\n  F02 重点领域和市场专项表!D7 E203" in done.out
    assert "“约20”" in done.out
    assert cell(file, "F01", "E5") == 200
    assert cell(file, "F07", "B3") == "是"
    assert "没有带入 1 项" in str(cell(file, "迁移情况", "A3"))
    checked = kaohe("check-report", RULES, file)
    assert checked.code == 0
    assert checked.out.count("[说明]") == 1
    assert "[cell-blank]" in checked.out


def test_the_list_comes_as_json_too(kaohe: CommandLine, tmp_path: Path) -> None:
    done = kaohe("migrate", RULES, VERSION_1, "-o", tmp_path / "new.xlsx", "--format", "json")
    found = json.loads(done.out)
    assert (found["carried"], found["blank"], found["unit"]) == (181, 1, "110000")
    [item] = found["items"]
    assert (item["fate"], item["cell"], item["text"]) == ("left", "D7", "约20")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--unit", "120000"), 1, "[wrong-unit]"),
        (("--unit", "999999"), 2, "999999"),
        (("--period", "2021"), 2, "2021Q1"),
    ],
)
def test_what_cannot_be_carried_over_is_refused_in_a_sentence(
    kaohe: CommandLine, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = kaohe("migrate", RULES, VERSION_1, "-o", tmp_path / "new.xlsx", *arguments)
    assert (done.code, said in done.err) == (code, True), done.err
    assert not (tmp_path / "new.xlsx").exists()


def test_an_old_workbook_needs_a_place_for_the_new_one(kaohe: CommandLine) -> None:
    done = kaohe("migrate", RULES, VERSION_1)
    assert (done.code, "-o" in done.err) == (2, True)


def test_a_file_that_is_no_workbook_is_refused(kaohe: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "old.xlsx"
    file.write_bytes(b"not a workbook")
    done = kaohe("migrate", RULES, file, "-o", tmp_path / "new.xlsx")
    assert done.code == 1
    assert done.err
