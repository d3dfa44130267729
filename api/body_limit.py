"""How much is read from a stranger, and how long it may take: refused as soon as either is known."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http_problems import http_problem
from intake.workbook import DEFAULT_LIMITS

LARGEST_FILE = DEFAULT_LIMITS.file_bytes
_LARGEST_WORDS = 64 * 1024
"""Of a request that brings no file, and of what stands around a file."""
_TOO_SLOW, _TOO_LARGE = 408, 413


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a sender may take, in seconds: between two pieces of a body, and for all of it."""

    between: float = 60.0
    altogether: float = 300.0


class BodyLimit:
    """Stops bodies that are larger than the largest file, and all but the smallest where no file comes.

    A body that does not come in time is stopped, too.
    """

    def __init__(self, app: ASGIApp, patience: Patience | None = None) -> None:
        self._app = app
        self._patience = patience or Patience()

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
        await self._app(scope, self._counted(receive, most), send)

    def _counted(self, receive: Receive, most: int) -> Receive:
        left, awaited = most, True
        end: float | None = None

        async def counted() -> Message:
            nonlocal left, awaited, end
            if not awaited:
                return await receive()
            now = asyncio.get_running_loop().time()
            end = now + self._patience.altogether if end is None else end
            try:
                async with asyncio.timeout_at(min(end, now + self._patience.between)):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(_TOO_SLOW, headers={"Connection": "close"}) from None
            awaited = message.get("more_body", False)
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(_TOO_LARGE)
            return message

        return counted


def _largest(headers: Headers) -> int:
    brings_file = headers.get("content-type", "").lower().startswith("multipart/")
    return _LARGEST_WORDS + LARGEST_FILE if brings_file else _LARGEST_WORDS
