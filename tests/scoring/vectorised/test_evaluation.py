"""Formulas have the same outcome for all units at once as for each by itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import UnitCode
from scoring.errors import Place
from scoring.expressions import Number, Operation, expanded
from scoring.facts import Facts, Standing
from scoring.periods import Period
from scoring.rulebook.formulas import parse_formula
from scoring.rulebook.vocabulary import vocabulary_of
from scoring.values import UnitView
from scoring.vectorised.distinct import leaves_of, once_each
from scoring.vectorised.evaluation import LeftToPlain, evaluate
from scoring.vectorised.sheet import Sheet
from tests.support.random_formulas import DECIMALS, GREAT, PLAIN, conditions, formulas
from tests.support.random_scoring import PERIODS, facts_for, rule_sets
from tests.support.rulesets import facts_from, small_rules

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


@pytest.mark.parametrize(
    "text", ["E1 ** 2", "ln(E1, 1)", "sqrt(E2) / E1", "sum_members(E3 ** 2)", "E1 - units_mean(E1)"]
)
def test_of_no_units_at_all_there_is_no_outcome(text: str) -> None:
    rules = small_rules()
    words = vocabulary_of(rules.elements.values(), {}, {})
    formula, _ = parse_formula(text, words, Place())
    assert formula is not None
    found = evaluate(formula.root, Sheet(rules, Facts((), {}), Period(2021, 4, yearly=True)))
    assert found.quotients.sized(0).num.shape == (0,)


@pytest.mark.parametrize(
    "text",
    ['group == "东"', '"西" != group', "E6 == E6", 'IF(E6 == "是", 1, 0)', 'units_count(E6 == "是")'],
)
def test_words_are_compared_without_the_plain_engine(text: str) -> None:
    rules = small_rules()
    words = vocabulary_of(rules.elements.values(), {"group": "text"}, {})
    formula, _ = parse_formula(text, words, Place())
    assert formula is not None
    facts = facts_from(rules, {"110000": {"E6 2021": "是"}, "120000": {"E6 2021": "否"}})
    period = Period(2021, 4, yearly=True)
    found = evaluate(formula.root, Sheet(rules, facts, period))
    standings = np.broadcast_to(0 if found.standings is None else found.standings, (3,))
    values = found.quotients.sized(3)
    for row in range(3):
        plain = UnitView(rules, facts, row, period).evaluate(formula)
        assert plain == (Standing(int(standings[row])) if standings[row] else values.at(row))


@pytest.mark.parametrize("exponent", [600, 700])
def test_a_number_too_long_to_be_held_is_undefined(exponent: int) -> None:
    long = Number(Fraction(10**exponent))
    rules = small_rules()
    sheet = Sheet(rules, Facts(tuple(rules.units), {}), Period(2021, 4, yearly=True))
    found = evaluate(Operation("+", (long, long)), sheet)
    standings = [] if found.standings is None else found.standings.tolist()
    assert standings == ([] if exponent == 600 else [Standing.UNDEFINED])
