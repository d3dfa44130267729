"""Accounts: of an indicator or an inner node, everything that led to its number for one unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode, UnknownUnit
from scoring.evaluation import Outcome
from scoring.expressions import Formula
from scoring.figures import Reported, Resolved
from scoring.grades import Placed
from scoring.periods import Period
from scoring.points import Points
from scoring.results import AdjustmentScore, UnitResult
from scoring.rulebook.rules import Definition, Indicator, Node, RuleSet
from scoring.totals import Earned, Made, children_of, first_step, named_best, weight_of
from scoring.values import UnitView


@dataclass(frozen=True)
class LeafAccount:
    """How one indicator came about for one unit."""

    unit: UnitCode
    period: Period
    indicator: Indicator
    points: Points
    rules: RuleSet
    peers: Sequence[Fraction] = ()
    voided: bool = False
    definitions: tuple[tuple[Definition, Outcome], ...] = ()
    """The definitions that its formulas name, directly or by others, each with what it comes to."""

    @property
    def earned(self) -> Fraction | None:
        """The points that count: none where the figures were found false."""
        return Fraction(0) if self.voided else self.points.rounded

    @cached_property
    def inputs(self) -> tuple[tuple[Resolved, tuple[Reported, ...]], ...]:
        """The figures that the formula asked for, each with every cell that was looked at for it."""
        return tuple((each, each.made_of) for each in self.points.value.inputs)


@dataclass(frozen=True, slots=True)
class NodeAccount:
    """How an inner node came about: its children with what each earned; for the root all that followed."""

    unit: UnitCode
    period: Period
    node: Node
    earned: Earned
    children: tuple[tuple[NodeCode, str, Fraction, Earned], ...]
    """Each child's code, title, weight and what it earned."""
    rules: RuleSet
    result: UnitResult | None = None
    adjustments: tuple[AdjustmentScore, ...] = ()
    made: Made | None = None
    """What the children came to, before the best unit, bounds and rounding."""
    top: Fraction | None = None
    """The points of the best unit before conversion, where the node is measured by it."""
    best: tuple[NodeCode, ...] = ()
    """The children with the most points, where the node names them."""
    placed: Placed | None = None
    """Of the root: where the unit stood for quotas of grades; None without quotas."""
    sharing: int = 0
    """Of the root: how many units have the unit's place, itself included."""


Account = LeafAccount | NodeAccount


def account_of(engine: PlainEngine, unit: UnitCode, code: NodeCode) -> Account:
    """The account of any node for one unit.

    Raises UnknownUnit or UnknownNode. Explaining a lone indicator scores nothing but that indicator.
    """
    row = engine.facts.rows.get(unit)
    if row is None:
        raise UnknownUnit(unit)
    indicator = engine.rules.indicators.get(code)
    if indicator is not None:
        return _leaf_account(engine, row, indicator)
    node = engine.rules.nodes.get(code)
    if node is None:
        raise UnknownNode(code)
    return _node_account(engine, row, node)


def _leaf_account(engine: PlainEngine, row: int, indicator: Indicator) -> LeafAccount:
    points = engine.points_of(indicator.code, row)
    return LeafAccount(
        unit=engine.facts.units[row],
        period=engine.period,
        indicator=indicator,
        points=points,
        rules=engine.rules,
        peers=engine.peers_of(indicator.code, row),
        voided=indicator.code in engine.voided[row] and not points.outcome.left_out,
        definitions=definitions_of(indicator, engine.view(row)),
    )


def definitions_of(indicator: Indicator, view: UnitView) -> tuple[tuple[Definition, Outcome], ...]:
    """The definitions that the formulas of an indicator name, those that others rest on first."""
    known, found = view.rules.definitions, dict[str, Definition]()
    formulas = [each for each in (indicator.applicable_when, indicator.value) if each is not None]
    for name in _named(formulas, known):
        found[name] = known[name]
    return tuple((each, view.evaluate(each.formula)) for each in found.values())


def _named(formulas: Iterable[Formula], known: Mapping[str, Definition]) -> Iterator[str]:
    for formula in formulas:
        for name in formula.uses:
            yield from _named([known[name].formula], known)
            yield name


def _node_account(engine: PlainEngine, row: int, node: Node) -> NodeAccount:
    rules, totals = engine.rules, engine.totals[row]
    children = tuple(
        (code, title_of(rules, code), weight_of(rules, code), totals[code]) for code in node.children
    )
    unit, root = engine.facts.units[row], node.code == rules.root
    own = children_of(rules, node, totals, partial(engine.value_of, row))
    result = engine.results[row] if root else None
    return NodeAccount(
        unit=unit,
        period=engine.period,
        node=node,
        earned=totals[node.code],
        children=children,
        rules=rules,
        result=result,
        adjustments=engine.adjusted[row].scores if root else (),
        made=first_step(node, own),
        top=engine.tops.get(node.code),
        best=named_best(rules, node.code, totals),
        placed=engine.placed(row) if root else None,
        sharing=0 if result is None else sum(each.rank == result.rank for each in engine.results),
    )


def title_of(rules: RuleSet, code: NodeCode) -> str:
    """The Chinese name of a node or indicator."""
    return rules.nodes[code].title if code in rules.nodes else rules.indicators[code].name
