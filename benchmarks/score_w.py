"""W(n): the exact vectorised engine beside the float64 program for the same rules, in one process, in turn.

Run: python -m benchmarks.score_w. Printed are medians of CPU time, their ratio, and how many numbers each
program gets wrong against the plain engine's fractions.
"""

from __future__ import annotations

import statistics
import time
from fractions import Fraction

from benchmarks.timing import print_table
from benchmarks.w_case import PERIOD, data, facts, rule_set, rules, unit_codes
from benchmarks.w_float import FloatScores, float_rule, float_scores
from scoring.engine import PlainEngine, Scoring
from scoring.vectorised.engine import compile_rules, score_table

SIZES = {32: 200, 3_000: 40, 40_000: 10}
DEMANDED = {32: "1.5", 3_000: "1.0", 40_000: "0.8"}
ORACLE_UP_TO = 3_000


def main() -> None:
    """Prints one line a size."""
    heads = ("units", "exact ms", "float64 ms", "ratio", "demanded", "exact wrong", "float64 wrong")
    print_table(heads, [measured(units, repeats) for units, repeats in SIZES.items()])


def measured(units: int, repeats: int) -> tuple[str, ...]:
    """One line: both programs in turn over the same data, compiled and held in memory before."""
    codes, cents = unit_codes(units), data(units)
    rule_set_of_w, facts_of_w = rule_set(codes), facts(codes, cents)
    compiled, plain_rules = compile_rules(rule_set_of_w, PERIOD), [float_rule(rule) for rule in rules()]
    columns = {name: column.astype("f8") / 100 for name, column in cents.items()}
    exact, doubles = [], []
    for _ in range(repeats):
        started = time.process_time()
        score_table(compiled, facts_of_w)
        between = time.process_time()
        float_scores(plain_rules, columns)
        exact.append(between - started)
        doubles.append(time.process_time() - between)
    mine, theirs = statistics.median(exact), statistics.median(doubles)
    wrong, float_wrong = "not compared", "not compared"
    if units <= ORACLE_UP_TO:
        oracle = PlainEngine(rule_set_of_w, facts_of_w, PERIOD).score()
        wrong = str(differing(score_table(compiled, facts_of_w).scoring(), oracle))
        float_wrong = float_differing(float_scores(plain_rules, columns), oracle)
    figures = (f"{mine * 1000:.2f}", f"{theirs * 1000:.2f}", f"{mine / theirs:.2f}", DEMANDED[units])
    return (str(units), *figures, wrong, float_wrong)


def differing(mine: Scoring, oracle: Scoring) -> int:
    """How many node scores and results differ."""
    cells = sum(mine.scores[key] != score for key, score in oracle.scores.items())
    return cells + sum(mine.results[key] != result for key, result in oracle.results.items())


def float_differing(mine: FloatScores, oracle: Scoring) -> str:
    """Scores off by a cent or more, and places that differ."""
    ranks = sum(
        (int(rank) or None) != result.rank
        for rank, result in zip(mine.ranks, oracle.results.values(), strict=True)
    )
    totals = sum(
        Fraction(round(score * 100), 100) != result.score
        for score, result in zip(mine.score.tolist(), oracle.results.values(), strict=True)
    )
    return f"{totals} of {len(oracle.results)} scores, {ranks} ranks"


if __name__ == "__main__":
    main()
