"""Turns what a user did wrong into sentences on standard error and an exit code; never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

REFUSED, NOT_UNDERSTOOD, NOBODY_READS = 1, 2, 141
"""Exit codes: refused input; a request that cannot be done; a reader who hung up (as by SIGPIPE)."""


@contextmanager
def refusing() -> Iterator[None]:
    """Exit 1 with every issue for refused input, 2 for a request that cannot be understood or done."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(NOBODY_READS) from None
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        for line in told[1]:
            sys.stderr.write(f"{line}\n")
        raise SystemExit(told[0]) from None


def _told(error: Exception) -> tuple[int, list[str]] | None:
    from scoring.errors import RuleSetInvalid, ScoringError
    from services.errors import Rejected, ServiceError

    if isinstance(error, Rejected):
        return REFUSED, [*(str(issue) for issue in error.issues), f"共 {len(error.issues)} 个问题。"]
    if isinstance(error, RuleSetInvalid):
        return REFUSED, [*(str(issue) for issue in error.issues), str(error)]
    if isinstance(error, ScoringError | ServiceError):
        return NOT_UNDERSTOOD, [str(error)]
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return NOT_UNDERSTOOD, [f"无法读写 {where}{error.strerror or error}"]
    return _told_of_storage(error)


def _told_of_storage(error: Exception) -> tuple[int, list[str]] | None:
    from alembic.util import CommandError

    from models.errors import StoreError

    if isinstance(error, StoreError):
        return NOT_UNDERSTOOD, [str(error)]
    if isinstance(error, CommandError):
        return NOT_UNDERSTOOD, [f"数据库的版本不是这个程序认得的:{error}"]
    return None
