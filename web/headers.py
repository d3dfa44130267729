"""The headers of every answer: what a browser may do with a page, which is almost nothing."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Not "no-referrer": over plain HTTP the origin of a form is then sent as "null", and cannot be checked.
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
UNKEPT = {"Cache-Control": "no-store"}
"""For everything that depends on who asks."""


class GuardedAnswers:
    """Adds the headers to every answer; what an answer says itself about keeping it, stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, text in {**GUARDS, **UNKEPT}.items():
                    headers.setdefault(name, text)
            await send(message)

        await self._app(scope, receive, guarded)
