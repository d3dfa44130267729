"""A normalisation: something that was not taken exactly as it stands, listed back to its submitter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalisation:
    """What stood there, what was taken for it, and why; `after` is empty for what was left unread."""

    sheet: str
    cell: str
    before: str
    after: str
    why: str
    why_en: str
