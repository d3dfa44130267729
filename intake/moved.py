"""What became of an old workbook on its way into the present template: the values, and a list for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.template_plan import Heading
from scoring.codes import FormCode
from scoring.facts import Amount, Series, Standing


class Fate(StrEnum):
    """What became of a value, or has to be done about a field."""

    CHECK = "check"
    """Carried, but somebody should look at it."""
    LEFT = "left"
    """Not carried; the text is kept in the list."""
    NEW = "new"
    """Not in the old workbook: to be filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One line of the list. sheet, cell, text: where it stood and what; empty for what is new."""

    fate: Fate
    form: str
    row_label: str
    column: str
    why: str
    why_en: str
    sheet: str = ""
    cell: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What goes into the new template, and the list of everything that did not go smoothly.

    carried: how many cells by form. blank: the fields that stay to be filled in, those of events left out.
    """

    filled: Mapping[Series, Amount | Standing]
    headings: Mapping[FormCode, Heading]
    carried: Mapping[FormCode, int]
    items: tuple[Moved, ...] = ()
    blank: int = 0

    @property
    def total(self) -> int:
        """How many cells were carried."""
        return sum(self.carried.values())

    def of(self, fate: Fate) -> tuple[Moved, ...]:
        """The lines of one kind, in order."""
        return tuple(item for item in self.items if item.fate is fate)
