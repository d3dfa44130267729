"""Other people's published assessments as judges: their tables, and a scoring of them by our rule files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.examples import check_examples
from scoring.fact_tables import facts_from_rows, with_bare_units, with_units
from scoring.facts import Facts
from scoring.periods import Period
from scoring.results import NodeScore
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet, Unit

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "external"
WHOLE_CASES = ROOT.parent / "shared" / "external_cases"

Row = Mapping[str, str]


def needs_whole(case: str) -> pytest.MarkDecorator:
    """Skips where the whole of a case's published data is not beside this repository."""
    absent = not (WHOLE_CASES / case / "inputs.csv").is_file()
    return pytest.mark.skipif(absent, reason=f"the whole data of {case} is not in ../shared/external_cases")


def whole_table(case: str, name: str) -> list[dict[str, str]]:
    """A table of the whole case; empty where it is not beside this repository."""
    path = WHOLE_CASES / case / name
    return read_table(path) if path.is_file() else []


def sample_table(case: str, name: str) -> list[dict[str, str]]:
    """A table of the part that is committed with the rule files."""
    return read_table(HERE / case / name)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_rules(case: str) -> RuleSet:
    """The rule set of a case; fails where it has any issue, a soft one or a worked example included."""
    rules, issues = read_rule_set(HERE / case / "rules")
    assert not issues, [str(issue) for issue in issues]
    assert rules is not None
    failing = [str(checked.issue) for checked in check_examples(rules) if checked.issue]
    assert not failing, failing
    return rules


def facts_of(rules: RuleSet, rows: Iterable[Row]) -> Facts:
    """Facts of rows of unit, element and value (and period, where it is not the rule set's year)."""
    numbered = ((line, {"period": str(rules.year), **row}) for line, row in enumerate(rows, start=2))
    facts, issues = facts_from_rows(numbered, rules, "inputs.csv")
    assert not issues, [str(issue) for issue in issues[:5]]
    return facts


def score_rows(rules: RuleSet, rows: Iterable[Row], units: Iterable[str] = ()) -> Scoring:
    """The scoring of the rule set's whole year by the plain engine.

    units: where some have no row at all; otherwise the units are those of the rows.
    """
    known = {UnitCode(unit): Unit(code=UnitCode(unit), name=unit) for unit in units}
    rules = with_units(rules, known) if known else rules
    facts = facts_of(rules, rows)
    period = Period(rules.year, 4, yearly=True)
    return PlainEngine(with_bare_units(rules, facts), facts, period).score()


def node_of(scoring: Scoring, unit: str, node: str) -> NodeScore:
    """The score of one node of one unit."""
    return scoring.scores[UnitCode(unit), NodeCode(node)]


def plain_decimal(text: str) -> str:
    """A number as fact tables write it: without exponent."""
    return format(Decimal(text), "f")


def exact(text: str) -> Fraction:
    """A published figure as an exact number."""
    return Fraction(text)
