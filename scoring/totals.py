"""Stage three: points of the leaves become points of items, sections and the total.

A node is made in three steps. Its children make points by its aggregate, unless too few of them have a score
(`first_step`). Where the best unit is to have a fixed number of points, all others follow in proportion,
which needs the first step of all units (`best_of`). Last come bounds and rounding (`last_step`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.aggregates import AGGREGATIONS, added_up, product
from scoring.child_formulas import evaluate_children
from scoring.codes import NodeCode
from scoring.facts import Amount, Standing
from scoring.results import OUTCOME_OF_STANDING, Outcome
from scoring.rulebook.rules import Aggregate, Coverage, Node, RuleSet


@dataclass(frozen=True, slots=True)
class Earned:
    """What a node brings to its parent: points (None = no score at all), full points, outcome."""

    points: Fraction | None
    full: Fraction
    outcome: Outcome = Outcome.SCORED


@dataclass(frozen=True, slots=True)
class Child:
    """A child as its parent sees it.

    weightless: whether the rules give it no points at all, so that it is only shown. value: of an indicator,
    where the parent's formula may ask for it.
    """

    code: NodeCode
    weight: Fraction
    earned: Earned
    weightless: bool = False
    value: Amount | Standing = Standing.MISSING

    @property
    def counts(self) -> bool:
        """Not where it is left out, nor where nothing could be earned and nothing was (only shown)."""
        found = self.earned
        return not found.outcome.left_out and bool(found.points is None or found.full or found.points)

    @property
    def has_score(self) -> bool:
        """Whether it has points, be they zero."""
        return self.earned.points is not None and not self.earned.outcome.left_out


@dataclass(frozen=True, slots=True)
class Made:
    """What the children of a node come to, before it is compared with other units, bounded and rounded.

    aggregated: whether the points are made of the children's; else they are fixed (nothing counts, or too
    little has a score) and nothing more is done to them but rounding. covered: the share of the children's
    weight that has a score, None where the node does not ask.
    """

    points: Fraction | None
    full: Fraction
    outcome: Outcome = Outcome.SCORED
    aggregated: bool = True
    covered: Fraction | None = None


Leaves = Mapping[NodeCode, Earned]
ValueOf = Callable[[NodeCode], Amount | Standing]


def no_values(code: NodeCode) -> Amount | Standing:
    """For trees in which no formula asks for the value of an indicator."""
    raise LookupError(f"nobody has kept the value of {code}")


def tree_totals(rules: RuleSet, leaves: Leaves, value_of: ValueOf = no_values) -> Leaves:
    """Every node of the tree where there is but one unit; see `all_totals`."""
    return all_totals(rules, [leaves], [value_of])[0][0]


def all_totals(
    rules: RuleSet, leaves: Sequence[Leaves], values: Sequence[ValueOf]
) -> tuple[list[dict[NodeCode, Earned]], dict[NodeCode, Fraction]]:
    """Every node of the tree for all units, leaves included, from the bottom up.

    leaves and values: of each unit what its indicators earned, and their values. An inner node among the
    leaves is taken as it is given there (worked examples give some). Besides, for each node that is compared
    with its best unit, the points of that unit before conversion.
    """
    found = [dict(own) for own in leaves]
    tops: dict[NodeCode, Fraction] = {}
    for node in (rules.nodes[code] for code in reversed(rules.order) if code in rules.nodes):
        made = {
            row: first_step(node, children_of(rules, node, own, values[row]))
            for row, own in enumerate(found)
            if node.code not in own
        }
        top = best_of(node, made.values())
        if top is not None:
            tops[node.code] = top
        for row, each in made.items():
            found[row][node.code] = last_step(node, each, top)
    return found, tops


def children_of(rules: RuleSet, node: Node, earned: Leaves, value_of: ValueOf) -> tuple[Child, ...]:
    """The children of a node; values of indicators only where the node's formula may ask for them."""
    asks = node.aggregate is Aggregate.FORMULA
    return tuple(
        Child(
            code,
            weight_of(rules, code),
            earned[code],
            is_weightless(rules, code),
            value_of(code) if asks and code in rules.indicators else Standing.MISSING,
        )
        for code in node.children
    )


