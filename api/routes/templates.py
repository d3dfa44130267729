"""The workbook to fill in, and what it will be checked against."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.dependencies import PeriodName, Service, SignedIn, UnitName
from api.pages import answer_page, page_of
from api.routes.answers import file, refusals
from scoring.codes import UnitCode
from services.context_export import JSON, check_context_file
from services.reports import XLSX
from services.templates import template

router = APIRouter(tags=["报表 reports"])


@router.get(
    "/templates/{unit}/{period}.xlsx",
    summary="下载填报模板 · the workbook to fill in",
    responses=file(XLSX, says="模板。The template.") | refusals(404, 422),
    response_class=Response,
)
def get_template(
    unit: UnitName, period: PeriodName, request: Request, context: Service, actor: SignedIn
) -> Response:
    """The template for a unit and quarter; the same bytes as long as the rule set is the same."""
    made = template(context, actor=actor, unit=UnitCode(unit), period=period)
    return answer_page(request, page_of(made.content), made.media_type, made.file_name)


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
