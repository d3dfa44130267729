"""Who am I?"""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import SignedIn
from api.routes.answers import refusals
from api.schemas.offices import PersonBody, person_body

router = APIRouter(tags=["人员 people"])


@router.get("/me", summary="密钥是谁的 · whose key this is", responses=refusals())
def get_me(actor: SignedIn) -> PersonBody:
    """The person behind the key."""
    return person_body(actor)
