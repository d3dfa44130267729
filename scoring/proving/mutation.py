"""Tries mutants of a rule set: rebuilds what the change touches, and asks whether any example notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from scoring.codes import NodeCode
from scoring.errors import Place, has_hard
from scoring.example_runs import Prepared, prepare_example, prepare_set_example
from scoring.examples import adjustment_example_holds, indicator_example_holds, set_example_holds
from scoring.proving.coverage_indicators import with_indicator
from scoring.proving.mutants import Mutant, find_mutants, mutated
from scoring.rulebook.assemble import assemble_rule_set, surroundings_of
from scoring.rulebook.dated import find_dated
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.parse_indicators import parse_indicator
from scoring.rulebook.parts import Surroundings
from scoring.rulebook.rule_sources import EXAMPLES, INDICATORS
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.slices import assemble_in_time
from scoring.rulebook.sources import Example, RuleSetExample
from scoring.rulebook.tree import Branch, Entries, Findings, Items


class Verdict(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"
    """An example does not hold any more."""
    REFUSED = "refused"
    """The rule set does not load: its checks notice."""
    UNNOTICED = "unnoticed"


class MutationLab:
    """A rule set whose examples all hold, ready to be changed in one place after the other.

    trees: the trees of its files. A change of one indicator costs as much as that indicator's examples.
    """

    def __init__(self, rules: RuleSet, trees: Mapping[str, Branch]) -> None:
        self.rules, self.trees = rules, trees
        # Examples stay as they are, and need not be read again with every mutant.
        self._bare = {name: _without_examples(tree) for name, tree in trees.items() if name != EXAMPLES}
        self._prepared: dict[Place, Prepared] = {}

    def mutants(self, only: str = "") -> tuple[Mutant, ...]:
        """Every mutant of the rule set, or of the rule with that code."""
        return find_mutants(self.rules, self.trees, only)

    def try_mutant(self, mutant: Mutant) -> Verdict:
        """Whether the rule set with the mutant loads, and whether an example notices it."""
        trees = mutated(self._bare, mutant)
        if not mutant.file.startswith(INDICATORS) or self.rules.slices:
            rules = self._assembled(trees)
            if rules is None:
                return Verdict.REFUSED
            return Verdict.NOTICED if self._is_noticed(rules) else Verdict.UNNOTICED
        findings = Findings()
        indicator = parse_indicator(trees[mutant.file], self._around, findings)
        if has_hard(findings.issues):
            return Verdict.REFUSED
        if self._is_noticed(with_indicator(self._before, indicator)):
            return Verdict.NOTICED
        return Verdict.REFUSED if self._assembled(trees) is None else Verdict.UNNOTICED

    @cached_property
    def _before(self) -> RuleSet:
        """The rule set as it was, without its examples."""
        return self._assembled(self._bare) or self.rules

    def _assembled(self, trees: Mapping[str, Branch]) -> RuleSet | None:
        """The rule set, or None where it does not load."""
        if not self.rules.dated:
            return _loaded(assemble_rule_set, trees)
        # Most that does not load does not load at the end either, which is one stretch of time of several.
        effective = self.rules.effective
        at_the_end = find_dated(trees, effective, Findings()).on(effective[1])
        if _loaded(assemble_rule_set, at_the_end) is None:
            return None
        return _loaded(assemble_in_time, trees)

    @cached_property
    def _around(self) -> Surroundings:
        return surroundings_of(self._bare)

    def _is_noticed(self, rules: RuleSet) -> bool:
        """Whether any example that the change can touch fails; the nearest are asked first."""
        everything = any(_beyond_rules(new) != _beyond_rules(old) for new, old in self._versions(rules))
        return (
            any(self._indicator_fails(rules, code) for code in self._touched(rules, everything))
            or any(self._adjustment_fails(rules, each, everything) for each in rules.adjustments)
            or any(not set_example_holds(rules, each, self._whole(each)) for each in self.rules.examples)
        )

    def _touched(self, rules: RuleSet, everything: bool) -> Iterator[NodeCode]:
        for code in rules.indicators:
            if everything or any(
                after.indicators[code] != before.indicators[code] for after, before in self._versions(rules)
            ):
                yield code

    def _versions(self, rules: RuleSet) -> Iterator[tuple[RuleSet, RuleSet]]:
        """The rules of each stretch of time, after and before."""
        slices = zip(rules.slices, self._before.slices, strict=True)
        yield from ((after.rules, before.rules) for after, before in slices)
        yield rules, self._before

    def _indicator_fails(self, rules: RuleSet, code: NodeCode) -> bool:
        examples = self.rules.indicators[code].examples
        return any(
            not indicator_example_holds(rules, code, example, self._own(example)) for example in examples
        )

    def _adjustment_fails(self, rules: RuleSet, adjustment: Adjustment, everything: bool) -> bool:
        if not everything and all(new.adjustments == old.adjustments for new, old in self._versions(rules)):
            return False
        examples = (each.examples for each in self.rules.adjustments if each.code == adjustment.code)
        return any(
            not adjustment_example_holds(rules, adjustment, example, self._own(example))
            for example in next(examples, ())
        )

    def _own(self, example: Example) -> Prepared:
        if example.place not in self._prepared:
            self._prepared[example.place] = prepare_example(self.rules, example)
        return self._prepared[example.place]

    def _whole(self, example: RuleSetExample) -> Prepared:
        if example.place not in self._prepared:
            self._prepared[example.place] = prepare_set_example(self.rules, example)
        return self._prepared[example.place]


def _loaded(
    assemble: Callable[[Mapping[str, Branch], str, Findings], RuleSet | None], trees: Mapping[str, Branch]
) -> RuleSet | None:
    findings = Findings()
    rules = assemble(trees, "", findings)
    return None if has_hard(findings.issues) else rules


def _without_examples(branch: Branch) -> Branch:
    if isinstance(branch, Items):
        return Items(tuple(_without_examples(each) for each in branch.nodes), branch.mark)
    if isinstance(branch, Entries):
        kept = {
            key: (mark, _without_examples(node))
            for key, (mark, node) in branch.by_key.items()
            if key != "examples"
        }
        return Entries(kept, branch.mark)
    return branch


def _beyond_rules(rules: RuleSet) -> tuple[object, ...]:
    """What any rule may ask for besides its own words."""
    elements = {code: each.if_missing for code, each in rules.elements.items()}
    return rules.partial_periods, rules.tables, rules.definitions, rules.constants, elements
