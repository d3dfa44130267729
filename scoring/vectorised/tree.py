"""Stage three for all units: points of the leaves become points of items, sections and the total."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import numpy as np

from scoring.codes import NodeCode
from scoring.facts import Amount, Standing
from scoring.results import Outcome
from scoring.rulebook.rules import Aggregate, Node, RuleSet
from scoring.totals import Earned, best_of, children_of, first_step, last_step, weight_of
from scoring.vectorised.lanes import Array, Mask
from scoring.vectorised.ordering import sorted_values
from scoring.vectorised.plan import CODE_OF_OUTCOME, LEFT_OUT, OUTCOMES
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of

_SCORED, _MISSING = CODE_OF_OUTCOME[Outcome.SCORED], CODE_OF_OUTCOME[Outcome.MISSING]
_NOT_DUE, _NOT_APPLICABLE = CODE_OF_OUTCOME[Outcome.NOT_DUE], CODE_OF_OUTCOME[Outcome.NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class EarnedColumn:
    """What a node or indicator brings to its parent, for all units.

    outcomes: codes, None where all are scored. blocked: where there are no points at all, None for nowhere.
    Points are 0 where they are blocked or left out, full is 0 where it is left out. top: the points of the
    best unit, where the others were put in proportion to it.
    """

    points: Quotients
    full: Quotients
    outcomes: Array | None = None
    blocked: Mask | None = None
    top: Fraction | None = None

    @property
    def left_out(self) -> Mask | None:
        """Where it does not count towards what could be earned; None for nowhere."""
        return None if self.outcomes is None else left_out(self.outcomes)

    def at(self, row: int) -> Earned:
        """What it brings for one unit."""
        outcome = OUTCOMES[0 if self.outcomes is None else int(self.outcomes[row])]
        none = self.blocked is not None and bool(self.blocked[row])
        return Earned(None if none else self.points.at(row), self.full.at(row), outcome)


def left_out(outcomes: Array) -> Mask:
    """Which outcomes do not count towards what could be earned."""
    found = np.zeros(len(outcomes), dtype=np.bool_)
    for code in LEFT_OUT:
        found |= outcomes == code
    return found


Child = tuple[Fraction, EarnedColumn]
ValueOf = Callable[[int, NodeCode], Amount | Standing]
_FOR_THE_PLAIN_ENGINE = {Aggregate.GEOMETRIC, Aggregate.HARMONIC, Aggregate.PRODUCT, Aggregate.FORMULA}


def no_values(row: int, code: NodeCode) -> Amount | Standing:
    """For trees in which no formula asks for the value of an indicator."""
    raise LookupError(f"nobody has kept the value of {code} (unit {row})")


def add_nodes(
    rules: RuleSet, found: dict[NodeCode, EarnedColumn], size: int, value_of: ValueOf = no_values
) -> None:
    """Adds every inner node, from the bottom up, to what the indicators earned."""
    for code in reversed(rules.order):
        node = rules.nodes.get(code)
        if node is None:
            continue
        if node.aggregate in _FOR_THE_PLAIN_ENGINE or node.coverage is not None or node.weights_of_all:
            found[code] = _one_by_one(rules, node, found, size, value_of)
        else:
            children = [(weight_of(rules, each), found[each]) for each in node.children]
            found[code] = node_column(node, children, size)


def node_column(node: Node, children: Sequence[Child], size: int) -> EarnedColumn:
    """A node from its weighted children; those left out, or only shown, do not count at all."""
    counted = [_counts(child, size) for _, child in children]
    any_counted = np.logical_or.reduce(counted) if counted else np.zeros(size, dtype=np.bool_)
    blocking = [child.blocked for _, child in children if child.blocked is not None]
    blocked = np.logical_or.reduce(blocking) if blocking else None
    full = _sum([child.full.times(weight) for weight, child in children])
    points = _aggregated(node, children, counted)
    reachable = _reachable(node, full, children)
    if node.rescale and node.points is not None:
        points, reachable = _rescaled(points, reachable, node.points)
    top = None
    if node.best is not None:
        points = points.sized(size)
        top = _greatest(points, any_counted if blocked is None else any_counted & ~blocked)
        points = points if top is None else points.times(node.best / top)
        full = reachable = constant_quotients(node.best)
    elif node.points:
        full = constant_quotients(node.points)
    points = _bounded(node, points)
    if node.at_most is not None:
        full, reachable = full.at_most(node.at_most), reachable.at_most(node.at_most)
    if node.rounding:
        points = points.rounded(node.rounding)
    found = _settled(
        node, children, (points.sized(size), reachable.sized(size), full), (any_counted, blocked)
    )
    return found if top is None else replace(found, top=top)


def _greatest(points: Quotients, there: Mask) -> Fraction | None:
    """The most points of any unit; None where nobody has any."""
    order = sorted_values(points, np.flatnonzero(there)).order
    most = points.at(int(order[-1])) if len(order) else Fraction(0)
    return most if most > 0 else None


def _bounded(node: Node, points: Quotients) -> Quotients:
    if node.at_most is not None:
        points = points.at_most(node.at_most)
    return points if node.at_least is None else points.at_least(node.at_least)


def _counts(child: EarnedColumn, size: int) -> Mask:
    """Not where the child is left out, nor where nothing could be earned and nothing was (only shown)."""
    found = np.asarray(child.full.num != 0, dtype=np.bool_)
    if not found.all():
        found = found | (child.points.num != 0)
        if child.blocked is not None:
            found = found | child.blocked
    out = child.left_out
    return np.broadcast_to(found, (size,)) if out is None else found & ~out


def _settled(
    node: Node,
    children: Sequence[Child],
    amounts: tuple[Quotients, Quotients, Quotients],
    masks: tuple[Mask, Mask | None],
) -> EarnedColumn:
    """The node with its outcomes: nothing where no child counts, no points where one that counts has none.

    amounts: its points, full points where there are some, full points where there are none.
    """
    points, reachable, full = amounts
    any_counted, blocked = masks
    if blocked is None and any_counted.all():
        return EarnedColumn(points, reachable)
    outcomes = np.where(
        any_counted, np.uint8(_SCORED), _outcomes_of_nothing(node, children, len(any_counted))
    )
    if blocked is not None:
        outcomes[blocked] = _MISSING
        reachable = chosen(blocked, full, reachable)
    nothing = ~any_counted if blocked is None else ~any_counted | blocked
    points = chosen(nothing, constant_quotients(0), points)
    reachable = chosen(~any_counted, constant_quotients(0), reachable)
    return EarnedColumn(points, reachable, outcomes if outcomes.any() else None, blocked)


def _outcomes_of_nothing(node: Node, children: Sequence[Child], size: int) -> Array:
    """Scored where the node is only shown; else why all that could earn points is left out."""
    outcomes = [
        np.zeros(size, dtype=np.uint8) if child.outcomes is None else child.outcomes for _, child in children
    ]
    not_due = np.logical_or.reduce([each == _NOT_DUE for each in outcomes]) if outcomes else False
    found = np.where(np.broadcast_to(not_due, (size,)), np.uint8(_NOT_DUE), np.uint8(_NOT_APPLICABLE))
    if node.points or not outcomes:
        return found
    return np.where(np.logical_and.reduce([left_out(each) for each in outcomes]), found, np.uint8(_SCORED))


def _sum(terms: Sequence[Quotients]) -> Quotients:
    total = constant_quotients(0)
    for term in terms:
        total = total.plus(term)
    return total


def _reachable(node: Node, full: Quotients, children: Sequence[Child]) -> Quotients:
    if node.aggregate is Aggregate.SUM:
        return full
    if node.points is not None:
        return constant_quotients(node.points)
    # full points are never negative, so that the 0 of a child that does not count never wins
    greatest = constant_quotients(0)
    for _, child in children:
        greatest = chosen(child.full.compared(np.greater, greatest), child.full, greatest)
    return greatest


def _aggregated(node: Node, children: Sequence[Child], counted: Sequence[Mask]) -> Quotients:
    if node.aggregate in {Aggregate.MIN, Aggregate.MAX}:
        return _extreme(node.aggregate, children, counted)
    total = _sum([child.points.times(weight) for weight, child in children])
    if node.aggregate is Aggregate.SUM:
        return total
    weights = _sum(
        [_where_counted(weight, there) for (weight, _), there in zip(children, counted, strict=True)]
    )
    mean, no_weight = total.over(weights)
    return chosen(no_weight, constant_quotients(0), mean)


def _where_counted(weight: Fraction, there: Mask) -> Quotients:
    return quotients_of([Fraction(0), weight]).taken(there.astype(np.intp))


def _extreme(aggregate: Aggregate, children: Sequence[Child], counted: Sequence[Mask]) -> Quotients:
    if not children:
        return constant_quotients(0)
    better = np.less if aggregate is Aggregate.MIN else np.greater
    best, there = children[0][1].points, counted[0]
    for (_, child), here in zip(children[1:], counted[1:], strict=True):
        wins = here & (~there | child.points.compared(better, best))
        best, there = chosen(wins, child.points, best), there | here
    return best


def _rescaled(points: Quotients, reachable: Quotients, full: Fraction) -> tuple[Quotients, Quotients]:
    """Points converted to the node's full points; as they are where nothing can be reached."""
    share, unreachable = points.over(reachable)
    whole = constant_quotients(full)
    if not unreachable.any():
        return share.times(full), whole
    return chosen(unreachable, points, share.times(full)), chosen(unreachable, reachable, whole)


def _one_by_one(
    rules: RuleSet, node: Node, columns: Mapping[NodeCode, EarnedColumn], size: int, value_of: ValueOf
) -> EarnedColumn:
    """Roots, formulas and what is lacking are left to the plain engine, unit by unit."""
    made = []
    for row in range(size):
        own = {code: columns[code].at(row) for code in node.children}
        made.append(first_step(node, children_of(rules, node, own, partial(value_of, row))))
    top = best_of(node, made)
    found = [last_step(node, each, top) for each in made]
    points = quotients_of([each.points or Fraction(0) for each in found])
    outcomes = np.array([CODE_OF_OUTCOME[each.outcome] for each in found], dtype=np.uint8)
    blocked = np.array([each.points is None for each in found], dtype=np.bool_)
    full = quotients_of([each.full for each in found])
    return EarnedColumn(
        points, full, outcomes if outcomes.any() else None, blocked if blocked.any() else None, top
    )
