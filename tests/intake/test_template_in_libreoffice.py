"""A template in another program than ours: opened by LibreOffice, filled in, saved, printed, read again."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import openpyxl
import pypdf
import pytest

from intake.cells import CellKind, Visibility, Workbook
from intake.fields import due_forms
from intake.labels import META_SHEET, sheet_name
from intake.migration import migrate
from intake.migration_origin import not_own
from intake.moved import Fate
from intake.origin import Asked
from intake.report import Verdict, read_report
from intake.strict_xlsx import parse_xlsx
from intake.template import Brought
from intake.workbook import read_workbook
from scoring.codes import ElementCode, FormCode, PeriodCode
from scoring.facts import Amount, Series, Standing
from scoring.rulebook.forms import Provider
from tests.support.libreoffice import convert
from tests.support.reports import (
    BEIJING,
    LAST_QUARTER,
    agreeing_figures,
    cell_of,
    opened,
    region_fields,
    rules_2021,
    template,
)

RULES = rules_2021()
VERSION_1 = Path(__file__).parent / "fixtures" / "version-1.xlsx"
A4_LANDSCAPE = (842, 595)


def figures() -> dict[Series, Amount | Standing]:
    """Whole numbers, decimals, a date, nil and not applicable."""
    found = agreeing_figures()
    found[Series(ElementCode("E401"), PeriodCode("2021Q4"))] = Standing.NOT_APPLICABLE
    found[Series(ElementCode("EA03"), PeriodCode("2021Q4"))] = Standing.NIL
    return found


@cache
def written() -> bytes:
    return template(figures(), brought=Brought(last=agreeing_figures()))


@cache
def saved_again() -> bytes:
    return convert(written(), "xlsx")


def parsed(content: bytes) -> Workbook:
    workbook, refusals = parse_xlsx(content)
    assert workbook is not None, refusals
    return workbook


def test_every_cell_is_the_same_after_libreoffice_has_opened_and_saved_the_template() -> None:
    before, after = parsed(written()), parsed(saved_again())
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    for old, new in zip(before.sheets, after.sheets, strict=True):
        kinds = {at: (cell.kind, shown(cell.text), bool(cell.formula)) for at, cell in old.cells.items()}
        assert {
            at: (cell.kind, shown(cell.text), bool(cell.formula)) for at, cell in new.cells.items()
        } == kinds


def shown(text: str) -> str:
    """15 digits of a number; programs write one or two more of what they hold in binary."""
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def test_the_marks_stay_hidden_and_the_sheets_protected() -> None:
    after = parsed(saved_again())
    marks = after.sheet(META_SHEET)
    assert marks is not None
    assert marks.visibility is not Visibility.VISIBLE
    book = openpyxl.load_workbook(io.BytesIO(saved_again()))
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert all(
        book[sheet_name(form)].data_validations.dataValidation
        for form in due_forms(RULES, Provider.REGION, LAST_QUARTER)
    )


def test_totals_are_computed_as_soon_as_figures_are_typed() -> None:
    blank = template({})
    typed = openpyxl.load_workbook(io.BytesIO(blank))
    sheet, total = cell_of(opened(blank), "E103")
    for column in "EFGHIJKL":
        typed[sheet][column + total[1:]] = 7
    buffer = io.BytesIO()
    typed.save(buffer)
    after = parsed(convert(buffer.getvalue(), "xlsx")).sheet(sheet)
    assert after is not None
    cell = after.cell(total)
    assert cell is not None
    assert (cell.kind, cell.text) == (CellKind.NUMBER, "56")
    errors = [cell for cell in after.cells.values() if cell.kind is CellKind.ERROR]
    assert errors == []


def test_a_template_filled_in_and_saved_by_libreoffice_is_in_order_with_the_same_figures() -> None:
    typed = openpyxl.load_workbook(io.BytesIO(template({})))
    book, known = opened(written()), openpyxl.load_workbook(io.BytesIO(written()))
    for field in region_fields():
        sheet, address = cell_of(book, field.element.code, field.head)
        if not field.is_total:
            typed[sheet][address] = known[sheet][address].value
    buffer = io.BytesIO()
    typed.save(buffer)
    found = read_report(
        convert(buffer.getvalue(), "xlsx"),
        rules=RULES,
        unit=BEIJING,
        period=LAST_QUARTER,
        provider=Provider.REGION,
    )
    assert found.verdict is Verdict.IN_ORDER, found.issues
    assert {
        fact.series: fact.amount if fact.standing is Standing.VALUE else fact.standing for fact in found.facts
    } == figures()


@pytest.mark.parametrize("suffix", ["xls", "xlsx"])
def test_an_old_workbook_is_carried_over_whatever_it_was_saved_as(suffix: str) -> None:
    forms = due_forms(RULES, Provider.REGION, LAST_QUARTER)
    asked = Asked(rules=RULES, unit=BEIJING, period=LAST_QUARTER, provider=Provider.REGION)
    found = []
    for content in (VERSION_1.read_bytes(), convert(VERSION_1.read_bytes(), suffix)):
        workbook, refusals = read_workbook(content)
        assert workbook is not None, refusals
        assert not_own(workbook, asked) == ()
        found.append(migrate(workbook, forms, asked, Brought()))
    before, after = found
    assert after.filled == before.filled
    assert after.headings == before.headings
    assert [(item.fate, item.text) for item in after.items] == [(Fate.LEFT, "约20")]


def test_the_template_prints_on_a4_landscape_with_the_cover_and_each_short_form_on_one_page() -> None:
    pages = pypdf.PdfReader(io.BytesIO(convert(written(), "pdf"))).pages
    boxes = [page.mediabox for page in pages]
    sizes = {(round(float(box.width)), round(float(box.height))) for box in boxes}
    assert sizes == {A4_LANDSCAPE}
    texts = ["".join((page.extract_text() or "").split()) for page in pages]
    assert "本期应报的表" in texts[0]
    assert "模板版本" in texts[0]
    begun = {
        form.code: [page for page, text in enumerate(texts) if page and form.title in text]
        for form in due_forms(RULES, Provider.REGION, LAST_QUARTER)
    }
    assert {code: len(found) for code, found in begun.items() if len(found) > 1} == {"F01": 3}
    first_of_f01 = texts[begun[FormCode("F01")][0]]
    assert "E118" in first_of_f01
    assert first_of_f01.count("上季度") == 19
