"""A run's ranking as a file to download, for those who look with a cookie and not with a header."""

from __future__ import annotations

from fastapi import APIRouter, Response

from models.records import RunId
from services.export_run import export_run, log_export
from web.visitors import Here, Visiting

router = APIRouter()


@router.get("/runs/{run}/ranking.{form}", response_class=Response)
def download(site: Here, visitor: Visiting, run: str, form: str) -> Response:
    """The file; who downloaded it is logged."""
    file = export_run(site.context, actor=visitor.actor, run=RunId(run), content="ranking", form=form)
    log_export(site.context, actor=visitor.actor, run=RunId(run), what=f"ranking.{form}")
    disposition = f'attachment; filename="{file.file_name}"'
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": disposition})
