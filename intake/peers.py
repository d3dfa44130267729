"""What other units reported for the same period: known to the server alone, never told to a submitter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake.check_context import end_of
from scoring.codes import UnitCode
from scoring.facts import Fact
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Peers:
    """The figures in force of the other units, by unit; none for those that have not reported."""

    by_unit: Mapping[UnitCode, tuple[Fact, ...]] = field(default_factory=dict)


def gather_peers(
    rules: RuleSet, unit: UnitCode, period: Period, provider: Provider, facts: Iterable[Fact]
) -> Peers:
    """The peers of a report, chosen from all facts in force."""
    here = (period.year, period.quarter)
    found: dict[UnitCode, list[Fact]] = {}
    for fact in facts:
        element = rules.elements.get(fact.series.element)
        own = element is not None and element.provider is provider
        if own and fact.unit != unit and fact.unit in rules.units and end_of(fact.series.period) == here:
            found.setdefault(fact.unit, []).append(fact)
    return Peers({code: tuple(each) for code, each in found.items()})
