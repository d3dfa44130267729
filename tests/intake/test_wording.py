"""Every issue has whole sentences in both languages, and every code that is used is worded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intake.wording import fault, worded
from intake.wording_cells import CELL_WORDINGS
from intake.wording_contexts import CONTEXT_WORDINGS
from intake.wording_doubts import DOUBT_WORDINGS
from intake.wording_explanations import EXPLANATION_WORDINGS
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Place

TABLES = (CELL_WORDINGS, SHEET_WORDINGS, DOUBT_WORDINGS, EXPLANATION_WORDINGS, CONTEXT_WORDINGS)
ALL = {code: wording for table in TABLES for code, wording in table.items()}
SOURCES = [path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "intake").rglob("*.py")]
GIVEN = ("row", "column", "sheet", "found", "expected")


def test_no_code_is_worded_twice() -> None:
    assert len(ALL) == sum(map(len, TABLES))


@pytest.mark.parametrize("code", sorted(ALL))
def test_a_wording_is_a_sentence_and_a_remedy_in_both_languages(code: str) -> None:
    wording = ALL[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert wording.zh.endswith("。")
    assert wording.fix_zh.endswith("。")
    assert wording.en.endswith(".")
    assert wording.fix_en.endswith(".")


@pytest.mark.parametrize("code", sorted(ALL))
def test_every_wording_is_used_somewhere(code: str) -> None:
    assert any(f'"{code}"' in source and f'"{code}": Wording' not in source for source in SOURCES)


def test_every_fault_that_is_raised_is_worded() -> None:
    raised = {code for source in SOURCES for code in re.findall(r'\bfault\(\s*"([a-z0-9-]+)"', source)}
    assert raised
    assert raised <= ALL.keys()


def test_braces_in_what_was_typed_are_quoted_and_not_filled_in() -> None:
    issue = worded(
        CELL_WORDINGS, fault("not-a-number"), Place(row_label="{found}"), found="{row}{x}", expected="{}"
    )
    assert "“{row}{x}”" in issue.zh
    assert issue.zh.startswith("{found}")


def test_a_long_text_is_shortened_in_the_sentence_and_kept_whole_beside_it() -> None:
    issue = worded(CELL_WORDINGS, fault("not-a-number"), Place(), found="字" * 500)
    assert len(issue.found) == 500
    assert "字" * 61 not in issue.zh
