"""Strangers' words in files for spreadsheets: shown as they are, never run as formulas."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a formula begins, also in full width, or what a spreadsheet throws away before it looks."""
_SKIPPED = " \u00a0\u3000\ufeff\u200b"


def harmless(text: str) -> str:
    """A text that a spreadsheet shows and does not run: quoted where it could be taken for a formula."""
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(_STARTS) else text
