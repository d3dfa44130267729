"""Measures are the same, exact multiples of each other, or different; nothing in between."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.measures import converted, factor_between, plain_measure, scale_of
from tests.support.reports import rules_2021

MONEY = ("元", "千元", "万元", "百万元", "千万元", "亿元")
WEIGHT = ("克", "斤", "千克", "公斤", "吨", "万吨", "kg", "g", "t")


@pytest.mark.parametrize("family", [MONEY, WEIGHT, ("%", "‰")])
def test_factors_within_a_family_are_exact_and_undo_each_other(family: tuple[str, ...]) -> None:
    for one, other in product(family, family):
        there, back = factor_between(one, other), factor_between(other, one)
        assert there is not None
        assert back is not None
        assert there * back == 1


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        *(("人", "人次"), ("件", "起"), ("件", "宗"), ("起", "宗"), ("批", "批次"), ("家", "家次")),
        *(
            ("户", "户次"),
            ("元", "吨"),
            ("百分点", "%"),
            ("个", "件"),
            ("", "件"),
            ("分", "元"),
            ("万", "万元"),
        ),
    ],
)
def test_what_counts_something_else_has_no_factor(written: str, declared: str) -> None:
    assert factor_between(written, declared) is None
    assert factor_between(declared, written) is None


def test_every_measure_of_the_rules_is_itself() -> None:
    for element in rules_2021().elements.values():
        assert (
            factor_between(f"（{element.measure}）".replace("（", "(").replace("）", ")"), element.measure)
            == 1
        )


@pytest.mark.parametrize(
    ("text", "plain"), [("( 万 元 )", "万元"), ("KG", "kg"), ("百分比", "%"), ("件", "件")]
)
def test_brackets_blanks_and_capitals_do_not_count(text: str, plain: str) -> None:
    assert plain_measure(text) == plain


@pytest.mark.parametrize(
    ("suffix", "declared", "scale"),
    [
        ("万", "件", 10**4),
        ("万件", "件", 10**4),
        ("亿", "元", 10**8),
        ("件", "件", None),
        ("万起", "件", None),
    ],
)
def test_words_that_multiply_are_known(suffix: str, declared: str, scale: int | None) -> None:
    assert scale_of(suffix, declared) == scale


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(MONEY), st.sampled_from(MONEY))
def test_a_conversion_is_exact_and_goes_back(number: Decimal, one: str, other: str) -> None:
    there, back = factor_between(one, other), factor_between(other, one)
    assert there is not None
    assert back is not None
    assert Fraction(converted(number, there)) == Fraction(number) * there
    assert converted(converted(number, there), back) == number
