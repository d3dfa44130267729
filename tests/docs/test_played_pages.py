"""The pages that teach are played from beginning to end: every file, every command, every output."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import Said, play

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("writing-rules.md", "testing-rules.md", "changing-rules.md")


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_what_happens(name: str, tmp_path: Path) -> None:
    found = list(play((DOCS / name).read_text(encoding="utf-8"), tmp_path))
    assert found
    for said in found:
        assert said.fits, told(said)


def told(said: Said) -> str:
    return f"$ {said.command}\n--- the page\n{said.expected}--- the command\n{said.printed}"
