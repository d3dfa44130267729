"""Units of measure: what words mean, by which factor they differ, and which may count the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.rulebook.meaning.measures import (
    DATE,
    DAY,
    RATIO,
    Measure,
    measure_from_text,
    same_things,
    surely_differ,
)


def measure(text: str) -> Measure:
    found = measure_from_text(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("larger", "smaller", "factor"),
    [
        ("万元", "元", 10_000),
        ("亿元", "万元", 10_000),
        ("十亿美元", "百万美元", 1000),
        ("万人", "人", 10_000),
        ("千人", "百人", 10),
        ("吨", "千克", 1000),
        ("公斤", "斤", 2),
        ("平方公里", "公顷", 100),
        ("天", "小时", 24),
        ("公里", "米", 1000),
        ("件/人", "件/10万人", 100_000),
        ("件/万户", "件/10万户", 10),
        ("比值", "%", 100),
        ("％", "‰", 10),
        ("20件", "件", 20),
        ("每人件", "每万人件", 10_000),
    ],
)
def test_units_of_one_kind_differ_by_an_exact_factor(larger: str, smaller: str, factor: int) -> None:
    one, other = measure(larger), measure(smaller)
    assert one.kinds == other.kinds
    assert one.scale / other.scale == factor


@pytest.mark.parametrize(
    ("left", "right"),
    [("件", "人"), ("元", "美元"), ("原始值", "比值"), ("2017年购买力平价美元", "美元"), ("吨油当量", "吨")],
)
def test_different_words_are_different_kinds_and_unknown_ones_are_not_guessed(left: str, right: str) -> None:
    assert measure(left).kinds != measure(right).kinds
    assert measure(left) == measure(left)


@pytest.mark.parametrize(
    ("left", "right", "alike", "sure"),
    [
        ("件", "起", True, False),
        ("家次", "户次", True, False),
        ("件", "人", False, True),
        ("人", "人次", False, True),
        ("件", "个", False, False),
        ("万元", "个", False, True),
        ("天", "件", False, True),
        ("元", "美元", False, True),
        ("怪物", "件", False, False),
        ("比值", "件", False, True),
        ("件/人", "起/人", True, False),
        ("日期", "件", False, True),
    ],
)
def test_words_may_be_for_the_same_things_or_surely_not_or_neither_is_known(
    left: str, right: str, alike: bool, sure: bool
) -> None:
    assert same_things(measure(left), measure(right)) is alike
    assert surely_differ(measure(left), measure(right)) is sure


@pytest.mark.parametrize(
    "text",
    [
        "万元",
        "元",
        "亿元",
        "件",
        "件/万户",
        "件/10万人",
        "处/20件",
        "%",
        "‰",
        "百分点",
        "比值",
        "吨",
        "天",
        "日期",
        "怪物",
    ],
)
def test_a_measure_is_written_as_rule_files_write_it(text: str) -> None:
    assert str(measure(text)) == text


def test_no_text_is_no_measure_and_a_number_alone_is_a_word() -> None:
    assert measure_from_text("") is None
    assert measure_from_text("  ") is None
    assert not measure("0件").is_ratio
    assert measure("万").kinds == (("万", 1),)


def test_products_and_quotients_reckon_with_kinds_and_scales() -> None:
    assert measure("万元").over(measure("元")) == Measure(Fraction(10_000))
    assert measure("件").over(measure("件")) == RATIO
    assert measure("件").over(measure("人")).times(measure("人")) == measure("件")
    assert RATIO.scaled(Fraction(100)) == measure("%")
    assert measure("日期") == DATE
    assert measure("天") == DAY
    assert str(measure("元").over(measure("人")).over(measure("天"))) == "(1/86400)元/人/秒".replace(
        "(1/86400)元", "0.000011…元"
    )
