"""What the schema says about a report, put back to the cells it is about."""

from __future__ import annotations

from collections.abc import Sequence

from intake.entries import Entry, expectation
from intake.fields import Field
from intake.frame import frame_of
from intake.schemas import breaches, schema_of
from intake.wording import Fault, fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.errors import Issue
from scoring.numbers import exact_text


def type_issues(entries: Sequence[Entry]) -> list[tuple[Entry, Issue]]:
    """Every breach of the schema with the entry it is about. Loads pandas and pandera when first called."""
    if not entries:
        return []
    by_number = {entry.field.number: entry for entry in entries}
    schema = schema_of(entry.field for entry in entries)
    found: list[tuple[Entry, Issue]] = []
    for breach in breaches(frame_of(entries), schema):
        entry = by_number[breach.field]
        if entry.spot is not None:
            place = entry.spot.place(entry.field)
            what = _with_bounds(breach.code, entry.field)
            issue = worded(
                CELL_WORDINGS, what, place, found=entry.text, expected=expectation(entry.field.element)
            )
            found.append((entry, issue))
    return found


def _with_bounds(code: str, field: Field) -> Fault:
    element = field.element
    least = "" if element.minimum is None else exact_text(element.minimum)
    most = "" if element.maximum is None else exact_text(element.maximum)
    return fault(code, least=least, most=most, places=element.places)
