"""What a rule set can do, and which of it its worked examples show: every branch, rung, limit and absence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.example_runs import Prepared, prepare_example, prepare_set_example
from scoring.proving.coverage_finals import (
    cover_adjustment,
    cover_caps,
    cover_grades,
    cover_nodes,
    cover_ranking,
    run_sets,
)
from scoring.proving.coverage_indicators import cover_indicator, show_absences
from scoring.proving.coverage_ways import Way, WayKind, Ways
from scoring.rulebook.rule_sources import RuleSources, is_own
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.sources import Example
from scoring.rulebook.tree import Branch

__all__ = ["Way", "WayKind", "cover_rules"]


def cover_rules(rules: RuleSet, trees: Mapping[str, Branch]) -> tuple[Way, ...]:
    """Every way of the rule set, in the order of its rules; trees: its files, for the places.

    Where values change within the year, each stretch of time has its ways, shown by examples of that time.
    What is inherited as it was is left to the examples of that rule set.
    """
    ways, sources = Ways(), RuleSources(trees)
    for version in [each.rules for each in rules.slices] or [rules]:
        _Version(rules, version, sources, ways).cover()
    return tuple(each for each in ways.all() if is_own(each.place))


@dataclass(frozen=True, slots=True)
class _Version:
    """The rules of one stretch of time; the examples are those of periods that these rules score."""

    whole: RuleSet
    rules: RuleSet
    sources: RuleSources
    ways: Ways

    def cover(self) -> None:
        rules, sources, ways = self.rules, self.sources, self.ways
        for indicator in rules.indicators.values():
            own = [prepared for _, prepared in self._prepared(indicator.examples)]
            cover_indicator(rules, indicator, own, sources, ways)
        sets = ((each, prepare_set_example(rules, each)) for each in rules.examples)
        runs = run_sets(rules, [(each, prepared) for each, prepared in sets if self._in_force(prepared)])
        for run in runs:
            for row, unit in enumerate(run.example.units.values()):
                show_absences(run.engine, row, unit.points, ways)
        for adjustment in rules.adjustments:
            examples = self._prepared(adjustment.examples)
            cover_adjustment(rules, adjustment, examples, runs, sources, ways)
        cover_caps(rules, runs, sources, ways)
        cover_nodes(rules, runs, sources, ways)
        cover_grades(rules, runs, sources, ways)
        cover_ranking(rules, runs, sources, ways)

    def _prepared(self, examples: Iterable[Example]) -> list[tuple[Example, Prepared]]:
        found = ((each, prepare_example(self.rules, each)) for each in examples)
        return [(each, prepared) for each, prepared in found if self._in_force(prepared)]

    def _in_force(self, prepared: Prepared) -> bool:
        return self.whole.in_force(prepared.period) is self.rules
