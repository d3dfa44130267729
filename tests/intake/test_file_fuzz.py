"""Honest files changed at random are read or refused by name, and the same way every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.child import WorkbookReader
from intake.formats import parse_file
from intake.refusal_sentences import CODES, issue_of
from tests.support import file_fuzz
from tests.support.file_fuzz import changed_file, honest_files, judge, main


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 10**9))
def test_a_changed_file_is_read_or_refused_by_name(seed: int) -> None:
    content = changed_file(seed)
    workbook, refusals = parse_file(content)
    assert (workbook is None) == bool(refusals)
    assert {refusal.code for refusal in refusals} <= CODES
    for refusal in refusals:
        assert issue_of(refusal).zh.isprintable()
    if workbook is not None:
        assert parse_file(content) == (workbook, ())


def test_every_honest_file_is_read() -> None:
    for name, content in honest_files().items():
        workbook, refusals = parse_file(content)
        assert workbook is not None, (name, refusals)


def test_a_seed_always_gives_the_same_file() -> None:
    assert [changed_file(seed) for seed in range(30)] == [changed_file(seed) for seed in range(30)]
    assert len({changed_file(seed) for seed in range(30)}) > 25


def test_the_command_tells_how_the_files_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["3", "7"]) == 0
    assert capsys.readouterr().out.startswith("3 files, 0 wrong: ")
    assert main([]) == 2


def test_a_reader_that_breaks_down_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with WorkbookReader(1) as one, WorkbookReader(1) as other:
        monkeypatch.setattr(file_fuzz, "changed_file", lambda _: b"PK\x03\x04")
        assert judge(0, (one, other)).wrong == ""
        monkeypatch.setattr(other, "read", lambda _: (None, ()))
        assert "second time" in judge(0, (one, other)).wrong
        monkeypatch.setattr(one, "read", lambda _: (None, ()))
        assert "neither" in judge(0, (one, other)).wrong
        monkeypatch.setattr(one, "read", int)
        assert "the parent failed" in judge(0, (one, other)).wrong
