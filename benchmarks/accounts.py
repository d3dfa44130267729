"""How long it takes to explain a number of the sample year, once rules and facts are at hand.

`python -m benchmarks.accounts`. Targets: 50 microseconds a number, 2 milliseconds a region of 57 indicators.
Every indicator of every region is explained, and the mean is told; beside it the plain computing of the
value alone, which an explanation cannot do without. "by itself": nothing was scored before, as when
`kaohe explain` is asked for one number. "of a run": everything was scored, as when pages and the API ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.timing import MICROSECOND, MILLISECOND, median_cpu, print_table, ratio
from scoring.accounts import LeafAccount, account_of
from scoring.engine import PlainEngine
from scoring.explain import as_data, sentences
from scoring.values import UnitView, indicator_value
from services.score_files import Given, read_given

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 9
NUMBER_TARGET, REGION_TARGET = 50 * MICROSECOND, 2 * MILLISECOND


def main() -> None:
    """Prints the table."""
    given = read_given(
        folder=ROOT / "rules" / "national" / "2021",
        facts_file=ROOT / "sample_reports" / "2021" / "facts.csv",
    )
    units, numbers = len(given.facts.units), len(given.facts.units) * len(given.rules.indicators)
    cells = sum(
        len(each.made_of) for account in accounts(engine_of(given)) for each in account.points.value.inputs
    )
    print(f"{units} regions, {numbers} numbers made of {cells:,} cells. CPU time, medians of {REPEATS}.\n")
    value = median_cpu(lambda: compute_values(given), REPEATS)
    rows = [row("value alone", value, value, numbers, units)]
    for name, work in steps(given):
        rows.append(row(name, median_cpu(work, REPEATS), value, numbers, units))
    print_table(("", "a number, us", "a region, ms", "to the value alone", "targets"), rows)


def steps(given: Given) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured, by name; accounts are made anew each time, since they remember their cells."""
    for name, engine in (("by itself", engine_of(given)), ("of a run", scored_engine_of(given))):
        yield f"account {name}", partial(each_account, engine, bool)
        yield "  and its sentences", partial(each_account, engine, sentences)
        yield "  and its data, sentences included", partial(each_account, engine, as_data)


def each_account(engine: PlainEngine, then: Callable[[LeafAccount], object]) -> None:
    """Makes every account and does something with it."""
    for account in accounts(engine):
        then(account)


def engine_of(given: Given) -> PlainEngine:
    """An engine that has scored nothing yet."""
    return PlainEngine(given.rules, given.facts, given.period)


def scored_engine_of(given: Given) -> PlainEngine:
    """An engine that has scored everything."""
    engine = engine_of(given)
    engine.score()
    return engine


def accounts(engine: PlainEngine) -> Iterator[LeafAccount]:
    """The account of every indicator of every unit."""
    for unit in engine.facts.units:
        for code in engine.rules.indicators:
            account = account_of(engine, unit, code)
            if isinstance(account, LeafAccount):
                yield account


def compute_values(given: Given) -> None:
    """Every value, and nothing else."""
    for place in range(len(given.facts.units)):
        for indicator in given.rules.indicators.values():
            indicator_value(indicator, UnitView(given.rules, given.facts, place, given.period))


def row(name: str, taken: float, value: float, numbers: int, units: int) -> tuple[str, ...]:
    """One line of the table."""
    met = taken / numbers <= NUMBER_TARGET and taken / units <= REGION_TARGET
    return (
        name,
        f"{taken / numbers / MICROSECOND:.1f}",
        f"{taken / units / MILLISECOND:.2f}",
        ratio(taken, value),
        "met" if met else "missed",
    )


if __name__ == "__main__":
    main()
