"""Which periods there are, and until when reports are in time."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Service, SignedIn
from api.routes.answers import refusals
from api.schemas.offices import PeriodsBody, period_body
from services.periods import list_periods

router = APIRouter(tags=["考核期 periods"])


@router.get("/periods", summary="考核期和报送截止日 · periods and deadlines", responses=refusals())
def get_periods(context: Service, _actor: SignedIn) -> PeriodsBody:
    """Every period there is a rule set for."""
    return PeriodsBody(items=[period_body(view) for view in list_periods(context)])
