"""Explaining: whatever is asked, the account's numbers are those that were scored."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from scoring.engine import PlainEngine
from scoring.explain import LeafAccount, account_of, as_data
from scoring.numbers import exact_text
from scoring.results import Outcome
from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import facts_from, period, small_rules

RULESET, RATE, COUNT = "ruleset.yaml", "indicators/I1.yaml", "indicators/I2.yaml"
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
GOOD = {"E1 2021": "10", "E2 2021": "9", "E3[市场监管] 2021": "NA", "E3[药监] 2021": "NA"}
FULL = {
    "E1 2021": "7",
    "E2 2021": "6",
    "E3[市场监管] 2021": "6",
    "E3[药监] 2021": "0",
    "E5 2021": "2021-05-16",
    "E7 2021": "0.5",
    "E8 2021": "0",
}
QUARTERLY = {"E1 2021Q1": "4", "E2 2021Q1": "3", "E1 2021Q2": "NA", "E2 2021Q2": "NIL"}
WRITTEN = {"110000": GOOD, "120000": FULL, "130000": QUARTERLY}
SITUATIONS = {
    "as it is": (small_rules(), WRITTEN, "2021"),
    "a quarter": (small_rules(), WRITTEN, "2021Q2"),
    "nothing reported": (small_rules(), {}, "2021"),
    "zero denominators": (
        small_rules((RATE, "denominator: not_applicable", "denominator: full")),
        {"110000": {"E1 2021": "0", "E2 2021": "0"}, "120000": FULL},
        "2021",
    ),
    "undefined": (
        small_rules((RATE, "value: 100 * E2 / E1", "undefined: zero\nvalue: ln(E2) / E1")),
        {"110000": {"E1 2021": "1", "E2 2021": "0"}, "120000": FULL},
        "2021",
    ),
    "compared with peers": (
        small_rules((RATE, LADDER, "{kind: peer_range, group: peers}")),
        WRITTEN,
        "2021",
    ),
    "no score": (small_rules((RATE, "missing: zero", "missing: no_score")), WRITTEN, "2021Q1"),
    "half of full": (small_rules((RATE, "missing: zero", "missing: 50%")), {}, "2021"),
    "unrounded": (
        small_rules(
            (RULESET, "  points: {places: 2, mode: half_up}\n", ""), (RATE, LADDER, "{kind: direct}")
        ),
        WRITTEN,
        "2021",
    ),
    "voided, vetoed, demoted": (
        small_rules(),
        {
            "110000": {**GOOD, "X1[I1] 2021": "1", "X1[I2] 2021": "1"},
            "120000": {**FULL, "X2 2021": "3"},
            "130000": {**FULL, "E6 2021": "否", "X3 2021": "99"},
        },
        "2021",
    ),
}


@pytest.mark.parametrize("scored_first", [True, False])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_number_of_an_account_is_the_engines(situation: str, scored_first: bool) -> None:
    rules, written, when = SITUATIONS[situation]
    engine = engine_of(rules, written, when)
    scoring = engine.score()
    asked = engine if scored_first else engine_of(rules, written, when)
    for (unit, code), score in scoring.scores.items():
        account = account_of(asked, unit, code)
        data: Any = as_data(account)
        if isinstance(account, LeafAccount):
            assert (data["value"], data["outcome"]) == (text(score.value), score.outcome)
            assert account.points.full == score.full
        else:
            assert (data["full_points"], data["outcome"]) == (text(score.full), score.outcome)
        assert data["points"] == text(score.points), (unit, code)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_roots_account_is_the_units_result(situation: str) -> None:
    rules, written, when = SITUATIONS[situation]
    engine = engine_of(rules, written, when)
    for unit, result in engine.score().results.items():
        data: Any = as_data(account_of(engine, unit, rules.root))
        told = data["result"]
        assert (told["final"], told["score"]) == (text(result.final), text(result.score))
        assert (told["grade"], told["rank"], told["group_rank"]) == (
            result.grade,
            result.rank,
            result.group_rank,
        )
        assert sum(Fraction(each["points"]) for each in data["adjustments"]) == sum(
            each.points for each in engine.score().adjustments.values() if each.unit == unit
        )


def test_the_situations_show_every_outcome() -> None:
    scorings = [engine_of(*situation).score() for situation in SITUATIONS.values()]
    found = {score.outcome for scoring in scorings for score in scoring.scores.values()}
    assert found == set(Outcome)


def engine_of(rules: RuleSet, written: Mapping[str, Mapping[str, str]], when: str) -> PlainEngine:
    return PlainEngine(rules, facts_from(rules, written), period(when))


def text(amount: Fraction | str | None) -> str | None:
    return exact_text(amount) if isinstance(amount, Fraction) else amount
