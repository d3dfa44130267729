"""The command that writes every hostile file with the code that it must get, for whoever tests others."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.support.hostile import HOSTILE, KINDS, main, write_all
from tests.support.measured_reading import measure

HEAVY = (
    "cells: 800001 elements, nearly all bordered blanks",
    "bombs: 60 MiB of shared texts that no cell shows",
)


def test_every_file_is_written_beside_a_manifest_of_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {kind: (suffix, dict(list(cases.items())[:2])) for kind, (suffix, cases) in KINDS.items()}
    monkeypatch.setattr("tests.support.hostile.KINDS", few)
    written = write_all(tmp_path / "files")
    with (tmp_path / "files" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["file"] for line in lines} == {path.name for path in written}
    assert {(line["kind"], line["what"]) for line in lines} == {
        (kind, what) for kind, (_, cases) in few.items() for what in cases
    }
    assert all(line["code"] for line in lines)
    found = [taken.codes for taken in measure(written)]
    assert found == [(line["code"],) for line in lines]


def test_the_command_prints_what_the_files_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = {"containers": ("xlsx", dict(list(KINDS["containers"][1].items())[:2]))}
    monkeypatch.setattr("tests.support.hostile.KINDS", few)
    assert main([str(tmp_path), "--measure"]) == 0
    assert "containers       2" in capsys.readouterr().out
    assert main([]) == 2


def test_no_two_files_have_one_name_or_code_without_a_reason() -> None:
    assert len(HOSTILE) == sum(len(cases) for _, cases in KINDS.values())
    assert len({code for _, code in HOSTILE.values()}) > 70


def test_heavy_files_take_less_memory_than_is_promised(tmp_path: Path) -> None:
    files = []
    for number, name in enumerate(HEAVY):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(HOSTILE[name][0]())
    assert all(1 < taken.memory_mib < 280 for taken in measure(files))
