"""`kaohe rules book`: what it writes, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.rule_book import pdf
from tests.support.command_line import RULES, CommandLine


@pytest.fixture
def kaohe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line."""
    return CommandLine(monkeypatch, capsys)


@pytest.mark.parametrize(("name", "start"), [("book.html", b"<!DOCTYPE html>"), ("book.DOCX", b"PK")])
def test_the_ending_of_the_file_says_its_form(
    kaohe: CommandLine, tmp_path: Path, name: str, start: bytes
) -> None:
    done = kaohe("rules", "book", RULES, "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_bytes().lstrip().startswith(start)
    assert done.err.startswith(f"{tmp_path / name}:")


def test_another_ending_is_refused_before_anything_is_read(kaohe: CommandLine, tmp_path: Path) -> None:
    done = kaohe("rules", "book", tmp_path, "-o", tmp_path / "book.odt")
    assert done.code == 2
    assert ".html、.pdf、.docx" in done.err


def test_rules_with_issues_have_no_book(kaohe: CommandLine, tmp_path: Path) -> None:
    done = kaohe("rules", "book", tmp_path, "-o", tmp_path / "book.html")
    assert done.code == 1
    assert "no-rule-set" in done.err
    assert not (tmp_path / "book.html").exists()


def test_a_machine_that_cannot_print_pdf_says_what_to_install(
    kaohe: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise pdf.without_libraries()

    monkeypatch.setattr(pdf, "_loaded", refuse)
    done = kaohe("rules", "book", RULES, "-o", tmp_path / "book.pdf")
    assert done.code == 2
    assert "apt-get install libpango-1.0-0" in done.err
    assert not (tmp_path / "book.pdf").exists()
