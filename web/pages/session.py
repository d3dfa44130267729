"""Signing in with a key, and out again."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from web.forms import read_form
from web.rendering import links_of, render
from web.visitors import Here, actor_with, forget, remember

router = APIRouter()
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
    form = await read_form(request)
    key, then = form.get("key", "").strip(), _own_page(form.get("next", ""))
    if await run_in_threadpool(actor_with, site.context, key) is None:
        return render(request, "sign_in.html", status=403, title="登录", then=then, wrong=_WRONG_KEY)
    answer = RedirectResponse(then or links_of(request).home(), status_code=303)
    remember(answer, request, key)
    return answer


@router.post("/sign-out", response_class=HTMLResponse)
def sign_out(request: Request) -> Response:
    """Gives the key up."""
    answer = RedirectResponse(links_of(request).home(), status_code=303)
    forget(answer, request)
    return answer


def _own_page(address: str) -> str:
    """The address where it is a page of this site; else empty, so that nobody is led astray."""
    return address if _OWN_PAGE.fullmatch(address) else ""
