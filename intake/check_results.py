"""What checks leave behind: issues with the entries they are about, and the checks that were not decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from intake.entries import Entry
from intake.readings import State
from scoring.codes import WHOLE, ElementCode, FormCode, MemberCode
from scoring.errors import Issue, Place
from scoring.expressions import Figure, When


class NotRun(StrEnum):
    """Why a check could not be decided."""

    FAULTY = "faulty"
    """A cell it needs has an issue of its own."""
    MISSING = "missing"
    """A figure of this report is not reported or was not found."""
    UNKNOWN = "unknown"
    """An accepted figure of an earlier period or of another provider is not known."""
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"
    """Its formula has no value, such as a division by zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNotRun:
    """A check that was not decided: its code, for what, and why.

    check: that of a form's check, or the name of a family: "total" (of a 合计), "cumulative", "change",
    "history". `about`: the row of a total, the member of a check that is made for each; else empty.
    """

    form: FormCode
    check: str
    about: str
    reason: NotRun


def place_of(entry: Entry) -> Place:
    """The cell of an entry; no place for what was not found."""
    return entry.spot.place(entry.field) if entry.spot else Place()


@dataclass(slots=True)
class CheckResults:
    """What the checks found, in order."""

    issues: list[tuple[Entry, Issue]] = field(default_factory=list)
    not_run: list[CheckNotRun] = field(default_factory=list)

    def left_out(self, check: str, forms: Iterable[FormCode], reason: NotRun = NotRun.UNKNOWN) -> None:
        """Lists a family of checks as not run, once for each form."""
        self.not_run += [
            CheckNotRun(form=form, check=check, about="", reason=reason) for form in dict.fromkeys(forms)
        ]


class Entries:
    """The entries of a report by the figure they are part of, and which of them are faulty."""

    def __init__(self, entries: Iterable[Entry], faulty: frozenset[int]) -> None:
        self.faulty = faulty
        self.rows: dict[ElementCode, dict[MemberCode, Entry]] = {}
        for entry in entries:
            self.rows.setdefault(entry.field.element.code, {})[entry.field.member] = entry

    def behind(self, figure: Figure) -> tuple[Entry, ...]:
        """The cells of this report that make up a figure of this quarter; none for other times."""
        row = self.rows.get(figure.element, {})
        if figure.when is not When.NOW or not row:
            return ()
        if figure.members:
            return tuple(row[member] for member in figure.members if member in row)
        return self.members(figure.element) or (row[WHOLE],)

    def members(self, element: ElementCode) -> tuple[Entry, ...]:
        """The cells of the members of a broken-down element; none for others."""
        return tuple(entry for member, entry in self.rows[element].items() if member)

    def place(self, figure: Figure) -> Entry | None:
        """The one cell that stands for the figure: that of its single member, or of its total."""
        row = self.rows.get(figure.element, {}) if figure.when is When.NOW else {}
        return row.get(figure.members[0] if figure.members else WHOLE)

    def is_faulty(self, entries: Iterable[Entry]) -> bool:
        """Whether any of them has an issue that keeps its value from being used."""
        return any(entry.state is State.UNREAD or entry.field.number in self.faulty for entry in entries)
