"""The account of one number: from the cells of a report to the points, and by whose rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from models.records import RunId
from scoring.account_texts import origin_data, rounding_text, source_text
from scoring.codes import NodeCode, UnitCode
from scoring.explain import LeafAccount, NodeAccount, sentences
from scoring.results import Outcome
from scoring.rulebook.rules import RuleSet
from services.policy import Action, allowed
from services.runs import explain_score, region_card
from services.views import CardLine, RegionCard
from web.events import events_of
from web.inputs import filled_in, inputs_of, named_of
from web.rendering import render
from web.summaries import grade_styles
from web.visitors import Here, Visiting

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where a node stands in the tree: the way down to it, and its neighbours."""

    line: CardLine
    above: tuple[CardLine, ...]
    siblings: tuple[CardLine, ...]
    before: CardLine | None
    after: CardLine | None


@router.get("/runs/{run}/regions/{unit}/nodes/{node}", response_class=HTMLResponse)
def account_page(request: Request, site: Here, visitor: Visiting, run: str, unit: str, node: str) -> Response:
    """Everything behind one number of one unit in one run."""
    actor, code = visitor.actor, UnitCode(unit)
    card = region_card(site.context, actor=actor, run=RunId(run), unit=code)
    account = explain_score(site.context, actor=actor, run=RunId(run), unit=code, node=NodeCode(node))
    around = around_of(card, NodeCode(node))
    values: dict[str, Any] = {
        "title": f"{around.line.title} · {card.name}",
        "run": card.run,
        "card": card,
        "around": around,
        "score": around.line.score,
        "sentences": sentences(account),
        "sees_ranking": allowed(actor, Action.READ_RANKING),
    }
    if isinstance(account, LeafAccount):
        return render(request, "leaf.html", **values, **_leaf_values(account))
    return render(request, "node.html", **values, **_node_values(card, account))


def around_of(card: RegionCard, node: NodeCode) -> Around:
    """The neighbourhood of a node that the account has found to be there."""
    lines = {line.code: line for line in card.lines}
    parent = _parent(card.rules, node)
    siblings = tuple(lines[code] for code in card.rules.nodes[parent].children) if parent else (lines[node],)
    at = siblings.index(lines[node])
    above: list[CardLine] = []
    while parent is not None:
        above.insert(0, lines[parent])
        parent = _parent(card.rules, parent)
    return Around(
        line=lines[node],
        above=tuple(above),
        siblings=siblings,
        before=siblings[at - 1] if at else None,
        after=siblings[at + 1] if at + 1 < len(siblings) else None,
    )


def _parent(rules: RuleSet, code: NodeCode) -> NodeCode | None:
    return rules.indicators[code].parent if code in rules.indicators else rules.nodes[code].parent


def _leaf_values(account: LeafAccount) -> dict[str, Any]:
    indicator, inputs, named = account.indicator, inputs_of(account), named_of(account)
    return {
        "indicator": indicator,
        "account": account,
        "points": account.points,
        "outcome": Outcome.VOIDED if account.voided else account.points.outcome,
        "inputs": inputs,
        "named": named,
        "filled_in": filled_in(account, inputs, named),
        "files": _files(account),
        "method": indicator.method.describe(indicator.points),
        "rounding": rounding_text(indicator.rounding),
        "clauses": [account.rules.clauses[clause] for clause in indicator.clauses],
        "source": source_text(account.rules, indicator),
    }


def _node_values(card: RegionCard, account: NodeAccount) -> dict[str, Any]:
    lines = {line.code: line for line in card.lines}
    return {
        "account": account,
        "children": [(lines[code], weight) for code, _, weight, _ in account.children],
        "events": events_of(card) if account.result else (),
        "styles": grade_styles(card.rules.grades),
    }


def _files(account: LeafAccount) -> Mapping[str, tuple[str, ...]]:
    """The digest of every file that cells came from, and the periods of those cells."""
    found: dict[str, dict[str, None]] = {}
    for resolved in account.points.value.inputs:
        for part in resolved.made_of:
            digest = origin_data(part.origin).get("file_sha256", "")
            if digest:
                found.setdefault(digest, {})[part.series.period] = None
    return {digest: tuple(periods) for digest, periods in found.items()}
