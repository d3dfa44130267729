"""The forks of a rule's formula with their words and places, those that came in by definitions among them."""

from __future__ import annotations

from dataclasses import replace

from scoring.errors import Place
from scoring.expressions import Formula
from scoring.rulebook.forks import Fork, ForkKind, forks
from scoring.rulebook.rule_sources import Path, RuleSources, reached
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Branch

DEFINITION = "定义 "
"""Before the name of a definition, whose branches belong to no one rule."""


def forks_of(rules: RuleSet, sources: RuleSources, code: str, key: str, formula: Formula) -> tuple[Fork, ...]:
    """The forks of the formula under a key of the rule with a code; each has a place."""
    rule = sources.rule(code)
    own = forks(formula.root, _under(rule, (key,)), rules.definitions)
    place = sources.place(rule, key)
    return tuple(_told(rules, sources, each, place) for each in own)


def _told(rules: RuleSet, sources: RuleSources, fork: Fork, place: Place) -> Fork:
    """The fork with a place; that of a definition with its words there."""
    if fork.definition:
        definition = rules.definitions[fork.definition]
        source = _under(sources.frame(), ("definitions", fork.definition, "formula"))
        others = {name: each for name, each in rules.definitions.items() if name != fork.definition}
        inner = [each for each in forks(definition.formula.root, source, others) if not each.definition]
        within = inner[fork.within] if fork.within < len(inner) else fork
        return replace(fork, text=within.text or fork.text, place=within.place or definition.place)
    return fork if fork.place is not None else replace(fork, place=place)


def _under(branch: Branch | None, path: Path) -> Branch | None:
    if branch is None:
        return None
    found, whole = reached(branch, path)
    return found if whole else None


def fork_words(rule: str, key: str, fork: Fork, way: int) -> tuple[str, str, str]:
    """Whose a way of a fork is, what it is, and what an example has to give for it."""
    number = fork.position
    if fork.definition:
        rule, key, number = f"{DEFINITION}{fork.definition}", "formula", fork.within
    named = f"“{fork.text}”" if fork.text else f"{key} 第 {number + 1} 处选择"
    if fork.kind is ForkKind.SUBSTITUTE:
        return (
            rule,
            f"{fork.text}:{'代' if way else '有数,不代'}",
            "少报一个数,代替的数要有" if way else "都报",
        )
    if fork.kind is ForkKind.CHOICE:
        what = f"{named}{'不' if way else ''}成立"
        return rule, what, f"使{what},而且这一支影响结果"
    what = f"{named}用第 {way + 1} 个"
    return rule, what, f"使{named}前 {way} 个都没有数" if way else f"给出{named}的第 1 个数"