def weight_of(rules: RuleSet, code: NodeCode) -> Fraction:
    """The weight with which a node enters its parent."""
    return rules.nodes[code].weight if code in rules.nodes else rules.indicators[code].weight


def is_weightless(rules: RuleSet, code: NodeCode) -> bool:
    """Whether the rules give a node or indicator no points at all, so that it is only shown."""
    return (rules.nodes[code] if code in rules.nodes else rules.indicators[code]).points == 0


def first_step(node: Node, children: Sequence[Child]) -> Made:
    """A node from its children; those left out, or only shown, do not count at all."""
    counted = [child for child in children if child.counts]
    covered = None if node.coverage is None else covered_share(children)
    if node.coverage is not None and covered is not None and covered < node.coverage.at_least:
        return _uncovered(node, node.coverage, counted, covered)
    if node.coverage is not None:
        # where enough has a score, what has none stands beside; elsewhere it leaves the node without one
        counted = [child for child in counted if child.has_score]
    if not counted:
        return Made(Fraction(0), Fraction(0), _outcome_of_nothing(node, children), aggregated=False)
    points, outcome = _put_together(node, counted, children)
    if points is None:
        full = Fraction(0) if outcome.left_out else _nominal_full(node, counted)
        return Made(Fraction(0) if outcome.left_out else None, full, outcome, aggregated=False)
    reachable = _reachable(node, counted)
    if node.rescale and node.points is not None and reachable:
        points, reachable = points * node.points / reachable, node.points
    return Made(points, _most(node, reachable if node.best is None else node.best), covered=covered)


def covered_share(children: Sequence[Child]) -> Fraction | None:
    """The share, by weight, of what is due that has a score; None where nothing is due.

    What does not apply has no score either; what is not due yet is not looked at, nor what is only shown.
    """
    due = [
        child for child in children if not child.weightless and child.earned.outcome is not Outcome.NOT_DUE
    ]
    whole = sum((child.weight for child in due), Fraction(0))
    there = sum((child.weight for child in due if child.has_score), Fraction(0))
    return there / whole if whole else None


def best_of(node: Node, made: Iterable[Made]) -> Fraction | None:
    """The most points of any unit, to which all others stand in proportion.

    None where the node asks for no such conversion, or nobody has any points.
    """
    if node.best is None:
        return None
    most = max((each.points for each in made if each.aggregated and each.points is not None), default=None)
    return most if most is not None and most > 0 else None


def last_step(node: Node, made: Made, top: Fraction | None) -> Earned:
    """What a node earns: in proportion to the best unit, then within its bounds, then rounded."""
    points = made.points
    if points is None or made.outcome.left_out or not (made.full or made.aggregated):
        return Earned(points, made.full, made.outcome)
    if made.aggregated:
        points = within_bounds(node, in_proportion(node, points, top))
    return Earned(node.rounding.apply(points) if node.rounding else points, made.full, made.outcome)


def in_proportion(node: Node, points: Fraction, top: Fraction | None) -> Fraction:
    """Points where the best unit has a fixed number of them; as they are where nothing is converted."""
    return points if node.best is None or top is None else points * node.best / top


def within_bounds(node: Node, points: Fraction) -> Fraction:
    """Points no fewer and no more than the node allows."""
    if node.at_most is not None:
        points = min(points, node.at_most)
    return points if node.at_least is None else max(points, node.at_least)


def best_children(children: Sequence[Child]) -> tuple[NodeCode, ...]:
    """The children with the most points, in the order of the tree; empty where none has any score."""
    scored = [(child.earned.points, child.code) for child in children if child.counts and child.has_score]
    most = max((points for points, _ in scored if points is not None), default=None)
    return tuple(code for points, code in scored if points == most)


def named_best(rules: RuleSet, code: NodeCode, earned: Leaves) -> tuple[NodeCode, ...]:
    """The children with the most points, where the rules name them; else empty, as for indicators."""
    node = rules.nodes.get(code)
    if node is None or not node.name_best:
        return ()
    return best_children(children_of(rules, node, earned, lambda _: Standing.MISSING))


