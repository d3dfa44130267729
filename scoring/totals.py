"""Stage three: points of the leaves become points of items, sections and the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.numbers import power
from scoring.results import Outcome
from scoring.rulebook.rules import Aggregate, Node, RuleSet


@dataclass(frozen=True, slots=True)
class Earned:
    """What a node brings to its parent: points (None = no score at all), full points, outcome."""

    points: Fraction | None
    full: Fraction
    outcome: Outcome = Outcome.SCORED


def tree_totals(rules: RuleSet, leaves: Mapping[NodeCode, Earned]) -> Mapping[NodeCode, Earned]:
    """Every node of the tree for one unit, leaves included, from the bottom up.

    An inner node among the leaves is taken as it is given there (worked examples give some).
    """
    found = dict(leaves)
    for code in reversed(rules.order):
        node = rules.nodes.get(code)
        if node is not None and code not in leaves:
            children = [(weight_of(rules, child), found[child]) for child in node.children]
            found[code] = node_total(node, children)
    return found


def weight_of(rules: RuleSet, code: NodeCode) -> Fraction:
    """The weight with which a node enters its parent."""
    return rules.nodes[code].weight if code in rules.nodes else rules.indicators[code].weight


def node_total(node: Node, children: Sequence[tuple[Fraction, Earned]]) -> Earned:
    """A node from its weighted children; those left out, or only shown, do not count at all."""
    counted = [(weight, child) for weight, child in children if _counts(child)]
    if not counted:
        return Earned(Fraction(0), Fraction(0), _outcome_of_nothing(node, children))
    full = sum((weight * child.full for weight, child in counted), Fraction(0))
    scores = [(weight, child.points) for weight, child in counted if child.points is not None]
    if len(scores) < len(counted):
        return Earned(None, node.points or full, Outcome.MISSING)
    points, reachable = _aggregated(node, scores), _reachable(node, full, counted)
    if node.rescale and node.points is not None and reachable:
        points, reachable = points * node.points / reachable, node.points
    return Earned(node.rounding.apply(points) if node.rounding else points, reachable)


def _counts(child: Earned) -> bool:
    """Not where the child is left out, nor where nothing could be earned and nothing was (only shown)."""
    return not child.outcome.left_out and bool(child.points is None or child.full or child.points)


def _outcome_of_nothing(node: Node, children: Sequence[tuple[Fraction, Earned]]) -> Outcome:
    """Scored where the node is only shown; else why all that could earn points is left out."""
    outcomes = {child.outcome for _, child in children}
    if not node.points and not all(outcome.left_out for outcome in outcomes):
        return Outcome.SCORED
    return Outcome.NOT_DUE if Outcome.NOT_DUE in outcomes else Outcome.NOT_APPLICABLE


def _reachable(node: Node, full: Fraction, counted: Sequence[tuple[Fraction, Earned]]) -> Fraction:
    if node.aggregate is Aggregate.SUM:
        return full
    return node.points if node.points is not None else max(child.full for _, child in counted)


def _aggregated(node: Node, scores: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    if node.aggregate is Aggregate.MIN:
        return min(points for _, points in scores)
    if node.aggregate is Aggregate.MAX:
        return max(points for _, points in scores)
    if node.aggregate is Aggregate.GEOMETRIC:
        return _geometric_mean(scores)
    total = sum((weight * points for weight, points in scores), Fraction(0))
    if node.aggregate is Aggregate.SUM:
        return total
    weights = sum((weight for weight, _ in scores), Fraction(0))
    return total / weights if weights else Fraction(0)


def _geometric_mean(scores: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """The weighted geometric mean to 50 significant digits; nothing where any child has nothing or less."""
    weights = sum((weight for weight, _ in scores), Fraction(0))
    if not weights or any(points <= 0 for _, points in scores):
        return Fraction(0)
    product = Fraction(1)
    for weight, points in scores:
        product *= power(points, weight) or Fraction(0)
    return power(product, 1 / weights) or Fraction(0)
