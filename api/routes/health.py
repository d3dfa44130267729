"""Whether the service runs, and whether it can work; without a key, and nothing is told."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Service
from api.problems import NotReady
from api.routes.answers import unready
from api.schemas.offices import HealthBody
from models.errors import StoreError
from scoring.errors import ScoringError
from services.errors import ServiceError
from services.readiness import require_ready

router = APIRouter(tags=["运行 health"])


@router.get("/healthz", summary="是否在运行 · is it running")
async def get_healthz() -> HealthBody:
    """The process answers."""
    return HealthBody()


@router.get("/readyz", summary="能否工作 · can it work", responses=unready())
def get_readyz(context: Service) -> HealthBody:
    """The database answers and the rule sets load."""
    try:
        require_ready(context)
    except (ServiceError, StoreError, ScoringError) as error:
        raise NotReady("数据库或规则集还不能用", "the database or a rule set cannot be used") from error
    return HealthBody()
