"""Numbers in Chinese characters are read for a question only; what is no number is none."""

from __future__ import annotations

import pytest

from intake.chinese_numerals import chinese_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("〇", 0),
        ("五", 5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("一百零五", 105),
        ("一百二十", 120),
        ("两千零三", 2003),
        ("一万二千", 12000),
        ("一亿零五万", 100_050_000),
        ("壹佰贰拾叁", 123),
        ("二〇二一", 2021),
    ],
)
def test_a_numeral_is_the_number_that_it_says(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "万", "亿", "十十", "百千", "二三十", "一件", "若干", "12", "一" * 30, "零十"]
)
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert chinese_number(text) is None
