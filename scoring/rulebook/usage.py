"""Which names of a rule set its scores rest on: elements, attributes, tables, constants, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scoring.expressions import Formula
from scoring.rulebook.rewriting import words_of
from scoring.rulebook.rules import RuleSet

_NAME = re.compile(r"[^\W\d]\w*")


def scored_names(rules: RuleSet) -> frozenset[str]:
    """Every word that some rule for points, grades or places mentions, directly or through another name.

    What is not among them can change without moving anything; what is may still do nothing.
    """
    found: set[str] = set()
    waiting = list(_named_by_rules(rules))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_named_by(rules, name))
    return frozenset(found)


def _named_by_rules(rules: RuleSet) -> Iterator[str]:
    scored: list[object] = [rules.ranking.peer_group]
    for indicator in rules.indicators.values():
        policies = (indicator.missing, indicator.zero_denominator, indicator.undefined)
        scored += [indicator.value, indicator.applicable_when, indicator.method, *policies]
    for adjustment in rules.adjustments:
        scored += [adjustment.value, adjustment.when, adjustment.method, adjustment.element]
    scored += [node.formula for node in rules.nodes.values()]
    yield from _words(scored)


def _named_by(rules: RuleSet, name: str) -> Iterator[str]:
    elements = {str(code): element for code, element in rules.elements.items()}
    if name in elements:
        yield from _words([elements[name].if_missing])
    if name in rules.definitions:
        yield from _words([rules.definitions[name].formula])
    if name in rules.tables:
        yield from rules.tables[name].keys


def _words(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        yield from words_of(part)
        if isinstance(part, Formula):
            # What is worked into the formula, such as a constant, is a name in its text alone.
            yield from _NAME.findall(part.text)
