"""Answers that never change, kept as bytes: made once, told apart by a strong tag, served many times.

All of it is used from the event loop alone, and so without locks.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from services.policy import Actor
from services.views import Export

_MOST_BYTES = 64 * 1024 * 1024
_NOT_MODIFIED = 304
JSON = "application/json"
_FILES_AT_ONCE = 2

Guard = Callable[[Actor], None]
"""Returns for those who may read a page, raises NotAllowed for all others."""


def for_everybody(_actor: Actor) -> None:
    """The guard of what everybody with a key may read."""


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes, their tag, and who may have them; a file also has a name."""

    content: bytes
    tag: str
    guard: Guard
    media_type: str = JSON
    file_name: str = ""


def page_of(content: bytes, guard: Guard = for_everybody) -> Page:
    """A page; the tag follows from the bytes alone."""
    return Page(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', guard)


def page_of_file(made: Export, guard: Guard) -> Page:
    """A file as a page."""
    return replace(page_of(made.content, guard), media_type=made.media_type, file_name=made.file_name)


@dataclass(slots=True)
class Pages:
    """The pages asked for last, as many as fit, by the address at which they are asked for."""

    most_bytes: int = _MOST_BYTES
    _kept: OrderedDict[str, Page] = field(default_factory=OrderedDict)
    _size: int = 0
    _making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_FILES_AT_ONCE))

    async def get(self, address: str, actor: Actor, guard: Guard, make: Callable[[], bytes]) -> Page:
        """The page of an address for one who may read it; made in a thread where it is not at hand."""
        guard(actor)
        return self.find(address) or self._keep(address, page_of(await run_in_threadpool(make), guard))

    async def get_file(self, address: str, actor: Actor, guard: Guard, make: Callable[[], Export]) -> Page:
        """The same of a file; few are made at once, since a printed one takes a processor for seconds."""
        guard(actor)
        found = self.find(address)
        if found is not None:
            return found
        async with self._making:
            # Somebody may have asked for the same one, and have waited less.
            found = self.find(address)
            return found or self._keep(address, page_of_file(await run_in_threadpool(make), guard))

    def find(self, address: str) -> Page | None:
        """The page where it is at hand; its guard is still to be asked."""
        if address in self._kept:
            self._kept.move_to_end(address)
        return self._kept.get(address)

    def _keep(self, address: str, page: Page) -> Page:
        before = self._kept.pop(address, None)
        self._size += len(page.content) - (len(before.content) if before else 0)
        self._kept[address] = page
        while self._size > self.most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content)
        return page


def answer_page(request: Request, page: Page, media_type: str = JSON, file_name: str = "") -> Response:
    """The page, or 304 for one who has it already; a copy has to be asked about each time."""
    headers = {"etag": page.tag, "cache-control": "private, no-cache", "vary": "Authorization, X-API-Key"}
    if _has(request.headers.get("if-none-match", ""), page.tag):
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    if file_name:
        headers["content-disposition"] = attachment(file_name)
    return Response(page.content, headers=headers, media_type=media_type)


def attachment(file_name: str) -> str:
    """The header that has a file saved, never shown."""
    plain = "".join(
        each if each.isascii() and (each.isalnum() or each in "._-") else "_" for each in file_name
    )
    return f'attachment; filename="{plain}"'


def _has(given: str, tag: str) -> bool:
    named = {each.strip().removeprefix("W/") for each in given.split(",")}
    return tag in named or "*" in named
