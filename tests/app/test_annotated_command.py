"""`kaohe check-report -o`: the marked workbook at a desk."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.support.command_line import RULES, CommandLine


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(monkeypatch, capsys)


@pytest.mark.parametrize("option", ["-o", "--annotated"])
def test_the_marked_workbook_is_written_beside_the_answer(
    kaohe: CommandLine, tmp_path: Path, option: str
) -> None:
    blank, marked = tmp_path / "blank.xlsx", tmp_path / "marked.xlsx"
    assert kaohe("template", RULES, "-o", blank, "--unit", "120000", "--period", "2021Q1").code == 0
    done = kaohe("check-report", RULES, blank, option, marked)
    assert (done.code, "[report-blank]" in done.out) == (1, True)
    sheet = openpyxl.load_workbook(io.BytesIO(marked.read_bytes()))["问题清单"]
    assert sheet["A1"].value == "天津市2021年第一季度报表问题清单"
    again = kaohe("check-report", RULES, marked)
    assert (again.code, again.out) == (1, done.out)
