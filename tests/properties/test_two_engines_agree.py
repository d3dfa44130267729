"""The plain and the vectorised engine give the same of everything, for whatever rules and facts."""

from __future__ import annotations

from hypothesis import given

from scoring.engine import PlainEngine
from scoring.vectorised.engine import VectorEngine
from tests.support.random_scoring import Case, cases


@given(cases())
def test_both_engines_give_the_same_scoring(case: Case) -> None:
    plain = PlainEngine(case.rules, case.facts, case.period).score()
    vectorised = VectorEngine(case.rules, case.facts, case.period).score()
    assert vectorised.scores == plain.scores
    assert vectorised.adjustments == plain.adjustments
    assert vectorised.results == plain.results
