"""Names for reports, runs and people: they sort by time and cannot be guessed."""

from __future__ import annotations

import secrets
from datetime import datetime

_MILLISECONDS = 1000


def new_identifier(now: datetime) -> str:
    """Twelve hexadecimal digits of milliseconds, and as many random ones."""
    return f"{int(now.timestamp() * _MILLISECONDS):012x}{secrets.token_hex(6)}"
