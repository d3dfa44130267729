"""The sheet: every figure and attribute that rules ask for, as one column over all units."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.attributes import attribute_of
from scoring.codes import WHOLE, MemberCode
from scoring.expressions import PEERS, SCOPES, Attribute, Figure, Statistic
from scoring.facts import Amount, Facts, Series, Standing
from scoring.figures import Wanted, wanted_periods
from scoring.panel import PlainPanel
from scoring.periods import Period
from scoring.rulebook.forms import Element, OverTime
from scoring.rulebook.rules import RuleSet
from scoring.values import panel_of, scope_of
from scoring.vectorised.columns import (
    SheetColumn,
    Standings,
    has_value,
    integers,
    lifted,
    merged,
    over_members,
    replaced,
    standing_over_time,
    total_of,
    words_of,
)
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.quotients import Quotients, quotients_of, raised
from scoring.vectorised.statistics import Scope, StatisticColumn

Asked = Figure | Attribute
Quarters = NDArray[np.bool_] | None
"""By quarter and unit whether something is so; shape (quarters, units)."""
__all__ = ["Asked", "Recipe", "Sheet", "SheetColumn", "Standings", "attribute_den", "recipe_for"]
_NIL, _MISSING = int(Standing.NIL), int(Standing.MISSING)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the column of a figure is made, whatever the facts.

    direct: the one series that is the figure as it stands, unless any of `others` was reported as well.
    """

    element: Element
    wanted: Wanted
    members: tuple[MemberCode, ...]
    totals: tuple[Series, ...]
    direct: Series | None
    others: tuple[Series, ...]


def recipe_for(figure: Figure, rules: RuleSet, period: Period) -> Recipe:
    """The recipe of a figure for a period."""
    element = rules.elements[figure.element]
    wanted = wanted_periods(element, figure.when, period)
    members = figure.members or element.members or (WHOLE,)
    periods = [*wanted.periods, *([wanted.whole_year] if wanted.whole_year else [])]
    totals: tuple[Series, ...] = ()
    if element.members and not figure.members:
        totals = tuple(Series(element.code, each, WHOLE) for each in periods)
    if len(wanted.periods) != 1 or len(members) != 1:
        return Recipe(element, wanted, members, totals, None, ())
    direct = Series(element.code, wanted.periods[0], members[0])
    others = (Series(element.code, each, members[0]) for each in periods)
    return Recipe(
        element, wanted, members, totals, direct, (*totals, *(each for each in others if each != direct))
    )


