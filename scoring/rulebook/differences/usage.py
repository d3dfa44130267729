"""Which names of a rule set its rules rest on: elements, attributes, tables, constants, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scoring.codes import ElementCode
from scoring.expressions import Formula
from scoring.rulebook.differences.rewriting import words_of
from scoring.rulebook.final_rules import Adjustment, Ranking
from scoring.rulebook.forms import Element
from scoring.rulebook.rules import Indicator, Node, RuleSet

_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r"""["'“]([^"'”]+)["'”]""")


def scored_names(rules: RuleSet) -> frozenset[str]:
    """Every word that some rule for points, grades or places mentions, directly or through another name.

    What is not among them can change without moving anything; what is may still do nothing.
    """
    things = (*rules.indicators.values(), *rules.adjustments, *rules.nodes.values(), rules.ranking)
    return frozenset().union(*(names_in(rules, thing) for thing in things))


def names_in(rules: RuleSet, thing: object) -> frozenset[str]:
    """Every word that a thing of the rule set mentions, directly or through another name.

    Of what only people read, such as reasons and examples, nothing.
    """
    found: set[str] = set()
    waiting = list(_words(_reckoned_by(thing)))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_words(_meaning(rules, name)))
    return frozenset(found)


def _reckoned_by(thing: object) -> Iterator[object]:
    if isinstance(thing, Indicator):
        yield from (thing.value, thing.applicable_when, thing.method)
        yield from (thing.missing, thing.zero_denominator, thing.undefined)
    elif isinstance(thing, Adjustment):
        yield from (thing.value, thing.when, thing.method, thing.element, thing.nodes, thing.grade_at_most)
    elif isinstance(thing, Node):
        yield thing.formula
    elif isinstance(thing, Element):
        yield from (thing.if_missing, thing.members)
    elif isinstance(thing, Ranking):
        yield from (thing.peer_group, *(rule.node for rule in thing.tie_breaks))


def _meaning(rules: RuleSet, name: str) -> Iterator[object]:
    """What a name stands for, as far as that names others."""
    element = rules.elements.get(ElementCode(name))
    if element is not None:
        yield from _reckoned_by(element)
    if name in rules.definitions:
        yield rules.definitions[name].formula
    if name in rules.tables:
        yield rules.tables[name].keys


def _words(parts: Iterable[object]) -> Iterator[str]:
    for part in parts:
        for word in words_of(part):
            yield word
            # The formula of a node quotes the codes of its children.
            yield from _QUOTED.findall(word)
        for formula in (part, getattr(part, "instead", None)):
            if isinstance(formula, Formula):
                # What is worked into the formula, such as a constant, is a name in its text alone.
                yield from _NAME.findall(formula.text)
