"""How the service logs: one record begins one line, whatever its text holds."""

from __future__ import annotations

import logging
import sys

from scoring.errors import visible

_FURTHER = "\n    | "


class OneRecordFormatter(logging.Formatter):
    """Time, level, source, text; further lines are set in, so that none of them passes for a record."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record, with nothing in it that a terminal would obey."""
        return _FURTHER.join(visible(line) for line in super().format(record).splitlines())


def set_up_logs() -> None:
    """Log warnings and errors to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneRecordFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
