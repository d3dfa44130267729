"""The tree as a few sums: what totals come to where every indicator counts, level by level.

Where nothing is left out and nothing blocks a score, each node is a fixed combination of its children:
weights, rescaling to full points and means are all constants then. With these scaled to whole numbers, the
nodes of a level are sums of rows of whole numbers, and their bounds are known before any figure is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scoring.codes import NodeCode
from scoring.rulebook.rules import Aggregate, Node, RuleSet
from scoring.totals import weight_of
from scoring.vectorised.batches import Layout
from scoring.vectorised.lanes import LONG_LIMIT, LONGS, Array, Lane
from scoring.vectorised.quotients import Quotients, Span, constant_quotients
from scoring.vectorised.tree import EarnedColumn
from scoring.vectorised.workspace import Workspace

_INTS: Lane = np.dtype(np.int32)
_INT_LIMIT = 2**31
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Siblings:
    """Nodes of a level that have equally many children. rows: of the children in the level below."""

    nodes: slice
    children: int
    rows: NDArray[np.intp]
    weights: Array | None
    """None where all are 1."""


@dataclass(frozen=True, slots=True)
class Level:
    """Nodes whose children all stand in the level below; their points are whole numbers over `scale`."""

    codes: tuple[NodeCode, ...]
    siblings: tuple[Siblings, ...]
    lane: Lane
    scale: int
    spans: tuple[Span, ...]
    fulls: tuple[Fraction, ...]

    def total(self, below: Array, points: Array, workspace: Workspace) -> None:
        """Writes the points of the level from those of the level below, units in columns."""
        units = below.shape[1]
        for each in self.siblings:
            rows = workspace.sheet("siblings", (len(each.rows), units), self.lane)
            if below.dtype == self.lane:
                below.take(each.rows, axis=0, out=rows, mode="clip")
            else:
                np.copyto(rows, below.take(each.rows, axis=0))
            if each.weights is not None:
                np.multiply(rows, each.weights, out=rows)
            families = rows.reshape(-1, each.children, units)
            np.add.reduce(families, axis=1, out=points[each.nodes])


@dataclass(frozen=True, slots=True)
class Levels:
    """All levels, from the lowest nodes up to the root."""

    levels: tuple[Level, ...]
    places: Mapping[NodeCode, tuple[int, int]]
    """For each node its level and its row there."""

    def run(self, grid: Array, workspace: Workspace) -> list[Array]:
        """The points of all nodes, one array a level; grid: the points of the indicators."""
        size = grid.shape[1]
        found = [np.empty((len(level.codes), size), dtype=level.lane) for level in self.levels]
        with np.errstate():
            np.setbufsize(1024)
            for start in range(0, size, BLOCK):
                units = slice(start, start + BLOCK)
                below = grid[:, units]
                for level, points in zip(self.levels, found, strict=True):
                    level.total(below, points[:, units], workspace)
                    below = points[:, units]
        return found

    def column(self, code: NodeCode, found: Sequence[Array]) -> EarnedColumn:
        """What a node earned."""
        place, row = self.places[code]
        level, points = self.levels[place], found[place][row]
        full = constant_quotients(level.fulls[row]).sized(len(points))
        return EarnedColumn(Quotients(points, level.scale, level.spans[row], level.scale), full)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a node or indicator where everything counts."""

    row: int
    scale: int
    span: Span
    full: Fraction


def levels_of(rules: RuleSet, layout: Layout) -> Levels | None:
    """The levels of a tree; None where it is not made of levels and sums, or its sums outgrow int64."""
    known = {
        leaf.code: _Known(place, leaf.scale, leaf.span, leaf.indicator.points)
        for place, leaf in enumerate(layout.order)
    }
    if not all(each.scale for each in known.values()):
        return None
    levels: list[Level] = []
    waiting = [code for code in reversed(rules.order) if code in rules.nodes]
    while waiting:
        ready = [code for code in waiting if all(child in known for child in rules.nodes[code].children)]
        level = _level(rules, ready, known)
        children = {child for code in ready for child in rules.nodes[code].children}
        if level is None or children != known.keys():
            return None
        levels.append(level)
        spans = zip(level.codes, level.spans, level.fulls, strict=True)
        known = {code: _Known(row, level.scale, span, full) for row, (code, span, full) in enumerate(spans)}
        waiting = [code for code in waiting if code not in known]
    places = {
        code: (place, row) for place, level in enumerate(levels) for row, code in enumerate(level.codes)
    }
    return Levels(tuple(levels), places) if levels else None


