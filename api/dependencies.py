"""What routes ask for: the use cases' context, kept pages, and who is behind the request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.known_keys import KnownKeys, secret_of
from api.pages import Pages
from services.context import Context
from services.people import actor_of_key
from services.policy import Actor

_BEARER = HTTPBearer(auto_error=False, description="Authorization: Bearer 密钥")
_HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="X-API-Key: 密钥")


# Async, although they wait for nothing: the framework sends every other function through a thread.
async def service_context(request: Request) -> Context:
    """What use cases are given."""
    context: Context = request.app.state.context
    return context


async def kept_pages(request: Request) -> Pages:
    """The pages at hand."""
    pages: Pages = request.app.state.pages
    return pages


async def signed_in(
    request: Request,
    context: Annotated[Context, Depends(service_context)],
    _bearer: Annotated[object, Security(_BEARER)],
    _header: Annotated[object, Security(_HEADER)],
) -> Actor:
    """Who holds the key of the request; raises Unauthenticated."""
    known: KnownKeys = request.app.state.keys
    secret = secret_of(request.headers)
    found = known.find(secret)
    if found is None:
        asked = known.clock()
        found = await run_in_threadpool(actor_of_key, context, secret=secret)
        known.keep(secret, found, asked)
    return found


Service = Annotated[Context, Depends(service_context)]
KeptPages = Annotated[Pages, Depends(kept_pages)]
SignedIn = Annotated[Actor, Depends(signed_in)]

_LONGEST_NAME = 64
UnitName = Annotated[str, Path(max_length=_LONGEST_NAME, description="单位代码,如 110000")]
PeriodName = Annotated[str, Path(max_length=_LONGEST_NAME, description="报告期,如 2021Q1")]
ReportName = Annotated[str, Path(max_length=_LONGEST_NAME, description="报表编号")]
RunName = Annotated[str, Path(max_length=_LONGEST_NAME, description="计分批次编号")]
