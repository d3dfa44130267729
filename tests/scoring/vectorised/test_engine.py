"""The vectorised engine gives what the plain one gives: gaps, groups, blocks, great numbers, real rules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.w_case import PERIOD, data, facts, rule_set, unit_codes
from scoring.codes import MemberCode, PeriodCode, UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Column, Fact, Facts, Series, Standing, gather_facts
from scoring.numbers import Rounding, RoundingMode
from scoring.periods import period_from_text
from scoring.reporting import reporting_periods
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Element, ElementType
from scoring.rulebook.rules import Policy, RuleSet
from scoring.vectorised import blocks, levels
from scoring.vectorised.engine import VectorEngine, compile_rules, score_table

NATIONAL = Path(__file__).resolve().parents[3] / "rules" / "national" / "2021"


def with_gaps(complete: Facts, seed: int, gaps: float, zeros: float, negative: float = 0) -> Facts:
    """The facts with some shares of figures absent for all reasons, zero, or below zero."""
    random = np.random.default_rng(seed)
    columns = {}
    for series, column in complete.columns.items():
        drawn = random.random((3, len(complete.units)))
        reasons = random.choice([each for each in Standing if each], len(complete.units))
        standings = np.where(drawn[0] < gaps, reasons, 0).astype(np.uint8)
        numbers = np.where((standings > 0) | (drawn[1] < zeros), 0, column.numerators)
        columns[series] = Column(np.where(drawn[2] < negative, -numbers, numbers), standings, column.places)
    return Facts(complete.units, columns)


def in_groups(rules: RuleSet, groups: int) -> RuleSet:
    """The rule set with its units in so many peer groups, one unit in none."""
    units = {
        code: replace(unit, attributes={"group": f"g{row % groups}" if row else ""})
        for row, (code, unit) in enumerate(rules.units.items())
    }
    ranking = replace(rules.ranking, peer_group="group")
    return replace(rules, units=units, ranking=ranking, attribute_names=("group",))


def with_policies(rules: RuleSet) -> RuleSet:
    """The rule set with every policy for missing figures, and rescaled totals."""
    shares = [None, Fraction(0), Fraction(1, 3), Fraction(1)]
    indicators = {
        code: replace(each, missing=Policy(share=shares[place % 4]))
        for place, (code, each) in enumerate(rules.indicators.items())
    }
    nodes = {
        code: replace(node, rescale=True, points=Fraction(100) if code == rules.root else None)
        for code, node in rules.nodes.items()
    }
    return replace(rules, indicators=indicators, nodes=nodes)


def assert_same(rules: RuleSet, given: Facts, period: str = "2021") -> None:
    """Both engines give the same scoring, which is not empty."""
    when = period_from_text(period)
    assert when is not None
    plain, vectorised = PlainEngine(rules, given, when).score(), VectorEngine(rules, given, when).score()
    assert vectorised == plain
    assert len(plain.results) == len(given.units)


CASES: dict[str, dict[str, float]] = {
    "complete": {"gaps": 0, "zeros": 0},
    "few gaps": {"gaps": 0.02, "zeros": 0.02},
    "many gaps": {"gaps": 0.3, "zeros": 0.3, "negative": 0.5},
    "zeros only": {"gaps": 0, "zeros": 0.1},
}


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("case", CASES)
def test_sixty_indicators_in_small_blocks(case: str, groups: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 32)
    monkeypatch.setattr(levels, "BLOCK", 32)
    units = unit_codes(75)
    rules = rule_set(units) if groups == 1 else in_groups(with_policies(rule_set(units)), groups)
    assert_same(rules, with_gaps(facts(units, data(75, groups)), groups, **CASES[case]))


@pytest.mark.parametrize("size", [0, 1, 2])
def test_hardly_any_units(size: int) -> None:
    units = unit_codes(size)
    assert_same(rule_set(units), facts(units, data(size)))


def test_so_many_units_that_they_are_ordered_by_radix() -> None:
    units = unit_codes(1_100)
    assert_same(rule_set(units), facts(units, data(1_100)))


@pytest.mark.parametrize("factor", [10**3, 10**6, 10**9, 10**12, 10**30])
def test_figures_of_every_size_use_the_lane_that_holds_them(factor: int) -> None:
    units = unit_codes(12)
    cents = data(12)
    numbers = {
        code: [int(number) * factor + row for row, number in enumerate(column)]
        for code, column in cents.items()
    }
    lane = np.dtype(np.int64) if factor < 10**12 else np.dtype(object)
    great = {code: np.array(column, dtype=lane) for code, column in numbers.items()}
    assert_same(rule_set(units), facts(units, great))


@pytest.mark.parametrize("mode", RoundingMode)
def test_every_way_of_rounding(mode: RoundingMode) -> None:
    units = unit_codes(30)
    rules = rule_set(units)
    rounding = Rounding(1, mode)
    indicators = {code: replace(each, rounding=rounding) for code, each in rules.indicators.items()}
    rules = replace(rules, indicators=indicators, total_rounding=rounding)
    assert_same(rules, facts(units, data(30)))


def test_points_left_unrounded_stay_exact() -> None:
    units = unit_codes(12)
    rules = rule_set(units)
    indicators = {code: replace(each, rounding=None) for code, each in rules.indicators.items()}
    assert_same(replace(rules, indicators=indicators, total_rounding=None), facts(units, data(12)))


def test_a_compiled_plan_scores_any_facts_and_any_number_of_units() -> None:
    units = unit_codes(40)
    compiled = compile_rules(rule_set(units), PERIOD)
    for size, seed in ((40, 1), (5, 2), (40, 3)):
        given = facts(units[:size], data(size, seed))
        plain = PlainEngine(compiled.plan.rules, given, PERIOD).score()
        assert score_table(compiled, given).scoring() == plain


def test_most_indicators_of_the_benchmark_and_of_the_real_rules_are_batched() -> None:
    assert len(compile_rules(rule_set(()), PERIOD).layout.batched) == 60
    rules, _ = read_rule_set(NATIONAL)
    assert rules is not None
    assert len(compile_rules(rules, PERIOD).layout.batched) >= 40


def national_facts(rules: RuleSet, seed: int, gaps: float) -> Facts:
    """Facts of all 32 units for two years, drawn within what the elements allow."""
    random = np.random.default_rng(seed)
    found: list[Fact] = []
    for element in rules.elements.values():
        for year in (rules.year - 1, rules.year):
            for period in reporting_periods(element, year):
                for member in element.members or (MemberCode(""),):
                    series = Series(element.code, PeriodCode(period), member)
                    found += [
                        fact
                        for unit in rules.units
                        if (fact := drawn(random, unit, series, element, gaps)) is not None
                    ]
    return gather_facts(tuple(rules.units), found)


def drawn(
    random: np.random.Generator, unit: UnitCode, series: Series, element: Element, gaps: float
) -> Fact | None:
    """One figure, or a gap (None: not reported)."""
    chance = float(random.random())
    if chance < gaps / 2:
        return None
    if chance < gaps:
        return Fact(unit, series, None, Standing.NOT_APPLICABLE)
    if element.type is ElementType.CHOICE:
        return Fact(unit, series, str(random.choice(element.choices)))
    if element.type is ElementType.DATE:
        return Fact(unit, series, Fraction(int(random.integers(737_900, 738_200))))
    # events are rare, or nobody would keep a score
    most = 1 if element.code.startswith(("A", "V")) else int(element.maximum or 300)
    grid = 10 ** min(element.places, 2)
    number = Fraction(int(random.integers(0, most * grid + 1)), grid)
    rare = element.code.startswith(("A", "V")) and random.random() < 0.9
    return Fact(unit, series, Fraction(0) if rare else number)


@pytest.mark.parametrize("period", ["2021Q2", "2021Q4", "2021"])
@pytest.mark.parametrize("gaps", [0, 0.1, 0.4])
def test_the_national_rules_score_alike(period: str, gaps: float) -> None:
    rules, issues = read_rule_set(NATIONAL)
    assert rules is not None, issues
    assert_same(rules, national_facts(rules, 7, gaps), period)
