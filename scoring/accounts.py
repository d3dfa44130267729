"""Accounts: of an indicator or an inner node, everything that led to its number for one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import UnknownNode, UnknownUnit
from scoring.facts import Facts
from scoring.periods import Period
from scoring.points import Points, indicator_points
from scoring.results import AdjustmentScore, UnitResult
from scoring.rulebook.rules import AdjustmentKind, Indicator, Node, RuleSet
from scoring.totals import Earned, weight_of
from scoring.values import UnitView, indicator_value


@dataclass(frozen=True, slots=True)
class LeafAccount:
    """How one indicator came about for one unit."""

    unit: UnitCode
    period: Period
    indicator: Indicator
    points: Points
    rules: RuleSet
    peers: Sequence[Fraction] = ()
    voided: bool = False

    @property
    def earned(self) -> Fraction | None:
        """The points that count: none where the figures were found false."""
        return Fraction(0) if self.voided else self.points.rounded


@dataclass(frozen=True, slots=True)
class NodeAccount:
    """How an inner node came about: its children with what each earned; for the root all that followed."""

    unit: UnitCode
    period: Period
    node: Node
    earned: Earned
    children: tuple[tuple[NodeCode, str, Fraction, Earned], ...]
    """Each child's code, title, weight and what it earned."""
    result: UnitResult | None = None
    adjustments: tuple[AdjustmentScore, ...] = ()


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
    unit = engine.facts.units[row]
    can_be_voided = any(each.kind is AdjustmentKind.VOID for each in engine.rules.adjustments)
    voided = can_be_voided and indicator.code in engine.voided[row]
    if not indicator.method.peers:
        points = leaf_points(engine.rules, engine.facts, row, engine.period, indicator)
        return LeafAccount(unit, engine.period, indicator, points, engine.rules, (), voided)
    scored = engine.points(indicator.code)
    peers = engine.peer_values(indicator, [each.value for each in scored], row)
    return LeafAccount(unit, engine.period, indicator, scored[row], engine.rules, peers, voided)


def leaf_points(
    rules: RuleSet,
    facts: Facts,
    row: int,
    period: Period,
    indicator: Indicator,
    peers: Sequence[Fraction] = (),
) -> Points:
    """The points of one indicator for one unit, with everything that led to them."""
    value = indicator_value(indicator, UnitView(rules, facts, row, period))
    return indicator_points(indicator, value, peers)


def _node_account(engine: PlainEngine, row: int, node: Node) -> NodeAccount:
    rules, totals = engine.rules, engine.totals[row]
    children = tuple(
        (code, title_of(rules, code), weight_of(rules, code), totals[code]) for code in node.children
    )
    unit, root = engine.facts.units[row], node.code == rules.root
    return NodeAccount(
        unit=unit,
        period=engine.period,
        node=node,
        earned=totals[node.code],
        children=children,
        result=engine.results[row] if root else None,
        adjustments=engine.adjusted[row].scores if root else (),
    )


def title_of(rules: RuleSet, code: NodeCode) -> str:
    """The Chinese name of a node or indicator."""
    return rules.nodes[code].title if code in rules.nodes else rules.indicators[code].name
