"""Which texts are figures, and which decimal a stored number stands for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import Cell, CellKind
from intake.numbers_text import EXCEL_DIGITS, decimal_of, decimal_of_text, is_number


def number_cell(text: str, kind: CellKind = CellKind.NUMBER) -> Cell:
    return Cell("表1", "C7", 7, 3, kind, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("-0", "-0"),
        ("+12", "12"),
        ("007", "7"),
        ("12.50", "12.50"),
        ("1e5", "1E+5"),
        ("1.0000000000000001E-5", "1.0000000000000001E-5"),
        ("5E-324", "5E-324"),
        ("9" * 64, "9" * 64),
    ],
)
def test_a_number_in_the_grammar_is_taken_exactly(text: str, value: str) -> None:
    assert decimal_of_text(text) == Decimal(value)
    assert str(decimal_of_text(text)) == str(Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        " 12",
        "12 ",
        "12\n",
        "１２",
        "1２3",
        "١٢٣",
        "1_000",
        "1,000",
        "1.",
        ".5",
        "1..2",
        "--1",
        "1e",
        "1e+",
        "1e1000",
        "1E+9999999",
        "0x10",
        "NaN",
        "Infinity",
        "inf",
        "1d5",
        "12%",
        "12件",
        "-",
        "1\u00a0000",
        "9" * 65,
    ],
)
def test_everything_else_is_not_a_number(text: str) -> None:
    assert not is_number(text)
    assert decimal_of_text(text) is None


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.28499999999999998", "0.285"),
        ("3.0999999999999996", "3.1"),
        ("0.30000000000000004", "0.3"),
        ("1.0049999999999999", "1.005"),
        ("12.5", "12.5"),
        ("12.50", "12.50"),
        ("123456789012345", "123456789012345"),
        ("1234567890123456789", "1234567890123460000"),
        ("0.000012345678901234567", "0.0000123456789012346"),
        ("-0.28499999999999998", "-0.285"),
        ("99999999999999999", "100000000000000000"),
    ],
)
def test_a_stored_double_is_the_decimal_that_excel_shows(stored: str, shown: str) -> None:
    value = decimal_of(number_cell(stored))
    assert value is not None
    assert format(value, "f") == shown


@pytest.mark.parametrize("kind", [kind for kind in CellKind if kind is not CellKind.NUMBER])
def test_only_number_cells_have_a_figure(kind: CellKind) -> None:
    assert decimal_of(number_cell("12", kind)) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**10), max_value=10**10))
def test_a_figure_of_fifteen_digits_survives_being_stored_as_a_double(figure: Decimal) -> None:
    assert len(figure.as_tuple().digits) <= EXCEL_DIGITS
    assert decimal_of(number_cell(f"{float(figure):.17g}")) == figure


@given(st.text(max_size=12))
def test_whatever_is_a_number_is_plain_ascii(text: str) -> None:
    if is_number(text):
        assert set(text) <= set("0123456789+-.eE")
