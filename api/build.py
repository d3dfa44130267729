"""The API as one ASGI application: routes, refusals, limits and the OpenAPI document."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.body_limit import BodyLimit
from api.envelope import Envelope
from api.fast_lane import FastLane
from api.http_problems import answer_http_errors
from api.known_keys import KnownKeys
from api.pages import Pages
from api.problems import MEDIA_TYPE, answer_errors
from api.routes import (
    annotated,
    deadlines,
    evidence,
    exports,
    health,
    limits,
    me,
    periods,
    reports,
    rule_sets,
    runs,
    standings,
    tables,
    templates,
)
from api.uploads import upload_turns
from services.context import Context

PREFIX = "/api/v1"
VERSION = "1.0.0"
_ABOUT = """考核计分引擎的接口。每个请求带密钥:`Authorization: Bearer 密钥` 或 `X-API-Key: 密钥`。

数都是文字,准确到最后一位;拒绝都是 `application/problem+json`,`code` 不变,`detail` 是中文。

*The API of the assessment engine. Numbers are texts and exact; every refusal is a problem document.*"""
_ROUTERS = (
    health.router,
    me.router,
    periods.router,
    deadlines.router,
    rule_sets.router,
    limits.router,
    templates.router,
    reports.router,
    annotated.router,
    tables.router,
    evidence.router,
    runs.router,
    standings.router,
    exports.router,
)


def create_api(context: Context) -> FastAPI:
    """The application; it is to be mounted at PREFIX and holds nothing that must be closed."""
    api = FastAPI(
        title="考核 Kaohe",
        version=VERSION,
        description=_ABOUT,
        # The pages that would show the document load their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        redirect_slashes=False,
        generate_unique_id_function=_operation_name,
    )
    api.state.context = context
    api.state.pages = Pages()
    api.state.keys = KnownKeys()
    api.state.upload_turns = upload_turns()
    for router in _ROUTERS:
        api.include_router(router)
    answer_errors(api)
    answer_http_errors(api)
    # The one added last stands outermost.
    api.add_middleware(BodyLimit)
    api.add_middleware(FastLane, pages=api.state.pages, keys=api.state.keys)
    api.add_middleware(Envelope)
    api.openapi = lambda: openapi_document(api)  # type: ignore[method-assign]  # as FastAPI's manual says
    return api


def openapi_document(api: FastAPI) -> dict[str, Any]:
    """The document of the API, every refusal under the media type that it really has."""
    document = FastAPI.openapi(api)
    for path in document["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("default", {}).get("content", {})
            if "application/json" in content:
                content[MEDIA_TYPE] = content.pop("application/json")
    return document


def _operation_name(route: APIRoute) -> str:
    return route.name
