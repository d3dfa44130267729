"""Signing in with a key, and out again."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from web.rendering import links_of, render
from web.visitors import Here, actor_with, forget, remember

router = APIRouter()
_MOST_BYTES = 4096
_OWN_PAGE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
_WRONG_KEY = "密钥不对、已停用或已注销。请核对后再试，或向全国双打办申领。"


@router.get("/sign-in", response_class=HTMLResponse)
def ask_for_key(request: Request) -> Response:
    """The form."""
    then = _own_page(request.query_params.get("next", ""))
    return render(request, "sign_in.html", title="登录", then=then, wrong="")


@router.post("/sign-in", response_class=HTMLResponse)
async def sign_in(request: Request, site: Here) -> Response:
    """Checks the key and keeps it in a cookie; a wrong one is said so on the form."""
    demand_own_form(request)
    form = await _form(request)
    key, then = form.get("key", "").strip(), _own_page(form.get("next", ""))
    if await run_in_threadpool(actor_with, site.context, key) is None:
        return render(request, "sign_in.html", status=403, title="登录", then=then, wrong=_WRONG_KEY)
    answer = RedirectResponse(then or links_of(request).home(), status_code=303)
    remember(answer, request, key)
    return answer


@router.post("/sign-out", response_class=HTMLResponse)
def sign_out(request: Request) -> Response:
    """Gives the key up."""
    demand_own_form(request)
    answer = RedirectResponse(links_of(request).home(), status_code=303)
    forget(answer, request)
    return answer


def demand_own_form(request: Request) -> None:
    """Raises HTTPException unless the browser says that the form was one of this site.

    Browsers tell by Sec-Fetch-Site; over plain HTTP in an office's own network they send the origin only.
    """
    site, host = request.headers.get("sec-fetch-site"), request.headers.get("host", "")
    own_origins = (f"http://{host}", f"https://{host}")
    own = site == "same-origin" if site else request.headers.get("origin") in own_origins
    if not own:
        raise HTTPException(403)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; raises HTTPException for anything larger than one."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413)
    return {name: given[0] for name, given in parse_qs(body.decode("utf-8", "replace")).items()}


def _own_page(address: str) -> str:
    """The address where it is a page of this site; else empty, so that nobody is led astray."""
    return address if _OWN_PAGE.fullmatch(address) else ""
