"""The canonical report: what a report says, in one way to write it, whatever file it came in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction

from scoring.codes import UnitCode
from scoring.facts import Amount, Fact
from scoring.numbers import exact_text
from scoring.periods import Period
from scoring.rulebook.forms import Provider

_VERSION = 1


def canonical_report(unit: UnitCode, period: Period, provider: Provider, facts: Iterable[Fact]) -> bytes:
    """The figures of a report as JSON that equal reports share byte for byte.

    Each figure is its element, period, member, standing and exact amount as text; sorted, once each. Neither
    cells nor files nor formats are in it: they say where a figure stood, not what it is. Figures that were
    not reported are not in it, since nothing was said.
    """
    figures = sorted(
        [each.series.element, each.series.period, each.series.member, each.standing.name, _text(each.amount)]
        for each in facts
    )
    report = {
        "canonical": _VERSION,
        "unit": unit,
        "period": period.code,
        "provider": provider.value,
        "figures": figures,
    }
    return json.dumps(report, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def figures_digest(unit: UnitCode, period: Period, provider: Provider, facts: Iterable[Fact]) -> str:
    """SHA-256 of the canonical report, in 64 small hexadecimal digits."""
    return hashlib.sha256(canonical_report(unit, period, provider, facts)).hexdigest()


def _text(amount: Amount | None) -> str:
    if amount is None:
        return ""
    return exact_text(amount) if isinstance(amount, Fraction) else amount
