"""How long the office waits for why places moved, and for a page of a long ranking.

`python -m benchmarks.ranking [UNITS]`. Targets: the moves of 32 units 2 s, a page of 50 lines 5 ms.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.timing import MILLISECOND, median_cpu, print_table, ratio
from models.migrate import upgrade
from models.records import RunId, Sha256, StoredRuleSet, StoredRun
from models.unit_of_work import Database
from sample_reports.generate.regions import regions_of
from sample_reports.generate.year import ledger_of
from scoring.codes import PeriodCode, UnitCode
from scoring.facts import Fact
from scoring.movements.moves import End, moves_between
from scoring.periods import Period
from scoring.results import NodeScore, Outcome, UnitResult
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.period_facts import bearing_periods
from services.policy import Actor, Role
from services.ranking_orders import orders_of
from services.ranking_pages import Asked, ranking_page
from services.rule_library import RuleLibrary

ROOT = Path(__file__).resolve().parents[1]
OFFICE = Actor(id="office", name="双打办", roles=frozenset({Role.OFFICE_OPERATOR}))
RUN, NOW = RunId("run"), datetime(2022, 1, 15, tzinfo=UTC)
PERIODS = {"third quarter": Period(2021, 3, yearly=False), "year": Period(2021, 4, yearly=True)}
PAGES = {
    "by rank": Asked(),
    "by an indicator": Asked(sort="I09-1"),
    "by name": Asked(sort="name"),
    "two filters": Asked(sort="I09-1", group="甲", grade="优秀"),
    "part of a name": Asked(text="99"),
}
MOVES_TARGET, PAGE_TARGET = 2.0, 5 * MILLISECOND


@dataclass(frozen=True, slots=True)
class OneLibrary:
    """Knows a single rule set, under whatever digest."""

    rules: RuleSet

    def by_digest(self, _digest: str, _work: object) -> RuleSet:
        """The one."""
        return self.rules


def main() -> None:
    """Prints the tables."""
    rules = RuleLibrary(ROOT / "rules").current(2021)
    facts = [fact for region in regions_of(rules) for fact in ledger_of(region, rules).facts()]
    print("CPU time, medians.\n")
    rows = [
        moves_row("new figures alone", rules, rules, facts, facts),
        moves_row("and corrections", rules, rules, facts, corrected(facts)),
        moves_row("and other rules", rules, replace(rules, bonus_cap=Fraction(1)), facts, corrected(facts)),
    ]
    print_table(("moves of 32 units", "s", "to 2 s"), rows)
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 40_000
    with kept_ranking(rules, units) as context:
        pages = [page_row(name, context, asked) for name, asked in PAGES.items()]
    print()
    print_table((f"page of 50 of {units:,}", "ms", "to 5 ms"), pages)


def corrected(facts: Sequence[Fact]) -> list[Fact]:
    """Every ninety-seventh figure one more."""
    return [
        replace(fact, amount=fact.amount + 1)
        if not place % 97 and isinstance(fact.amount, Fraction)
        else fact
        for place, fact in enumerate(facts)
    ]


def moves_row(
    name: str, rules: RuleSet, later: RuleSet, facts: Sequence[Fact], later_facts: Sequence[Fact]
) -> tuple[str, str, str]:
    """From the third quarter to the year."""
    first, last = PERIODS.values()
    taken = median_cpu(partial(moves_between, end(rules, facts, first), end(later, later_facts, last)), 3)
    return name, f"{taken:.2f}", ratio(taken, MOVES_TARGET)


def end(rules: RuleSet, facts: Sequence[Fact], period: Period) -> End:
    """A scoring of the sample year."""
    bearing = frozenset(bearing_periods(period))
    known = tuple(fact for fact in facts if fact.series.period in bearing)
    return End(rules=rules.in_force(period), facts=known, period=period, bearing=bearing)


@contextmanager
def kept_ranking(rules: RuleSet, count: int) -> Iterator[Context]:
    """A run of so many units in a file of SQLite, with random points at every node."""
    one = next(iter(rules.units.values()))
    codes = [UnitCode(f"{number:06d}") for number in range(count)]
    rules = rules.with_units({code: replace(one, code=code, name=f"第{code}乡") for code in codes})
    draw = random.Random(1)  # noqa: S311 - for a benchmark
    points = [Fraction(number, 100) for number in range(10_001)]
    results = [result(code, draw.choice(points)) for code in codes]
    results.sort(key=lambda each: each.score or 0, reverse=True)
    results = [replace(each, rank=place) for place, each in enumerate(results, 1)]
    scores = [
        NodeScore(code, node, None, draw.choice(points), Fraction(100), Outcome.SCORED)
        for node in rules.order
        for code in codes
    ]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ranking.db"
        upgrade(url)
        database = Database(url)
        keep(database, rules, results, scores)
        library: Any = OneLibrary(rules)
        yield Context(write=database.writing, read=database.reading, library=library, clock=lambda: NOW)
        database.close()


def result(unit: UnitCode, points: Fraction) -> UnitResult:
    """A result before it has a place."""
    none = Fraction(0)
    return UnitResult(unit, points, none, none, points, points, grade="优秀", tier="一", group="甲")


def keep(
    database: Database, rules: RuleSet, results: Sequence[UnitResult], scores: Sequence[NodeScore]
) -> None:
    """The run with its orders."""
    digest, now = Sha256("5" * 64), NOW
    run = StoredRun(
        id=RUN,
        period=PeriodCode("2021"),
        rule_set_digest=digest,
        facts_digest=digest,
        engine_version="0",
        result_digest=digest,
        label="年度",
        created_at=now,
        actor="office",
    )
    kept = StoredRuleSet(digest=digest, code="x", title="x", year=2021, version="1", stored_at=now)
    with database.writing() as work:
        work.rule_sets.keep(kept, {"ruleset.yaml": b""})
        work.runs.add(run, scores=scores, adjustments=[], results=results, reports=[])
        work.run_orders.add(RUN, orders_of(rules, results, scores))
        work.commit()


def page_row(name: str, context: Context, asked: Asked) -> tuple[str, str, str]:
    """The first page; every other costs the same."""
    taken = median_cpu(partial(ranking_page, context, actor=OFFICE, run=RUN, asked=asked))
    return name, f"{taken / MILLISECOND:.1f}", ratio(taken, PAGE_TARGET)


if __name__ == "__main__":
    main()
