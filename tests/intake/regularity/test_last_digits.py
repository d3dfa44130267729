"""Zeros and fives at the end: the exact binomial tail decides."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from intake.regularity.last_digits import last_digits, upper_tail
from scoring.facts import Fact
from tests.support.looks import figure, look_at

LINES = ("市场监管", "知识产权", "农业农村", "林草", "文化版权", "药监", "邮政", "海关")
ELEMENTS = ("E101", "E102", "E103", "E104", "E105", "E108", "E109")


def report(ending: int, others: int, *, size: int = 110) -> list[Fact]:
    """So many figures that end in 0, and others that end in 3."""
    amounts = [size] * ending + [size + 3] * others
    places = [(code, line) for code in ELEMENTS for line in LINES]
    return [
        figure(code, "2021Q4", amount, line) for (code, line), amount in zip(places, amounts, strict=False)
    ]


@pytest.mark.parametrize(("trials", "hits"), [(1, 0), (1, 1), (5, 2), (40, 17), (40, 41)])
def test_the_tail_is_the_sum_of_the_binomial_terms(trials: int, hits: int) -> None:
    terms = (
        comb(trials, each) * Fraction(1, 5) ** each * Fraction(4, 5) ** (trials - each)
        for each in range(hits, trials + 1)
    )
    assert upper_tail(trials, hits) == sum(terms, Fraction(0))


@pytest.mark.parametrize(
    ("ending", "others", "size", "told"),
    [
        (17, 23, 110, True),
        (16, 24, 110, False),
        (17, 22, 110, False),
        (17, 23, 90, False),
        (8, 32, 110, False),
    ],
)
def test_more_than_chance_gives_is_told_where_there_are_enough_figures(
    ending: int, others: int, size: int, told: bool
) -> None:
    # of 40: P(17 or more) = 0.00078, P(16 or more) = 0.0022
    found = list(last_digits(look_at(report(ending, others, size=size))))
    assert bool(found) is told
    for issue in found:
        assert "40 个数中，有 17 个的尾数是 0 或 5" in issue.zh
        assert "0.1%" in issue.zh
