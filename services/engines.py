"""Scoring by both engines: the fast one gives the numbers, the plain one must agree before any is kept."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from scoring.engine import PlainEngine, Scoring
from scoring.facts import Facts
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.engine import VectorEngine
from services.errors import EnginesDisagree

Key = TypeVar("Key", bound=Hashable)
COMPARED_UNITS = 500
"""So many units are scored by both engines, always; beyond, tests alone hold them together."""


def score_facts(rules: RuleSet, facts: Facts, period: Period) -> Scoring:
    """All scores, by the vectorised engine; up to `COMPARED_UNITS` units the plain one must say the same.

    Raises EnginesDisagree where it does not: then nobody knows the score, and nothing may be kept.
    """
    scoring = VectorEngine(rules, facts, period).score()
    if len(facts.units) <= COMPARED_UNITS:
        demand_agreement(scoring, PlainEngine(rules, facts, period).score())
    return scoring


def demand_agreement(one: Scoring, other: Scoring) -> None:
    """Raises EnginesDisagree, naming the numbers on which two scorings differ."""
    differing = [
        *_differing(one.scores, other.scores),
        *_differing(one.adjustments, other.adjustments),
        *_differing(one.results, other.results),
    ]
    if differing:
        raise EnginesDisagree(differing)


def _differing(mine: Mapping[Key, object], yours: Mapping[Key, object]) -> list[str]:
    return [str(key) for key in {**mine, **yours} if mine.get(key) != yours.get(key)]
