"""The typed frame of a report: one row a field, what was read in columns of plain types."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from intake.entries import Entry
from intake.readings import State

if TYPE_CHECKING:
    import pandas as pd

INDEX = "field"


def frame_of(entries: Iterable[Entry]) -> pd.DataFrame:
    """The entries as a frame, indexed by the number of their field.

    Columns: state (see `State`), number (the figure times 10^places of its element, Int64; NA where there is
    none or it has more places), places (how many the figure has, Int64), day (ordinal of a date, Int64), word
    (of a choice, "" for none). No floats. What the figure is of and where it stands is with its entry.
    """
    import pandas as pd

    listed = list(entries)
    readings = [entry.reading for entry in listed]
    places = [None if reading.number is None else places_of(reading.number) for reading in readings]
    numbers = [_scaled(entry) for entry in listed]
    days = [None if reading.day is None else reading.day.toordinal() for reading in readings]
    return pd.DataFrame(
        {
            "state": pd.array([entry.state.value for entry in listed], dtype="str"),
            "number": pd.array(numbers, dtype="Int64"),
            "places": pd.array(places, dtype="Int64"),
            "day": pd.array(days, dtype="Int64"),
            "word": pd.array([reading.word or "" for reading in readings], dtype="str"),
        },
        index=pd.Index([entry.field.number for entry in listed], dtype="int64", name=INDEX),
    )


def places_of(number: Decimal) -> int:
    """How many decimal places a figure has; 0 for a whole number."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _scaled(entry: Entry) -> int | None:
    number, places = entry.reading.number, entry.field.element.places
    if number is None or entry.state is not State.VALUE or places_of(number) > places:
        return None
    return int(number.scaleb(places))
