"""Real scoring rules as rule files: their worked examples hold, and both engines give whole tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.errors import Severity
from scoring.examples import check_examples
from scoring.fact_tables import facts_from_rows, with_bare_units
from scoring.facts import Facts
from scoring.givens import example_facts
from scoring.numbers import exact_text, ratio_from_text
from scoring.periods import Period, period_from_text
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.sources import Example
from scoring.values import UnitView
from scoring.vectorised.engine import VectorEngine
from services.engines import demand_agreement, score_facts

HERE = Path(__file__).resolve().parent
FOLDERS = sorted(file.parent.name for file in HERE.glob("*/ruleset.yaml"))
CASES = sorted(file.parent.name for file in HERE.glob("*/expected.csv"))
FEWEST_EXAMPLES = 2

Row = dict[str, str]


@cache
def rules_of(folder: str) -> RuleSet:
    """The rule set of a folder; fails where it has a hard issue."""
    rules, issues = read_rule_set(HERE / folder)
    assert rules is not None, "\n".join(map(str, issues))
    return rules


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_rule_set_loads_without_a_hard_issue(folder: str) -> None:
    _, issues = read_rule_set(HERE / folder)
    assert [str(issue) for issue in issues if issue.severity is Severity.HARD] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_worked_example_holds(folder: str) -> None:
    assert [str(checked.issue) for checked in check_examples(rules_of(folder)) if checked.issue] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_engines_agree_on_every_worked_example(folder: str) -> None:
    rules = rules_of(folder)
    whole_year = Period(rules.year, 4, yearly=True)
    for example in examples_of(rules):
        around, facts, unread = example_facts(rules, example)
        assert not unread
        fast = VectorEngine(around, facts, whole_year).score()
        demand_agreement(fast, PlainEngine(around, facts, whole_year).score())


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_rule_that_counts_has_examples_with_their_arithmetic(folder: str) -> None:
    rules = rules_of(folder)
    few = [each.code for each in rules.indicators.values() if len(each.examples) < FEWEST_EXAMPLES]
    counted = [each for each in rules.adjustments if each.value is not None]
    few += [each.code for each in counted if len(each.examples) < FEWEST_EXAMPLES]
    assert folder in CASES or few == []


@pytest.mark.parametrize("folder", CASES)
def test_both_engines_give_the_expected_totals_grades_and_places(folder: str) -> None:
    rules = rules_of(folder)
    rows = read_rows(HERE / folder / "expected.csv")
    whole = {code: scored(folder, rules, code) for code in {period_of(row, rules) for row in rows}}
    missed = [
        f"{row['unit']} {row['item']}: {row['expected']} expected ({row['why']}), found {found}"
        for row in rows
        if (found := shown(whole[period_of(row, rules)], row)) != wanted(row)
    ]
    assert missed == []


def examples_of(rules: RuleSet) -> Iterator[Example]:
    """All examples of all rules of a set."""
    for indicator in rules.indicators.values():
        yield from indicator.examples
    for adjustment in rules.adjustments:
        yield from adjustment.examples


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file with a heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def period_of(row: Row, rules: RuleSet) -> str:
    """The period that a row is about; the whole year where it names none."""
    return row.get("period") or str(rules.year)


@dataclass(frozen=True)
class Whole:
    """The facts of a folder and what both engines made of them."""

    rules: RuleSet
    facts: Facts
    period: Period
    scoring: Scoring


def scored(folder: str, rules: RuleSet, code: str) -> Whole:
    """The facts of a folder scored by both engines, which must agree."""
    rows = enumerate(read_rows(HERE / folder / "facts.csv"), start=2)
    facts, issues = facts_from_rows(rows, rules, "facts.csv")
    assert not issues, [str(issue) for issue in issues]
    period = period_from_text(code)
    assert period is not None
    rules = with_bare_units(rules, facts)
    return Whole(rules, facts, period, score_facts(rules, facts, period))


def wanted(row: Row) -> str:
    """The expected text in one way of writing: 2.50 and 5/2 are the same."""
    number = ratio_from_text(row["expected"])
    return row["expected"] if number is None else exact_text(number)


def shown(whole: Whole, row: Row) -> str:
    """What was found: `score`, `grade`, `rank` …, `points:CODE` and the like of a node, or `check:CODE`."""
    what, _, code = row["item"].partition(":")
    unit, scoring = UnitCode(row["unit"]), whole.scoring
    if what == "check":
        return checked(whole, unit, code)
    record: object = scoring.results[unit]
    if code:
        node = (unit, NodeCode(code))
        record = scoring.adjustments[node] if node in scoring.adjustments else scoring.scores[node]
    found = getattr(record, what)
    if isinstance(found, tuple):
        return " ".join(found)
    if found is None:
        return ""
    return exact_text(Fraction(found)) if isinstance(found, Fraction | int) else str(found)


def checked(whole: Whole, unit: UnitCode, code: str) -> str:
    """Whether a relation between figures holds for a unit."""
    checks = {check.code: check for form in whole.rules.forms.values() for check in form.checks}
    view = UnitView(whole.rules, whole.facts, whole.facts.units.index(unit), whole.period)
    return "holds" if view.evaluate(checks[code].rule) is True else "fails"
