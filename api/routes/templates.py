"""The workbook to fill in, what it will be checked against, and old workbooks carried into it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.dependencies import PeriodName, Service, SignedIn, UnitName
from api.pages import answer_page, page_of
from api.routes.answers import Responses, file, refusals
from api.schemas.moved import MigrationBody, migration_body
from api.uploads import received_upload, upload_form
from scoring.codes import UnitCode
from services.context_export import JSON, check_context_file
from services.reports import XLSX
from services.templates import migrate_template, template

router = APIRouter(tags=["报表 reports"])

_FORM = upload_form({})
_MIGRATED: Responses = {
    200: {
        "description": "新模板,填好的数已带入,末尾的“迁移情况”列出没有带入的;或者只要清单。"
        "The new workbook with the list on a sheet; or the list alone.",
        "model": MigrationBody,
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
ListAs = Annotated[
    Literal["json"] | None,
    Query(alias="list", description="写 json 则只要清单,不要文件。json: the list instead of the workbook."),
]


@router.get(
    "/templates/{unit}/{period}.xlsx",
    summary="下载填报模板 · the workbook to fill in",
    responses=file(XLSX, says="模板。The template.") | refusals(404, 422),
    response_class=Response,
)
def get_template(
    unit: UnitName, period: PeriodName, request: Request, context: Service, actor: SignedIn
) -> Response:
    """The template for a unit and quarter, with the unit's last accepted figures beside the input.

    The same bytes as long as the rules, the accepted figures and the deadline are the same.
    """
    made = template(context, actor=actor, unit=UnitCode(unit), period=period)
    return answer_page(request, page_of(made.content), made.media_type, made.file_name)


@router.post(
    "/templates/{unit}/{period}/migrate",
    summary="旧模板换新 · an old workbook's values in the present template",
    responses=_MIGRATED | refusals(404, 413, 415, 422),
    response_class=Response,
    openapi_extra=_FORM,
)
async def post_migration(
    unit: UnitName,
    period: PeriodName,
    request: Request,
    context: Service,
    actor: SignedIn,
    list_as: ListAs = None,
) -> Response:
    """Carries what is filled in over by codes and heads; nothing is kept on the server.

    Another version, rule set or quarter of the same unit is carried; another unit's workbook is refused.
    """
    async with received_upload(request, ()) as upload:
        made = await run_in_threadpool(
            migrate_template,
            context,
            actor=actor,
            unit=UnitCode(unit),
            period=period,
            content=upload.content,
        )
    if list_as == "json":
        return JSONResponse(migration_body(made).model_dump())
    return answer_page(request, page_of(made.content), XLSX, f"{unit}-{made.period.code}-migrated.xlsx")


@router.get(
    "/templates/{unit}/{period}/context",
    summary="下载审核参考数据 · what the report is checked against, for checking it offline",
    responses=file(JSON, says="审核参考数据。The check context.") | refusals(404, 422),
    response_class=Response,
)
def get_check_context(
    unit: UnitName, period: PeriodName, request: Request, context: Service, actor: SignedIn
) -> Response:
    """What is in force of the unit; with it `kaohe check-report --context` says what a dry run says."""
    made = check_context_file(context, actor=actor, unit=UnitCode(unit), period=period)
    return answer_page(request, page_of(made.content), made.media_type, made.file_name)
