"""Figures are read by one grammar: what is taken, what is listed as changed, and what is named as wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import CellKind
from intake.entry_numbers import read_number
from intake.readings import Reading
from intake.wording import Fault
from scoring.codes import ElementCode, FormCode
from scoring.rulebook.forms import Element, ElementType, Frequency, OverTime, Provider
from tests.support.reports import new_cell


def element(measure: str = "件", places: int = 0) -> Element:
    return Element(
        code=ElementCode("E1"),
        name="案件数",
        form=FormCode("F1"),
        provider=Provider.REGION,
        measure=measure,
        type=ElementType.DECIMAL if places else ElementType.INTEGER,
        frequency=Frequency.QUARTERLY,
        over_time=OverTime.SUM,
        places=places,
    )


def reading(text: str, kind: CellKind = CellKind.TEXT, measure: str = "件", **more: str) -> Reading | Fault:
    return read_number(new_cell("S", "A1", kind, text, **more), element(measure))


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("0", "0"),
        ("12", "12"),
        ("-3", "-3"),
        ("12.50", "12.5"),
        ("0.28499999999999998", "0.285"),
        ("3.0999999999999996", "3.1"),
        ("1E+3", "1000"),
        ("1.5e-2", "0.015"),
        ("-0", "0"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_a_number_cell_is_taken_as_its_spreadsheet_shows_it_and_nothing_is_listed(
    stored: str, expected: str
) -> None:
    found = reading(stored, CellKind.NUMBER)
    assert isinstance(found, Reading)
    assert (found.shown, found.changes) == (expected, ())


@pytest.mark.parametrize(
    ("typed", "expected", "changes"),
    [
        ("12", "12", 1),
        (" 12 ", "12", 1),
        ("007", "7", 1),
        ("+5", "5", 1),
        ("1,234", "1234", 2),
        ("12,345,678.90", "12345678.9", 2),
        ("１２３", "123", 2),
        ("１，２３４．５", "1234.5", 3),
        ("－８", "-8", 2),
        ("\u22128", "-8", 2),
        ("12\u3000", "12", 2),
        ("\u200b12", "12", 2),
    ],
)
def test_a_number_kept_as_text_is_taken_and_every_change_to_it_is_listed(
    typed: str, expected: str, changes: int
) -> None:
    found = reading(typed)
    assert isinstance(found, Reading)
    assert found.shown == expected
    assert len(found.changes) == changes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("十二", "not-a-number"),
        ("abc", "not-a-number"),
        ("1e3", "not-a-number"),
        ("1E3", "not-a-number"),
        ("1_000", "not-a-number"),
        ("1 234", "not-a-number"),
        ("(12)", "not-a-number"),
        ("12+3", "not-a-number"),
        ("12~15", "not-a-number"),
        ("12-15", "not-a-number"),
        ("=1+2", "not-a-number"),
        (".5", "not-a-number"),
        ("5.", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("3件2批", "not-a-number"),
        ("١٢", "not-a-number"),
        ("²", "not-a-number"),
        ("Ⅻ", "not-a-number"),
        ("nan", "not-a-number"),
        ("inf", "not-a-number"),
        ("0x10", "not-a-number"),
        ("12件", "unit-in-cell"),
        ("12 件", "unit-in-cell"),
        ("12(件)", "unit-in-cell"),
        ("1.2万", "unit-in-cell"),
        ("300元", "unit-in-cell"),
        ("95个百分点", "unit-in-cell"),
        ("约12", "approximate"),
        ("近12件", "approximate"),
        ("12余", "approximate"),
        ("12余件", "approximate"),
        ("12左右", "approximate"),
        ("1,23", "comma-misplaced"),
        ("12,34,567", "comma-misplaced"),
        ("1234,567", "comma-misplaced"),
        ("1,,234", "comma-misplaced"),
        ("95%", "percent-sign"),
        ("９５％", "percent-sign"),
        ("1234567890123456", "number-too-long"),
        ("1.234567890123456", "number-too-long"),
        ("9" * 40, "number-too-large"),
        ("1000000000000000000", "number-too-large"),
    ],
)
def test_what_is_no_plain_number_is_named_and_never_guessed(typed: str, code: str) -> None:
    found = reading(typed)
    assert isinstance(found, Fault), found
    assert found.code == code


@pytest.mark.parametrize(
    ("kind", "stored", "code"),
    [
        (CellKind.BOOLEAN, "1", "boolean-value"),
        (CellKind.DATE, "44377", "date-for-number"),
        (CellKind.NUMBER, "1E+300", "number-too-large"),
        (CellKind.NUMBER, "1E18", "number-too-large"),
    ],
)
def test_a_cell_of_another_kind_is_named(kind: CellKind, stored: str, code: str) -> None:
    found = reading(stored, kind)
    assert isinstance(found, Fault)
    assert found.code == code


def test_a_tiny_number_is_kept_exactly_for_the_check_of_its_places() -> None:
    found = reading("1E-300", CellKind.NUMBER)
    assert isinstance(found, Reading)
    assert found.number == Decimal("1E-300")


@pytest.mark.parametrize(
    ("typed", "kind", "number_format", "expected"),
    [
        ("95%", CellKind.TEXT, "", "95"),
        ("95.5％", CellKind.TEXT, "", "95.5"),
        ("0.95", CellKind.NUMBER, "0%", "95"),
        ("0.28499999999999998", CellKind.NUMBER, "0.00%", "28.5"),
        ("95", CellKind.NUMBER, "", "95"),
    ],
)
def test_where_the_measure_is_percent_the_percentage_seen_is_the_figure(
    typed: str, kind: CellKind, number_format: str, expected: str
) -> None:
    found = reading(typed, kind, "%", number_format=number_format)
    assert isinstance(found, Reading)
    assert found.shown == expected
    assert bool(found.changes) == ("%" in number_format or kind is CellKind.TEXT)


def test_a_count_shown_as_a_percentage_is_named() -> None:
    found = reading("0.95", CellKind.NUMBER, number_format="0%")
    assert isinstance(found, Fault)
    assert found.code == "percent-sign"


@given(st.integers(-(10**14), 10**14), st.integers(0, 3))
def test_every_figure_survives_being_typed_with_or_without_thousands_commas(digits: int, places: int) -> None:
    value = Decimal(digits).scaleb(-places)
    for typed in (f"{value:f}", f"{value:,f}"):
        found = read_number(new_cell("S", "A1", CellKind.TEXT, typed), element("万元", 3))
        assert isinstance(found, Reading)
        assert found.number == value


@given(st.text(max_size=12))
def test_no_text_whatever_makes_the_reader_fail(typed: str) -> None:
    found = reading(typed)
    assert isinstance(found, Fault) or found.number is not None
