"""Rule sets: those in use, and any that was ever used."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.dependencies import KeptPages, Service, SignedIn
from api.pages import answer_page, for_everybody
from api.routes.answers import page, refusals
from api.schemas.rule_diffs import DifferenceBody, difference_body
from api.schemas.rule_sets import RuleSetBody, RuleSetsBody, rule_set_body, summary_body
from services.rule_diff import demand_comparing, diff_rule_sets
from services.rule_sets import list_rule_sets, rule_set

router = APIRouter(tags=["规则集 rule sets"])

RuleSetName = Annotated[str, Path(max_length=64, description="年份,如 2021;或规则集的摘要 (SHA-256)")]


@router.get("/rule-sets", summary="在用的规则集 · rule sets in use", responses=refusals())
def get_rule_sets(context: Service, _actor: SignedIn) -> RuleSetsBody:
    """Which rule sets are in use."""
    return RuleSetsBody(items=[summary_body(rules) for rules in list_rule_sets(context)])


@router.get(
    "/rule-sets/{rule_set_name}",
    summary="一个规则集的全部指标 · one rule set with its indicators",
    responses=page(RuleSetBody, "规则集。The rule set.") | refusals(404),
    response_class=Response,
)
async def get_rule_set(
    rule_set_name: RuleSetName, request: Request, context: Service, pages: KeptPages, actor: SignedIn
) -> Response:
    """A whole rule set; by its digest also one that is no longer in use."""

    def make() -> bytes:
        return rule_set_body(rule_set(context, name=rule_set_name)).as_bytes()

    return answer_page(request, await pages.get(f"/rule-sets/{rule_set_name}", actor, for_everybody, make))


@router.get(
    "/rule-sets/{before}/diff/{after}",
    summary="两个规则集的差别 · the difference of two rule sets",
    responses=page(DifferenceBody, "差别。The difference.") | refusals(404),
    response_class=Response,
)
async def get_rule_set_difference(
    before: RuleSetName,
    after: RuleSetName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """What turns the first into the second, by meaning; for the office and auditors."""

    def make() -> bytes:
        found = diff_rule_sets(context, actor=actor, before=before, after=after)
        return difference_body(*found).as_bytes()

    address = f"/rule-sets/{before}/diff/{after}"
    return answer_page(request, await pages.get(address, actor, demand_comparing, make))
