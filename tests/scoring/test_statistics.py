"""Statistics of many numbers: the values of textbooks, exact, and bounded where they would grow endless."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import pytest

from scoring.codes import ElementCode
from scoring.expressions import Comparison, Figure, Number, Statistic, StatisticKind
from scoring.facts import Standing
from scoring.numbers import approximated, square_root
from scoring.statistics import Outcome, of_group, on_one_denominator, places_of

E1 = Figure(ElementCode("E1"))
EIGHT = [Fraction(each) for each in (2, 4, 4, 4, 5, 5, 7, 9)]
MISSING, NOT_DUE = Standing.MISSING, Standing.NOT_DUE


def of(kind: StatisticKind, values: list[Outcome], scope: str = "reported", position: str = "") -> Outcome:
    statistic = Statistic(kind, E1, scope, Fraction(position) if position else None)
    found = of_group(statistic, values)
    assert len(found) == len(values)
    assert len({each.outcome for each in found}) == 1
    return found[0].outcome


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (StatisticKind.MIN, "2"),
        (StatisticKind.MAX, "9"),
        (StatisticKind.MEAN, "5"),
        (StatisticKind.MEDIAN, "4.5"),
        (StatisticKind.SUM, "40"),
        (StatisticKind.SUMSQ, "232"),
        (StatisticKind.COUNT, "8"),
        pytest.param(StatisticKind.PSTDEV, "2", id="a root that is a fraction is exact"),
    ],
)
def test_the_numbers_of_a_textbook_come_out(kind: StatisticKind, expected: str) -> None:
    assert of(kind, [*EIGHT]) == Fraction(expected)


def test_a_deviation_of_a_sample_is_a_root_to_fifty_digits() -> None:
    assert of(StatisticKind.STDEV, [*EIGHT]) == square_root(Fraction(32, 7))


@pytest.mark.parametrize(
    ("position", "expected"),
    [("0", "1"), ("25", "1.75"), ("30", "1.9"), ("50", "2.5"), ("100", "4")],
)
def test_percentiles_are_those_of_spreadsheets(position: str, expected: str) -> None:
    four: list[Outcome] = [Fraction(each) for each in (3, 1, 4, 2)]
    assert of(StatisticKind.PERCENTILE, four, position=position) == Fraction(expected)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (StatisticKind.MEAN, [Fraction(1), MISSING, Fraction(3)], Fraction(2)),
        (StatisticKind.MEAN, [MISSING, NOT_DUE], NOT_DUE),
        (StatisticKind.SUM, [MISSING, MISSING], MISSING),
        (StatisticKind.COUNT, [MISSING, NOT_DUE], Fraction(0)),
        (StatisticKind.COUNT, [MISSING, Fraction(0)], Fraction(1)),
        pytest.param(
            StatisticKind.STDEV,
            [Fraction(5)],
            Standing.ZERO_DENOMINATOR,
            id="one is no sample of a deviation",
        ),
        pytest.param(StatisticKind.PSTDEV, [Fraction(5)], Fraction(0), id="but a whole population"),
    ],
)
def test_units_without_a_value_are_left_out(
    kind: StatisticKind, values: list[Outcome], expected: Outcome
) -> None:
    assert of(kind, values) == expected


@pytest.mark.parametrize("kind", [StatisticKind.MEAN, StatisticKind.COUNT, StatisticKind.MAX])
def test_where_every_unit_is_wanted_the_worst_absence_is_the_outcome(kind: StatisticKind) -> None:
    assert of(kind, [Fraction(1), MISSING, NOT_DUE], "every") is NOT_DUE
    assert of(kind, [Fraction(1), Fraction(1)], "every") in {Fraction(1), Fraction(2)}


def test_of_a_condition_only_those_are_counted_for_which_it_holds() -> None:
    statistic = Statistic(StatisticKind.COUNT, Comparison(">", E1, Number(Fraction(1))))
    found = of_group(statistic, [Fraction(1), Fraction(0), Fraction(1), MISSING])
    assert [(each.outcome, each.count) for each in found] == [(2, 3)] * 4


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", "1 4 2 2 5"),
        ("worst", "1 4 3 3 5"),
        ("average", "1 4 2.5 2.5 5"),
        ("dense", "1 3 2 2 4"),
        ("ordinal", "1 4 2 3 5"),
    ],
)
def test_ties_are_placed_as_the_rule_says(ties: str, expected: str) -> None:
    values = [Fraction(each) for each in (9, 3, 7, 7, 1)]
    assert places_of(values, ties) == [Fraction(each) for each in expected.split()]


def test_a_unit_without_a_value_has_no_place_and_is_none() -> None:
    statistic = Statistic(StatisticKind.RANK, E1, ties="competition")
    found = of_group(statistic, [Fraction(1), MISSING, Fraction(2)])
    assert [each.outcome for each in found] == [2, MISSING, 1]
    assert {each.count for each in found} == {2}
    nobody = of_group(statistic, [NOT_DUE, MISSING])
    assert [each.outcome for each in nobody] == [NOT_DUE, MISSING]


def primes(count: int) -> list[int]:
    found: list[int] = []
    candidate = 1_000
    while len(found) < count:
        candidate += 1
        if all(candidate % each for each in range(2, 40)):
            found.append(candidate)
    return found


def test_sums_over_few_denominators_are_exact_however_many_units_there_are() -> None:
    values: list[Outcome] = [Fraction(number, number % 30 + 1) for number in range(3_000)]
    assert of(StatisticKind.SUM, values) == sum(map(Fraction, values), Fraction(0))


def test_sums_over_endless_denominators_are_right_to_fifty_digits() -> None:
    values: list[Outcome] = [Fraction(100 * place, prime) for place, prime in enumerate(primes(400))]
    assert lcm(*primes(400)).bit_length() > 2_000
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    assert of(StatisticKind.MEAN, values) == approximated(exact)


@pytest.mark.parametrize("scale", [Fraction(10**30), Fraction(1), Fraction(1, 10**30)])
def test_the_grid_has_a_hundred_digits_whatever_the_size(scale: Fraction) -> None:
    values = [Fraction(place + 1, prime) * scale for place, prime in enumerate(primes(400))]
    found = on_one_denominator([each.numerator for each in values], [each.denominator for each in values])
    assert not found.exact
    for top, value in zip(found.tops, values, strict=True):
        assert abs(Fraction(top, found.bottom) - value) <= max(values) / 10**99


def test_what_is_too_long_to_be_held_is_given_to_fifty_digits() -> None:
    third, seventh = Fraction(1, 3**1200), Fraction(1, 7**600)
    assert of(StatisticKind.SUM, [third, seventh]) == approximated(third + seventh)
