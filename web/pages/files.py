"""Style sheets and pictures, by names that change with their content."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from web.visitors import Here

router = APIRouter()
_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}", response_class=Response)
def asset(site: Here, name: str) -> Response:
    """One file; a name with another digest is not found, so that nobody keeps an old look as the new one."""
    found = next((each for each in site.assets.values() if each.name == name), None)
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": _FOR_EVER})
