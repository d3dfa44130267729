"""Batches: indicators that differ only in their figures and constants, as rows of one array."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode
from scoring.expressions import Attribute
from scoring.facts import Standing
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.forms import Whole, WholeForm, whole_form
from scoring.vectorised.kernels import (
    Doubles,
    Kernel,
    Room,
    doubles,
    kernel_kind,
    kernel_of,
)
from scoring.vectorised.peer_kernels import PeerKernel, Ranges, Ranks, peer_kernel, peer_kind
from scoring.vectorised.plan import Leaf
from scoring.vectorised.quarter_sums import QuarterSums, quarter_sums
from scoring.vectorised.sheet import Asked, Recipe, attribute_den, recipe_for


@dataclass(frozen=True, slots=True)
class Term:
    """One place of a formula for all rows of a batch: the rows of the operands it takes, and its factors."""

    rows: slice
    factors: Doubles | None
    """None where all are 1."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The upper or lower side of the rows' formulas: terms added up, and a constant (None: zero)."""

    terms: tuple[Term, ...]
    constant: Doubles | None

    def of(self, operands: Doubles) -> Doubles:
        """The whole numbers of a block; the operands themselves where there is nothing to reckon."""
        found = _multiplied(self.terms[0], operands)
        for term in self.terms[1:]:
            found = found + _multiplied(term, operands)
        return found if self.constant is None else found + self.constant


def _multiplied(term: Term, operands: Doubles) -> Doubles:
    rows = operands[term.rows]
    return rows if term.factors is None else rows * term.factors


@dataclass(frozen=True, slots=True)
class Batch:
    """Indicators scored together. places: their rows in the store of points, one after the other.

    operands: the rows of operands that all terms take.
    """

    leaves: tuple[Leaf, ...]
    forms: tuple[WholeForm, ...]
    places: slice
    operands: slice
    top: Combination
    bottom: Combination | None
    kernel: Kernel | PeerKernel
    absent_points: NDArray[np.int32]
    """What absence comes to on the grid, by row and standing, one row after the other."""
    absent_outcomes: NDArray[np.uint8]
    absent_starts: NDArray[np.intp]
    """Where each row begins in these."""

    @property
    def of_peers(self) -> bool:
        """Whether the points depend on the values of other units."""
        return isinstance(self.kernel, Ranks | Ranges)


@dataclass(frozen=True)
class Layout:
    """All batches of a plan and where their operands lie. operands: for each row the figure it holds.

    order: all indicators in the order in which points are stored: first those of batches, then the rest.
    """

    batches: tuple[Batch, ...]
    operands: tuple[Asked, ...]
    order: tuple[Leaf, ...]
    sources: tuple[tuple[Asked, Recipe | None], ...]
    """Every figure that any batch needs, once, and how it is made (None: an attribute)."""

    @cached_property
    def place_of(self) -> Mapping[NodeCode, int]:
        """Where the points of each indicator are stored."""
        return {leaf.code: place for place, leaf in enumerate(self.order)}

    @cached_property
    def source_of(self) -> NDArray[np.intp]:
        """For each row of operands the number of its source."""
        numbers = {asked: number for number, (asked, _) in enumerate(self.sources)}
        return np.array([numbers[asked] for asked in self.operands], dtype=np.intp)

    @cached_property
    def sums(self) -> tuple[QuarterSums, ...]:
        """Those of the sources that are added up together."""
        return quarter_sums(self.sources)

    @cached_property
    def batched(self) -> tuple[Leaf, ...]:
        """The indicators that are in batches, in the order of the store."""
        return self.order[: sum(len(batch.leaves) for batch in self.batches)]

    @cached_property
    def gated(self) -> tuple[tuple[int, int, int], ...]:
        """Indicators of batches that apply on a condition: batch, row in it, place in the store."""
        return tuple(
            (number, row, batch.places.start + row)
            for number, batch in enumerate(self.batches)
            for row, leaf in enumerate(batch.leaves)
            if leaf.gate is not None
        )


def expected_den(rules: RuleSet, asked: Asked) -> int:
    """What a column's numerators are expected to stand over, by the rules alone."""
    if isinstance(asked, Attribute):
        return attribute_den(rules, asked.name)
    places: int = rules.elements[asked.element].places
    scale: int = 10**places
    return scale


def batched_layout(rules: RuleSet, period: Period, leaves: Iterable[Leaf]) -> Layout:
    """The leaves sorted into batches, those that fit into none left to themselves."""
    groups: dict[tuple[object, ...], list[tuple[Leaf, WholeForm]]] = {}
    alone: list[Leaf] = []
    for leaf in leaves:
        form = _whole(rules, leaf)
        kind = None if form is None else _kind(leaf)
        if form is None or kind is None:
            alone.append(leaf)
            continue
        bottom = None if form.bottom is None else form.bottom.shape
        groups.setdefault((kind, form.top.shape, bottom), []).append((leaf, form))
    batches: list[Batch] = []
    operands: list[Asked] = []
    place = 0
    for members in groups.values():
        batches.append(_batch(members, place, len(operands)))
        place += len(members)
        width = len(members[0][1].leaves)
        operands += [form.leaves[position] for position in range(width) for _, form in members]
    order = [leaf for batch in batches for leaf in batch.leaves] + alone
    sources = tuple((asked, _recipe(asked, rules, period)) for asked in dict.fromkeys(operands))
    return Layout(tuple(batches), tuple(operands), tuple(order), sources)


def _recipe(asked: Asked, rules: RuleSet, period: Period) -> Recipe | None:
    return None if isinstance(asked, Attribute) else recipe_for(asked, rules, period)


