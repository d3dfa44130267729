"""Both engines score; where they differ nothing is given out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.engine import PlainEngine
from scoring.facts import gather_facts
from scoring.periods import Period
from services.engines import demand_agreement, score_facts
from services.errors import EnginesDisagree
from tests.support.rulesets import facts_from, small_rules

YEAR = Period(2021, 4, yearly=True)


def test_what_is_given_out_is_what_the_plain_engine_says() -> None:
    rules = small_rules()
    facts = gather_facts(rules.units, facts_from(rules, {}))
    assert score_facts(rules, facts, YEAR) == PlainEngine(rules, facts, YEAR).score()


def test_a_number_on_which_the_engines_differ_stops_everything() -> None:
    rules = small_rules()
    facts = gather_facts(rules.units, facts_from(rules, {}))
    scoring = PlainEngine(rules, facts, YEAR).score()
    unit, result = next(iter(scoring.results.items()))
    other = replace(scoring, results={**scoring.results, unit: replace(result, rank=99)})
    with pytest.raises(EnginesDisagree, match=unit):
        demand_agreement(scoring, other)
