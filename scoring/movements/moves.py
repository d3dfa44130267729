"""Each unit's move between two scorings, split exactly into what caused it, whatever the order of causes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoring.codes import PeriodCode, UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Fact, Facts, gather_facts
from scoring.impacts.attribution import Split, Steps, split_difference
from scoring.movements.mixed_engine import MixedEngine, Ties, ties_of
from scoring.periods import Period
from scoring.results import UnitResult
from scoring.rulebook.rules import RuleSet


class Cause(StrEnum):
    """What can move a unit. All causes together are all the difference there is between two scorings."""

    OWN = "own"
    """The unit's own figures of periods that the earlier scoring did not know of."""
    OTHERS = "others"
    """The same of all other units."""
    RULES = "rules"
    """Another rule set, or another part of the year's rules in force."""
    CORRECTIONS = "corrections"
    """Figures, of whatever unit, of periods that both scorings know of, where the later knows other ones."""

    @property
    def title(self) -> str:  # type: ignore[override]  # nobody writes a cause in title case
        """In Chinese, for people."""
        return _TITLES[self]


_TITLES = {
    Cause.OWN: "本单位新报数据",
    Cause.OTHERS: "其他单位新报数据",
    Cause.RULES: "规则变化",
    Cause.CORRECTIONS: "以前数据的更正",
}
CAUSES = tuple(Cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One of the two scorings.

    rules: as in force in the period. facts: all that it rested on; what the rules do not know is left out.
    bearing: the periods whose figures bear on the scored one.
    """

    rules: RuleSet
    facts: Sequence[Fact]
    period: Period
    bearing: frozenset[PeriodCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMove:
    """One unit's move; None where a scoring does not know the unit.

    score and rank: parts in the order of CAUSES, their sum is the move, `rest` is 0. In them no score counts
    as 0 and no place as the one behind all units; a rank that falls by 2 has moved by -2, which is better.
    """

    unit: UnitCode
    name: str
    before: UnitResult | None
    after: UnitResult | None
    score: Split
    rank: Split


def moves_between(
    before: End, after: End, *, units: Collection[UnitCode] | None = None
) -> tuple[UnitMove, ...]:
    """The units of either scoring, all or only these, in the order of the later one's rules."""
    game = _Game(before, after)
    return tuple(game.move(unit) for unit in game.units if units is None or unit in units)


class _Game:
    """Scores any mixture of the two scorings once."""

    def __init__(self, before: End, after: End) -> None:
        self.ends = tuple(replace(end, rules=replace(end.rules, slices=())) for end in (before, after))
        self._same_rules = before.rules is after.rules
        self._engines: dict[tuple[bool, bool, bool], PlainEngine] = {}
        self._found: dict[tuple[bool, bool, bool], Mapping[UnitCode, UnitResult]] = {}
        self._ties: dict[bool, Ties] = {}

    @cached_property
    def units(self) -> tuple[UnitCode, ...]:
        before, after = self.ends
        return tuple(dict.fromkeys((*after.rules.units, *before.rules.units)))

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """Those that differ at all: the others need not be tried."""
        found = [Cause.RULES] if not self._same_rules else []
        if any(self._lines(False, new) != self._lines(True, new) for new in (False, True)):
            found.append(Cause.CORRECTIONS)
        if self.ends[0].period != self.ends[1].period or any(
            self._lines(corrected, False) != self._lines(corrected, True) for corrected in (False, True)
        ):
            found += [Cause.OWN, Cause.OTHERS]
        return tuple(cause for cause in CAUSES if cause in found)

    def move(self, unit: UnitCode) -> UnitMove:
        ends = [self._results(late, late, late).get(unit) for late in (False, True)]
        first, last = (self._figures(each) for each in ends)

        def worth(steps: Steps) -> list[Fraction]:
            return self._worth(unit, frozenset(self.causes[step] for step in steps))

        score, rank = split_difference(len(self.causes), worth, first, last)
        named = self.ends[1].rules.units.get(unit) or self.ends[0].rules.units[unit]
        return UnitMove(
            unit=unit,
            name=named.short or named.name,
            before=ends[0],
            after=ends[1],
            score=self._of_all(score),
            rank=self._of_all(rank),
        )

    def _of_all(self, split: Split) -> Split:
        found = dict(zip(self.causes, split.parts, strict=True))
        return Split(tuple(found.get(cause, Fraction(0)) for cause in CAUSES), split.rest)

    def _worth(self, unit: UnitCode, taken: frozenset[Cause]) -> list[Fraction]:
        rules, corrected = Cause.RULES in taken, Cause.CORRECTIONS in taken
        own, others = Cause.OWN in taken, Cause.OTHERS in taken
        if own == others:
            return self._figures(self._results(rules, corrected, own).get(unit))
        mine, theirs = (self._engine(rules, corrected, new) for new in (own, others))
        rows = mine.facts.rows
        if unit not in rows:
            return self._figures(self._results(rules, corrected, others).get(unit))
        sides = [theirs] * len(rows)
        sides[rows[unit]] = mine
        return self._figures(MixedEngine(mine.rules, sides, self._ties_of(rules)).results[rows[unit]])

    def _figures(self, result: UnitResult | None) -> list[Fraction]:
        score = result.score if result else None
        rank = result.rank if result else None
        behind = len(self.units) + 1
        return [Fraction(0) if score is None else score, Fraction(behind if rank is None else rank)]

    def _results(self, late_rules: bool, corrected: bool, new: bool) -> Mapping[UnitCode, UnitResult]:
        key = self._key(late_rules, corrected, new)
        if key not in self._found:
            self._found[key] = {each.unit: each for each in self._engine(*key).results}
        return self._found[key]

    def _key(self, late_rules: bool, corrected: bool, new: bool) -> tuple[bool, bool, bool]:
        """What differs in nothing is reckoned once."""
        if self._same_rules:
            late_rules = False
        return late_rules, corrected and Cause.CORRECTIONS in self.causes, new and Cause.OWN in self.causes

    def _engine(self, late_rules: bool, corrected: bool, new: bool) -> PlainEngine:
        key = self._key(late_rules, corrected, new)
        if key not in self._engines:
            rules = self.ends[late_rules].rules
            facts = _known(rules, self._facts(corrected, new))
            self._engines[key] = PlainEngine(rules, facts, self.ends[new].period)
        return self._engines[key]

    def _ties_of(self, late_rules: bool) -> Ties:
        if late_rules not in self._ties:
            self._ties[late_rules] = ties_of(self.ends[late_rules].rules)
        return self._ties[late_rules]

    def _facts(self, corrected: bool, new: bool) -> Iterator[Fact]:
        """Figures of one end; of periods that both know of, as the later or the earlier knows them."""
        shared = self.ends[0].bearing & self.ends[1].bearing
        yield from (fact for fact in self.ends[new].facts if fact.series.period not in shared)
        yield from (fact for fact in self.ends[corrected].facts if fact.series.period in shared)

    def _lines(self, corrected: bool, new: bool) -> dict[object, object]:
        """The same to be compared: what stands where."""
        return {
            (fact.unit, fact.series): (fact.amount, fact.standing) for fact in self._facts(corrected, new)
        }


def _known(rules: RuleSet, facts: Iterator[Fact]) -> Facts:
    elements, units = rules.elements, rules.units
    kept = (fact for fact in facts if fact.unit in units and fact.series.element in elements)
    return gather_facts(units, kept)
