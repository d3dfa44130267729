"""From the bytes of an uploaded file to a workbook: the door of intake, and the types behind it."""

from __future__ import annotations

import atexit
import os
import threading

from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from intake.child import ReaderUnavailable, WorkbookReader
from intake.limits import DEFAULT_LIMITS, Limits
from scoring.errors import Issue

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "CellKind",
    "Limits",
    "ReaderUnavailable",
    "Sheet",
    "Visibility",
    "Workbook",
    "WorkbookReader",
    "read_workbook",
]

_MOST_PROCESSES = 4
_lock = threading.Lock()
_readers: dict[int, WorkbookReader] = {}


def read_workbook(
    content: bytes, *, limits: Limits = DEFAULT_LIMITS
) -> tuple[Workbook | None, tuple[Issue, ...]]:
    """Read the bytes of an .xlsx in a child process with bounds.

    Returns the workbook and no issue, or None and at least one hard issue; nothing in between. The
    first call starts the process that further calls share; for many files at once use `WorkbookReader`.

    Raises:
        ReaderUnavailable: no process can be started.
    """
    return _shared_reader().read(content, limits)


def _close(process: int) -> None:
    """End the processes at exit; a forked copy of this process leaves them alone."""
    if os.getpid() == process:
        _readers.pop(process).close()


def _shared_reader() -> WorkbookReader:
    # By process: after a fork of the server, parent and child must not speak over one channel.
    process = os.getpid()
    with _lock:
        reader = _readers.get(process)
        if reader is None:
            reader = _readers[process] = WorkbookReader(min(os.cpu_count() or 1, _MOST_PROCESSES))
            atexit.register(_close, process)
    return reader
