"""W(n): the exact vectorised engine beside the float64 program for the same rules, in one process, in turn.

Run: python -m benchmarks.score_w. Printed are medians of CPU time and their ratio; then how many cells,
scores and places each program gets wrong. The judge is the plain engine's fractions up to 3,000 units, and
for 40,000 a program in Python's integers that is held to those fractions first.

Outside the time taken: compiling the rules (it does not depend on the facts) and putting the figures into
memory, as columns of whole numbers for one program and of doubles for the other. Every scoring gets columns
of its own, so that nothing reckoned from them by an earlier one is there.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import print_table
from benchmarks.w_case import PERIOD, ROOT, data, facts, rule_set, rules, unit_codes
from benchmarks.w_float import FloatScores, float_rule, float_scores, places
from benchmarks.w_oracle import OracleScores, oracle_scores
from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.vectorised.accounts import account_of
from scoring.vectorised.engine import CompiledPlan, compile_rules, score_table
from scoring.vectorised.table import ScoreTable

SIZES = {32: 300, 3_000: 60, 40_000: 15}
DEMANDED = {32: "1.5", 3_000: "1.0", 40_000: "0.8"}
FRACTIONS_UP_TO = 3_000


def main() -> None:
    """Prints two tables, a line a size."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    heads = (
        "units",
        "exact ms",
        "float64 ms",
        "ratio",
        "demanded",
        "with places of all nodes",
        "one account ms",
    )
    print_table(heads, [timed(units) for units in sizes])
    print()
    judged_heads = (
        "units",
        "judged by",
        "exact: cells",
        "scores",
        "places",
        "float64: cells",
        "scores",
        "places",
    )
    print_table(judged_heads, [judged(units) for units in sizes])


def timed(units: int) -> tuple[str, ...]:
    """One line of the first table."""
    codes, cents = unit_codes(units), data(units)
    compiled = compile_rules(rule_set(codes), PERIOD)
    plain_rules = [float_rule(rule) for rule in rules()]
    columns = {name: column / 100 for name, column in cents.items()}
    mine, theirs, mine_placed, theirs_placed = medians(
        SIZES.get(units, 10),
        lambda: (lambda given: lambda: score_table(compiled, given))(facts(codes, cents)),
        lambda: lambda: float_scores(plain_rules, columns),
        lambda: (lambda given: lambda: placed(score_table(compiled, given)))(facts(codes, cents)),
        lambda: lambda: float_placed(float_scores(plain_rules, columns)),
    )
    table = score_table(compiled, facts(codes, cents))
    return (
        f"{units:,}",
        f"{mine * 1000:.2f}",
        f"{theirs * 1000:.2f}",
        f"{mine / theirs:.2f}",
        DEMANDED.get(units, ""),
        f"{mine_placed / theirs_placed:.2f}",
        f"{explaining(table) * 1000:.2f}",
    )


Program = Callable[[], object]


def medians(repeats: int, *prepares: Callable[[], Program]) -> list[float]:
    """The median CPU time of each program; they take turns, after two rounds that do not count."""
    taken: list[list[float]] = [[] for _ in prepares]
    for turn in range(repeats + 2):
        for place, prepare in enumerate(prepares):
            program = prepare()
            started = time.process_time()
            program()
            if turn > 1:
                taken[place].append(time.process_time() - started)
    return [statistics.median(each) for each in taken]


def placed(table: ScoreTable) -> None:
    """The places by the points of every inner node, which are otherwise reckoned when they are asked for."""
    for code in table.plan.rules.nodes:
        table.places(code)


def float_placed(scores: FloatScores) -> None:
    """The same places by the float program."""
    for points in (*scores.items, *scores.sections, scores.base):
        places(points)


def explaining(table: ScoreTable) -> float:
    """CPU seconds for the accounts of all 60 indicators of one unit, divided by 60; peers and all."""
    unit, indicators = table.sheet.facts.units[-1], list(table.plan.rules.indicators)
    started = time.process_time()
    for code in indicators:
        account_of(table, unit, code)
    return (time.process_time() - started) / len(indicators)


