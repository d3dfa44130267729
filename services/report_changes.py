"""What a new version of a report changes against the one before it, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.records import StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.facts import Fact, Series
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import RuleSet


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure that is not as it was; before or after is None where it was not reported."""

    series: Series
    name: str
    before: Fact | None
    after: Fact | None
    dated: bool = False
    """Whether the amounts are days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChanges:
    """What is new against a version; `against` is None where nothing was ever reported for the period."""

    against: StoredReport | None = None
    figures: tuple[FigureChange, ...] = ()


def changes_of(
    work: UnitOfWork,
    rules: RuleSet,
    *,
    unit: UnitCode,
    period: PeriodCode,
    provider: str,
    facts: Iterable[Fact],
    before: StoredReport | None = None,
) -> ReportChanges:
    """The changes against the latest version that has figures, or the latest one older than `before`.

    A version that was returned by the checks has no figures, so it is passed over.
    """
    report = work.reports.latest_with_facts(
        unit, period, provider, before=None if before is None else before.version
    )
    if report is None:
        return ReportChanges()
    old = {fact.series: fact for fact in work.reports.facts(report.id)}
    return ReportChanges(against=report, figures=tuple(_differing(rules, old, facts)))


def _differing(rules: RuleSet, old: dict[Series, Fact], facts: Iterable[Fact]) -> Iterator[FigureChange]:
    new = {fact.series: fact for fact in facts}
    for series in {**new, **old}:
        before, after = old.get(series), new.get(series)
        if _said(before) != _said(after):
            element = rules.elements.get(series.element)
            name = element.name if element else ""
            dated = element is not None and element.type is ElementType.DATE
            yield FigureChange(series=series, name=name, before=before, after=after, dated=dated)


def _said(fact: Fact | None) -> object:
    return fact and (fact.amount, fact.standing)
