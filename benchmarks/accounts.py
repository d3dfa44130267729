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

from benchmarks.timing import MICROSECOND, MILLISECOND, median_cpu, median_cpu_on, print_table, ratio
from scoring.accounts import LeafAccount, account_of
from scoring.engine import PlainEngine
from scoring.explain import as_data, sentences
from scoring.values import UnitView, indicator_value
from services.score_files import Given, read_given

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 9
NUMBER_TARGET, REGION_TARGET = 50 * MICROSECOND, 2 * MILLISECOND
THEN: dict[str, Callable[[LeafAccount], object]] = {
    "account {}": bool,
    "  and its sentences": sentences,
    "  and its data, sentences included": as_data,
}


def main() -> None:
    """Prints the table."""
    given = read_given(
        folder=ROOT / "rules" / "national" / "2021",
        facts_file=ROOT / "sample_reports" / "2021" / "facts.csv",
    )
    made = list(accounts(engine_of(given)))
    cells = sum(len(made_of) for account in made for _, made_of in account.inputs)
    print(f"{len(given.facts.units)} regions, {len(made)} numbers made of {cells:,} cells.")
    print(f"CPU time, medians of {REPEATS}.\n")
    value = median_cpu(partial(compute_values, given), REPEATS)
    rows = [row("value alone", value, value, given)]
    for name, prepare in (
        ("by itself", partial(engine_of, given)),
        ("of a run", partial(scored_engine_of, given)),
    ):
        for what, then in THEN.items():
            taken = median_cpu_on(partial(each_account, then=then), prepare, REPEATS)
            rows.append(row(what.format(name), taken, value, given))
    heads = ("", "a number, us", "a region, ms", "to the value alone", "50 us", "2 ms")
    print_table(heads, rows)


def engine_of(given: Given) -> PlainEngine:
    """An engine that knows which figures were found false, and has scored nothing."""
    engine = PlainEngine(given.rules, given.facts, given.period)
    if len(engine.voided) != len(given.facts.units):
        raise RuntimeError("that is known of every unit")
    return engine


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


def each_account(engine: PlainEngine, then: Callable[[LeafAccount], object]) -> None:
    """Makes every account and does something with it."""
    for account in accounts(engine):
        then(account)


def compute_values(given: Given) -> None:
    """Every value, and nothing else."""
    for place in range(len(given.facts.units)):
        for indicator in given.rules.indicators.values():
            indicator_value(indicator, UnitView(given.rules, given.facts, place, given.period))


def row(name: str, taken: float, value: float, given: Given) -> tuple[str, ...]:
    """One line of the table."""
    units = len(given.facts.units)
    number, region = taken / units / len(given.rules.indicators), taken / units
    return (
        name,
        f"{number / MICROSECOND:.1f}",
        f"{region / MILLISECOND:.2f}",
        ratio(taken, value),
        "met" if number <= NUMBER_TARGET else "missed",
        "met" if region <= REGION_TARGET else "missed",
    )


if __name__ == "__main__":
    main()
