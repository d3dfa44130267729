"""Numbers, standings, roundings, origins and sources in the words of an account."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.account_texts import amount_text, figure_text, origin_data, rounding_text, source_text
from scoring.codes import ElementCode, NodeCode
from scoring.expressions import Figure
from scoring.facts import Amount, Standing
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.sources import Source
from tests.support.rulesets import small_rules

RULES = small_rules()


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, None),
        (Fraction(5, 2), "2.5"),
        (Fraction(200, 3), "200/3"),
        (Fraction(-(10**30)), "-1" + 30 * "0"),
        ("是", "是"),
        (Standing.MISSING, "未报"),
        (Standing.NIL, "零申报"),
        (Standing.NOT_DUE, "未到期"),
        (Standing.NOT_APPLICABLE, "不适用"),
        (Standing.ZERO_DENOMINATOR, "分母为零"),
        (Standing.UNDEFINED, "无法计算"),
    ],
)
def test_an_amount_is_exact_and_an_absence_is_a_word(amount: Amount | Standing | None, text: str) -> None:
    assert amount_text(amount) == text


@pytest.mark.parametrize(
    ("element", "amount", "text"),
    [
        ("E5", Fraction(737926), "2021-05-16"),
        ("E5", None, None),
        ("E1", Fraction(737926), "737926"),
        ("E6", "否", "否"),
    ],
)
def test_a_figure_is_written_as_its_element_is(element: str, amount: Amount | None, text: str | None) -> None:
    assert figure_text(RULES, Figure(ElementCode(element)), amount) == text


@pytest.mark.parametrize(
    ("rounding", "text"),
    [
        (None, "不取整"),
        (Rounding(2), "四舍五入到 2 位小数"),
        (Rounding(0, RoundingMode.HALF_EVEN), "四舍六入五成双(GB/T 8170)到 0 位小数"),
        (Rounding(1, RoundingMode.TRUNCATE), "截断到 1 位小数"),
        (Rounding(1, RoundingMode.CEIL), "向上取整到 1 位小数"),
        (Rounding(1, RoundingMode.FLOOR), "向下取整到 1 位小数"),
    ],
)
def test_a_rounding_names_its_mode_and_places(rounding: Rounding | None, text: str) -> None:
    assert rounding_text(rounding) == text


@pytest.mark.parametrize(
    ("origin", "data"),
    [
        ("", {}),
        ("abc", {}),
        ("facts.csv!7", {"file": "facts.csv", "line": "7"}),
        ("abc!案件!C5", {"file_sha256": "abc", "sheet": "案件", "cell": "C5"}),
        pytest.param(
            "abc!甲!乙!C5", {"file_sha256": "abc", "sheet": "甲!乙", "cell": "C5"}, id="a sheet with a mark"
        ),
    ],
)
def test_an_origin_is_a_cell_a_line_or_unknown(origin: str, data: dict[str, str]) -> None:
    assert origin_data(origin) == data


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (None, ""),
        (Source(document="paper", text="第一条"), "一份文件:第一条"),
        (Source(document="paper"), "一份文件"),
        pytest.param(Source(document="letter"), "letter", id="a document that is not described"),
    ],
)
def test_a_source_is_its_document_and_what_is_meant_in_it(source: Source | None, text: str) -> None:
    indicator = replace(RULES.indicators[NodeCode("I1")], source=source)
    assert source_text(RULES, indicator) == text
