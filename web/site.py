"""What every page is given: the use cases' context, as whom visitors look, templates, style sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from jinja2 import Environment

from services.context import Context
from services.policy import Actor
from web.assets import Asset


@dataclass(frozen=True, slots=True)
class Trial:
    """A region's key that is known to everybody, where the data are simulated."""

    region: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Made once by `web.build.create_web`."""

    context: Context
    viewer: Actor | None
    """As whom those look who gave no key; None = they are asked for one."""
    notice: str
    """A line on every page, such as that the data are simulated; empty for none."""
    trial: Trial | None
    """How anybody may try out reporting; None = not at all."""
    environment: Environment
    assets: Mapping[str, Asset]


def site_of(request: Request) -> Site:
    """The site that a request came to."""
    site: Site = request.app.state.site
    return site
