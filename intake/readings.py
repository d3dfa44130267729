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
    question: Fault | None = None
    """What must be asked although the value was taken: another reading is likely too."""

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
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: ord("-")}
_BLANKS = dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), ord(" "))
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x2060, 0xFEFF))
_HALF = _NARROW | _BLANKS | _INVISIBLE


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and blanks narrowed; invisible characters dropped."""
    return text.translate(_HALF)


def spelling_changes(text: str) -> tuple[Change, ...]:
    """What `half_width` and stripping change in a text, each kind of change once."""
    found: list[Change] = []
    if any(ord(character) in _NARROW for character in text):
        found.append(Change("全角改为半角", "full-width characters were narrowed"))
    if any(ord(character) in _INVISIBLE for character in text):
        found.append(Change("去掉看不见的字符", "invisible characters were dropped"))
    if half_width(text).strip() != half_width(text):
        found.append(Change("去掉首尾空格", "blanks at the ends were removed"))
    return tuple(found)
