"""The same report written by many programs: each file is read, and each gives the same figures."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest

from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from intake.labels import META_SHEET
from intake.numbers_text import decimal_of
from intake.origin import Asked, template_marks
from intake.report import Intake, read_report
from intake.strict_xlsx import parse_xlsx
from intake.workbook import read_workbook
from scoring.facts import Amount, Series, Standing
from scoring.rulebook.forms import Provider
from tests.support.real_packages import DAYS_TO_1904, PACKERS
from tests.support.reports import BEIJING, LAST_QUARTER, rules_2021

FOLDER = Path(__file__).parent / "real_files"
ORIGINAL = FOLDER / "original.xlsx"
COPIES = sorted(path.stem for path in FOLDER.glob("*.xlsx") if path != ORIGINAL)
# openpyxl keeps formulas and throws their results away, so the totals cannot be compared with their parts.
WITHOUT_RESULTS = "openpyxl-formulas"
# Written by programs that know no merged cells: each covered cell repeats the text of the first.
UNMERGED = {"exceljs-stream-shared", "exceljs-stream-inline"}
Figure = tuple[Series, Amount | None, Standing]


@cache
def original() -> Workbook:
    workbook, refusals = parse_xlsx(ORIGINAL.read_bytes())
    assert workbook is not None, refusals
    return workbook


def read(content: bytes) -> Workbook:
    """Through the child, as every upload."""
    workbook, issues = read_workbook(content)
    assert workbook is not None, [str(issue) for issue in issues]
    return workbook


def with_marks_of_today(workbook: Workbook) -> Workbook:
    """The files were made once; the rules may have moved on since."""
    asked = Asked(rules=rules_2021(), unit=BEIJING, period=LAST_QUARTER, provider=Provider.REGION)
    today = template_marks(asked, ())
    sheets = []
    for sheet in workbook.sheets:
        if sheet.name == META_SHEET:
            keys = {cell.text: cell.row for cell in sheet.cells.values() if cell.column == 1}
            cells = dict(sheet.cells)
            for key, text in today.items():
                address = f"B{keys[key]}"
                cells[address] = replace(cells[address], text=text)
            sheets.append(replace(sheet, cells=MappingProxyType(cells)))
        else:
            sheets.append(sheet)
    return replace(workbook, sheets=tuple(sheets))


def judged(workbook: Workbook) -> Intake:
    return read_report(
        b"",
        rules=rules_2021(),
        unit=BEIJING,
        period=LAST_QUARTER,
        provider=Provider.REGION,
        reader=lambda _: (with_marks_of_today(workbook), ()),
    )


def figures(intake: Intake) -> set[Figure]:
    return {(fact.series, fact.amount, fact.standing) for fact in intake.facts}


def values(sheet: Sheet, days: int = 0) -> dict[str, object]:
    """What each cell shows, by address; empty texts are left out, since some programs do not keep them."""
    shown = {address: _value(cell, days) for address, cell in sheet.cells.items()}
    return {address: value for address, value in shown.items() if value != ""}


def _value(cell: Cell, days: int) -> object:
    if cell.kind is CellKind.NUMBER:
        return decimal_of(cell)
    return str(int(cell.text) + days) if cell.kind is CellKind.DATE else cell.text.strip()


def held_to_the_original(workbook: Workbook, *, unmerged: bool = False) -> None:
    """Sheets, every value, and the figures that come of them; few programs know of very hidden sheets."""
    assert [each.name for each in workbook.sheets] == [each.name for each in original().sheets]
    hidden = {each.name for each in workbook.sheets if each.visibility is not Visibility.VISIBLE}
    assert hidden <= {META_SHEET}
    days = DAYS_TO_1904 if workbook.date1904 else 0
    for mine, theirs in zip(workbook.sheets, original().sheets, strict=True):
        found, wanted = values(mine, days), values(theirs)
        if unmerged:
            found = {address: value for address, value in found.items() if address in wanted}
        assert found == wanted, mine.name
    honest, intake = judged(original()), judged(workbook)
    assert len(honest.facts) > 150
    assert figures(intake) == figures(honest)
    assert intake.figures_digest == honest.figures_digest
    assert said(intake) == said(honest)


def said(intake: Intake) -> list[tuple[str, str, str]]:
    return [(issue.code, issue.place.sheet, issue.place.cell) for issue in intake.issues]


def test_there_is_a_file_of_every_program() -> None:
    programs = {"libreoffice", "openpyxl", "xlsxwriter", "pandas", "sheetjs", "exceljs"}
    assert {name.partition("-")[0] for name in COPIES} == programs


@pytest.mark.parametrize("name", [name for name in COPIES if name != WITHOUT_RESULTS])
def test_what_another_program_wrote_gives_the_same_figures(name: str) -> None:
    held_to_the_original(read((FOLDER / f"{name}.xlsx").read_bytes()), unmerged=name in UNMERGED)


def test_formulas_without_results_leave_the_figures_as_they_are() -> None:
    intake = judged(read((FOLDER / f"{WITHOUT_RESULTS}.xlsx").read_bytes()))
    assert figures(intake) == figures(judged(original()))
    totals = {(sheet.name, cell.address) for sheet in original().sheets for cell in _formulas(sheet)}
    more = [each for each in said(intake) if each not in said(judged(original()))]
    assert {(sheet, cell) for _, sheet, cell in more} == totals
    assert {code for code, *_ in more} == {"total-blank"}


def _formulas(sheet: Sheet) -> Iterable[Cell]:
    return (cell for cell in sheet.cells.values() if cell.formula)


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
@pytest.mark.parametrize("program", PACKERS)
def test_what_is_packed_as_another_program_packs_gives_the_same_figures(program: str) -> None:
    content = PACKERS[program](original())
    held_to_the_original(read(content))
    openpyxl.load_workbook(io.BytesIO(content)).close()


@pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
def test_the_hand_made_packages_hold_what_their_models_hold() -> None:
    excel = PACKERS["Excel"](original())
    parts = openpyxl.load_workbook(io.BytesIO(excel))
    assert len(parts.sheetnames) == len(original().sheets)
    workbook = read(PACKERS["Excel for Mac, dates from 1904"](original()))
    assert workbook.date1904
    assert read(PACKERS["WPS"](original())).properties["KSOProductBuildVer"].startswith("2052-")
    # Followers of a shared formula have the formula that was written at their place.
    assert {cell.formula for sheet in read(excel).sheets for cell in _formulas(sheet)} == {
        cell.formula for sheet in original().sheets for cell in _formulas(sheet)
    }
