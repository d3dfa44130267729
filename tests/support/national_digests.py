"""Scores the national rule set with figures made up always alike, and writes three digests (a program)."""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from scoring.codes import WHOLE
from scoring.engine import PlainEngine
from scoring.facts import Fact, Series, gather_facts
from scoring.periods import Period
from scoring.reporting import reporting_periods
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import RuleSet

FOLDER = Path(__file__).resolve().parents[2] / "rules" / "national" / "2021"
NUMERIC = {ElementType.INTEGER, ElementType.DECIMAL}


def made_up(rules: RuleSet) -> Iterator[Fact]:
    """A figure of every numeric element for every unit, period and member."""
    chance = random.Random(2021)  # noqa: S311  # always the same figures are wanted
    for unit in rules.units:
        for element in rules.elements.values():
            for period in reporting_periods(element, rules.year) if element.type in NUMERIC else ():
                for member in element.members or (WHOLE,):
                    figure = Fraction(chance.randrange(1, 99))
                    yield Fact(unit, Series(element.code, period, member), figure)


def digests() -> str:
    """Digests of the rules, of the facts and of all results, in one line."""
    rules, _ = read_rule_set(FOLDER)
    assert rules is not None
    facts = gather_facts(rules.units, set(made_up(rules)))
    scoring = PlainEngine(rules, facts, Period(rules.year, 4, yearly=True)).score()
    results = repr((scoring.scores, scoring.results, scoring.adjustments))
    return f"{rules.digest} {facts.digest} {hashlib.sha256(results.encode()).hexdigest()}"


if __name__ == "__main__":
    sys.stdout.write(digests())
