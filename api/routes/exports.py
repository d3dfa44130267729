"""Rankings as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.dependencies import RunName, Service, SignedIn
from api.pages import answer_page, page_of
from api.routes.answers import file, refusals
from models.records import RunId
from services.export_run import export_run
from services.exports.registry import FORMATS

router = APIRouter(tags=["结果 results"])

_MEDIA_TYPES = [media_type.partition(";")[0] for _, media_type in FORMATS.values()]
FormatName = Annotated[str, Path(max_length=16, description=f"格式:{'、'.join(FORMATS)}")]


@router.get(
    "/runs/{run}/exports/{form}",
    summary="下载排名 · the ranking as a file",
    responses=file(*_MEDIA_TYPES, says="排名。The ranking.") | refusals(404, 422),
    response_class=Response,
)
def get_export(
    run: RunName, form: FormatName, request: Request, context: Service, actor: SignedIn
) -> Response:
    """The ranking in one of the formats; each download is logged."""
    made = export_run(context, actor=actor, run=RunId(run), form=form)
    return answer_page(request, page_of(made.content), made.media_type, made.file_name)
