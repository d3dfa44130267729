"""Formulas have the same outcome for all units at once as for each by itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import UnitCode
from scoring.expressions import Number, Operation, expanded
from scoring.facts import Facts, Standing
from scoring.periods import Period
from scoring.values import UnitView
from scoring.vectorised.distinct import leaves_of, once_each
from scoring.vectorised.evaluation import LeftToPlain, evaluate
from scoring.vectorised.sheet import Sheet
from tests.support.random_formulas import DECIMALS, GREAT, PLAIN, conditions, formulas
from tests.support.random_scoring import PERIODS, facts_for, rule_sets
from tests.support.rulesets import small_rules

UNITS = [UnitCode(f"U{number}") for number in range(5)]


@given(st.data())
def test_a_formula_has_the_same_outcome_in_arrays_and_one_by_one(data: st.DataObject) -> None:
    rules = data.draw(rule_sets(UNITS))
    facts = data.draw(facts_for(rules, UNITS, st.one_of(PLAIN, DECIMALS, GREAT)))
    period = data.draw(PERIODS)
    known = [element for element in rules.elements.values() if element.code != "V"]
    formula = data.draw(st.one_of(formulas(known), conditions(known)))
    root = expanded(formula.root, period.quarters())
    plain = [UnitView(rules, facts, row, period).evaluate(formula) for row in range(len(UNITS))]
    sheet = Sheet(rules, facts, period)
    try:
        found = evaluate(root, sheet)
    except LeftToPlain:
        outcomes, kinds = once_each(sheet, leaves_of(root), lambda row: plain[row])
        assert [outcomes[kind] for kind in kinds] == plain
        return
    values = found.quotients.sized(len(UNITS))
    standings = np.broadcast_to(0 if found.standings is None else found.standings, (len(UNITS),))
    for row, outcome in enumerate(plain):
        if isinstance(outcome, Standing):
            assert standings[row] == outcome
        else:
            assert (standings[row], values.at(row)) == (0, outcome)
            assert found.truths == isinstance(outcome, bool)


@pytest.mark.parametrize("exponent", [600, 700])
def test_a_number_too_long_to_be_held_is_undefined(exponent: int) -> None:
    long = Number(Fraction(10**exponent))
    rules = small_rules()
    sheet = Sheet(rules, Facts(tuple(rules.units), {}), Period(2021, 4, yearly=True))
    found = evaluate(Operation("+", (long, long)), sheet)
    standings = [] if found.standings is None else found.standings.tolist()
    assert standings == ([] if exponent == 600 else [Standing.UNDEFINED])
