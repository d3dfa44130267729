"""Workbooks as other programs really save them come back marked, and the next round restores them."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.annotated.annotate import annotate_workbook
from intake.annotated.ours import is_ours
from scoring.errors import Issue, Place, Severity
from tests.support.read_xlsx import read
from tests.support.rich_books import canonical, parts_of

FILES = sorted((Path(__file__).parents[1] / "real_files").glob("*.xlsx"))
PLACES = ("A1", "C4", "E5", "F6", "Z40")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_what_is_concerned_changes_and_all_of_it_is_restored(file: Path) -> None:
    content = file.read_bytes()
    workbook = read(content)
    issues = [
        Issue(
            code="bad", zh="不对。", en="Wrong.", place=Place(sheet=sheet.name, cell=cell), severity=severity
        )
        for sheet in workbook.sheets[:3]
        for cell, severity in zip(PLACES, [*Severity, *Severity, Severity.HARD], strict=True)
    ]
    marked = annotate_workbook(content, issues)
    assert [(sheet.name, sheet.cells) for sheet in read(marked).sheets if not is_ours(sheet)] == [
        (sheet.name, sheet.cells) for sheet in workbook.sheets
    ]
    back, before = parts_of(annotate_workbook(marked, ())), parts_of(content)
    assert list(back) == list(before)
    assert {part: canonical(part, data) for part, data in back.items()} == {
        part: canonical(part, data) for part, data in before.items()
    }


def test_there_are_files_of_every_writer() -> None:
    writers = {file.stem.partition("-")[0] for file in FILES}
    assert writers >= {"exceljs", "libreoffice", "openpyxl", "pandas", "sheetjs", "xlsxwriter"}
