"""Rare ways of making nodes, places and grades: the vectorised engine gives what the plain one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.facts import Facts
from scoring.rulebook.final_rules import Grade, Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.rules import Aggregate, Coverage, Policy, RuleSet
from scoring.vectorised.engine import VectorEngine
from tests.support.rulesets import facts_from, period, small_rules

I1, I2, SECTION = NodeCode("I1"), NodeCode("I2"), NodeCode("section-1")
RATE, COUNT = "indicators/I1.yaml", "indicators/I2.yaml"
ONLY_LINES = (COUNT, "E3 + E7 + E8 + (E5 - issued) + population / 250", "E3 + 0 / population")
NO_SCORE = (RATE, "missing: zero", "missing: no_score")


def year(closed: str, counted: str, **others: str) -> dict[str, str]:
    """Ten cases of which so many were closed, and what the second indicator counts."""
    lines = {"E3[市场监管] 2021": counted, "E3[药监] 2021": counted}
    return {"E1 2021": "10", "E2 2021": closed, **lines, **others}


CASES: dict[str, Mapping[str, Mapping[str, str]]] = {
    "two are equal and one behind": {
        "110000": year("9", "5"),
        "120000": year("9", "5"),
        "130000": year("6", "5"),
    },
    "one has no score": {"110000": year("6", "5"), "130000": year("9", "5")},
    "one has an item that does not apply": {
        "110000": year("6", "NA"),
        "120000": year("6", "10"),
        "130000": year("9", "20"),
    },
    "one gave a false figure": {
        "110000": year("6", "10"),
        "120000": year("6", "20", **{"X1[I2] 2021": "1"}),
        "130000": year("6", "NA"),
    },
}


def assert_same(rules: RuleSet, facts: Facts) -> None:
    """Everything that is scored, by both engines."""
    plain = PlainEngine(rules, facts, period("2021")).score()
    found = VectorEngine(rules, facts, period("2021")).score()
    assert found.scores == plain.scores
    assert found.adjustments == plain.adjustments
    assert found.results == plain.results


TIE_BREAKS: dict[str, tuple[TieBreak, ...]] = {
    "nothing": (),
    "most points": (TieBreak(node=I2),),
    "fewest points": (TieBreak(node=I2, lowest_first=True),),
    "greatest value": (TieBreak(node=I2, by_value=True),),
    "least value": (TieBreak(node=I2, by_value=True, lowest_first=True),),
    "zero scores, then points": (TieBreak(node=None), TieBreak(node=I1)),
}


@pytest.mark.parametrize("broken", TIE_BREAKS)
@pytest.mark.parametrize("case", CASES)
def test_places_are_the_same_in_every_way_of_giving_them(case: str, broken: str) -> None:
    rules = small_rules(NO_SCORE, ONLY_LINES)
    # equal totals come of points that do not differ
    shown = replace(rules.indicators[I2], points=Fraction(0))
    for level in (rules, replace(rules, indicators={**rules.indicators, I2: shown})):
        facts = facts_from(level, CASES[case])
        for ties, unscored, lowest in product(Ties, Unscored, (True, False)):
            ranking = Ranking(
                ties=ties,
                unscored=unscored,
                lowest_first=lowest,
                tie_breaks=TIE_BREAKS[broken],
                peer_group="group",
            )
            assert_same(replace(level, ranking=ranking), facts)


NODES: dict[str, dict[str, object]] = {
    "weights of all": {"aggregate": Aggregate.MEAN, "weights_of_all": True},
    "a root over all weights": {"aggregate": Aggregate.GEOMETRIC, "weights_of_all": True, "points": None},
    "the best unit": {"best": Fraction(50), "points": None},
    "the best unit, bounded": {"best": Fraction(50), "points": None, "at_most": Fraction(30)},
    "at least": {"at_least": Fraction(45)},
    "covered": {"coverage": Coverage(at_least=Fraction(1), below=Policy(share=Fraction(1, 3)))},
}


@pytest.mark.parametrize("made", NODES)
@pytest.mark.parametrize("case", CASES)
def test_nodes_are_the_same_however_they_are_made(case: str, made: str) -> None:
    rules = small_rules(NO_SCORE, ONLY_LINES)
    section = replace(rules.nodes[SECTION], **NODES[made])  # type: ignore[arg-type]
    assert_same(replace(rules, nodes={**rules.nodes, SECTION: section}), facts_from(rules, CASES[case]))


GRADES: dict[str, tuple[Grade, ...]] = {
    "by place": (Grade(name="A", at_least=None, rank_at_most=1), Grade(name="B", at_least=None)),
    "by share": (
        Grade(name="A", at_least=None, share_at_most=Fraction(1, 3)),
        Grade(name="B", at_least=Fraction(40), share_at_most=Fraction(2, 3)),
        Grade(name="C", at_least=None),
    ),
    "by score and place": (
        Grade(name="A", at_least=Fraction(90), rank_at_most=2),
        Grade(name="B", at_least=Fraction(60)),
        Grade(name="C", at_least=None),
    ),
}


@pytest.mark.parametrize("grades", GRADES)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("scored", [True, False])
def test_grades_are_the_same_with_quotas_and_totals_taken_away(case: str, grades: str, scored: bool) -> None:
    """The demotion would cap the score; where the grade above is for places alone, there is no cap."""
    rules = small_rules(NO_SCORE, ONLY_LINES)
    adjustments = tuple(
        replace(each, scored=scored, grade_at_most="") if each.code in {"V1", "V3"} else each
        for each in rules.adjustments
    )
    for ties in Ties:
        ranked = replace(rules.ranking, ties=ties)
        turned = replace(rules, grades=GRADES[grades], adjustments=adjustments, ranking=ranked)
        written = {unit: dict(figures) for unit, figures in CASES[case].items()}
        written["110000"]["E6 2021"] = "否"
        written["130000"]["X2 2021"] = "3"
        assert_same(turned, facts_from(rules, written))
