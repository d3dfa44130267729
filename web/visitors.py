"""Who looks at a page: the holder of the key in the cookie, or the one whom anybody may look as."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from models.errors import UnstorableText
from services.context import Context
from services.errors import Unauthenticated
from services.people import actor_of_key
from services.policy import Actor
from web.site import Site, site_of

COOKIE = "kaohe_key"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks; `signed_in`: by an own key, which can be given up."""

    actor: Actor
    signed_in: bool


def visitor_of(request: Request, site: Annotated[Site, Depends(site_of)]) -> Visitor:
    """Who looks; raises Unauthenticated where nobody may without a key."""
    visitor = _by_key(site, key_of(request)) or _anybody(site)
    if visitor is None:
        raise Unauthenticated
    request.state.visitor = visitor
    return visitor


def actor_with(context: Context, key: str) -> Actor | None:
    """Who holds a key; None for one that nobody holds, or that is none at all."""
    try:
        return actor_of_key(context, secret=key)
    except (Unauthenticated, UnstorableText):
        return None


def _by_key(site: Site, key: str) -> Visitor | None:
    actor = actor_with(site.context, key) if key else None
    return None if actor is None else Visitor(actor, signed_in=True)


def _anybody(site: Site) -> Visitor | None:
    return None if site.viewer is None else Visitor(site.viewer, signed_in=False)


def key_of(request: Request) -> str:
    """The key in the cookie; empty where there is none or it is none of ours."""
    try:
        return base64.urlsafe_b64decode(request.cookies.get(COOKIE, "")).decode()
    except ValueError:
        return ""


def remember(response: Response, request: Request, key: str) -> None:
    """Keep the key in a cookie that no script sees and that no other site can make a browser send."""
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(key.encode()).decode(),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path=_path(request),
    )


def forget(response: Response, request: Request) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        COOKIE, path=_path(request), httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def _path(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"


Here = Annotated[Site, Depends(site_of)]
Visiting = Annotated[Visitor, Depends(visitor_of)]
