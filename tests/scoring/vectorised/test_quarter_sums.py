"""Figures added up all at once are those that the sheet makes one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode, FormCode, PeriodCode, UnitCode
from scoring.expressions import Figure, When
from scoring.facts import Column, Facts, Series, Standing
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Form, Frequency, OverTime, Provider
from scoring.vectorised.quarter_sums import QuarterSums, quarter_sums
from scoring.vectorised.sheet import Sheet, SheetColumn, recipe_for
from tests.support.rulesets import small_rules

CODES = [ElementCode(f"Q{number}") for number in range(4)]
ELEMENTS = tuple(
    Element(
        code=code,
        name=code,
        form=FormCode("F"),
        provider=Provider.REGION,
        measure="件",
        type=ElementType.INTEGER,
        frequency=Frequency.QUARTERLY,
        over_time=OverTime.SUM,
    )
    for code in CODES
)
FORM = Form(
    code=FormCode("F"),
    title="表",
    provider=Provider.REGION,
    frequency=Frequency.QUARTERLY,
    elements=ELEMENTS,
)
RULES = replace(small_rules(), forms={FORM.code: FORM})
NOW = [Figure(code) for code in CODES]
LAST = [Figure(code, (), When.LAST_YEAR) for code in CODES]
PERIOD = Period(2021, 4, yearly=True)
GROUP = (NOW[0], NOW[1], LAST[0])
FIGURES = [*NOW, *(replace(each, together=GROUP) for each in GROUP)]
FIGURES += [replace(each, together=(NOW[2], NOW[3])) for each in (NOW[2], NOW[3])]
FIGURES.append(LAST[0])
STANDINGS = [Standing.VALUE, Standing.VALUE, Standing.NIL, Standing.MISSING, Standing.NOT_APPLICABLE]


def sums() -> QuarterSums:
    (found,) = quarter_sums((figure, recipe_for(figure, RULES, PERIOD)) for figure in FIGURES)
    return found


def facts_of(standings: list[int], units: int, amount: int = 7) -> Facts:
    """Facts of this year and last; where there is no value the numbers are nonsense."""
    columns: dict[Series, Column] = {}
    own = iter(np.array(standings, dtype=np.uint8).reshape(-1, units))
    for code in CODES:
        for year in (2020, 2021):
            for quarter in (1, 2, 3, 4):
                numbers = np.arange(units, dtype=np.int64) + amount * quarter
                column = next(own)
                numbers[column == Standing.NIL] = 0
                columns[Series(code, PeriodCode(f"{year}Q{quarter}"))] = Column(numbers, column)
    return Facts(tuple(UnitCode(f"U{row}") for row in range(units)), columns)


def shown(column: SheetColumn) -> tuple[list[int], list[int]]:
    standings = [0] * len(column.numbers) if column.standings is None else column.standings.tolist()
    return column.numbers.tolist(), standings


@given(st.lists(st.sampled_from(STANDINGS), min_size=32 * 5, max_size=32 * 5))
def test_all_at_once_is_one_by_one(standings: list[int]) -> None:
    facts = facts_of(standings, 5)
    made, sheet = sums().columns(facts), Sheet(RULES, facts, PERIOD)
    assert {each: shown(column) for each, column in made.items()} == {
        each: shown(sheet.column(each)) for each in dict.fromkeys(FIGURES)
    }


def test_blocks_join_without_a_seam() -> None:
    units = 4_100
    standings = np.random.default_rng(1).choice(STANDINGS, 32 * units).tolist()
    facts = facts_of(standings, units)
    made, sheet = sums().columns(facts), Sheet(RULES, facts, PERIOD)
    for figure in FIGURES:
        assert shown(made[figure]) == shown(sheet.column(figure))


@pytest.mark.parametrize(
    ("series", "column"),
    [
        pytest.param("2021Q2", None, id="a quarter that nobody reported"),
        pytest.param("2021", Column(np.array([1]), np.array([0], dtype=np.uint8)), id="a year as one figure"),
        pytest.param(
            "2021Q2",
            Column(np.array([2**61]), np.array([0], dtype=np.uint8)),
            id="numbers that are too great",
        ),
        pytest.param("2021Q2", Column(np.array([1]), np.array([0], dtype=np.uint8), 3), id="other places"),
        pytest.param(
            "2021Q2", Column(np.array([0]), np.array([0], dtype=np.uint8), 0, ("是",)), id="words for numbers"
        ),
    ],
)
def test_what_is_not_as_declared_is_left_to_the_sheet(series: str, column: Column | None) -> None:
    facts = facts_of([0] * 32, 1)
    assert sums().columns(facts)
    columns, place = dict(facts.columns), Series(CODES[0], PeriodCode(series))
    columns.pop(place, None)
    if column is not None:
        columns[place] = column
    assert sums().columns(Facts(facts.units, columns)) == {}
