"""Uploads: one file and a few words as multipart/form-data, read only after it is known who sends them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from api.body_limit import LARGEST_FILE
from api.http_problems import wrong_request

_FILE = "file"
_LONGEST_WORD = 1024
_MOST_WORDS = 8
_LONGEST_NAME = 200
_NAMELESS = "未命名"
_TOO_LARGE, _UNSUPPORTED = 413, 415


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, its name made harmless, and the words that came with it."""

    content: bytes
    file_name: str
    words: Mapping[str, str]


async def read_upload(request: Request, words: Iterable[str]) -> Upload:
    """The file and exactly these words; anything missing, unknown or too large is refused."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(_UNSUPPORTED)
    wanted = [_FILE, *words]
    async with request.form(max_files=1, max_fields=_MOST_WORDS, max_part_size=_LONGEST_WORD) as form:
        wrong = [*_missing(form, wanted), *_unknown(form, wanted)]
        if wrong:
            raise wrong_request(wrong)
        file = form[_FILE]
        if not isinstance(file, UploadFile):
            raise wrong_request([("file_expected", _FILE)])
        content = await file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise HTTPException(_TOO_LARGE)
        return Upload(content, _harmless(file.filename or ""), {name: str(form[name]) for name in wanted[1:]})


def upload_form(words: Mapping[str, str]) -> dict[str, Any]:
    """Documents the form of an upload: each word with what it means."""
    properties: dict[str, Any] = {_FILE: {"type": "string", "format": "binary", "description": "文件"}}
    properties |= {name: {"type": "string", "description": meaning} for name, meaning in words.items()}
    schema = {
        "type": "object",
        "properties": properties,
        "required": [_FILE, *words],
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def _missing(form: FormData, wanted: Iterable[str]) -> list[tuple[str, str]]:
    return [("missing", name) for name in wanted if name not in form]


def _unknown(form: FormData, wanted: Iterable[str]) -> list[tuple[str, str]]:
    known = set(wanted)
    found = [("extra_forbidden", name) for name in form if name not in known]
    return found + [
        ("text_expected", name)
        for name, value in form.items()
        if name in known and name != _FILE and isinstance(value, UploadFile)
    ]


def _harmless(name: str) -> str:
    """The last part of a path, without what cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    return printable.strip()[-_LONGEST_NAME:] or _NAMELESS
