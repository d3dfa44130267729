"""Scoring without a database: a rule-set folder and a table of facts in, a table of scores out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.errors import Issue
from scoring.explain import Account, account_of
from scoring.fact_tables import (
    FACT_COLUMNS,
    facts_from_rows,
    units_from_rows,
    with_bare_units,
    with_units,
)
from scoring.facts import Amount, Facts
from scoring.numbers import exact_text, significant_text
from scoring.periods import Period, period_from_text
from scoring.results import NodeScore, Outcome, Place, place_data
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet
from scoring.totals import Earned, named_best
from services.csv_tables import rows_of_file
from services.engines import score_facts
from services.errors import Invalid, Rejected
from services.harmless import harmless

SCORE_COLUMNS = ("unit", "period", "node", "value", "points", "max_points", "outcome", "rank")


@dataclass(frozen=True, slots=True)
class Given:
    """What was read from the files, ready to be scored."""

    rules: RuleSet
    facts: Facts
    period: Period


def read_given(*, folder: Path, facts_file: Path, units_file: Path | None = None, period: str = "") -> Given:
    """Rule set, units and facts; raises Rejected with every issue of every file, or Invalid."""
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    chosen = _period(period, rules)
    rules = rules.in_force(chosen)
    found: list[Issue] = []
    if units_file is not None:
        units, unit_issues = units_from_rows(rows_of_file(units_file, ("unit",), found), units_file.name)
        found.extend(unit_issues)
        rules = with_units(rules, units)
    facts, fact_issues = facts_from_rows(
        rows_of_file(facts_file, FACT_COLUMNS, found), rules, facts_file.name
    )
    found.extend(fact_issues)
    if found:
        raise Rejected(found)
    return Given(with_bare_units(rules, facts), facts, chosen)


def _period(text: str, rules: RuleSet) -> Period:
    period = period_from_text(text or str(rules.year))
    if period is None or period.year != rules.year:
        raise Invalid(
            f"考核期“{text}”要写成 {rules.year} 或 {rules.year}Q1 至 {rules.year}Q4", "unknown period"
        )
    return period


def score_given(given: Given) -> Scoring:
    """All scores of what was given."""
    return score_facts(given.rules, given.facts, given.period)


def explain_given(given: Given, *, unit: str, node: str) -> Account:
    """The account of one number; raises UnknownUnit or UnknownNode."""
    engine = PlainEngine(given.rules, given.facts, given.period)
    return account_of(engine, UnitCode(unit), NodeCode(node))


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line of the table of scores; the root's is the final score, exact and rounded, and its place."""

    unit: UnitCode
    node: NodeCode
    value: Amount | None
    points: Fraction | None
    full: Fraction | None
    """None for an adjustment, which has no full points."""
    outcome: str
    rank: Place | None


def score_lines(given: Given, scoring: Scoring) -> Iterator[ScoreLine]:
    """The table of scores: units in order, nodes as the tree reads, then the adjustments that held."""
    for unit in given.facts.units:
        for node in given.rules.order:
            yield _line(given, scoring, scoring.scores[unit, node])
        for adjustment in given.rules.adjustments:
            score = scoring.adjustments[unit, adjustment.code]
            if score.triggered:
                yield ScoreLine(unit, adjustment.code, score.value, score.points, None, Outcome.SCORED, None)


def _line(given: Given, scoring: Scoring, score: NodeScore) -> ScoreLine:
    value, points, rank = score.value, score.points, score.rank
    if score.node == given.rules.root:
        result = scoring.results[score.unit]
        value, points, rank = result.final, result.score, result.rank
    return ScoreLine(score.unit, score.node, value, points, score.full, score.outcome, rank)


def score_rows(given: Given, scoring: Scoring) -> Iterator[dict[str, str]]:
    """The lines as cells of a table; numbers are decimals, exact or to 28 significant digits."""
    for line in score_lines(given, scoring):
        texts = (
            harmless(line.unit),
            given.period.code,
            line.node,
            harmless(line.value) if isinstance(line.value, str) else _number(line.value),
            _number(line.points),
            _number(line.full),
            line.outcome,
            "" if line.rank is None else str(line.rank),
        )
        yield dict(zip(SCORE_COLUMNS, texts, strict=True))


def _number(value: Fraction | None) -> str:
    return "" if value is None else significant_text(value)


def scores_as_csv(given: Given, scoring: Scoring) -> str:
    """The table of scores as CSV; numbers are decimals, exact or to 28 significant digits."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, SCORE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(score_rows(given, scoring))
    return text.getvalue()


def scores_as_data(given: Given, scoring: Scoring) -> dict[str, object]:
    """The scores for JSON: every number exact, as decimal or fraction text."""
    return {
        "rule_set": {"code": given.rules.code, "version": given.rules.version, "digest": given.rules.digest},
        "facts_digest": given.facts.digest,
        "period": given.period.code,
        "units": [
            {
                "unit": unit,
                "grade": result.grade,
                "tier": result.tier,
                "base": _exact(result.base),
                "score": _exact(result.score),
                "final": _exact(result.final),
                "rank": place_data(result.rank),
                "group_rank": place_data(result.group_rank),
            }
            for unit, result in scoring.results.items()
        ],
        "scores": [
            {
                "unit": line.unit,
                "node": line.node,
                "value": line.value if isinstance(line.value, str) else _exact(line.value),
                "points": _exact(line.points),
                "max_points": _exact(line.full),
                "outcome": line.outcome,
                "rank": place_data(line.rank),
                **_best(given, scoring, line),
            }
            for line in score_lines(given, scoring)
        ],
    }


def _best(given: Given, scoring: Scoring, line: ScoreLine) -> dict[str, object]:
    """The children with the most points, where the rules ask to name them."""
    node = given.rules.nodes.get(line.node)
    if node is None or not node.name_best:
        return {}
    scores = {child: scoring.scores[line.unit, child] for child in node.children}
    earned = {child: Earned(each.points, each.full, each.outcome) for child, each in scores.items()}
    return {"best_children": list(named_best(given.rules, node.code, earned))}


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact_text(value)
