"""`kaohe rules diff` as its user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.support.command_line import RULES, CommandLine, kaohe_alone


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The national rule set with one grade moved."""
    folder = Path(shutil.copytree(RULES, tmp_path / "later"))
    frame = folder / "ruleset.yaml"
    frame.write_text(
        frame.read_text(encoding="utf-8").replace("at_least: 60", "at_least: 65"), encoding="utf-8"
    )
    return folder


SENTENCE = "等级 合格起点分由 60 改为 65,自 2021-01-01 起。"


def test_the_difference_is_printed_in_words(later: Path) -> None:
    done = kaohe_alone("rules", "diff", RULES, later)
    assert (done.code, done.err) == (1, "")
    assert SENTENCE in done.out


def test_the_same_rule_set_is_exit_0(kaohe: CommandLine) -> None:
    done = kaohe("rules", "diff", RULES, RULES)
    assert (done.code, done.out.splitlines()[-1]) == (0, "两个规则集的含义相同。")


def test_json_holds_the_same_sentence(kaohe: CommandLine, later: Path) -> None:
    done = kaohe("rules", "diff", RULES, later, "--format", "json")
    told = json.loads(done.out)
    assert (done.code, told["equal"], [each["zh"] for each in told["changes"]]) == (1, False, [SENTENCE])


def test_markdown_has_headings(kaohe: CommandLine, later: Path) -> None:
    done = kaohe("rules", "diff", RULES, later, "--format", "markdown")
    assert done.out.startswith("### 规则集 national-2021")
    assert f"1. {SENTENCE}" in done.out


def test_what_does_not_load_is_exit_2(kaohe: CommandLine, later: Path, tmp_path: Path) -> None:
    (later / "ruleset.yaml").write_text("code: [", encoding="utf-8")
    done = kaohe("rules", "diff", RULES, later)
    assert (done.code, done.out) == (2, "")
    assert f"{later}/ruleset.yaml:" in done.err
    assert kaohe("rules", "diff", RULES, tmp_path / "nothing").code == 2


def test_a_format_that_is_not_known_is_exit_2(kaohe: CommandLine) -> None:
    done = kaohe("rules", "diff", RULES, RULES, "--format", "yaml")
    assert done.code == 2
    assert "--format" in done.err
