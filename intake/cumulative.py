"""Running annual figures: within a year the later one is never less than the one before."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from intake.check_results import CheckNotRun, CheckResults, Entries, NotRun, place_of
from intake.entries import Entry
from intake.facts import amount_of
from intake.fields import due_elements
from intake.plausibility.own_history import OwnHistory, codes_before
from intake.readings import State
from intake.wording import fault, worded
from intake.wording_doubts import DOUBT_WORDINGS
from scoring.errors import Issue
from scoring.numbers import shown
from scoring.periods import Period
from scoring.rulebook.forms import Form


def check_cumulative(
    forms: Sequence[Form], period: Period, entries: Entries, history: OwnHistory, results: CheckResults
) -> None:
    """Holds every running annual figure against the period before of the same year."""
    for form in forms:
        for element in due_elements(form, period):
            (before,) = codes_before(element, period, 1)
            if not element.cumulative or not before.startswith(str(period.year)):
                continue
            row = entries.rows[element.code]
            for entry in entries.members(element.code) or tuple(row.values()):
                earlier = history.part(element, before, entry.field.member)
                reason = _undecided(entry, earlier, entries)
                if reason:
                    results.not_run.append(
                        CheckNotRun(
                            form=form.code, check="cumulative", about=entry.field.row_label, reason=reason
                        )
                    )
                    continue
                amount = amount_of(entry)
                if isinstance(amount, Fraction) and earlier is not None and amount < earlier:
                    results.issues.append((entry, _issue(entry, amount, earlier, before)))


def _undecided(entry: Entry, earlier: Fraction | None, entries: Entries) -> NotRun | None:
    if entries.is_faulty((entry,)):
        return NotRun.FAULTY
    if entry.state is State.BLANK:
        return NotRun.MISSING
    if entry.state is State.NOT_APPLICABLE:
        return NotRun.NOT_APPLICABLE
    return NotRun.UNKNOWN if earlier is None else None


def _issue(entry: Entry, amount: Fraction, earlier: Fraction, before: str) -> Issue:
    what = fault(
        "cumulative-falls",
        after=shown(amount),
        before=shown(earlier),
        difference=shown(earlier - amount),
        period=before,
    )
    found = entry.text or entry.reading.shown
    return worded(DOUBT_WORDINGS, what, place_of(entry), found=found, expected=f"≥ {shown(earlier)}")