def _put_together(
    node: Node, counted: Sequence[Child], children: Sequence[Child]
) -> tuple[Fraction | None, Outcome]:
    """The points that children make, or why they make none."""
    if node.aggregate is Aggregate.FORMULA:
        return _by_formula(node, children)
    scores = [(child.weight, child.earned.points) for child in counted if child.earned.points is not None]
    if len(scores) < len(counted):
        return None, Outcome.MISSING
    sharing = [child for child in children if not child.weightless] if node.weights_of_all else counted
    weights = sum((child.weight for child in sharing), Fraction(0))
    points = AGGREGATIONS[node.aggregate](scores, weights)
    return points, Outcome.SCORED if points is not None else Outcome.UNDEFINED


def _by_formula(node: Node, children: Sequence[Child]) -> tuple[Fraction | None, Outcome]:
    """By name any child can be asked, also whether it is missing or does not apply."""
    if node.formula is None:
        return None, Outcome.UNDEFINED
    by_code = {child.code: child for child in children}
    outcome = evaluate_children(
        node.formula,
        {
            "points": lambda code: _points_of(by_code[code]),
            "share": lambda code: _share_of(by_code[code]),
            "value": lambda code: by_code[code].value,
        },
    )
    if isinstance(outcome, Standing):
        return None, OUTCOME_OF_STANDING[outcome]
    return (None, Outcome.UNDEFINED) if isinstance(outcome, str) else (Fraction(outcome), Outcome.SCORED)


def _points_of(child: Child) -> Amount | Standing:
    if child.earned.outcome.left_out:
        return _STANDING_OF_LEFT_OUT[child.earned.outcome]
    return Standing.MISSING if child.earned.points is None else child.earned.points


def _share_of(child: Child) -> Amount | Standing:
    points = _points_of(child)
    if not isinstance(points, Fraction):
        return points
    return points / child.earned.full if child.earned.full else Standing.ZERO_DENOMINATOR


def _uncovered(node: Node, coverage: Coverage, counted: Sequence[Child], covered: Fraction) -> Made:
    """Too little has a score: what the node says of that."""
    full, share = _nominal_full(node, counted), coverage.below.share
    if coverage.below.blocks:
        return Made(None, full, Outcome.MISSING, aggregated=False, covered=covered)
    if share is None:
        return Made(Fraction(0), Fraction(0), Outcome.NOT_APPLICABLE, aggregated=False, covered=covered)
    return Made(full * share, full, Outcome.MISSING, aggregated=False, covered=covered)


def _outcome_of_nothing(node: Node, children: Sequence[Child]) -> Outcome:
    """Scored where the node is only shown; else why all that could earn points is left out."""
    outcomes = {child.earned.outcome for child in children}
    if not node.points and not all(outcome.left_out for outcome in outcomes):
        return Outcome.SCORED
    return Outcome.NOT_DUE if Outcome.NOT_DUE in outcomes else Outcome.NOT_APPLICABLE


def _nominal_full(node: Node, counted: Sequence[Child]) -> Fraction:
    """Full points where the children make none: as written, else of those that count together."""
    return _most(node, node.best or node.points or _full_together(counted))


def _reachable(node: Node, counted: Sequence[Child]) -> Fraction:
    """What the children that count can bring."""
    if node.aggregate is Aggregate.SUM:
        return _full_together(counted)
    if node.aggregate is Aggregate.PRODUCT and (node.rescale or node.points is None):
        return product([(child.weight, child.earned.full) for child in counted], Fraction(0)) or Fraction(0)
    return node.points if node.points is not None else max(child.earned.full for child in counted)


def _full_together(counted: Sequence[Child]) -> Fraction:
    return added_up([(child.weight, child.earned.full) for child in counted], Fraction(0))


def _most(node: Node, full: Fraction) -> Fraction:
    """Full points of a node: no more than its points can be."""
    return full if node.at_most is None else min(full, node.at_most)


_STANDING_OF_LEFT_OUT = {
    Outcome.NOT_DUE: Standing.NOT_DUE,
    Outcome.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
}
