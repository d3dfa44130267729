"""Every check of a report's figures, one family after the other."""

from __future__ import annotations

from collections.abc import Sequence

from intake.check_context import CheckContext
from intake.check_results import CheckResults, Entries
from intake.checks import check_totals, run_checks
from intake.cumulative import check_cumulative
from intake.entries import Entry
from intake.known import Known
from intake.origin import Asked
from intake.plausibility.doubts import find_doubts
from intake.plausibility.own_history import OwnHistory
from intake.restatements import restated_figures
from scoring.facts import Fact
from scoring.rulebook.forms import Form


def check_figures(
    asked: Asked,
    forms: Sequence[Form],
    entries: Sequence[Entry],
    faulty: frozenset[int],
    facts: Sequence[Fact],
    context: CheckContext | None,
) -> CheckResults:
    """What the submitter is told of the figures; without a context nothing is known of other times.

    faulty: the numbers of the fields that have a hard issue already. facts: those of this report.
    """
    results = CheckResults()
    listed = Entries(entries, faulty)
    earlier = context.facts if context else ()
    check_totals(listed, results)
    known = Known(asked.rules, asked.unit, asked.period, (*earlier, *facts))
    run_checks(forms, listed, known, results)
    history = OwnHistory(earlier, asked.rules.elements)
    check_cumulative(forms, asked.period, listed, history, results)
    find_doubts(asked.rules, forms, asked.period, listed, history, results)
    results.issues += restated_figures(entries, context.accepted if context else (), faulty)
    return results
