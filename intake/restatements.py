"""A report that says something else than the one already accepted for the same period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from intake.entries import Entry
from intake.facts import amount_of
from intake.labels import NIL_WORD, NOT_APPLICABLE_WORD
from intake.readings import State
from intake.wording import fault, worded
from intake.wording_doubts import DOUBT_WORDINGS
from scoring.errors import Issue
from scoring.facts import Amount, Fact, Standing
from scoring.numbers import shown
from scoring.rulebook.forms import ElementType

_COMPARED = frozenset({State.VALUE, State.NIL, State.NOT_APPLICABLE})


def restated_figures(
    entries: Iterable[Entry], accepted: Iterable[Fact], faulty: frozenset[int]
) -> Iterator[tuple[Entry, Issue]]:
    """Each figure that differs from the accepted one; nil and 0 are the same amount.

    What was accepted and is blank or faulty now has an issue of its own already; what was not reported then
    and is now is no restatement.
    """
    before = {fact.series: fact for fact in accepted}
    for entry in entries if before else ():
        fact = before.get(entry.field.series)
        if fact is None or entry.field.is_total or entry.field.number in faulty or not entry.spot:
            continue
        if entry.state in _COMPARED and amount_of(entry) != fact.amount:
            what = fault("restated-figure", before=_said(fact, entry), after=_now(entry))
            place = entry.spot.place(entry.field)
            found = entry.text or entry.reading.shown
            yield entry, worded(DOUBT_WORDINGS, what, place, found=found, expected=_said(fact, entry))


def _said(fact: Fact, entry: Entry) -> str:
    if fact.standing is Standing.NIL:
        return NIL_WORD
    return NOT_APPLICABLE_WORD if fact.amount is None else _text(fact.amount, entry)


def _now(entry: Entry) -> str:
    if entry.state is State.NIL:
        return NIL_WORD
    amount = amount_of(entry)
    return NOT_APPLICABLE_WORD if amount is None else _text(amount, entry)


def _text(amount: Amount, entry: Entry) -> str:
    if isinstance(amount, Fraction) and entry.field.element.type is ElementType.DATE:
        return date.fromordinal(int(amount)).isoformat()
    return shown(amount) if isinstance(amount, Fraction) else amount
