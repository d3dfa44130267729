"""Answers that never change, kept as bytes: made once, told apart by a strong tag, served many times."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

_MOST_BYTES = 64 * 1024 * 1024
_NOT_MODIFIED = 304
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes and their tag."""

    content: bytes
    tag: str


def page_of(content: bytes) -> Page:
    """A page; the tag follows from the bytes alone."""
    return Page(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


@dataclass(slots=True)
class Pages:
    """The pages asked for last, as many as fit; whoever asks must be allowed to before."""

    most_bytes: int = _MOST_BYTES
    _kept: OrderedDict[str, Page] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    async def get(self, key: str, make: Callable[[], bytes]) -> Page:
        """The page of a key; made in a thread where it is not at hand."""
        return self._find(key) or self._keep(key, await run_in_threadpool(make))

    def _find(self, key: str) -> Page | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: str, content: bytes) -> Page:
        page = page_of(content)
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(content) - (len(before.content) if before else 0)
            self._kept[key] = page
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
