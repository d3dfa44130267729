"""How large and how deep an uploaded file may be; without a key, since it is the same for everybody."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.answers import unready
from api.schemas.limits import LimitsBody, limits_body

router = APIRouter(tags=["报表 reports"])


@router.get("/limits", summary="上传文件的限度 · limits of uploaded files", responses=unready())
async def get_limits() -> LimitsBody:
    """Every bound that is checked before or while a file is read; a refusal names the one that was met."""
    return limits_body()
