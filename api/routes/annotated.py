"""Workbooks given back with their issues shown: of a kept report, or of a file only looked at."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import ReportName, Service, SignedIn
from api.pages import answer_page, page_of
from api.routes.answers import file, refusals
from api.uploads import received_upload, upload_form
from models.records import ReportId
from scoring.codes import UnitCode
from services.annotated import annotated_check, annotated_report
from services.reports import XLSX

router = APIRouter(prefix="/reports", tags=["报表 reports"])

_FORM = upload_form({"unit": "单位代码,如 110000", "period": "报告期,如 2021Q1"})
_SAYS = "标出问题的原件;原件不是 .xlsx 的,是问题清单。The workbook with its issues, or the list alone."


@router.get(
    "/{report}/annotated.xlsx",
    summary="下载标出问题的报表 · the workbook with every issue at its cell",
    responses=file(XLSX, says=_SAYS) | refusals(404),
    response_class=Response,
)
def get_annotated_report(report: ReportName, request: Request, context: Service, actor: SignedIn) -> Response:
    """The submitter's own file: bad cells coloured and commented, a list of issues as the last sheet.

    Explanations typed into the list count when the file is handed in again.
    """
    found = annotated_report(context, actor=actor, report=ReportId(report))
    return answer_page(request, page_of(found.content), found.media_type, found.file_name)


@router.post(
    "/annotated",
    summary="只检查,要回标出问题的报表 · look only, and give the marked workbook back",
    responses=file(XLSX, says=_SAYS) | refusals(404, 413, 415, 422),
    response_class=Response,
    openapi_extra=_FORM,
)
async def post_annotated_report(request: Request, context: Service, actor: SignedIn) -> Response:
    """What handing the file in would say, shown in the file; nothing is kept."""
    async with received_upload(request, ("unit", "period")) as upload:
        found = await run_in_threadpool(
            annotated_check,
            context,
            actor=actor,
            unit=UnitCode(upload.words["unit"]),
            period=upload.words["period"],
            content=upload.content,
        )
    return answer_page(request, page_of(found.content), found.media_type, found.file_name)
