"""A file that is sent with the pages' form: one file, the button that was pressed, and a note to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from intake.file_names import harmless_name
from intake.limits import DEFAULT_LIMITS
from web.forms import bounded

LARGEST_FILE = DEFAULT_LIMITS.file_bytes
_AROUND = 64 * 1024
"""Bytes that stand around the file: heads, boundaries, the name of the button."""
_MOST_FIELDS, _LONGEST_FIELD = 4, 4096
_TURNS = 8
_TOO_LARGE, _UNSUPPORTED = 413, 415


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent; content is empty where no file was chosen, `act` and `note` where none was named."""

    content: bytes
    file_name: str
    act: str
    note: str = ""


def upload_turns() -> asyncio.Semaphore:
    """Turns for one application; fewer than the threads that all other pages share."""
    return asyncio.Semaphore(_TURNS)


@asynccontextmanager
async def received_upload(request: Request) -> AsyncIterator[Upload]:
    """The upload, read after it is known who sends it; raises HTTPException for what is too large or no form.

    The turn begins when everything has come, so that slow senders keep nobody waiting, and lasts as long as
    the block, so that not more than a few files are worked on at the same time.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(_UNSUPPORTED)
    most = LARGEST_FILE + _AROUND
    form = bounded(request, most).form(max_files=1, max_fields=_MOST_FIELDS, max_part_size=_LONGEST_FIELD)
    async with form as fields:
        file = fields.get("file")
        turns: asyncio.Semaphore = request.app.state.upload_turns
        async with turns:
            content, name = b"", ""
            if isinstance(file, UploadFile):
                content, name = await file.read(LARGEST_FILE + 1), file.filename or ""
            if len(content) > LARGEST_FILE:
                raise HTTPException(_TOO_LARGE)
            act, note = (
                text if isinstance(text := fields.get(each), str) else "" for each in ("act", "note")
            )
            yield Upload(content, harmless_name(name) if name else "", act, note)