def judged(units: int) -> tuple[str, ...]:
    """One line of the second table."""
    codes, cents = unit_codes(units), data(units)
    compiled = compile_rules(rule_set(codes), PERIOD)
    oracle = oracle_scores(cents)
    judge = "integers"
    if units <= FRACTIONS_UP_TO:
        judge = "fractions"
        hold_to_fractions(oracle, PlainEngine(compiled.plan.rules, facts(codes, cents), PERIOD))
    table = score_table(compiled, facts(codes, cents))
    columns = {name: column / 100 for name, column in cents.items()}
    doubles = float_scores([float_rule(rule) for rule in rules()], columns)
    return (
        f"{units:,}",
        judge,
        *map(str, wrong(compiled, table, oracle)),
        *map(str, float_wrong(doubles, oracle)),
    )


def hold_to_fractions(oracle: OracleScores, plain: PlainEngine) -> None:
    """Raises where the oracle and the plain engine differ."""
    for row, (totals, result) in enumerate(zip(plain.totals, plain.results, strict=True)):
        mine = [Fraction(int(points[row]), 100) for points in oracle.points]
        same = (
            mine == [totals[code].points for code in in_order(plain.rules.order, set(plain.rules.indicators))]
            and Fraction(int(oracle.final[row]), 1000) == result.final
            and Fraction(int(oracle.score[row]), 100) == result.score
            and (oracle.ranks[row] or None) == result.rank
            and plain.rules.grades[oracle.grades[row]].name == result.grade
        )
        if not same:
            raise AssertionError(f"the oracle is wrong about unit {row}")


def in_order(order: tuple[NodeCode, ...], some: set[NodeCode]) -> Iterator[NodeCode]:
    """Those of the codes, as the tree reads."""
    return (code for code in order if code in some)


def wrong(compiled: CompiledPlan, table: ScoreTable, oracle: OracleScores) -> tuple[int, int, int]:
    """How many cells, final scores and places of the exact engine differ from the oracle's."""
    cells = sum(
        differing(table, leaf.code, points, 100)
        for leaf, points in zip(compiled.plan.leaves, oracle.points, strict=True)
    )
    results = [table.result(row) for row in range(table.sheet.size)]
    finals = [(result.final, result.score, result.grade) for result in results]
    names = [grade.name for grade in table.plan.rules.grades]
    expected = [
        (Fraction(int(final), 1000), Fraction(int(score), 100), names[grade])
        for final, score, grade in zip(oracle.final, oracle.score, oracle.grades, strict=True)
    ]
    scores = sum(one != other for one, other in zip(finals, expected, strict=True))
    scores += differing(table, ROOT, oracle.base, 1000)
    return (
        cells,
        scores,
        sum((result.rank or 0) != rank for result, rank in zip(results, oracle.ranks, strict=True)),
    )


def differing(table: ScoreTable, code: NodeCode, expected: NDArray[np.object_], scale: int) -> int:
    """In how many units the points of a node are not what is expected, in whole numbers over the scale."""
    tops, bottoms = table.whole_points(code)
    return int((tops.astype(object) * scale != expected * bottoms).sum())


def float_wrong(doubles: FloatScores, oracle: OracleScores) -> tuple[int, int, int]:
    """How many cells, shown scores and places of the float program are wrong.

    Scores and cells are compared in hundredths, so that a last binary digit is no mistake.
    """
    cells = sum(
        int((np.rint(mine * 100) != points).sum())
        for mine, points in zip(doubles.points, oracle.points, strict=True)
    )
    scores = int((np.rint(doubles.score * 100) != oracle.score).sum())
    return cells, scores, int((doubles.ranks != np.array(oracle.ranks)).sum())


if __name__ == "__main__":
    main()
