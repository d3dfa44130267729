"""Turns what a user did wrong into sentences on standard error and an exit code; never a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

REFUSED, NOT_UNDERSTOOD, STOPPED, NOBODY_READS = 1, 2, 130, 141
"""Exit codes: refused input; a request that cannot be done; Ctrl-C; a reader who hung up (as by SIGPIPE)."""


@contextmanager
def refusing() -> Iterator[None]:
    """Exit 1 with every issue for refused input, 2 for a request that cannot be understood or done."""
    _make_printable()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still in the buffer would fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(NOBODY_READS) from None
    except (KeyboardInterrupt, typer.Abort):
        raise SystemExit(STOPPED) from None
    except Exception as error:
        told = _told(error)
        if told is None:
            raise
        for line in told[1]:
            sys.stderr.write(f"{line}\n")
        raise SystemExit(told[0]) from None


def _make_printable() -> None:
    """Somewhere to print to even where output was closed, and no character that stops the printing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Takes the place of what was closed, which else the next file opened would: the database.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _told(error: Exception) -> tuple[int, list[str]] | None:
    if isinstance(error, typer.TyperException):
        from app.usage import usage_lines

        return NOT_UNDERSTOOD, usage_lines(error)
    told = _told_of_use(error)
    if told is None:
        return None
    from scoring.errors import visible

    # A file's name may hold anything.
    return told[0], [visible(line) for line in told[1]]


def _told_of_use(error: Exception) -> tuple[int, list[str]] | None:
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
