"""What stands around every request and answer: its id, headers for safety, and no error that escapes."""

from __future__ import annotations

import re
from secrets import token_hex

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem_of

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_SAFETY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""Where a route has not set them itself."""


class Envelope:
    """The outermost layer of the API."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; an error that nobody answered becomes a problem and a line in the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        name = scope["kaohe.request_id"] = given if _ID.fullmatch(given) else token_hex(12)
        started = False

        async def sealed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = name
                for key, value in _SAFETY.items():
                    headers.setdefault(key, value)
            await send(message)

        try:
            await self._app(scope, receive, sealed)
        except ClientDisconnect:
            # Cut off while sending: nothing was kept, and nobody is there to be told.
            return
        except Exception as error:
            if started:
                raise
            await problem_of(Request(scope), error)(scope, receive, sealed)
