"""Statistics in arrays: the same as of the plain engine, reckoned once, whatever lane the values are in."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode
from scoring.expressions import Figure, Statistic, StatisticKind
from scoring.facts import Facts, Standing
from scoring.rulebook.final_rules import Ties
from scoring.statistics import Outcome, of_group
from scoring.vectorised.evaluation import SheetPanel, statistic_of
from scoring.vectorised.quotients import Quotients, quotients_of
from scoring.vectorised.sheet import Sheet
from scoring.vectorised.statistics import Scope, statistic_column
from tests.support.random_formulas import DECIMALS, GREAT, PLAIN
from tests.support.rulesets import period, small_rules

E1 = Figure(ElementCode("E1"))
AMOUNTS = st.one_of(PLAIN, DECIMALS, GREAT, st.fractions(max_denominator=10**6), st.fractions())
STANDINGS = st.sampled_from([Standing.VALUE] * 5 + [Standing.MISSING, Standing.NOT_DUE])
KINDS = st.sampled_from(StatisticKind)


def unreduced(values: list[Fraction], factor: int) -> Quotients:
    found = quotients_of(values)
    tops = np.array([value.numerator * factor for value in values], dtype=object)
    bottoms = np.array([value.denominator * factor for value in values], dtype=object)
    most = max(abs(top) for top in tops)
    return found if factor == 1 else Quotients(tops, bottoms, (-most, most), max(bottoms))


@given(
    st.lists(st.tuples(AMOUNTS, STANDINGS, st.integers(0, 2)), min_size=1, max_size=12),
    KINDS,
    st.sampled_from(["reported", "every"]),
    st.sampled_from(Ties),
    st.sampled_from([1, 6]),
    st.permutations(range(12)),
)
def test_each_group_has_the_statistic_of_its_own_values(
    units: list[tuple[Fraction, Standing, int]],
    kind: StatisticKind,
    scope: str,
    ties: Ties,
    factor: int,
    shuffled: list[int],
) -> None:
    position = Fraction(100, 3) if kind is StatisticKind.PERCENTILE else None
    statistic = Statistic(kind, E1, scope, position, ties)
    places = np.argsort(np.array(shuffled)[: len(units)]).argsort().astype(np.int64)
    values = unreduced([value for value, _, _ in units], factor)
    standings = np.array([standing for _, standing, _ in units], dtype=np.uint8)
    codes = np.array([group for _, _, group in units], dtype=np.int64)
    found = statistic_column(
        statistic, values, standings if standings.any() else None, Scope(codes, None, places)
    )
    for group in set(codes.tolist()):
        rows = sorted(np.flatnonzero(codes == group).tolist(), key=lambda row: int(places[row]))
        outcomes: list[Outcome] = [units[row][1] or units[row][0] for row in rows]
        plain = of_group(statistic, outcomes)
        assert [(found.outcome(row), found.count(row)) for row in rows] == [
            (each.outcome, each.count) for each in plain
        ]


def test_a_statistic_of_all_units_is_one_number() -> None:
    values = quotients_of([Fraction(1), Fraction(2)])
    scope = Scope(None, None, np.arange(2))
    found = statistic_column(Statistic(StatisticKind.MEAN, E1), values, None, scope)
    assert (found.quotients.num.shape, found.outcome(1), found.count(1)) == ((1,), Fraction(3, 2), 2)


@pytest.mark.parametrize("kind", [StatisticKind.MEAN, StatisticKind.RANK, StatisticKind.MIN])
def test_a_unit_that_is_in_no_group_has_none(kind: StatisticKind) -> None:
    values = quotients_of([Fraction(1), Fraction(2)])
    absent = np.array([0, Standing.MISSING], dtype=np.uint8)
    scope = Scope(np.array([0, 1]), absent, np.arange(2))
    found = statistic_column(Statistic(kind, E1, "group", ties="competition"), values, None, scope)
    assert (found.outcome(0), found.outcome(1), found.count(1)) == (1, Standing.MISSING, 0)


def test_a_sheet_reckons_a_statistic_once_and_its_panel_reads_it() -> None:
    rules = small_rules()
    sheet = Sheet(rules, Facts(tuple(rules.units), {}), period("2021Q1"))
    statistic = Statistic(StatisticKind.COUNT, E1)
    assert statistic_of(statistic, sheet) is statistic_of(statistic, sheet)
    beyond = sheet.with_attribute("base_rank", np.ones(3, dtype=np.int64), np.ones(3, dtype=np.bool_))
    assert statistic_of(statistic, beyond) is statistic_of(statistic, sheet)
    assert SheetPanel(beyond).found(statistic, 2).outcome == 0


def test_nobody_at_all_has_no_statistic() -> None:
    rules = small_rules()
    sheet = Sheet(rules, Facts((), {}), period("2021Q1"))
    for kind in StatisticKind:
        column = statistic_of(Statistic(kind, E1, ties="competition"), sheet)
        assert column.quotients.sized(0).num.shape == (0,)
