"""Forms that are sent to the pages: only this site's own, never too much, and never waited for endlessly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

SMALL_FORM = 4096
"""Bytes: a key, a reason, a press of a button."""
_MOST_FIELDS = 4000
_SAFE_METHODS = {"GET", "HEAD"}
_TOO_SLOW, _TOO_LARGE, _UNREADABLE = 408, 413, 400


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a sender may take, in seconds: between two pieces of a form, and for all of it."""

    between: float = 60.0
    altogether: float = 300.0


@dataclass(slots=True)
class _Bounded:
    """Receives a body of at most so many bytes.

    What comes on top is read to its end, up to four times as much, and forgotten: a browser shows the answer
    only when it could send everything.
    """

    receive: Receive
    most: int
    patience: Patience
    _read: int = 0
    _end: float | None = None

    async def __call__(self) -> Message:
        message = await self._next()
        if self._read > self.most:
            while message.get("more_body", False) and self._read <= 4 * self.most:
                message = await self._next()
            raise HTTPException(_TOO_LARGE)
        return message

    async def _next(self) -> Message:
        now = asyncio.get_running_loop().time()
        self._end = now + self.patience.altogether if self._end is None else self._end
        try:
            async with asyncio.timeout_at(min(self._end, now + self.patience.between)):
                message = await self.receive()
        except TimeoutError:
            raise HTTPException(_TOO_SLOW) from None
        self._read += len(message.get("body", b""))
        return message


def bounded(request: Request, most: int, patience: Patience | None = None) -> Request:
    """The request, its body refused with HTTPException when it is too large or comes too slowly."""
    return Request(request.scope, _Bounded(request.receive, most, patience or Patience()))


async def read_form(request: Request, most: int = SMALL_FORM) -> Mapping[str, str]:
    """The fields of a form without a file, the first of each name; raises HTTPException as `bounded` does."""
    body = await bounded(request, most).body()
    try:
        given = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise HTTPException(_UNREADABLE) from None
    return dict(reversed(given))


async def demand_own_form(request: Request) -> None:
    """Raises HTTPException where something is sent and the browser does not say that this site's form did.

    Browsers tell by Sec-Fetch-Site; over plain HTTP in an office's own network they send the origin only.
    """
    if request.method in _SAFE_METHODS:
        return
    site, host = request.headers.get("sec-fetch-site"), request.headers.get("host", "")
    own_origins = (f"http://{host}", f"https://{host}")
    own = site == "same-origin" if site else request.headers.get("origin") in own_origins
    if not own:
        raise HTTPException(403)
