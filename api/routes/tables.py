"""Tables: figures that ministries, assessors and the office give for many units at once."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from api.dependencies import Service, SignedIn
from api.routes.answers import refusals
from api.schemas.reports import TableBody
from api.uploads import received_upload, upload_form
from services.errors import Invalid
from services.submit_table import submit_table

router = APIRouter(tags=["数据表 tables"])

_FORM = upload_form({"year": "年份,如 2021"})
_YEAR_LENGTH = 4


@router.post(
    "/tables",
    summary="报送数据表 · hand a table in",
    status_code=201,
    responses=refusals(404, 413, 415, 422),
    openapi_extra=_FORM,
)
async def post_table(request: Request, context: Service, actor: SignedIn) -> TableBody:
    """A CSV of unit, period, element, value[, breakdown]; all of it is taken, or nothing and every issue."""
    async with received_upload(request, ("year",)) as upload:
        kept = await run_in_threadpool(
            submit_table,
            context,
            actor=actor,
            year=_year(upload.words["year"]),
            content=upload.content,
            file_name=upload.file_name,
        )
    return TableBody(reports=list(kept))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) == _YEAR_LENGTH):
        raise Invalid(f"年份“{text}”要写成四位数字,如 2021", "the year must have four digits")
    return int(text)
