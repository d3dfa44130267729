"""Formats under which a cell shows what is not stored in it; and the many that only spell it otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest

from intake.cells import CellKind
from intake.entries import read_entry
from intake.shown_numbers import prints_digits, shows_another_number, shows_another_text
from intake.spots import Spot
from tests.support.reports import new_cell, region_fields

ACCOUNTS = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
HONEST = (
    *("General", "@", "0", "0.00", "#,##0", "#,##0.00_ ", "# ##0", "000000", "???0", "0_0", "0.0_-", "0."),
    *('0"件"', '#,##0"万元"', "0件", '0"（件）"', "G/通用格式", 'General"件"', "[DBNum1][$-804]General"),
    *(
        ACCOUNTS,
        '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
        '_ ¥* #,##0_ ;_ ¥* \\-#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    ),
    *("[$¥-804]#,##0.00;[RED]\\-[$¥-804]#,##0.00", "0_);[Red]\\(0\\)", "#,##0;[Red]-#,##0", "0;-0;;@"),
    *(
        "# ?/?",
        "# ??/100",
        "0.00E+00",
        "[>=10]0;0.0",
        "[<0]-0;0",
        "[蓝色]0",
        "[Red][>100]0;0",
        '0" m²"',
        "* 0",
    ),
)
DISHONEST = (
    *('0"0"', '"1"0', "0\\0", "0!0", 'General"0"', '0"０"', '0"十"', "*10", "[$1-804]0", '"9" 0', '0;0"1"'),
    *('"999"', ";;;", ";;;@", ";;", '""', '[>100]"12";0', '[=327]"500";0', "[<>5];0", '"无"'),
    *('"-"0', "-0", "(0)", "\\-0", '"△"0', "0-", "####\\-####", "[>0]-0;0", '0"%"', "0\\‰"),
)


@pytest.mark.parametrize("code", HONEST)
def test_a_format_that_spells_the_number_otherwise_shows_the_number(code: str) -> None:
    assert not shows_another_number(code, Decimal(327), "件" if "万" not in code else "万元")


@pytest.mark.parametrize("code", [each for each in DISHONEST if each != '0;0"1"'])
def test_a_format_that_hides_or_adds_digits_and_signs_shows_another_number(code: str) -> None:
    assert shows_another_number(code, Decimal(327), "件")


@pytest.mark.parametrize(
    ("code", "value", "another"),
    [
        ("0;0", "-5", True),
        ("0;[Red]0", "-5", False),
        ("0;[红色]0", "-5", False),
        ("0;(0)", "-5", False),
        ("0", "-5", False),
        ('0;0"1"', "-5", True),
        ('0;0"1"', "5", False),
        ('0;;"-"', "0", False),
        ('0;-0;"零"', "0", False),
        ('0;-0;"9"', "0", True),
        ('0;-0;"0"', "0", False),
        (";;;", "0", False),
        (ACCOUNTS, "-5", False),
        (ACCOUNTS, "0", False),
    ],
)
def test_the_section_that_shows_the_number_is_the_one_that_counts(
    code: str, value: str, another: bool
) -> None:
    assert shows_another_number(code, Decimal(value), "件") is another


def test_a_percent_sign_behind_a_percentage_is_its_measure() -> None:
    assert not shows_another_number('0"%"', Decimal(95), "%")


@pytest.mark.parametrize(
    ("code", "another"),
    [
        ("@", False),
        ("0", False),
        ("0;0;0", False),
        (ACCOUNTS, False),
        ('@"件"', False),
        (";;;@", False),
        (";;;", True),
        ('0;0;0;"34"', True),
        ('0;0;0;@"0"', True),
        ('@"0"', True),
        ("@@", True),
        ('"-"@', True),
    ],
)
def test_a_text_may_be_hidden_or_replaced_too(code: str, another: bool) -> None:
    assert shows_another_text(code) is another


@pytest.mark.parametrize(
    ("code", "own"),
    [
        *(
            (code, False)
            for code in ("yyyy-m-d", 'yyyy"年"m"月"d"日"', "yyyy/m/d;@", "[$-411]ggge", "mm:ss.0")
        ),
        *((code, True) for code in ('yyyy-m-"30"', "yyyy-mm-\\3\\0", '"2021"-m-d')),
    ],
)
def test_a_date_may_have_digits_that_nobody_typed(code: str, own: bool) -> None:
    assert prints_digits(code) is own


@pytest.mark.parametrize(
    ("kind", "code", "text"),
    [
        (CellKind.NUMBER, '0"0"', "12"),
        (CellKind.TEXT, ';;;"零申报"', "12"),
        (CellKind.DATE, 'yyyy-m-"30"', "44377"),
    ],
)
def test_the_issue_says_what_is_stored_and_by_which_format_it_is_shown(
    kind: CellKind, code: str, text: str
) -> None:
    wanted = "ED01" if kind is CellKind.DATE else "E901"
    field = next(each for each in region_fields() if each.element.code == wanted)
    entry = read_entry(field, _spot(kind, text, code))
    assert entry.issue is not None
    assert entry.issue.code == "format-shows-other"
    assert code in entry.issue.zh
    assert text in entry.issue.zh


def _spot(kind: CellKind, text: str, code: str) -> Spot:
    cell = new_cell("表", "D5", kind, text, number_format=code)
    return Spot(sheet="表", address="D5", cell=cell)
