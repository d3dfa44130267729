"""A forecast: what a report would earn its unit if it were accepted now and nobody else reported anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from models.unit_of_work import UnitOfWork
from scoring.codes import NodeCode, UnitCode
from scoring.engine import Scoring
from scoring.explain import title_of
from scoring.facts import Fact
from scoring.periods import Period
from scoring.results import NodeScore
from scoring.rulebook.rules import RuleSet
from scoring.vectorised.engine import VectorEngine
from services.period_facts import bearing_periods, known_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastLine:
    """One indicator whose points would change; None = no score."""

    code: NodeCode
    title: str
    full: Fraction
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The unit's own year-to-date score with the report, and with what is in force instead.

    The scores are rounded as the rule set says; None where there is none. lines: every indicator that
    differs, in the order of the tree. Places are not told: they are others' figures as much as one's own.
    """

    period: Period
    score: Fraction | None
    before: Fraction | None
    lines: tuple[ForecastLine, ...]


def forecast_of(
    work: UnitOfWork, rules: RuleSet, *, unit: UnitCode, period: Period, provider: str, facts: Iterable[Fact]
) -> Forecast:
    """Scores the unit twice: with the figures in force, and with these in place of its report's.

    One engine scores: a forecast is kept nowhere, so nothing need prove it.
    """
    in_force = tuple(work.reports.facts_in_force(bearing_periods(period), unit=None))
    current = work.reports.latest_in_force(unit, period.code, provider)
    replaced = set() if current is None else {fact.series for fact in work.reports.facts(current.id)}
    others = [fact for fact in in_force if not (fact.unit == unit and fact.series in replaced)]
    before = VectorEngine(rules, known_facts(rules, in_force), period).score()
    after = VectorEngine(rules, known_facts(rules, [*others, *facts]), period).score()
    return Forecast(
        period=period,
        score=after.results[unit].score,
        before=before.results[unit].score,
        lines=_lines(rules, unit, before, after),
    )


def _lines(rules: RuleSet, unit: UnitCode, before: Scoring, after: Scoring) -> tuple[ForecastLine, ...]:
    old, new = before.scores, after.scores
    changed = [
        code for code in rules.order if code in rules.indicators and old[unit, code] != new[unit, code]
    ]
    return tuple(_line(rules, code, old[unit, code], new[unit, code]) for code in changed)


def _line(rules: RuleSet, code: NodeCode, before: NodeScore, after: NodeScore) -> ForecastLine:
    full = rules.indicators[code].points
    return ForecastLine(
        code=code, title=title_of(rules, code), full=full, before=before.points, after=after.points
    )
