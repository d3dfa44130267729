"""The same figure period after period."""

from __future__ import annotations

from collections.abc import Iterator

from intake.plausibility.own_history import codes_before
from intake.regularity.look import Look
from intake.wording import fault
from scoring.errors import Issue
from scoring.numbers import shown


def same_figures(look: Look) -> Iterator[Issue]:
    """Looks for a flow (what quarters are added of) that is the same in so many periods running.

    Stocks stay the same by nature and are left out, as are small numbers.
    Source: case quotas met to the case each month, which the Ministry of Justice had corrected in 2025.
    False positives: see docs/checks-of-reports.md.
    """
    rule = look.rules.plausibility.same_figure
    if rule is None:
        return
    for element, fact, amount in look.numbers():
        if not element.adds_up or amount < rule.at_least:
            continue
        codes = codes_before(element, look.period, rule.periods - 1)
        if all(look.history.part(element, code, fact.series.member) == amount for code in codes):
            what = fault("same-figure", periods=rule.periods, amount=shown(amount))
            yield look.finding(what, look.place(fact.series), rule.source, shown(amount))
