"""From what was read to facts: the exact figure with its standing and the cell it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from intake.entries import Entry
from intake.readings import State
from scoring.codes import UnitCode
from scoring.facts import Amount, Fact, Standing

_STANDINGS = {
    State.VALUE: Standing.VALUE,
    State.NIL: Standing.NIL,
    State.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
    State.BLANK: Standing.MISSING,
    State.UNREAD: Standing.MISSING,
}


def facts_of(
    entries: Iterable[Entry], unit: UnitCode, digest: str, faulty: Collection[int] = ()
) -> tuple[Fact, ...]:
    """The facts of all entries that say something: totals, blanks and faulty fields give none.

    `digest` is the SHA-256 of the file; the origin of a fact is "digest!sheet!cell".
    """
    return tuple(
        Fact(unit, entry.field.series, amount_of(entry), _STANDINGS[entry.state], _origin(entry, digest))
        for entry in entries
        if not entry.field.is_total
        and _STANDINGS[entry.state] is not Standing.MISSING
        and entry.field.number not in faulty
    )


def amount_of(entry: Entry) -> Amount | None:
    """The exact amount: a number, the ordinal of a day, a word; 0 for nil; None where there is none."""
    reading = entry.reading
    if entry.state is State.NIL:
        return Fraction(0)
    if reading.number is not None:
        return Fraction(reading.number)
    if reading.day is not None:
        return Fraction(reading.day.toordinal())
    return reading.word


def _origin(entry: Entry, digest: str) -> str:
    return f"{digest}!{entry.spot.sheet}!{entry.spot.address}" if entry.spot else digest
