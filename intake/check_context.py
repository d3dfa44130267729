"""All that the checks of a report need besides the report and the rules: what was accepted before.

The server makes it from its store, and hands it out as a file; with it a report is checked elsewhere with
the same outcome. Nothing in it is another unit's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from intake.fields import due_forms
from scoring.codes import ElementCode, PeriodCode, UnitCode
from scoring.facts import Fact, Standing, canonical_line
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

_KEPT = frozenset({Standing.VALUE, Standing.NIL, Standing.NOT_APPLICABLE})
_YEARS_BACK = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What is in force of one unit, as seen from one report of one provider.

    facts: of earlier periods back to the beginning of last year, and of this period by other providers as
    far as a check asks for them. accepted: the figures accepted for this very report, where there are any.
    Both in a fixed order, without origins. as_of: when it was made, as text; nothing rests on it.
    """

    unit: UnitCode
    period: Period
    provider: Provider
    rule_set: str
    """Code and version."""
    rules_digest: str
    forms_digest: str
    facts: tuple[Fact, ...] = ()
    accepted: tuple[Fact, ...] = ()
    as_of: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 over everything but the time it was made."""
        head = (self.unit, self.period.code, self.provider.value)
        lines = [*head, self.rule_set, self.rules_digest, self.forms_digest]
        lines += [f"facts {canonical_line(fact)}" for fact in self.facts]
        lines += [f"accepted {canonical_line(fact)}" for fact in self.accepted]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def gather_context(
    rules: RuleSet,
    unit: UnitCode,
    period: Period,
    provider: Provider,
    facts: Iterable[Fact] = (),
    *,
    as_of: str = "",
) -> CheckContext:
    """The context of a report, chosen from all facts in force that may bear on it.

    rules: those in force for the period. Of two facts for one place the later one stands.
    """
    asked = _elements_asked(rules, provider, period)
    chosen = {
        fact.series: replace(fact, origin="")
        for fact in facts
        if fact.unit == unit and fact.series.element in asked and fact.standing in _KEPT
    }
    earlier: list[Fact] = []
    accepted: list[Fact] = []
    here = (period.year, period.quarter)
    for series in sorted(chosen):
        ends = end_of(series.period)
        own = rules.elements[series.element].provider is provider
        if ends == here and own:
            accepted.append(chosen[series])
        elif (period.year - _YEARS_BACK, 1) <= ends <= here:
            earlier.append(chosen[series])
    return CheckContext(
        unit=unit,
        period=period,
        provider=provider,
        rule_set=f"{rules.code} {rules.version}",
        rules_digest=rules.digest,
        forms_digest=rules.forms_digest,
        facts=tuple(earlier),
        accepted=tuple(accepted),
        as_of=as_of,
    )


def end_of(code: PeriodCode) -> tuple[int, int]:
    """Year and last quarter of a reporting period."""
    year, part = int(code[:4]), code[4:]
    if not part:
        return year, 4
    return year, int(part[1]) * (2 if part[0] == "H" else 1)


def _elements_asked(rules: RuleSet, provider: Provider, period: Period) -> frozenset[ElementCode]:
    """The provider's own elements, and those of others that checks of its forms compare them with."""
    own = {code for code, element in rules.elements.items() if element.provider is provider}
    return frozenset(own.union(_compared(rules, provider, period)))


def _compared(rules: RuleSet, provider: Provider, period: Period) -> Iterator[ElementCode]:
    for form in due_forms(rules, provider, period):
        for check in form.checks:
            yield from (figure.element for figure in check.rule.figures())
