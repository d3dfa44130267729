"""Figures that end in 0 or 5 too often."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb

from intake.regularity.look import Look
from intake.wording import fault
from scoring.errors import Issue, Place
from scoring.numbers import shown
from scoring.rulebook.forms import ElementType

_FIVES = 5
"""Every fifth whole number ends in 0 or 5."""


def last_digits(look: Look) -> Iterator[Issue]:
    """Looks at the last digits of all counts of a report that are large enough for these to be chance.

    Found where so many 0s and 5s, or more, would come up in fewer cases than the rule's chance: the exact
    upper tail of the binomial distribution with 1/5.
    Source: last-digit tests of election and survey figures (Beber and Scacco, 2012).
    False positives: see docs/checks-of-reports.md.
    """
    rule = look.rules.plausibility.last_digit
    if rule is None:
        return
    counts = [
        int(amount)
        for element, _, amount in look.numbers()
        if element.type is ElementType.INTEGER and amount >= rule.at_least
    ]
    ending = sum(count % _FIVES == 0 for count in counts)
    if len(counts) < rule.figures or upper_tail(len(counts), ending) >= rule.chance:
        return
    what = fault(
        "last-digits",
        at_least=shown(rule.at_least),
        figures=len(counts),
        ending=ending,
        chance=f"{shown(100 * rule.chance)}%",
    )
    yield look.finding(what, Place(), rule.source, str(ending))


def upper_tail(trials: int, hits: int) -> Fraction:
    """How probable so many hits or more are, when each trial hits with 1/5."""
    ways = sum(comb(trials, each) * (_FIVES - 1) ** (trials - each) for each in range(hits, trials + 1))
    return Fraction(ways, _FIVES**trials)
