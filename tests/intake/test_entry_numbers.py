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
        (" 12 ", "12", 2),
        ("007", "7", 1),
        ("+5", "5", 2),
        ("5.", "5", 2),
        (".5", "0.5", 2),
        ("０．５", "0.5", 2),
        ("'12", "12", 2),
        ("’12", "12", 2),
        ("1,234", "1234", 2),
        ("12,345,678.90", "12345678.9", 2),
        ("１２３", "123", 2),
        ("１，２３４．５", "1234.5", 3),
        ("－８", "-8", 2),
        ("\u22128", "-8", 2),
        ("12\u3000", "12", 2),
        ("\u200b12", "12", 2),
        ("\ufeff12\u00a0", "12", 3),
        ("1 234", "1234", 2),
        ("1\u00a0234\u202f567", "1234567", 2),
        ("12件", "12", 2),
        ("12 件", "12", 2),
        ("12(件)", "12", 2),
        ("１２（件）", "12", 3),
        ("1,234件", "1234", 3),
    ],
)
def test_a_number_kept_as_text_is_taken_and_every_change_to_it_is_listed(
    typed: str, expected: str, changes: int
) -> None:
    found = reading(typed)
    assert isinstance(found, Reading), found
    assert found.shown == expected
    assert len(found.changes) == changes


QUESTIONS = {
    "not-a-number": (
        *("abc", "1_000", "12+3", "1.2.3", "3件2批", "nan", "inf", "0x10", "12/15", "1、234"),
        *("12元5角", "2021-06-30", "1'234", "若干", "¥12件", "5**"),
    ),
    "chinese-numeral": ("十二", "三十五件", "二〇", "壹佰贰拾", "零", "两千"),
    "exponent-typed": ("1e3", "1E3", "1.5e+2", "１ｅ３"),
    "perhaps-negative": ("(12)", "（12）", "5-", "△5", "▲ 5", "- 8", "—8"),
    "range-for-figure": ("12~15", "12-15", "5～6", "5—6件", "5至6", "5件到6件"),
    "bound-for-figure": (">5", "≥5", "＜5", "不少于5", "不超过 5件", "至少5"),
    "approximate": (
        *("约12", "大约12", "近12件", "12余", "12余件", "12左右", "12件左右", "95%以上", "12多", "12几"),
        *("不到12", "超100"),
    ),
    "look-alike": ("1O5", "15O", "l2", "1О5", "12。", "3О"),
    "odd-character": ("١٢", "²", "5²", "Ⅻ", "⑫", "½", "12\u202e34"),
    "unit-in-cell": ("12个", "12起", "12宗", "300元", "95个百分点", "12吨位", "5‰", "¥12"),
    "scale-in-cell": ("1.2万", "1.2万件", "3千"),
    "comma-misplaced": ("1,23", "1,2", "12,34,567", "1234,567", "1,,234", "1,234,5", "1, 234"),
    "blank-inside": ("12 34", "1 23", "1  234"),
    "percent-sign": ("95%", "９５％"),
    "number-too-long": ("1234567890123456", "1.234567890123456"),
    "number-too-large": ("9" * 40, "1000000000000000000", "1e99"),
    "error-value": ("#DIV/0!", "#REF!", "#####"),
}


@pytest.mark.parametrize(
    ("code", "typed"), [(code, typed) for code, many in QUESTIONS.items() for typed in many]
)
def test_what_is_no_plain_number_is_named_and_never_guessed(typed: str, code: str) -> None:
    found = reading(typed)
    assert isinstance(found, Fault), found
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "measure", "expected"),
    [
        ("3.5万元", "万元", "3.5"),
        ("1.5亿元", "万元", "15000"),
        ("12345元", "万元", "1.2345"),
        ("3百万元", "万元", "300"),
        ("5千元", "元", "5000"),
        ("0.001亿元", "元", "100000"),
        ("12.5", "万元", "12.5"),
        ("¥12.5", "元", "12.5"),
        ("1200千克", "吨", "1.2"),
        ("1200公斤", "吨", "1.2"),
        ("1200 kg", "吨", "1.2"),
        ("500克", "千克", "0.5"),
        ("3斤", "公斤", "1.5"),
        ("2t", "吨", "2"),
        ("95%", "%", "95"),
        ("5‰", "%", "0.5"),
        ("1.2百分点", "百分点", "1.2"),
        ("12人次", "人次", "12"),
    ],
)
def test_a_measure_of_the_same_family_is_converted_exactly(typed: str, measure: str, expected: str) -> None:
    found = read_number(new_cell("S", "A1", CellKind.TEXT, typed), element(measure, 4))
    assert isinstance(found, Reading), found
    assert found.shown == expected


