"""A run's results as files: tables for programs and spreadsheets, and papers to print and to send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import KeptPages, RunName, Service, SignedIn, UnitName
from api.pages import Pages, answer_page
from api.routes.answers import file, refusals
from models.records import RunId
from scoring.codes import UnitCode
from services.context import Context
from services.export_run import CONTENTS, OF_A_UNIT, demand_export, export_run, log_export
from services.exports.registry import FORMATS
from services.papers.registry import FORMS
from services.policy import Actor
from services.print_papers import print_circular, print_score_report
from services.views import Export

router = APIRouter(prefix="/runs/{run}", tags=["结果 results"])

_TABLES = file(
    *(media_type.partition(";")[0] for _, media_type in FORMATS.values()), says="表格。The table."
) | refusals(404, 422)
_PAPERS = file(*(media_type for _, media_type in FORMS.values()), says="文件。The paper.") | refusals(
    404, 422, 503
)
PaperForm = Annotated[str, Path(max_length=16, description=f"格式:{'、'.join(FORMS)}")]
FormatName = Annotated[str, Path(max_length=16, description=f"格式:{'、'.join(FORMATS)}")]
ContentName = Annotated[str, Path(max_length=16, description=f"内容:{'、'.join(CONTENTS)}")]
OwnContentName = Annotated[str, Path(max_length=16, description=f"内容:{'、'.join(OF_A_UNIT)}")]


@router.get(
    "/exports/{content}.{form}",
    summary="下载全部单位的结果 · results of all units as a file",
    responses=_TABLES,
    response_class=Response,
)
async def get_export(
    run: RunName,
    content: ContentName,
    form: FormatName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """The ranking, all cards or all facts, exact and with what they rest on; each download is logged."""

    def make() -> Export:
        return export_run(context, actor=actor, run=RunId(run), content=content, form=form)

    return await _answer(request, context, pages, actor, RunId(run), None, make)


@router.get(
    "/regions/{unit}/exports/{content}.{form}",
    summary="下载一个地区的结果 · results of a region as a file",
    responses=_TABLES,
    response_class=Response,
)
async def get_region_export(
    run: RunName,
    unit: UnitName,
    content: OwnContentName,
    form: FormatName,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """Its whole card or its facts; a region may ask for its own; each download is logged."""
    code = UnitCode(unit)

    def make() -> Export:
        return export_run(context, actor=actor, run=RunId(run), content=content, form=form, unit=code)

    return await _answer(request, context, pages, actor, RunId(run), code, make)


@router.get(
    "/regions/{unit}/score-report.{form}",
    summary="一个地区的成绩单 · the score report of a region",
    responses=_PAPERS,
    response_class=Response,
)
async def get_score_report(
    run: RunName,
    unit: UnitName,
    form: PaperForm,
    request: Request,
    context: Service,
    pages: KeptPages,
    actor: SignedIn,
) -> Response:
    """To print, or to edit in a word processor; a region may ask for its own; each download is logged."""
    code = UnitCode(unit)

    def make() -> Export:
        return print_score_report(context, actor=actor, run=RunId(run), unit=code, form=form)

    return await _answer(request, context, pages, actor, RunId(run), code, make)


@router.get(
    "/circular.{form}",
    summary="通报 · the circular of results",
    responses=_PAPERS,
    response_class=Response,
)
async def get_circular(
    run: RunName, form: PaperForm, request: Request, context: Service, pages: KeptPages, actor: SignedIn
) -> Response:
    """The ranking and what each part shows, to print or to edit; each download is logged."""

    def make() -> Export:
        return print_circular(context, actor=actor, run=RunId(run), form=form)

    return await _answer(request, context, pages, actor, RunId(run), None, make)


async def _answer(
    request: Request,
    context: Context,
    pages: Pages,
    actor: Actor,
    run: RunId,
    unit: UnitCode | None,
    make: Callable[[], Export],
) -> Response:
    """The file, made once and kept: a run never changes, but who asks for it does."""
    address = request.url.path

    def guard(asking: Actor) -> None:
        demand_export(asking, unit)

    kept = await pages.get_file(address, actor, guard, make)
    await run_in_threadpool(
        log_export, context, actor=actor, run=run, what=address.rpartition("/")[2], unit=unit
    )
    return answer_page(request, kept, kept.media_type, kept.file_name)
