"""The reason that an act needs: one line, not empty, not endless."""

from __future__ import annotations

from scoring.errors import one_line
from services.errors import Invalid

LONGEST = 500


def needed_reason(text: str, zh: str, en: str) -> str:
    """The reason as it is kept; raises Invalid, in the words given, where there is none or it is endless."""
    said = one_line(text.strip())
    if not said or len(said) > LONGEST:
        raise Invalid(f"{zh},最多 {LONGEST} 个字", f"{en}, at most {LONGEST} characters")
    return said
