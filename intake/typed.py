"""What the schema says about a report, put back to the cells it is about."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from intake.entries import Entry, expectation
from intake.fields import Field
from intake.frame import frame_of
from intake.schemas import breaches, schema_of
from intake.wording import Fault, fault, worded
from intake.wording_cells import CELL_WORDINGS
from scoring.errors import Issue
from scoring.numbers import exact_text

if TYPE_CHECKING:
    import pandera.pandas as pa


def type_issues(entries: Sequence[Entry]) -> list[tuple[Entry, Issue]]:
    """Every breach of the schema with the entry it is about. Loads pandas and pandera when first called."""
    if not entries:
        return []
    by_number = {entry.field.number: entry for entry in entries}
    schema = _schema_for([entry.field for entry in entries])
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


_MOST_KEPT = 4
_of_thread = threading.local()
"""Schemas by what they were made of. Making one takes as long as using it; no two threads share one."""


def _schema_for(fields: Sequence[Field]) -> pa.DataFrameSchema:
    kept: dict[tuple[int, ...], tuple[pa.DataFrameSchema, Sequence[Field]]]
    kept = _of_thread.__dict__.setdefault("kept", {})
    key = tuple(number for field in fields for number in (field.number, id(field.element), field.is_total))
    if key not in kept:
        if len(kept) == _MOST_KEPT:
            kept.pop(next(iter(kept)))
        # With the fields, so that no other element can take the identity of one of theirs.
        kept[key] = schema_of(fields), fields
    return kept[key][0]


def _with_bounds(code: str, field: Field) -> Fault:
    element = field.element
    least = "" if element.minimum is None else exact_text(element.minimum)
    most = "" if element.maximum is None else exact_text(element.maximum)
    return fault(code, least=least, most=most, places=element.places)
