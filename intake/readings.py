"""A reading: the value of one cell as taken, and everything that was done to it on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from intake.labels import NIL_WORD, NOT_APPLICABLE_WORD
from intake.wording import Fault


class State(StrEnum):
    """How a field stands. Blank is not reported; nil and not applicable were said in so many words."""

    VALUE = "value"
    NIL = "nil"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Change:
    """Why a value was not taken exactly as it stands."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Reading:
    """At most one of number, day and word is there, and only when the state is VALUE."""

    state: State
    number: Decimal | None = None
    day: date | None = None
    word: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def shown(self) -> str:
        """The value as it was taken, for people."""
        if self.number is not None:
            return f"{self.number:f}"
        if self.day is not None:
            return self.day.isoformat()
        words = {State.NIL: NIL_WORD, State.NOT_APPLICABLE: NOT_APPLICABLE_WORD}
        return self.word or words.get(self.state, "")


BLANK = Reading(State.BLANK)

Outcome = Reading | Fault
"""What a cell gives: a reading, or what is wrong with it."""

# Only the characters that Chinese input methods write for ASCII ones. NFKC would also turn ² into 2.
_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_HALF[0x3000] = ord(" ")
_HALF[0x00A0] = ord(" ")
_HALF[0x2212] = ord("-")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and blanks narrowed; invisible characters dropped."""
    return text.translate(_HALF | _INVISIBLE)
