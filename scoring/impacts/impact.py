"""Whose points, rank, grade and tier a change of rules moves, and which of the changes did it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.codes import UnitCode
from scoring.facts import Facts
from scoring.impacts.attribution import MOST_SPLIT, Split, Steps, split_difference
from scoring.impacts.change_groups import ChangeGroup, group_changes
from scoring.impacts.rule_mixing import mixed
from scoring.periods import Period
from scoring.results import UnitResult
from scoring.rulebook.differences.difference import plain_changes
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.engine import VectorEngine

Results = Mapping[UnitCode, UnitResult]
FactsOf = Callable[[Iterable[UnitCode]], Facts]
"""The facts of some units, in their order."""


class Watched(StrEnum):
    """What of a unit can move."""

    POINTS = "points"
    RANK = "rank"
    GRADE = "grade"
    TIER = "tier"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitImpact:
    """One unit before and after; None where only one of the rule sets assesses it.

    The splits are over the groups of changes. In them no total counts as 0, no place as the place after the
    last, and a grade as its position from the best.
    """

    unit: UnitCode
    name: str
    before: UnitResult | None
    after: UnitResult | None
    points: Split
    rank: Split
    grade: Split

    @property
    def gain(self) -> Fraction:
        """By how many points the total went up; no total counts as 0."""
        return _score(self.after) - _score(self.before)

    def moved(self, what: Watched) -> bool:
        """Whether this is not what it was."""
        return _OF[what](self.before) != _OF[what](self.after)

    @property
    def moves(self) -> bool:
        """Whether anything moved, the place among its peers included."""
        groups = [each and each.group_rank for each in (self.before, self.after)]
        return groups[0] != groups[1] or any(self.moved(what) for what in Watched)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodImpact:
    """What a change of rules does to all units in one period, by the order of the later rule set."""

    period: Period
    groups: tuple[ChangeGroup, ...]
    units: tuple[UnitImpact, ...]
    exact: bool
    """Whether the split tried every combination of changes; else each was taken by itself."""

    def moved(self, what: Watched) -> tuple[UnitImpact, ...]:
        """The units of which this moved."""
        return tuple(unit for unit in self.units if unit.moved(what))


_OF: Mapping[Watched, Callable[[UnitResult | None], object]] = {
    Watched.POINTS: lambda result: result and result.score,
    Watched.RANK: lambda result: result and result.rank,
    Watched.GRADE: lambda result: result.grade if result else "",
    Watched.TIER: lambda result: result.tier if result else "",
}


def period_impact(
    rules: tuple[RuleSet, RuleSet], facts_of: FactsOf, period: Period, ends: tuple[Results, Results]
) -> PeriodImpact:
    """The impact of going from the first rule set to the second, both as in force in the period.

    ends: the results by each of them of the same facts.
    """
    before, after = rules
    groups = group_changes(before, after, plain_changes(before, after))
    game = _Game(before, after, groups, facts_of, period)
    firsts, lasts = (game.worth_of(each, results) for each, results in zip(rules, ends, strict=True))
    splits = split_difference(len(groups), game.worth, firsts, lasts)
    return PeriodImpact(
        period=period,
        groups=groups,
        units=tuple(_units(rules, ends, game.units, splits)),
        exact=len(groups) <= MOST_SPLIT,
    )


@dataclass(frozen=True, slots=True)
class _Game:
    """Scores the facts by the earlier rules with any of the groups of changes taken."""

    before: RuleSet
    after: RuleSet
    groups: tuple[ChangeGroup, ...]
    facts_of: FactsOf
    period: Period

    @property
    def units(self) -> tuple[UnitCode, ...]:
        """The units of both rule sets, in the order of the later one."""
        return tuple(dict.fromkeys((*self.after.units, *self.before.units)))

    def worth(self, taken: Steps) -> list[Fraction]:
        """Points, place and grade of every unit with these groups taken, one after the other."""
        edits = frozenset(edit for step in taken for edit in self.groups[step].edits)
        rules = mixed(self.before, self.after, edits)
        return self.worth_of(rules, unit_results(rules, self.facts_of(rules.units), self.period))

    def worth_of(self, rules: RuleSet, results: Results) -> list[Fraction]:
        """The same for results that are known."""
        grades = {grade.name: place for place, grade in enumerate(rules.grades)}
        last = Fraction(len(self.units) + 1)
        found: list[Fraction] = []
        for unit in self.units:
            result = results.get(unit)
            rank = None if result is None else result.rank
            place = grades.get(result.grade, len(grades)) if result else len(grades)
            found += [_score(result), last if rank is None else Fraction(rank), Fraction(place)]
        return found


def unit_results(rules: RuleSet, facts: Facts, period: Period) -> dict[UnitCode, UnitResult]:
    """The results of all units, by the vectorised engine."""
    table = VectorEngine(rules, facts, period).table
    return {unit: table.result(row) for row, unit in enumerate(facts.units)}


def _units(
    rules: tuple[RuleSet, RuleSet],
    ends: tuple[Results, Results],
    units: Sequence[UnitCode],
    splits: Sequence[Split],
) -> Iterable[UnitImpact]:
    for row, unit in enumerate(units):
        named = rules[1].units.get(unit) or rules[0].units[unit]
        points, rank, grade = splits[3 * row : 3 * row + 3]
        yield UnitImpact(
            unit=unit,
            name=named.short or named.name,
            before=ends[0].get(unit),
            after=ends[1].get(unit),
            points=points,
            rank=rank,
            grade=grade,
        )


def _score(result: UnitResult | None) -> Fraction:
    return Fraction(0) if result is None or result.score is None else result.score