def _level(rules: RuleSet, codes: Sequence[NodeCode], known: Mapping[NodeCode, _Known]) -> Level | None:
    ordered = sorted(codes, key=lambda code: len(rules.nodes[code].children))
    shares = {code: _shares(rules, rules.nodes[code], known) for code in ordered}
    if any(share is None for share in shares.values()):
        return None
    weights = {code: share for code, share in shares.items() if share is not None}
    scale = math.lcm(*(weight.denominator for own in weights.values() for weight in own))
    whole = {code: [int(weight * scale) for weight in own] for code, own in weights.items()}
    spans = tuple(
        _span(whole[code], [known[child].span for child in rules.nodes[code].children]) for code in ordered
    )
    numbers = [end for span in spans for end in span] + [weight for own in whole.values() for weight in own]
    most = max(map(abs, numbers), default=0)
    if most >= LONG_LIMIT:
        return None
    lane = _INTS if most < _INT_LIMIT else LONGS
    return Level(
        codes=tuple(ordered),
        siblings=_siblings(rules, ordered, known, whole, lane),
        lane=lane,
        scale=scale,
        spans=spans,
        fulls=tuple(_full(rules, rules.nodes[code], known) for code in ordered),
    )


def _siblings(
    rules: RuleSet,
    codes: Sequence[NodeCode],
    known: Mapping[NodeCode, _Known],
    whole: Mapping[NodeCode, list[int]],
    lane: Lane,
) -> tuple[Siblings, ...]:
    found: list[Siblings] = []
    start = 0
    while start < len(codes):
        size = len(rules.nodes[codes[start]].children)
        own = [code for code in codes[start:] if len(rules.nodes[code].children) == size]
        rows = [known[child].row for code in own for child in rules.nodes[code].children]
        weights = [weight for code in own for weight in whole[code]]
        column = None if set(weights) == {1} else np.array(weights, dtype=lane).reshape(-1, 1)
        found.append(Siblings(slice(start, start + len(own)), size, np.array(rows, dtype=np.intp), column))
        start += len(own)
    return tuple(found)


def _shares(rules: RuleSet, node: Node, known: Mapping[NodeCode, _Known]) -> list[Fraction] | None:
    """What a whole number of each child adds to the node's points; None where it is no plain sum."""
    weights = [weight_of(rules, child) for child in node.children]
    sums = sum(
        (weight * known[child].full for weight, child in zip(weights, node.children, strict=True)),
        Fraction(0),
    )
    if node.aggregate not in {Aggregate.SUM, Aggregate.MEAN} or not node.children:
        return None
    if node.rounding or any(each is not None for each in (node.best, node.at_least, node.at_most)):
        return None
    # what is only shown does not count towards a mean, and a node of nothing else is itself only shown
    all_count = all(known[child].full > 0 for child in node.children)
    some_counts = any(known[child].full > 0 for child in node.children) or not node.points
    if not (all_count if node.aggregate is Aggregate.MEAN else some_counts):
        return None
    factor = Fraction(1)
    if node.aggregate is Aggregate.MEAN:
        weight_of_all = sum(weights, Fraction(0))
        factor = 1 / weight_of_all if weight_of_all else Fraction(0)
    reachable = sums if node.aggregate is Aggregate.SUM else _reachable(node, known)
    if node.rescale and node.points is not None and reachable:
        factor *= node.points / reachable
    return [
        weight * factor / known[child].scale for weight, child in zip(weights, node.children, strict=True)
    ]


def _reachable(node: Node, known: Mapping[NodeCode, _Known]) -> Fraction:
    return node.points if node.points is not None else max(known[child].full for child in node.children)


def _full(rules: RuleSet, node: Node, known: Mapping[NodeCode, _Known]) -> Fraction:
    """What can be reached where everything counts."""
    if node.aggregate is Aggregate.SUM:
        full = sum((weight_of(rules, child) * known[child].full for child in node.children), Fraction(0))
    else:
        full = _reachable(node, known)
    return node.points if node.rescale and node.points is not None and full else full


def _span(weights: Sequence[int], spans: Sequence[Span]) -> Span:
    ends = [sorted((weight * low, weight * high)) for weight, (low, high) in zip(weights, spans, strict=True)]
    return sum(low for low, _ in ends), sum(high for _, high in ends)
