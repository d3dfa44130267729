"""Keys that were looked up a moment ago: so that a page at hand is not slower for the look at its reader."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers

from services.policy import Actor

SECONDS = 0.5
"""For so long at most a key that was revoked is still known."""
_MOST = 10_000
_BEARER = "bearer "


def secret_of(headers: Headers) -> str:
    """The key that a request brings, in either of the two headers; empty without one."""
    authorization = headers.get("authorization", "")
    if authorization[: len(_BEARER)].lower() == _BEARER:
        return authorization[len(_BEARER) :].strip()
    return headers.get("x-api-key", "")


@dataclass(slots=True)
class KnownKeys:
    """Whose a key is, for half a second; secrets are not kept, only digests of them.

    To be used from the event loop alone, and so without a lock.
    """

    clock: Callable[[], float] = time.monotonic
    _known: dict[bytes, tuple[float, Actor]] = field(default_factory=dict)

    def find(self, secret: str) -> Actor | None:
        """Whose the key was a moment ago; None where that is not known."""
        until, actor = self._known.get(_digest(secret), (0.0, None))
        return actor if self.clock() < until else None

    def keep(self, secret: str, actor: Actor, looked_up: float) -> None:
        """Know a key for a while, from the moment before it was looked up."""
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[_digest(secret)] = (looked_up + SECONDS, actor)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