@pytest.mark.parametrize(
    ("typed", "measure", "code"),
    [
        ("12人", "人次", "unit-in-cell"),
        ("12人次", "人", "unit-in-cell"),
        ("12家", "家次", "unit-in-cell"),
        ("3.5元", "吨", "unit-in-cell"),
        ("¥35", "万元", "unit-in-cell"),
        ("95个百分点", "%", "unit-in-cell"),
        ("1.2万", "万元", "scale-in-cell"),
        ("1.5亿", "万元", "scale-in-cell"),
        ("12345元", "亿元", "converted-too-fine"),
        ("95%", "比例", "percent-for-share"),
        ("95%", "百分点", "percent-sign"),
    ],
)
def test_a_measure_that_is_not_exactly_the_declared_one_is_a_question(
    typed: str, measure: str, code: str
) -> None:
    found = read_number(new_cell("S", "A1", CellKind.TEXT, typed), element(measure, 4))
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("typed", "measure", "words"),
    [
        ("1.2万", "万元", {"readings": "1.2 或 12000"}),
        ("1.5亿", "万元", {"readings": "15000 或 150000000"}),
        ("1.2万件", "件", {"readings": "12000"}),
        ("1,2", "件", {"reading": "12", "other": "逗号是小数点的，填 1.2；"}),
        ("1,234,5", "件", {"reading": "12345", "other": ""}),
        ("12 34", "件", {"reading": "1234"}),
        ("1O5", "件", {"reading": "105", "characters": "“O”（U+004F 英文字母）"}),
        ("5²", "件", {"characters": "“²”（U+00B2 上标）"}),
        ("12\u202e34", "件", {"characters": "“看不见的字符”（U+202E）"}),
        ("十二", "件", {"reading": "12"}),
        ("1e3", "件", {"reading": "1000"}),
        ("12345元", "亿元", {"result": "0.00012345"}),
        ("95%", "比例", {"reading": "0.95"}),
    ],
)
def test_a_question_names_each_reading(typed: str, measure: str, words: dict[str, str]) -> None:
    found = read_number(new_cell("S", "A1", CellKind.TEXT, typed), element(measure, 4))
    assert isinstance(found, Fault)
    assert dict(found.words).items() >= words.items()


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


@pytest.mark.parametrize(
    ("kind", "stored", "number_format", "asked"),
    [
        (CellKind.NUMBER, "0.95", "General", True),
        (CellKind.NUMBER, "1", "General", True),
        (CellKind.TEXT, "0.95", "", True),
        (CellKind.TEXT, "0.95%", "", False),
        (CellKind.NUMBER, "0.95", "0%", False),
        (CellKind.NUMBER, "95", "General", False),
        (CellKind.NUMBER, "0", "General", False),
    ],
)
def test_a_fraction_where_percent_is_asked_is_taken_with_a_question(
    kind: CellKind, stored: str, number_format: str, asked: bool
) -> None:
    found = reading(stored, kind, "%", number_format=number_format)
    assert isinstance(found, Reading)
    assert (found.question is not None) is asked


@pytest.mark.parametrize(
    ("number_format", "measure", "code"),
    [
        ("#,##0.00", "万元", ""),
        ('0"件"', "件", ""),
        ('0.00"万元"', "万元", ""),
        ("[DBNum1]General", "万元", ""),
        ("_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ", "万元", ""),
        ('0.00"元"', "万元", "format-shows-measure"),
        ('0.00"万"', "件", "format-shows-measure"),
        ("0.0,", "万元", "format-shows-less"),
        ("#,##0,,", "元", "format-shows-less"),
        ('0!.0,"万元"', "万元", "format-shows-less"),
        ("0\\.0", "件", "format-shows-less"),
    ],
)
def test_a_format_that_shows_another_amount_than_is_stored_is_a_question(
    number_format: str, measure: str, code: str
) -> None:
    found = reading("12345", CellKind.NUMBER, measure, number_format=number_format)
    assert found.code == code if isinstance(found, Fault) else not code


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
