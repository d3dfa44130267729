"""Why a file is refused, as a code and facts; the sentences are made outside the reading process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_LONGEST_FACT = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason not to take a file: a code of `intake.refusal_sentences` and what its sentence tells."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""


class Refused(Exception):
    """Carries a refusal out of the depth of a parser; never leaves the reader."""

    def __init__(self, code: str, **facts: object) -> None:
        shown = {name: str(value)[:_LONGEST_FACT] for name, value in facts.items()}
        self.refusal = Refusal(code, shown)
        super().__init__(code)

    def place(self, sheet: str, cell: str = "") -> None:
        """Say where it happened, unless a deeper place is known."""
        known = self.refusal
        self.refusal = replace(known, sheet=known.sheet or sheet, cell=known.cell or cell)


class LimitReached(Refused):
    """A limit of the whole workbook is used up, so there is no sense in reading its other sheets."""
