"""Accounts of any number in a score table: one unit is explained without scoring the others again."""

from __future__ import annotations

from functools import partial

from scoring.accounts import Account, LeafAccount, NodeAccount, definitions_of, title_of
from scoring.codes import NodeCode, UnitCode
from scoring.errors import UnknownNode, UnknownUnit
from scoring.totals import children_of, first_step, named_best, weight_of
from scoring.vectorised.table import ScoreTable


def account_of(table: ScoreTable, unit: UnitCode, code: NodeCode) -> Account:
    """The account of any node for one unit, the same as the plain engine's.

    Raises UnknownUnit or UnknownNode.
    """
    row = table.sheet.facts.rows.get(unit)
    if row is None:
        raise UnknownUnit(unit)
    rules = table.plan.rules
    if code not in rules.indicators and code not in rules.nodes:
        raise UnknownNode(code)
    return _leaf_account(table, row, code) if code in rules.indicators else _node_account(table, row, code)


def _leaf_account(table: ScoreTable, row: int, code: NodeCode) -> LeafAccount:
    points, lost = table.points(row, code), table.voided.lost.get(code)
    return LeafAccount(
        unit=table.sheet.facts.units[row],
        period=table.plan.period,
        indicator=table.plan.rules.indicators[code],
        points=points,
        rules=table.plan.rules,
        peers=table.peers(row, code),
        voided=lost is not None and bool(lost[row]) and not points.outcome.left_out,
        definitions=definitions_of(table.plan.rules.indicators[code], table.view(row)),
    )


def _node_account(table: ScoreTable, row: int, code: NodeCode) -> NodeAccount:
    rules, node = table.plan.rules, table.plan.rules.nodes[code]
    children = tuple(
        (child, title_of(rules, child), weight_of(rules, child), table.nodes[child].at(row))
        for child in node.children
    )
    root = code == rules.root
    totals = {child: table.nodes[child].at(row) for child in node.children}
    own = children_of(rules, node, totals, partial(table.kept.at, row))
    return NodeAccount(
        unit=table.sheet.facts.units[row],
        period=table.plan.period,
        node=node,
        earned=table.nodes[code].at(row),
        children=children,
        rules=rules,
        result=table.result(row) if root else None,
        adjustments=table.adjusted_unit(row).scores if root else (),
        made=first_step(node, own),
        top=table.nodes[code].top,
        best=named_best(rules, code, totals),
        placed=table.placed(row) if root else None,
        sharing=table.sharing(row) if root else 0,
    )
