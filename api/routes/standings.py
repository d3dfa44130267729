"""About places: why they moved, where points are lost, what lies between two units."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import KeptPages, RunName, Service, SignedIn, UnitName
from api.pages import Guard, Pages, answer_page
from api.routes.answers import page, refusals
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
from services.comparison import compare_units
from services.context import Context
from services.movements import explain_moves, runs_before
from services.policy import Actor
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


def _reader_of(unit: UnitCode | None) -> Guard:
    return lambda actor: demand_reading(actor, unit)
