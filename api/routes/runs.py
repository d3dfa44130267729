"""Results: scoring runs, rankings, cards and accounts; a run never changes."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api.dependencies import KeptPages, RunName, Service, SignedIn, UnitName
from api.pages import Guard, answer_page
from api.routes.answers import page, refusals
from api.schemas.accounts import AccountBody
from api.schemas.runs import (
    CardBody,
    NewRunBody,
    RankingBody,
    RunBody,
    RunsBody,
    card_body,
    ranking_body,
    run_body,
)
from models.records import RunId
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.explain import as_data
from services.runs import demand_reading, explain_score, list_runs, one_run, ranking, region_card
from services.score import score_period

router = APIRouter(prefix="/runs", tags=["结果 results"])

NodeName = Annotated[str, Path(max_length=64, description="指标、项、章或 total")]
WantedUnit = Annotated[
    str | None, Query(max_length=64, description="地区账号必须写自己的代码。A region names itself.")
]
WantedPeriod = Annotated[str | None, Query(max_length=16, description="只要这个考核期的")]
Limit = Annotated[int, Query(ge=1, le=500, description="最多几个")]


@router.post("", summary="计分 · score a period", status_code=201, responses=refusals(404, 422))
def post_run(
    body: NewRunBody, request: Request, response: Response, context: Service, actor: SignedIn
) -> RunBody:
    """Scores all units on what is in force now; unchanged facts give the same result digest."""
    made = score_period(context, actor=actor, period=body.period)
    response.headers["location"] = f"{request.url.path}/{made.id}"
    return run_body(made)


@router.get("", summary="计分批次清单 · runs, newest first", responses=refusals(422))
def get_runs(
    context: Service,
    actor: SignedIn,
    unit: WantedUnit = None,
    period: WantedPeriod = None,
    limit: Limit = 100,
) -> RunsBody:
    """All runs; a region asks for those with its own card by naming its unit."""
    found = list_runs(
        context,
        actor=actor,
        unit=None if unit is None else UnitCode(unit),
        period=None if period is None else PeriodCode(period),
        limit=limit,
    )
    return RunsBody(items=[run_body(view) for view in found])


@router.get("/{run}", summary="一个批次和它的依据 · what a run rests on", responses=refusals(404))
def get_run(run: RunName, context: Service, actor: SignedIn) -> RunBody:
    """Rule set, facts and result by their digests."""
    return run_body(one_run(context, actor=actor, run=RunId(run)))


@router.get(
    "/{run}/ranking",
    summary="排名 · the ranking",
    responses=page(RankingBody, "排名。The ranking.") | refusals(404),
    response_class=Response,
)
async def get_ranking(
    run: RunName, request: Request, context: Service, pages: KeptPages, actor: SignedIn
) -> Response:
    """All units, best first."""

    def make() -> bytes:
        return ranking_body(ranking(context, actor=actor, run=RunId(run))).as_bytes()

    return answer_page(request, await pages.get(f"/runs/{run}/ranking", actor, demand_reading, make))


@router.get(
    "/{run}/regions/{unit}",
    summary="一个地区的得分 · the card of a region",
    responses=page(CardBody, "得分。The card.") | refusals(404),
    response_class=Response,
)
async def get_card(
    run: RunName, unit: UnitName, request: Request, context: Service, pages: KeptPages, actor: SignedIn
) -> Response:
    """Every node of the tree for one unit; a region may ask for its own."""

    def make() -> bytes:
        return card_body(region_card(context, actor=actor, run=RunId(run), unit=UnitCode(unit))).as_bytes()

    return answer_page(request, await pages.get(f"/runs/{run}/regions/{unit}", actor, _reader_of(unit), make))


@router.get(
    "/{run}/regions/{unit}/nodes/{node}",
    summary="一个数的全部来历 · the account of one number",
    responses=page(AccountBody, "来历。The account.") | refusals(404),
    response_class=Response,
)
async def get_account(
    run: RunName,
    unit: UnitName,
    node: NodeName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """From the cells of the uploaded files to the points, with the rule and its source."""

    def make() -> bytes:
        account = explain_score(
            context, actor=actor, run=RunId(run), unit=UnitCode(unit), node=NodeCode(node)
        )
        return orjson.dumps({"run": run, **as_data(account)})

    return answer_page(
        request, await pages.get(f"/runs/{run}/regions/{unit}/nodes/{node}", actor, _reader_of(unit), make)
    )


def _reader_of(unit: str) -> Guard:
    return lambda actor: demand_reading(actor, UnitCode(unit))