class Sheet:
    """Columns by what formulas ask for, made once each from the facts of one period.

    recipes: how figures are made, kept from one sheet of the same rules and period to the next.
    """

    def __init__(
        self, rules: RuleSet, facts: Facts, period: Period, recipes: dict[Figure, Recipe] | None = None
    ) -> None:
        self.rules, self.facts, self.period = rules, facts, period
        self.size = len(facts.units)
        self._recipes = {} if recipes is None else recipes
        self._columns: dict[Asked, SheetColumn] = {}
        self._quotients: dict[Asked, Quotients] = {}
        self._scopes: dict[str, Scope] = {}
        self._common: dict[tuple[Figure, ...], Quarters] = {(): None}
        self.statistics: dict[Statistic, StatisticColumn] = {}
        """What statistics came to; filled where formulas are evaluated."""
        self.base = self
        """The sheet without any attribute reckoned on the way; statistics look at this one."""

    def recipe(self, figure: Figure) -> Recipe:
        """How the column of a figure is made."""
        found = self._recipes.get(figure)
        if found is None:
            found = self._recipes[figure] = recipe_for(figure, self.rules, self.period)
        return found

    def column(self, asked: Asked) -> SheetColumn:
        """The column of a figure or attribute."""
        found = self._columns.get(asked)
        if found is None:
            found = self._figure(asked) if isinstance(asked, Figure) else self._attribute(asked.name)
            self._columns[asked] = found
        return found

    def keep(self, columns: Mapping[Figure, SheetColumn]) -> None:
        """Takes columns that were made by other means."""
        for figure, column in columns.items():
            self._columns[figure] = column

    def quotients(self, asked: Asked) -> Quotients:
        """The amounts of a numeric column as fractions; 0 where there is none."""
        found = self._quotients.get(asked)
        if found is None:
            found = self._quotients[asked] = self.column(asked).quotients()
        return found

    def with_attribute(self, name: str, numbers: Array, there: Mask, den: int = 1) -> Sheet:
        """A sheet where units have an attribute reckoned on the way; elsewhere their own of that name."""
        sheet, asked = Sheet(self.rules, self.facts, self.period, self._recipes), Attribute(name)
        sheet._columns, sheet._quotients = dict(self._columns), dict(self._quotients)
        sheet.base, sheet._common = self.base, self._common
        column = SheetColumn(numbers, den)
        sheet._columns[asked] = column if there.all() else merged([(there, column)], self._attribute(name))
        sheet._quotients.pop(asked, None)
        return sheet

    def scope(self, name: str) -> Scope:
        """The groups of a scope of statistics."""
        if name not in self._scopes:
            places = {unit: place for place, unit in enumerate(self.rules.units)}
            order = np.array([places[unit] for unit in self.facts.units], dtype=np.int64)
            alike = name in SCOPES and (name != PEERS or not self.rules.ranking.peer_group)
            self._scopes[name] = Scope(None, None, order) if alike else self._grouped(name, order)
        return self._scopes[name]

    def _grouped(self, name: str, order: NDArray[np.int64]) -> Scope:
        own = [scope_of(self.rules, unit, name) for unit in self.facts.units]
        numbers = {group: number for number, group in enumerate(dict.fromkeys(own))}
        codes = np.array([numbers[group] for group in own], dtype=np.int64)
        absent = np.array([int(each) if isinstance(each, Standing) else 0 for each in own], dtype=np.uint8)
        return Scope(codes, absent if absent.any() else None, order)

    @cached_property
    def panel(self) -> PlainPanel:
        """The units as the plain engine sees them, for what only that can reckon."""
        return panel_of(self.rules, self.facts, self.period)

    def common_quarters(self, together: tuple[Figure, ...]) -> Quarters:
        """By quarter the units of which it counts in figures that take the same quarters; None: all."""
        if together not in self._common:
            each_lacks = [lacks for figure in together if (lacks := self._lacking(figure)) is not None]
            self._common[together] = ~np.logical_or.reduce(each_lacks) if each_lacks else None
        return self._common[together]

    def _lacking(self, figure: Figure) -> Quarters:
        """By quarter the units that have not reported it for a figure, though they have reported others."""
        recipe = self.recipe(figure)
        own = [self._lacked_by(recipe, member) for member in recipe.members]
        found: Quarters = None
        if any(each is not None for each in own):
            none = np.zeros((len(recipe.wanted.periods), self.size), dtype=np.bool_)
            each_lacks = [none if each is None else each for each in own]
            whole = np.logical_or.reduce([lacks.all(axis=0) for lacks in each_lacks])
            found = np.logical_or.reduce(each_lacks) & ~whole
        totals = [self.facts.columns[each] for each in recipe.totals if each in self.facts.columns]
        if totals:
            reported = np.logical_or.reduce([column.standings != _MISSING for column in totals])
            total, parts = self._lacked_by(recipe, WHOLE), found
            nothing = np.False_
            found = np.where(
                reported,
                nothing if total is None else total & ~total.all(axis=0),
                nothing if parts is None else parts,
            )
            found = np.broadcast_to(found, (len(recipe.wanted.periods), self.size))
        return found if found is not None and found.any() else None

    def _lacked_by(self, recipe: Recipe, member: MemberCode) -> Quarters:
        """By quarter the units that have not reported a member of an element; None: all have, everywhere."""
        columns = self.facts.columns
        found = [columns.get(Series(recipe.element.code, each, member)) for each in recipe.wanted.periods]
        rows = [None if column is None else column.standings == _MISSING for column in found]
        if all(row is not None and not row.any() for row in rows):
            return None
        lacks = np.stack([np.ones(self.size, dtype=np.bool_) if row is None else row for row in rows])
        if recipe.wanted.whole_year is not None:
            whole = columns.get(Series(recipe.element.code, recipe.wanted.whole_year, member))
            if whole is not None:
                lacks &= whole.standings == _MISSING
        return lacks

    def _figure(self, figure: Figure) -> SheetColumn:
        recipe = self.recipe(figure)
        element, wanted = recipe.element, recipe.wanted
        if not wanted.periods:
            return self._absent(Standing.NOT_DUE)
        kept = self.common_quarters(figure.together)
        if figure.together and kept is None:
            return self.column(replace(figure, together=()))
        parts = [self._over_time(element, wanted, member, kept) for member in recipe.members]
        found = parts[0] if len(parts) == 1 else over_members(parts)
        totals = [self.facts.columns[each] for each in recipe.totals if each in self.facts.columns]
        if not totals:
            return found
        reported = np.logical_or.reduce([column.standings != _MISSING for column in totals])
        return merged([(reported, self._over_time(element, wanted, WHOLE, kept))], found)

    def _over_time(self, element: Element, wanted: Wanted, member: MemberCode, kept: Quarters) -> SheetColumn:
        parts = [self._reported(Series(element.code, each, member), element) for each in wanted.periods]
        if kept is not None:
            parts = [_where(counts, part) for counts, part in zip(kept, parts, strict=True)]
        alone = len(parts) == 1 and (parts[0].words is None or not element.adds_up)
        made = parts[0] if alone else self._made(element, parts)
        if wanted.whole_year is None:
            return made
        series = Series(element.code, wanted.whole_year, member)
        if series not in self.facts.columns:
            return made
        whole = self._reported(series, element)
        if whole.standings is None:
            return whole
        return merged([(whole.standings != _MISSING, whole)], made)

    def _made(self, element: Element, parts: Sequence[SheetColumn]) -> SheetColumn:
        if element.over_time is OverTime.FIRST:
            found = merged([(has_value(part), part) for part in parts], self._absent(Standing.MISSING))
        elif element.adds_up:
            found = total_of(parts)
        else:
            found = merged(
                [(has_value(part), part) for part in reversed(parts)], self._absent(Standing.MISSING)
            )
        if all(part.standings is None for part in parts):
            return found
        return replaced(found, standing_over_time(parts, self.size, self.rules.partial_periods))

    def _reported(self, series: Series, element: Element) -> SheetColumn:
        column = self.facts.columns.get(series)
        if column is None:
            return self._absent(Standing.MISSING)
        numbers, places = column.numerators, column.places
        if column.words is None and places < element.places:
            # as many places as the rules declare, so that one compiled plan fits all facts
            numbers, places = lifted(column, 10 ** (element.places - places)), element.places
        if np.maximum.reduce(column.standings, initial=0) <= _NIL:
            return SheetColumn(numbers, 10**places, None, column.words)
        reasons = np.where(column.standings <= _NIL, np.uint8(0), column.standings)
        return SheetColumn(np.where(reasons == 0, numbers, 0), 10**places, reasons, column.words)

    def _absent(self, standing: Standing) -> SheetColumn:
        return SheetColumn(
            np.zeros(self.size, dtype=np.int64), 1, np.full(self.size, standing, dtype=np.uint8)
        )

    def _amounts(self, name: str) -> list[Amount | Standing]:
        if name in self.rules.tables:
            return [attribute_of(self.rules, unit, self.period, name) for unit in self.facts.units]
        units = self.rules.units
        return [units[unit].attributes.get(name, Standing.MISSING) for unit in self.facts.units]

    def _attribute(self, name: str) -> SheetColumn:
        amounts = self._amounts(name)
        if any(isinstance(amount, str) for amount in amounts):
            return words_of(amounts)
        numbers = quotients_of(
            [amount if isinstance(amount, Fraction) else Fraction(0) for amount in amounts]
        )
        den = attribute_den(self.rules, name)
        if isinstance(numbers.den, int) and numbers.den < den and not den % numbers.den:
            numbers = raised(numbers, den)
        absent = np.array([_MISSING * isinstance(amount, Standing) for amount in amounts], dtype=np.uint8)
        return SheetColumn(integers(numbers.num), numbers.den, absent if absent.any() else None)


def attribute_den(rules: RuleSet, name: str) -> int:
    """What the numbers of an attribute are expected to stand over, by the rules alone."""
    table = rules.tables.get(name)
    if table is None:
        return 1
    return math.lcm(*(each.denominator for each in (*table.rows.values(), table.default or Fraction(0))))


def _where(counts: Mask, part: SheetColumn) -> SheetColumn:
    """The column, missing where it does not count."""
    own = np.uint8(0) if part.standings is None else part.standings
    return replaced(part, np.where(counts, own, np.uint8(_MISSING)))
