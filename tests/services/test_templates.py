"""The template that a unit is given: with what its accepted reports bring into it, and nobody else's."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from intake.labels import LAST_QUARTER_HEAD
from services.errors import Invalid, NotAllowed, NotFound
from services.templates import template
from tests.support.office import BEIJING, OFFICE, TIANJIN, Office, clerk, number, series


def sheet_of(office: Office, form: str, unit: str = BEIJING, period: str = "2021Q2") -> Worksheet:
    made = template(office.context, actor=OFFICE, unit=type(BEIJING)(unit), period=period)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    found = book[next(name for name in book.sheetnames if name.startswith(form))]
    assert isinstance(found, Worksheet)
    return found


def test_without_an_accepted_report_nothing_is_brought(office: Office) -> None:
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    assert LAST_QUARTER_HEAD not in [cell.value for cell in sheet_of(office, "F02")[4]]
    assert sheet_of(office, "F01")["E9"].value is None


def test_the_last_accepted_quarter_stands_beside_the_input_and_opens_this_one(office: Office) -> None:
    office.accepted(BEIJING, 1)
    sheet = sheet_of(office, "F01")
    first = next(row for row in range(24, 60) if sheet[f"A{row}"].value == LAST_QUARTER_HEAD)
    last = {
        str(sheet[f"B{row}"].value).split()[0]: sheet[f"E{row}"].value for row in range(first, first + 18)
    }
    assert sheet["E9"].value == last["E105"] + last["E103"] - last["E104"]
    assert sheet_of(office, "F02")["E4"].value == LAST_QUARTER_HEAD
    assert sheet_of(office, "F01", TIANJIN)["E9"].value is None


def test_a_version_that_was_not_accepted_brings_nothing(office: Office) -> None:
    office.accepted(BEIJING, 1)
    before = sheet_of(office, "F02")["E7"].value
    office.submit(
        BEIJING, 1, office.workbook(BEIJING, 1, {series("E203", "2021Q1"): number(99_999)}), "改.xlsx"
    )
    assert sheet_of(office, "F02")["E7"].value == before


def test_the_cover_says_until_when(office: Office) -> None:
    words = [str(row[0].value) for row in sheet_of(office, "说明").iter_rows()]
    assert any(word.startswith("报送截止：2021年7月") for word in words)


def test_only_an_own_template_of_a_quarter_of_the_year_is_given(office: Office) -> None:
    with pytest.raises(NotAllowed):
        template(office.context, actor=clerk(TIANJIN), unit=BEIJING, period="2021Q2")
    with pytest.raises(Invalid):
        template(office.context, actor=OFFICE, unit=BEIJING, period="2021")
    with pytest.raises(NotFound):
        template(office.context, actor=OFFICE, unit=type(BEIJING)("999999"), period="2021Q2")
