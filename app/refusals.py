"""Turns what a user did wrong into sentences on standard error and an exit code; never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def refusing() -> Iterator[None]:
    """Exit 1 with every issue for refused input, 2 for a request that cannot be understood."""
    try:
        yield
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        for line in told[1]:
            sys.stderr.write(f"{line}\n")
        raise SystemExit(told[0]) from None


def _told(error: Exception) -> tuple[int, list[str]] | None:
    from scoring.errors import ScoringError
    from services.errors import Rejected, ServiceError

    if isinstance(error, Rejected):
        return 1, [*(str(issue) for issue in error.issues), f"共 {len(error.issues)} 个问题,没有计算。"]
    if isinstance(error, ScoringError | ServiceError):
        return 2, [str(error)]
    if isinstance(error, OSError):
        return 2, [f"{error.filename or ''}:{error.strerror or error}"]
    return None
