"""An account as plain data for JSON; every number as exact text, never a float."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.account_between import definition_data, statistic_data
from scoring.account_history import history_data
from scoring.account_sentences import sentences
from scoring.account_substitutes import substituted_data
from scoring.account_texts import (
    STANDING_NAMES,
    amount_text,
    figure_text,
    origin_data,
    rounding_text,
    source_text,
)
from scoring.accounts import Account, LeafAccount, NodeAccount
from scoring.codes import ClauseCode
from scoring.figures import Reported, Resolved
from scoring.numbers import exact_text
from scoring.results import Outcome, place_data
from scoring.rulebook.rules import RuleSet


def as_data(account: Account) -> dict[str, object]:
    """The account as plain data for JSON; every number as exact text, never a float."""
    own = _leaf_data(account) if isinstance(account, LeafAccount) else _node_data(account)
    return {**own, "history": history_data(account)}


def _leaf_data(account: LeafAccount) -> dict[str, object]:
    indicator, points, rules = account.indicator, account.points, account.rules
    return {
        "unit": account.unit,
        "period": account.period.code,
        "node": indicator.code,
        "name": indicator.name,
        "kind": "indicator",
        "outcome": Outcome.VOIDED if account.voided else points.outcome,
        "measure": indicator.measure,
        "formula": indicator.value.text if indicator.value else "",
        "applicable_when": indicator.applicable_when.text if indicator.applicable_when else "",
        "inputs": [_input_data(rules, each, made_of) for each, made_of in account.inputs],
        "attributes": {name: amount_text(each) for name, each in points.value.attributes.items()},
        "statistics": [statistic_data(each) for each in points.value.statistics],
        "definitions": [definition_data(*each) for each in account.definitions],
        "substituted": [substituted_data(each) for each in points.value.substituted],
        "value": amount_text(points.value.amount),
        "method": {
            "kind": indicator.method.kind,
            "title": indicator.method.title,
            "parameters": list(indicator.method.describe(indicator.points)),
        },
        "policy": points.policy.name if points.policy else "",
        "steps": list(points.steps),
        "peers": len(account.peers),
        "points_unrounded": exact_text(points.exact),
        "rounding": rounding_text(indicator.rounding),
        "points": amount_text(account.earned),
        "full_points": exact_text(points.full),
        "clauses": [_clause_data(rules, clause) for clause in indicator.clauses],
        "reason": indicator.reason,
        "source": source_text(rules, indicator),
        "assessor": indicator.assessor,
        "rule_file": str(indicator.place),
        "sentences": list(sentences(account)),
    }


def _node_data(account: NodeAccount) -> dict[str, object]:
    result = account.result
    found: dict[str, object] = {
        "unit": account.unit,
        "period": account.period.code,
        "node": account.node.code,
        "name": account.node.title,
        "kind": account.node.kind,
        "outcome": account.earned.outcome,
        "points": amount_text(account.earned.points),
        "full_points": exact_text(account.earned.full),
        "children": [
            {
                "node": code,
                "name": title,
                "weight": exact_text(weight),
                "points": amount_text(child.points),
                "full_points": exact_text(child.full),
                "outcome": child.outcome,
            }
            for code, title, weight, child in account.children
        ],
        "aggregate": account.node.aggregate,
        "formula": account.node.formula.text if account.node.formula else "",
        "covered": None if account.made is None else amount_text(account.made.covered),
        "points_of_children": None if account.made is None else amount_text(account.made.points),
        "points_of_best_unit": amount_text(account.top),
        "best_children": list(account.best),
        "sentences": list(sentences(account)),
    }
    if result is not None:
        found["result"] = {
            "base": amount_text(result.base),
            "bonus": exact_text(result.bonus),
            "penalty": exact_text(result.penalty),
            "final": amount_text(result.final),
            "score": amount_text(result.score),
            "grade": result.grade,
            "tier": result.tier,
            "converted": amount_text(result.converted),
            "rank": place_data(result.rank),
            "group": result.group,
            "group_rank": place_data(result.group_rank),
            "effects": list(result.effects),
        }
        found["adjustments"] = [
            {"code": each.code, "points": exact_text(each.points), "value": amount_text(each.value)}
            for each in account.adjustments
            if each.triggered
        ]
    return found


def _input_data(rules: RuleSet, resolved: Resolved, made_of: Sequence[Reported]) -> dict[str, object]:
    element = rules.elements[resolved.figure.element]
    return {
        "figure": resolved.figure.label,
        "element": element.code,
        "name": element.name,
        "measure": element.measure,
        "amount": figure_text(rules, resolved.figure, resolved.amount),
        "standing": STANDING_NAMES[resolved.standing],
        "made_of": [
            {
                "period": part.series.period,
                "member": part.series.member,
                "amount": figure_text(rules, resolved.figure, part.amount),
                "standing": STANDING_NAMES[part.standing],
                **origin_data(part.origin),
            }
            for part in made_of
        ],
    }


def _clause_data(rules: RuleSet, code: ClauseCode) -> dict[str, object]:
    clause = rules.clauses[code]
    return {
        "code": clause.code,
        "paraphrase": clause.paraphrase,
        "agencies": list(clause.agencies),
        "digest": clause.digest,
    }
