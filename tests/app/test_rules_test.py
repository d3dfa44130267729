"""`kaohe rules test`: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.rulesets import Files, changed, small_files

RATE = "indicators/I1.yaml"
WHOLE = "examples: [{name: 满分, given: {others: full}, expect: {total: %s}}]\n"


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


def folder_of(files: Files, folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_examples_that_hold_are_counted(kaohe: CommandLine, tmp_path: Path) -> None:
    done = kaohe("rules", "test", folder_of(small_files(), tmp_path))
    assert (done.code, done.out) == (0, "小规则集 1:例 2 个,全部成立。\n")


def test_a_failing_example_is_told_at_its_line_with_the_account(kaohe: CommandLine, tmp_path: Path) -> None:
    files = {**changed(small_files(), RATE, "points: 60}", "points: 50}"), "examples.yaml": WHOLE % 99}
    done = kaohe("rules", "test", folder_of(files, tmp_path), "--mutate")
    lines = done.out.splitlines()
    assert done.code == 1
    assert lines[0] == f"{RATE}:14:5: I1 的例“办结九成”不成立:得分应为 50,实为 60 [example-fails]"
    assert any("90 ≥90" in line for line in lines)
    assert any(line.startswith("examples.yaml:1:12: 整套规则 的例“满分”不成立:总分应为 99") for line in lines)
    assert lines[-2:] == ["小规则集 1:例 3 个,不成立 2 个。", "有例不成立,没有试变异。请先改好。"]


def test_what_is_not_shown_or_not_noticed_ends_with_one(kaohe: CommandLine, tmp_path: Path) -> None:
    done = kaohe(
        "rules",
        "test",
        folder_of(small_files(), tmp_path),
        "--coverage",
        "--mutate",
        "--only",
        "I1",
        "--jobs",
        "1",
    )
    assert done.code == 1
    assert done.out.splitlines()[-3:] == [
        "小规则集 1:例 1 个,全部成立。",
        "覆盖 1/6,没有例的 5。",
        "变异 20 个:例发现 8,检查拦下 0,没有发现 12。",
    ]


def test_the_same_is_told_as_data(kaohe: CommandLine, tmp_path: Path) -> None:
    folder = folder_of(small_files(), tmp_path)
    done = kaohe("rules", "test", folder, "--coverage", "--mutate", "--only", "I1", "--format", "json")
    data = json.loads(done.out)
    assert (done.code, data["passed"], data["rule_set"]["code"]) == (1, False, "small")
    assert data["examples"] == {"total": 1, "failing": []}
    assert (data["coverage"]["total"], data["coverage"]["covered"]) == (6, 1)
    assert data["coverage"]["open"][0]["code"] == "uncovered"
    assert {key: data["mutants"][key] for key in ("total", "noticed", "refused", "unnoticed")} == {
        "total": 20,
        "noticed": 8,
        "refused": 0,
        "unnoticed": 12,
    }
    assert data["mutants"]["open"][0]["code"] == "mutant"


def test_a_failing_example_is_told_as_data(kaohe: CommandLine, tmp_path: Path) -> None:
    files = changed(small_files(), RATE, "points: 60}", "points: 50}")
    data = json.loads(kaohe("rules", "test", folder_of(files, tmp_path), "--mutate", "--format", "json").out)
    (failing,) = data["examples"]["failing"]
    assert (failing["file"], failing["line"], failing["differences"]) == (RATE, 14, ["得分应为 50,实为 60"])
    assert failing["account"]
    assert data["mutants"] is None


@pytest.mark.parametrize(
    ("change", "options", "code"),
    [
        ((RATE, "points: 60\n", "points: x\n"), (), 2),
        (None, ("--only", "I9"), 2),
        (None, ("--format", "xml"), 2),
    ],
)
def test_what_cannot_be_tested_ends_with_two(
    kaohe: CommandLine,
    tmp_path: Path,
    change: tuple[str, str, str] | None,
    options: tuple[str, ...],
    code: int,
) -> None:
    files = changed(small_files(), *change) if change else small_files()
    assert kaohe("rules", "test", folder_of(files, tmp_path), *options).code == code
