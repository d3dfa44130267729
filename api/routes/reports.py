"""Reports: handing in, looking at, reviewing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import ReportName, Service, SignedIn
from api.pages import answer_page, page_of
from api.routes.answers import Responses, file, refusals
from api.schemas.reports import (
    ExplainedBody,
    ExplanationsBody,
    ReceiptBody,
    ReceiptsBody,
    ReportBody,
    ReturnBody,
    explained_body,
    explanations_in,
    receipt_body,
    report_body,
)
from api.schemas.uploads import UploadBody, dry_run_body, kept_body
from api.uploads import received_upload, upload_form
from models.records import ReportId
from scoring.codes import UnitCode
from services.explaining import explain_issues
from services.report_media import CSV, XLS, XLSX, ZIP
from services.reports import list_reports, original_file, report_with_issues
from services.review import accept_report, return_report, take_report
from services.submit import check_report, submit_report

router = APIRouter(prefix="/reports", tags=["报表 reports"])

_OK = 200
_FORM = upload_form({"unit": "单位代码,如 110000", "period": "报告期,如 2021Q1"})
_NOTHING_NEW: Responses = {
    200: {"model": UploadBody, "description": "只检查,或同样的文件以前收过。Nothing new was kept."}
}
DryRun = Annotated[bool, Query(description="只检查,不收。Only look, keep nothing.")]
WantedPeriod = Annotated[str | None, Query(max_length=16, description="只要这个报告期的")]
WantedUnit = Annotated[str | None, Query(max_length=64, description="只要这个单位的")]
After = Annotated[str | None, Query(max_length=64, description="上一页的 next")]
Limit = Annotated[int, Query(ge=1, le=500, description="一页几份")]


@router.post(
    "",
    summary="报送 · hand a workbook in",
    status_code=201,
    responses=_NOTHING_NEW | refusals(404, 413, 415, 422),
    openapi_extra=_FORM,
)
async def post_report(
    request: Request, response: Response, context: Service, actor: SignedIn, dry_run: DryRun = False
) -> UploadBody:
    """Keeps the file as the next version of the unit's report.

    One with hard issues is kept as returned; one with doubtful figures as a draft, until each is explained. A
    file that cannot be read, or is another unit's or period's, is refused with its issues and not kept.
    """
    async with received_upload(request, ("unit", "period")) as upload:
        unit, period = UnitCode(upload.words["unit"]), upload.words["period"]
        if dry_run:
            response.status_code = _OK
            found = await run_in_threadpool(
                check_report, context, actor=actor, unit=unit, period=period, content=upload.content
            )
            return dry_run_body(found)
        answer = await run_in_threadpool(
            submit_report,
            context,
            actor=actor,
            unit=unit,
            period=period,
            content=upload.content,
            file_name=upload.file_name,
        )
    if answer.repeated:
        response.status_code = _OK
    else:
        response.headers["location"] = f"{request.url.path}/{answer.receipt.report}"
    return kept_body(answer)


@router.get("", summary="报表清单 · reports, newest first", responses=refusals(404, 422))
def get_reports(
    context: Service,
    actor: SignedIn,
    period: WantedPeriod = None,
    unit: WantedUnit = None,
    after: After = None,
    limit: Limit = 100,
) -> ReceiptsBody:
    """The reports that the asker may see; a region's are its own."""
    found = list_reports(
        context,
        actor=actor,
        period=period,
        unit=None if unit is None else UnitCode(unit),
        after=None if after is None else ReportId(after),
        limit=limit + 1,
    )
    items = [receipt_body(receipt) for receipt in found[:limit]]
    return ReceiptsBody(items=items, next=items[-1].report if len(found) > limit else None)


@router.get("/{report}", summary="一份报表和它的问题 · one report with its issues", responses=refusals(404))
def get_report(report: ReportName, context: Service, actor: SignedIn) -> ReportBody:
    """One report; another region's does not exist for a region."""
    return report_body(report_with_issues(context, actor=actor, report=ReportId(report)))


@router.get(
    "/{report}/file",
    summary="下载原件 · the very bytes that were handed in",
    responses=file(XLSX, XLS, CSV, ZIP, says="原件。The file.") | refusals(404),
    response_class=Response,
)
def get_report_file(report: ReportName, request: Request, context: Service, actor: SignedIn) -> Response:
    """The file, proved to be the one that was kept."""
    found = original_file(context, actor=actor, report=ReportId(report))
    return answer_page(request, page_of(found.content), found.media_type, found.file_name)


@router.post(
    "/{report}/explanations",
    summary="逐条说明存疑的问题 · explain soft issues",
    responses=refusals(404, 409, 422),
)
def post_explanations(
    report: ReportName, body: ExplanationsBody, context: Service, actor: SignedIn
) -> ExplainedBody:
    """Each doubtful figure needs an explanation of its own; with the last one the report is submitted."""
    given = explanations_in(body)
    return explained_body(explain_issues(context, actor=actor, report=ReportId(report), given=given))


@router.post("/{report}/take", summary="开始审核 · take for review", responses=refusals(404, 409))
def post_take(report: ReportName, context: Service, actor: SignedIn) -> ReceiptBody:
    """Somebody of the office reviews it; it can be decided without."""
    return receipt_body(take_report(context, actor=actor, report=ReportId(report)))


@router.post("/{report}/accept", summary="审核通过 · accept", responses=refusals(404, 409))
def post_accept(report: ReportName, context: Service, actor: SignedIn) -> ReceiptBody:
    """From now on its figures count."""
    return receipt_body(accept_report(context, actor=actor, report=ReportId(report)))


@router.post("/{report}/return", summary="退回 · return with a reason", responses=refusals(404, 409, 422))
def post_return(report: ReportName, body: ReturnBody, context: Service, actor: SignedIn) -> ReceiptBody:
    """The region is asked to correct it."""
    return receipt_body(return_report(context, actor=actor, report=ReportId(report), reason=body.reason))