def _whole(rules: RuleSet, leaf: Leaf) -> WholeForm | None:
    if leaf.form is None or leaf.standing is not None or not leaf.scale or leaf.form.top.fixed:
        return None
    return whole_form(leaf.form, [expected_den(rules, asked) for asked in leaf.form.leaves])


def _kind(leaf: Leaf) -> tuple[object, ...] | None:
    indicator = leaf.indicator
    if leaf.curve is None:
        return peer_kind(indicator)
    return None if indicator.rounding is None else kernel_kind(leaf.curve, indicator.rounding)


def _batch(members: Sequence[tuple[Leaf, WholeForm]], place: int, first: int) -> Batch:
    leaves, forms = tuple(leaf for leaf, _ in members), tuple(form for _, form in members)
    size, width = len(leaves), len(forms[0].leaves)
    rows = [slice(first + position * size, first + (position + 1) * size) for position in range(width)]
    lower = [form.bottom for form in forms if form.bottom is not None]
    return Batch(
        leaves=leaves,
        forms=forms,
        places=slice(place, place + size),
        operands=slice(first, first + width * size),
        top=_combination([form.top for form in forms], rows),
        bottom=_combination(lower, rows) if lower else None,
        kernel=_kernel(leaves, [form.scale for form in forms]),
        absent_points=np.array([leaf.grid_of_absent for leaf in leaves], dtype=np.int32).reshape(-1),
        absent_outcomes=np.array([leaf.absent_outcomes for leaf in leaves], dtype=np.uint8).reshape(-1),
        absent_starts=np.arange(size, dtype=np.intp).reshape(-1, 1) * len(Standing),
    )


def _combination(sides: Sequence[Whole], rows: Sequence[slice]) -> Combination:
    terms = []
    for position, where in enumerate(rows):
        factors = [side.factors[position] for side in sides]
        if any(factors):
            terms.append(Term(where, None if set(factors) == {1} else doubles(factors).reshape(-1, 1)))
    constants = [side.constant for side in sides]
    return Combination(tuple(terms), doubles(constants).reshape(-1, 1) if any(constants) else None)


def _kernel(leaves: Sequence[Leaf], scales: Sequence[Fraction]) -> Kernel | PeerKernel:
    curves = [leaf.curve for leaf in leaves if leaf.curve is not None]
    if not curves:
        return peer_kernel([leaf.indicator for leaf in leaves], [leaf.scale for leaf in leaves])
    roundings = [leaf.indicator.rounding for leaf in leaves if leaf.indicator.rounding is not None]
    return kernel_of(curves, scales, roundings)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large the sides of the rows' formulas become in a block: |top|, and bottom at least and at most."""

    top: Doubles
    least_bottom: Doubles
    bottom: Doubles


@dataclass(frozen=True)
class Fitness:
    """Which rows of all batches may be reckoned in doubles, given how large their operands are."""

    top: tuple[tuple[NDArray[np.intp], Doubles], ...]
    top_constant: Doubles
    bottom: tuple[tuple[NDArray[np.intp], Doubles], ...]
    bottom_constant: Doubles
    room: Doubles

    def bounds(self, low: Doubles, high: Doubles) -> Bounds:
        """The bounds of every row, from those of the operands."""
        most = np.maximum(-low, high)
        top, bottom, least = abs(self.top_constant), abs(self.bottom_constant), self.bottom_constant
        for rows, factors in self.top:
            top = top + abs(factors) * most.take(rows)
        for rows, factors in self.bottom:
            bottom = bottom + abs(factors) * most.take(rows)
            least = least + np.minimum(factors * low.take(rows), factors * high.take(rows))
        return Bounds(top, least, bottom)

    def room_taken(self, bounds: Bounds) -> Doubles:
        """How much of the room of doubles each row takes."""
        taken: Doubles = self.room[0] * bounds.top + self.room[1] * bounds.bottom + self.room[2]
        return taken


def fitness_of(layout: Layout) -> Fitness:
    """The bounds' own constants for all rows of all batches, one after the other."""
    rooms: list[Room] = []
    for batch in layout.batches:
        rooms += batch.kernel.room
    forms = [form for batch in layout.batches for form in batch.forms]
    starts = [
        [batch.operands.start + position * len(batch.leaves) + row for position in range(len(form.leaves))]
        for batch in layout.batches
        for row, form in enumerate(batch.forms)
    ]
    plain = Whole(1, ())
    return Fitness(
        top=_padded([form.top for form in forms], starts),
        top_constant=doubles([form.top.constant for form in forms]),
        bottom=_padded([form.bottom or plain for form in forms], starts),
        bottom_constant=doubles([(form.bottom or plain).constant for form in forms]),
        room=np.array([doubles([room[part] for room in rooms]) for part in range(3)]),
    )


def _padded(
    sides: Sequence[Whole], starts: Sequence[Sequence[int]]
) -> tuple[tuple[NDArray[np.intp], Doubles], ...]:
    """The terms of all rows, position by position; rows with fewer terms take a factor of zero."""
    terms = [
        [(row, factor) for row, factor in zip(own, side.factors, strict=False) if factor]
        for side, own in zip(sides, starts, strict=True)
    ]
    width = max((len(each) for each in terms), default=0)
    filled = [each + [(0, 0)] * (width - len(each)) for each in terms]
    return tuple(
        (
            np.array([each[place][0] for each in filled], dtype=np.intp),
            doubles([each[place][1] for each in filled]),
        )
        for place in range(width)
    )
