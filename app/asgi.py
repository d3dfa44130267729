"""The running application: the API at /api/v1, the pages at /, and everything closed at the end."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from api.build import PREFIX, create_api
from app.settings import Settings, read_settings
from app.warming import warm_up_beside
from app.wiring import open_house
from services.context import Context
from services.policy import Actor, Role
from services.sample_year import DEMO_KEYS
from web.build import create_web
from web.site import Trial

_VISITOR = Actor(id="demo-visitor", name="演示访客", roles=frozenset({Role.AUDITOR}))
"""Sees everything and changes nothing; only where the data are simulated."""
_TRIAL = Trial(region="广东省", key=DEMO_KEYS[Role.REGION_FILLER])
_SIMULATED = "数据是模拟的,只作演示。Simulated data."


def create_app(settings: Settings | None = None, *, warm: bool = False) -> Starlette:
    """The ASGI application; the database must be made before (`kaohe migrate`).

    warm: load at once, beside the first requests, what uploads need; see `app.warming`.
    """
    chosen = settings or read_settings()
    house = open_house(chosen)

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        if warm:
            warm_up_beside(house.context)
        yield
        house.close()

    return Starlette(
        routes=[
            _door(PREFIX, create_api(house.context)),
            _door("/", _pages(chosen, house.context)),
        ],
        lifespan=living,
    )


def _door(path: str, app: ASGIApp) -> Mount:
    """All addresses below a path, those with line breaks, too: each face says itself that there are none."""
    door = Mount(path, app)
    door.path_regex = re.compile(door.path_regex.pattern, re.DOTALL)
    return door


def _pages(settings: Settings, context: Context) -> ASGIApp:
    if settings.demo:
        return create_web(context, viewer=_VISITOR, notice=_SIMULATED, trial=_TRIAL)
    return create_web(context, viewer=None)
