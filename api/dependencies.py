"""What routes ask for: the use cases' context, kept pages, and who is behind the request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from api.pages import Pages
from services.context import Context
from services.people import actor_of_key
from services.policy import Actor

_bearer = HTTPBearer(auto_error=False, description="Authorization: Bearer 密钥")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="X-API-Key: 密钥")


def service_context(request: Request) -> Context:
    """What use cases are given."""
    context: Context = request.app.state.context
    return context


def kept_pages(request: Request) -> Pages:
    """The pages at hand."""
    pages: Pages = request.app.state.pages
    return pages


def signed_in(
    context: Annotated[Context, Depends(service_context)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    key: Annotated[str | None, Security(_header)],
) -> Actor:
    """Who holds the key of the request; raises Unauthenticated."""
    return actor_of_key(context, secret=bearer.credentials if bearer else key or "")


Service = Annotated[Context, Depends(service_context)]
KeptPages = Annotated[Pages, Depends(kept_pages)]
SignedIn = Annotated[Actor, Depends(signed_in)]

_LONGEST_NAME = 64
UnitName = Annotated[str, Path(max_length=_LONGEST_NAME, description="单位代码,如 110000")]
PeriodName = Annotated[str, Path(max_length=_LONGEST_NAME, description="报告期,如 2021Q1")]
ReportName = Annotated[str, Path(max_length=_LONGEST_NAME, description="报表编号")]
RunName = Annotated[str, Path(max_length=_LONGEST_NAME, description="计分批次编号")]
