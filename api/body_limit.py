"""How much is read from a stranger: refused by its announced size, or as soon as more than that has come."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http_problems import http_problem
from intake.workbook import DEFAULT_LIMITS

LARGEST_FILE = DEFAULT_LIMITS.file_bytes
_LARGEST_WORDS = 64 * 1024
"""Of a request that brings no file, and of what stands around a file."""
_TOO_LARGE = 413


class BodyLimit:
    """Stops bodies that are larger than the largest file, and all but the smallest where no file comes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on while it is within its bound."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        most = _largest(headers)
        announced = headers.get("content-length", "")
        if announced.isascii() and announced.isdecimal() and int(announced[:20]) > most:
            await http_problem(Request(scope), _TOO_LARGE)(scope, receive, send)
            return
        left = most

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, counted, send)


def _largest(headers: Headers) -> int:
    brings_file = headers.get("content-type", "").lower().startswith("multipart/")
    return _LARGEST_WORDS + LARGEST_FILE if brings_file else _LARGEST_WORDS
