"""About places: why they moved, where points are lost, what lies between two units."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.dependencies import KeptPages, RunName, Service, SignedIn, UnitName
from api.pages import Guard, Pages, answer_page
from api.routes.answers import page, refusals
from api.schemas.ranking_pages import RankingPageBody, ranking_page_body
from api.schemas.standings import (
    ComparisonBody,
    MovesBody,
    StrengthsBody,
    comparison_body,
    moves_body,
    strengths_body,
)
from models.records import RunId
from scoring.codes import UnitCode
from scoring.results import Outcome
from services.comparison import compare_units
from services.context import Context
from services.movements import explain_moves, runs_before
from services.policy import Actor
from services.ranking_pages import MOST_LINES, Asked, ranking_page
from services.runs import demand_reading
from services.strengths import strengths_of

router = APIRouter(prefix="/runs", tags=["结果 results"])

Against = Annotated[
    str | None,
    Query(
        max_length=64,
        description="与哪个批次比;不写则与上季度和上年同期的最新批次比。None: the latest before.",
    ),
]
ComparedUnit = Annotated[str, Query(max_length=64, description="单位代码,如 110000")]


@router.get(
    "/{run}/moves",
    summary="得分和名次变化的原因 · why scores and places moved",
    responses=page(MovesBody, "变化。The moves.") | refusals(404),
    response_class=Response,
)
async def get_moves(
    run: RunName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
    against: Against = None,
) -> Response:
    """All units, each move split exactly into own figures, others' figures, rules and corrections."""
    return await _moves(request, context, pages, actor, run, against, None)


@router.get(
    "/{run}/regions/{unit}/moves",
    summary="一个地区得分和名次变化的原因 · why one region moved",
    responses=page(MovesBody, "变化。The moves.") | refusals(404),
    response_class=Response,
)
async def get_moves_of_unit(
    run: RunName,
    unit: UnitName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
    against: Against = None,
) -> Response:
    """The same for one unit; a region may ask for its own."""
    return await _moves(request, context, pages, actor, run, against, UnitCode(unit))


async def _moves(
    request: Request,
    context: Context,
    pages: Pages,
    actor: Actor,
    run: str,
    against: str | None,
    unit: UnitCode | None,
) -> Response:
    def resolve() -> tuple[RunId, ...]:
        if against is not None:
            return (RunId(against),)
        return runs_before(context, actor=actor, run=RunId(run), unit=unit)

    named = await run_in_threadpool(resolve)

    def make() -> bytes:
        return moves_body(
            [explain_moves(context, actor=actor, run=RunId(run), against=each, unit=unit) for each in named]
        ).as_bytes()

    # The runs before are named, since later there may be newer ones.
    address = f"/runs/{run}/moves?unit={unit or ''}&against={','.join(named)}"
    return answer_page(request, await pages.get(address, actor, _reader_of(unit), make))


@router.get(
    "/{run}/regions/{unit}/strengths",
    summary="失分最多和最少的工作项 · where points are lost",
    responses=page(StrengthsBody, "各项失分。The items.") | refusals(404),
    response_class=Response,
)
async def get_strengths(
    run: RunName, unit: UnitName, request: Request, context: Service, pages: KeptPages, actor: SignedIn
) -> Response:
    """All items of one unit, most points lost first, each beside the median of its peers."""
    own = UnitCode(unit)

    def make() -> bytes:
        return strengths_body(strengths_of(context, actor=actor, run=RunId(run), unit=own)).as_bytes()

    address = f"/runs/{run}/regions/{unit}/strengths"
    return answer_page(request, await pages.get(address, actor, _reader_of(own), make))


@router.get(
    "/{run}/compare",
    summary="两个地区逐行比较 · two regions line by line",
    responses=page(ComparisonBody, "比较。The comparison.") | refusals(404, 422),
    response_class=Response,
)
async def get_comparison(
    run: RunName,
    a: ComparedUnit,
    b: ComparedUnit,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """The lines sum exactly to the gap between the two scores."""
    units = UnitCode(a), UnitCode(b)

    def make() -> bytes:
        return comparison_body(compare_units(context, actor=actor, run=RunId(run), units=units)).as_bytes()

    def guard(asking: Actor) -> None:
        for unit in units:
            demand_reading(asking, unit)

    return answer_page(request, await pages.get(f"/runs/{run}/compare?a={a}&b={b}", actor, guard, make))


class RankingQuery(BaseModel):
    """How a page of a ranking is sorted, filtered and cut."""

    model_config = ConfigDict(extra="forbid")

    sort: str = Field("rank", max_length=64, description="rank、name,或节点代码(得分高者在前)")
    order: Literal["forward", "backward"] = Field("forward", description="backward 整个倒过来。Reversed.")
    group: str = Field("", max_length=64, description="同组")
    grade: str = Field("", max_length=64, description="等级")
    tier: str = Field("", max_length=64, description="档次")
    outcome: Outcome | None = Field(
        None, description="排序所按节点(否则总分)的计分情况。At the node or total."
    )
    text: str = Field("", max_length=64, description="名称里有这些字")
    limit: int = Field(50, ge=1, le=MOST_LINES, description="一页几行")
    after: str | None = Field(
        None, max_length=256, description="上一页给出的标记。The cursor of the page before."
    )


@router.get(
    "/{run}/ranking/page",
    summary="排名的一页 · a page of the ranking",
    responses=page(RankingPageBody, "一页。The page.") | refusals(404, 422),
    response_class=Response,
)
async def get_ranking_page(
    run: RunName,
    query: Annotated[RankingQuery, Query()],
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """Sorted by rank, name or the points of any node, in a total order that never changes."""
    asked = Asked(
        sort=query.sort,
        backwards=query.order == "backward",
        group=query.group,
        grade=query.grade,
        tier=query.tier,
        outcome=query.outcome,
        text=query.text,
    )

    def make() -> bytes:
        found = ranking_page(
            context, actor=actor, run=RunId(run), asked=asked, limit=query.limit, after=query.after
        )
        return ranking_page_body(found).as_bytes()

    address = f"/runs/{run}/ranking/page?{query.model_dump_json()}"
    return answer_page(request, await pages.get(address, actor, demand_reading, make))


def _reader_of(unit: UnitCode | None) -> Guard:
    return lambda actor: demand_reading(actor, unit)
