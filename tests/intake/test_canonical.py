"""The canonical report: equal figures, equal bytes; anything else said, other bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from intake.canonical import canonical_report, figures_digest
from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Fact, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Provider

UNIT, QUARTER = UnitCode("110000"), Period(2021, 1, yearly=False)
CASES = Fact(
    UNIT,
    Series(ElementCode("E103"), PeriodCode("2021Q1"), MemberCode("海关")),
    Fraction(25, 2),
    Standing.VALUE,
    "digest!F01!D9",
)
NONE = Fact(
    UNIT, Series(ElementCode("E401"), PeriodCode("2021Q1"), MemberCode("")), Fraction(0), Standing.NIL
)


def written(*facts: Fact) -> bytes:
    return canonical_report(UNIT, QUARTER, Provider.REGION, facts)


def test_it_is_json_with_exact_texts() -> None:
    assert json.loads(written(NONE, CASES)) == {
        "canonical": 1,
        "unit": "110000",
        "period": "2021Q1",
        "provider": "region",
        "figures": [
            ["E103", "2021Q1", "海关", "VALUE", "12.5"],
            ["E401", "2021Q1", "", "NIL", "0"],
        ],
    }


def test_neither_order_nor_cell_nor_file_matters() -> None:
    moved = replace(CASES, origin="other!表二!Z99")
    assert written(CASES, NONE) == written(NONE, moved)


@pytest.mark.parametrize(
    "other",
    [
        replace(CASES, amount=Fraction(13)),
        replace(CASES, standing=Standing.NIL, amount=Fraction(0)),
        replace(CASES, standing=Standing.NOT_APPLICABLE, amount=None),
        replace(CASES, series=Series(ElementCode("E103"), PeriodCode("2021Q1"), MemberCode("药监"))),
        replace(CASES, series=Series(ElementCode("E103"), PeriodCode("2021Q2"), MemberCode("海关"))),
    ],
)
def test_another_figure_gives_another_digest(other: Fact) -> None:
    one, two = (figures_digest(UNIT, QUARTER, Provider.REGION, [each]) for each in (CASES, other))
    assert len(one) == 64
    assert one != two


def test_the_same_figures_of_another_quarter_or_provider_are_another_report() -> None:
    reports = {
        canonical_report(UNIT, QUARTER, Provider.REGION, [CASES]),
        canonical_report(UNIT, replace(QUARTER, quarter=2), Provider.REGION, [CASES]),
        canonical_report(UNIT, QUARTER, Provider.OFFICE, [CASES]),
        canonical_report(UnitCode("120000"), QUARTER, Provider.REGION, [CASES]),
    }
    assert len(reports) == 4
