"""Figures that are the sums of their quarters, all of them at once: what most rules ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.expressions import Figure
from scoring.facts import Column, Facts, Series, Standing
from scoring.vectorised.lanes import LONGS, Mask
from scoring.vectorised.sheet import Recipe, SheetColumn

_NIL, _MISSING = int(Standing.NIL), np.uint8(Standing.MISSING)
_BLOCK = 2048
_GREATEST = 2**60
"""Four of these still fit into 64 bits."""

Numbers = NDArray[np.int64]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class QuarterSums:
    """Figures of one undivided element or member, each the sum of equally many quarters.

    sources: for each source its series, quarter by quarter. others: series in which the year was reported as
    one figure; with any of these the figures are made one by one. own: for each figure its source. group: for
    each figure its row of `together`. together: groups of sources that take the same quarters, padded with
    their first; the first row is of those that stand alone. places: of each source.
    """

    figures: tuple[Figure, ...]
    sources: tuple[tuple[Series, ...], ...]
    others: tuple[Series, ...]
    places: tuple[int, ...]
    own: Rows
    group: Rows
    together: Rows

    def columns(self, facts: Facts) -> Mapping[Figure, SheetColumn]:
        """The columns of all figures; empty where any source is not what it is expected to be."""
        found = self._reported(facts)
        if not found:
            return {}
        size = len(facts.units)
        numbers = np.empty((len(self.figures), size), dtype=np.int64)
        standings = np.empty((len(self.figures), size), dtype=np.uint8)
        for start in range(0, size, _BLOCK):
            units = slice(start, start + _BLOCK)
            if not self._add_up(found, units, numbers[:, units], standings[:, units]):
                return {}
        gaps = np.logical_or.reduce(standings != 0, axis=1).tolist()
        return {
            figure: SheetColumn(numbers[row], 10 ** self.places[source], standings[row] if gap else None)
            for row, (figure, source, gap) in enumerate(
                zip(self.figures, self.own.tolist(), gaps, strict=True)
            )
        }

    def _reported(self, facts: Facts) -> list[Column]:
        """The columns of all sources, by quarter; empty where any is not there or not as declared."""
        if not facts.units or not facts.columns.keys().isdisjoint(self.others):
            return []
        found: list[Column] = []
        for quarter in zip(*self.sources, strict=True):
            for series, places in zip(quarter, self.places, strict=True):
                column = facts.columns.get(series)
                if column is None or column.words is not None or column.places != places:
                    return []
                if column.numerators.dtype != LONGS:
                    return []
                found.append(column)
        return found

    def _add_up(
        self, found: Sequence[Column], units: slice, numbers: Numbers, standings: NDArray[np.uint8]
    ) -> bool:
        """Writes the sums of a block and why there are none; False where they could outgrow 64 bits."""
        sources = len(self.sources)
        reported = np.stack([column.standings[units] for column in found])
        amounts = np.stack([column.numerators[units] for column in found])
        if amounts.max() > _GREATEST or amounts.min() < -_GREATEST:
            return False
        shape = (-1, sources, amounts.shape[1])
        there = (reported <= _NIL).reshape(shape)
        amounts, reported = amounts.reshape(shape), reported.reshape(shape)
        missing = reported == _MISSING
        if not missing.any():
            dropped: Sequence[Mask | None] = [None] * len(amounts)
        else:
            dropped = list(self._dropped(missing))
        numbers[:] = 0
        present = np.zeros(numbers.shape, dtype=np.bool_)
        for quarter, out in enumerate(dropped):
            counts = there[quarter].take(self.own, axis=0)
            if out is not None:
                counts &= ~out
            numbers += amounts[quarter].take(self.own, axis=0) * counts
            present |= counts
        standings[:] = 0
        figures, where = np.nonzero(~present)
        if len(figures):
            standings[figures, where] = self._reasons(reported, dropped, figures, where)
        return True

    def _dropped(self, missing: Mask) -> Iterable[Mask]:
        """By quarter where it does not count in each figure, since a figure together with it lacks it."""
        lacks = missing & ~missing.all(axis=0)
        for quarter in lacks:
            found = quarter.take(self.together[:, 0], axis=0)
            for position in range(1, self.together.shape[1]):
                found |= quarter.take(self.together[:, position], axis=0)
            found[0] = False
            yield found.take(self.group, axis=0)

    def _reasons(
        self, reported: NDArray[np.uint8], dropped: Sequence[Mask | None], figures: Rows, where: Rows
    ) -> NDArray[np.uint8]:
        """Why these figures have no value: the greatest reason of the quarters that count, else missing."""
        worst = np.zeros(len(figures), dtype=np.uint8)
        for quarter, out in zip(reported, dropped, strict=True):
            own = quarter[self.own[figures], where]
            counts = own != _MISSING
            if out is not None:
                counts &= ~out[figures, where]
            np.maximum(worst, np.where(counts, own, np.uint8(0)), out=worst)
        return np.where(worst == 0, _MISSING, worst)


def quarter_sums(sources: Iterable[tuple[object, Recipe | None]]) -> tuple[QuarterSums, ...]:
    """The figures of a plan that can be added up together, those of as many quarters at a time."""
    fit = {
        figure: recipe
        for figure, recipe in sources
        if isinstance(figure, Figure) and recipe is not None and _is_plain(recipe)
    }
    bare = {replace(figure, together=()): recipe for figure, recipe in fit.items()}
    fit = {figure: recipe for figure, recipe in fit.items() if all(each in bare for each in figure.together)}
    by_length: dict[int, dict[Figure, Recipe]] = {}
    for figure, recipe in fit.items():
        by_length.setdefault(len(recipe.wanted.periods), {})[figure] = recipe
    return tuple(_laid_out(each, bare) for each in by_length.values())


def _is_plain(recipe: Recipe) -> bool:
    several = len(recipe.wanted.periods) > 1 and len(recipe.members) == 1
    return several and recipe.element.adds_up and not recipe.totals


def _laid_out(figures: Mapping[Figure, Recipe], bare: Mapping[Figure, Recipe]) -> QuarterSums:
    sources: dict[Figure, int] = {}
    groups: dict[tuple[Figure, ...], int] = {(): 0}
    for figure in figures:
        groups.setdefault(figure.together, len(groups))
        for each in (replace(figure, together=()), *figure.together):
            sources.setdefault(each, len(sources))
    width = max(1, *(len(group) for group in groups))
    rows = [[sources[each] for each in group] or [0] for group in groups]
    recipes = [bare[each] for each in sources]
    return QuarterSums(
        figures=tuple(figures),
        sources=tuple(_series(recipe) for recipe in recipes),
        others=tuple(
            Series(each.element.code, each.wanted.whole_year, each.members[0])
            for each in recipes
            if each.wanted.whole_year is not None
        ),
        places=tuple(recipe.element.places for recipe in recipes),
        own=np.array([sources[replace(each, together=())] for each in figures], dtype=np.intp),
        group=np.array([groups[each.together] for each in figures], dtype=np.intp),
        together=np.array([row + row[:1] * (width - len(row)) for row in rows], dtype=np.intp),
    )


def _series(recipe: Recipe) -> tuple[Series, ...]:
    return tuple(Series(recipe.element.code, each, recipe.members[0]) for each in recipe.wanted.periods)
