"""Uploads: one file and a few words as multipart/form-data, read only after it is known who sends them."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.body_limit import LARGEST_FILE
from api.http_problems import wrong_request
from intake.file_names import harmless_name

_FILE = "file"
_LONGEST_WORD = 1024
_MOST_WORDS = 8
_TOO_LARGE, _UNSUPPORTED = 413, 415
_TURNS = 8
# Some of Python's encodings fail in ways of their own; browsers and programs name none or this one.
_UTF8 = re.compile(r";\s*charset=\"?utf-8\"?\s*(?=;|$)")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, its name made harmless, and the words that came with it."""

    content: bytes
    file_name: str
    words: Mapping[str, str]


@asynccontextmanager
async def received_upload(
    request: Request, words: Iterable[str], optional: Iterable[str] = ()
) -> AsyncIterator[Upload]:
    """The file, exactly these words, and any of the optional ones.

    Anything missing, doubled, unknown or too large is refused.

    The whole form has come before the caller has its turn, so that slow senders keep nobody waiting; the
    turn lasts as long as the block, so that not more than a few files are worked on at the same time.
    """
    form_type = request.headers.get("content-type", "").lower()
    if not form_type.startswith("multipart/form-data") or "charset" in _UTF8.sub("", form_type):
        raise HTTPException(_UNSUPPORTED)
    wanted = [_FILE, *words]
    known = [*wanted, *optional]
    async with request.form(max_files=1, max_fields=_MOST_WORDS, max_part_size=_LONGEST_WORD) as form:
        wrong = [*_missing(form, wanted), *_doubled(form), *_unknown(form, known)]
        if wrong:
            raise wrong_request(wrong)
        file = form[_FILE]
        if not isinstance(file, UploadFile):
            raise wrong_request([("file_expected", _FILE)])
        turns: asyncio.Semaphore = request.app.state.upload_turns
        async with turns:
            content = await file.read(LARGEST_FILE + 1)
            if len(content) > LARGEST_FILE:
                raise HTTPException(_TOO_LARGE)
            told = {name: str(form[name]) for name in known[1:] if name in form}
            yield Upload(content, harmless_name(file.filename or ""), told)


def upload_turns() -> asyncio.Semaphore:
    """Turns for one application; fewer than the threads that all other requests share."""
    return asyncio.Semaphore(_TURNS)


def upload_form(words: Mapping[str, str], optional: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Documents the form of an upload: each word with what it means."""
    said = {**words, **(optional or {})}
    properties: dict[str, Any] = {_FILE: {"type": "string", "format": "binary", "description": "文件"}}
    properties |= {name: {"type": "string", "description": meaning} for name, meaning in said.items()}
    schema = {
        "type": "object",
        "properties": properties,
        "required": [_FILE, *words],
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def _missing(form: FormData, wanted: Iterable[str]) -> list[tuple[str, str]]:
    return [("missing", name) for name in wanted if name not in form]


def _doubled(form: FormData) -> list[tuple[str, str]]:
    """Of two values, one program takes the first and another the last."""
    counted = Counter(name for name, _ in form.multi_items())
    return [("doubled", name) for name, count in counted.items() if count > 1]


def _unknown(form: FormData, wanted: Iterable[str]) -> list[tuple[str, str]]:
    known = set(wanted)
    found = [("extra_forbidden", name) for name in form if name not in known]
    return found + [
        ("text_expected", name)
        for name, value in form.items()
        if name in known and name != _FILE and isinstance(value, UploadFile)
    ]
