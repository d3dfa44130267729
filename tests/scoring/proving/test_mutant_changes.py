"""What each word of a rule file is changed into."""

from __future__ import annotations

import pytest

from scoring.proving.mutant_changes import changes_of, day_steps, number_steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("95", ["96", "94"]),
        ("0.05", ["0.06", "0.04"]),
        ("1.50", ["1.51", "1.49"]),
        ("0", ["1", "-1"]),
        ("-3", ["-2", "-4"]),
        ("80%", ["81%", "79%"]),
        ("0.5%", ["0.6%", "0.4%"]),
        ("P50", ["P51", "P49"]),
        ("100000000000000000000.1", ["100000000000000000000.2", "100000000000000000000.0"]),
    ],
)
def test_a_number_moves_by_one_of_its_last_digit(text: str, steps: list[str]) -> None:
    assert number_steps(text) == steps


def test_a_day_moves_by_one() -> None:
    assert day_steps("2021-03-01") == ["2021-03-02", "2021-02-28"]


def changed(keys: str, text: str, *, worthless: bool = False) -> list[str]:
    found = changes_of(keys.split(), text, ("优秀", "良好", "合格"), worthless=worthless)
    return [f"{each.key or each.text}" for each in found]


@pytest.mark.parametrize(
    ("keys", "text", "others"),
    [
        ("missing", "zero", ["full", "not_applicable", "no_score"]),
        ("missing", "80%", ["81%", "79%"]),
        ("missing", "group_mean", ["zero", "full", "not_applicable", "no_score"]),
        ("missing otherwise", "zero", ["full", "not_applicable", "no_score"]),
        ("missing dated use", "zero", ["full", "not_applicable", "no_score"]),
        ("rounding points mode", "half_up", ["half_even", "truncate", "ceil", "floor"]),
        ("rounding points mode", "truncate", ["half_up", "half_even", "ceil"]),
        ("ranking ties", "dense", ["competition", "worst", "average", "ordinal"]),
        ("method ties", "best", ["worst", "mean"]),
        ("method best", "min", ["max"]),
        ("tree best", "100", ["101", "99"]),
        ("adjustments by", "1", ["2", "0"]),
        ("ranking tie_breaks by", "value", ["points"]),
        ("tree rescale", "yes", ["no"]),
        ("adjustments ranked", "否", ["是"]),
        ("adjustments grade_at_most", "良好", ["优秀", "合格"]),
        ("tree aggregate", "min", ["sum", "mean", "geometric", "harmonic", "product", "max"]),
        ("constants start value", "2021-05-16", ["2021-05-17", "2021-05-15"]),
        ("method rungs at_least", "95", ["above", "96", "94"]),
        ("grades bands at_least", "90", ["91", "89"]),
        ("method kind", "ladder", []),
        ("parent", "item-1", []),
    ],
)
def test_a_word_becomes_each_other_word_of_its_kind(keys: str, text: str, others: list[str]) -> None:
    assert sorted(changed(keys, text)) == sorted(others)


def test_without_points_all_shares_are_the_same() -> None:
    assert changed("missing", "zero", worthless=True) == ["not_applicable", "no_score"]


@pytest.mark.parametrize(
    ("formula", "others"),
    [
        ("100 * E2 / E1", ["101 * E2 / E1", "99 * E2 / E1"]),
        ("E1 >= 10", ["E1 > 10", "E1 >= 11", "E1 >= 9"]),
        ("E1 < 0", ["E1 <= 0", "E1 < 1", "E1 < (-1)"]),
        ("E1 == 1 and E2 != 1", ["E1 == 2 and E2 != 1", "E1 == 0 and E2 != 1", "E1 == 1 and E2 != 2"]),
        ("E3[第1类, 2] + E6", []),
        ("E6 == '3次'", []),
        ("IF（E1＞0.5，1，2）", ["IF(E1>=0.5,1,2)", "IF(E1>0.6,1,2)", "IF(E1>0.4,1,2)", "IF(E1>0.5,2,2)"]),
        ("units_percentile(E1, 25)", ["units_percentile(E1, 26)", "units_percentile(E1, 24)"]),
        ("E1", []),
    ],
)
def test_a_formula_is_changed_in_its_numbers_and_the_sides_of_its_comparisons(
    formula: str, others: list[str]
) -> None:
    found = changed("value", formula)
    assert found[: len(others)] == others
    assert bool(found) is bool(others)


def test_where_a_number_stands_in_a_formula_is_told() -> None:
    found = list(changes_of(["value"], "min(100, E1 / 3)", ()))
    assert [(each.before, each.after, each.offset) for each in found] == [
        ("100", "101", 4),
        ("100", "99", 4),
        ("3", "4", 14),
        ("3", "2", 14),
    ]
