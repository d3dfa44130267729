"""Levels are used where the tree is made of sums, and then give what the tree gives node by node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from benchmarks.w_case import PERIOD, ROOT, data, facts, rule_set, unit_codes
from benchmarks.w_gaps import facts_of, quarters_of, with_gaps
from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.numbers import Rounding
from scoring.rulebook.rules import Aggregate, Indicator, Node, RuleSet
from scoring.vectorised.engine import compile_rules, score_table
from scoring.vectorised.levels import Levels
from scoring.vectorised.tree import EarnedColumn, add_nodes

UNITS = unit_codes(6)
FACTS = facts(UNITS, data(6))
Change = Callable[[RuleSet], RuleSet]


def node(code: str, **changes: object) -> Change:
    """A change of one inner node."""
    name = NodeCode(code)
    return lambda rules: replace(rules, nodes={**rules.nodes, name: replace(rules.nodes[name], **changes)})  # type: ignore[arg-type]


def indicators(**changes: object) -> Change:
    """A change of every indicator."""
    return lambda rules: replace(
        rules,
        indicators={code: replace(each, **changes) for code, each in rules.indicators.items()},  # type: ignore[arg-type]
    )


def levels_after(change: Change) -> Levels | None:
    return compile_rules(change(rule_set(UNITS)), PERIOD).levels


STILL_LEVELS: dict[str, Change] = {
    "as it is": lambda rules: rules,
    "weighted": node("section-1", weight=Fraction(1, 3)),
    "a mean": node("item-03", aggregate=Aggregate.MEAN),
    "a mean of full points": node("item-03", aggregate=Aggregate.MEAN, points=Fraction(7), rescale=True),
    "rescaled": node("total", points=Fraction(100), rescale=True),
    "only shown": indicators(points=Fraction(0)),
    "many decimals": indicators(weight=Fraction(123456789, 10)),
    "only shown with weights beyond whole numbers": indicators(weight=Fraction(10**20), points=Fraction(0)),
}
NO_LEVELS: dict[str, Change] = {
    "rounded in between": node("item-03", rounding=Rounding(1)),
    "the least": node("item-03", aggregate=Aggregate.MIN),
    "geometric": node("total", aggregate=Aggregate.GEOMETRIC),
    "unrounded points": indicators(rounding=None),
    "no children": node("item-03", children=()),
    "beyond whole numbers": indicators(weight=Fraction(10**20)),
    "nothing to be reached": lambda rules: node("item-03", points=Fraction(5))(
        indicators(points=Fraction(0))(rules)
    ),
}


@pytest.mark.parametrize("change", STILL_LEVELS.values(), ids=STILL_LEVELS.keys())
def test_levels_give_what_the_tree_gives_node_by_node(change: Change) -> None:
    rules = change(rule_set(UNITS))
    compiled = compile_rules(rules, PERIOD)
    assert compiled.levels is not None
    table = score_table(compiled, FACTS)
    one_by_one: dict[NodeCode, EarnedColumn] = {code: table.nodes[code] for code in rules.indicators}
    add_nodes(rules, one_by_one, len(UNITS))
    for code in rules.order:
        assert [table.nodes[code].at(row) for row in range(6)] == [
            one_by_one[code].at(row) for row in range(6)
        ]
        low, high = table.nodes[code].points.span
        assert all(low <= int(number) <= high for number in table.nodes[code].points.num)


@pytest.mark.parametrize("change", NO_LEVELS.values(), ids=NO_LEVELS.keys())
def test_other_trees_have_no_levels(change: Change) -> None:
    assert levels_after(change) is None


def test_a_tree_with_an_indicator_beside_sections_has_no_levels() -> None:
    rules = rule_set(UNITS)
    lone: Indicator = replace(next(iter(rules.indicators.values())), code=NodeCode("X"), parent=ROOT)
    root: Node = replace(rules.nodes[ROOT], children=(*rules.nodes[ROOT].children, lone.code))
    rules = replace(
        rules, indicators={**rules.indicators, lone.code: lone}, nodes={**rules.nodes, ROOT: root}
    )
    assert compile_rules(rules, PERIOD).levels is None


def test_small_totals_are_held_in_32_bits_and_larger_ones_in_64() -> None:
    plain, fine = levels_after(STILL_LEVELS["as it is"]), levels_after(STILL_LEVELS["many decimals"])
    assert plain is not None
    assert fine is not None
    assert [level.lane for level in plain.levels] == [np.int32] * 3
    assert {level.lane for level in fine.levels} == {np.dtype(np.int64)}


def test_only_units_for_which_something_is_left_out_are_totalled_apart() -> None:
    units, lacking = unit_codes(12), [4, 9]
    rules, quarters = with_gaps(units), quarters_of(units=12, seed=3)
    for code in list(quarters)[:3]:
        quarters[code][:, lacking] = -1
    table = score_table(compile_rules(rules, PERIOD), facts_of(units, quarters))
    assert {4, 9} <= set(table.nodes._apart.tolist()) < set(range(12))  # type: ignore[attr-defined]
    plain = PlainEngine(rules, facts_of(units, quarters), PERIOD).score()
    assert table.scoring().scores == plain.scores
    assert table.scoring().results == plain.results
