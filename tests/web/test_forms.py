"""What is read of a form: all of a small one, nothing of a large one, and no endless waiting."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import Message

from web.forms import Patience, bounded, read_form


def request_of(*parts: bytes, pause: float = 0.0) -> tuple[Request, list[bytes]]:
    """A request that comes in parts, and what is still to come of it."""
    left = list(parts)

    async def receive() -> Message:
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return Request({"type": "http", "method": "POST", "headers": []}, receive), left


def test_the_fields_of_a_form_are_read_the_first_of_each_name() -> None:
    request, _ = request_of(b"a=1&b=%E5%8C%97&a=", b"2&c=")
    assert asyncio.run(read_form(request)) == {"a": "1", "b": "北", "c": ""}


def test_too_large_a_body_is_read_to_its_end_and_refused() -> None:
    request, left = request_of(*[b"x" * 10] * 4)
    with pytest.raises(HTTPException, match="413"):
        asyncio.run(bounded(request, 20).body())
    assert left == []


def test_of_an_endless_body_only_some_is_read() -> None:
    request, left = request_of(*[b"x" * 10] * 100)
    with pytest.raises(HTTPException, match="413"):
        asyncio.run(bounded(request, 20).body())
    assert len(left) == 91


@pytest.mark.parametrize("impatience", [Patience(between=0.01), Patience(altogether=0.05)])
def test_nobody_is_waited_for_endlessly(impatience: Patience) -> None:
    request, _ = request_of(*[b"x"] * 100, pause=0.02)
    with pytest.raises(HTTPException, match="408"):
        asyncio.run(bounded(request, 1000, impatience).body())
