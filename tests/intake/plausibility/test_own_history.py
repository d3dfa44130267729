"""Earlier totals are known wholly or not at all, and periods are counted back across years."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.plausibility.own_history import OwnHistory, codes_before
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Fact, Series, Standing
from scoring.periods import Period, period_from_text
from tests.support.reports import element_of, rules_2021


def fact(period: str, member: str, amount: str) -> Fact:
    """A fact of the media reports, which central and provincial media make."""
    series = Series(ElementCode("EB01"), PeriodCode(period), MemberCode(member))
    if amount == "NA":
        return Fact(UnitCode("110000"), series, None, Standing.NOT_APPLICABLE)
    return Fact(UnitCode("110000"), series, Fraction(amount))


@pytest.mark.parametrize(
    ("reported", "total"),
    [
        ({"中央": "3", "省级": "4"}, 7),
        ({"中央": "3", "省级": "NA"}, 3),
        ({"中央": "3"}, None),
        ({"中央": "NA", "省级": "NA"}, None),
        ({"": "9", "中央": "1"}, 9),
        ({}, None),
    ],
)
def test_a_total_of_which_a_part_is_unknown_is_unknown(reported: dict[str, str], total: int | None) -> None:
    facts = [fact("2021Q1", member, amount) for member, amount in reported.items()]
    history = OwnHistory(facts, rules_2021().elements)
    assert history.total(element_of("EB01"), PeriodCode("2021Q1")) == total


def test_totals_are_those_of_the_elements_own_periods_in_order_of_time() -> None:
    facts = [
        fact(period, "", amount) for period, amount in [("2021Q1", "3"), ("2020Q4", "2"), ("2020", "99")]
    ]
    assert OwnHistory(facts, rules_2021().elements).totals(element_of("EB01")) == [2, 3]


@pytest.mark.parametrize(
    ("code", "period", "before"),
    [
        ("E101", "2021Q1", ["2020Q4", "2020Q3"]),
        ("E101", "2021Q4", ["2021Q3", "2021Q2"]),
        ("EB05", "2021Q2", ["2020H2", "2020H1"]),
        ("EB05", "2021Q4", ["2021H1", "2020H2"]),
        ("E905", "2021Q4", ["2020", "2019"]),
    ],
)
def test_periods_are_counted_back_as_often_as_the_figure_is_due(
    code: str, period: str, before: list[str]
) -> None:
    when = period_from_text(period)
    assert isinstance(when, Period)
    assert list(codes_before(element_of(code), when, 2)) == before
