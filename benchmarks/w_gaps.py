"""W with gaps: 4 quarters, 10 % of the figures missing, 4 peer groups; both programs, side by side.

Run: python -m benchmarks.w_gaps. Printed are medians of CPU time, their ratio, and how many final scores and
places differ: of the float program against the exact one, and of the exact one against the plain engine.

Quarters are added up over those in which all figures of an indicator were reported; an indicator without any
is left out (every third one, the rest converted) or earns nothing; peers are those of the own group.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.score_w import medians
from benchmarks.timing import print_table
from benchmarks.w_case import (
    BONUS_CAP,
    BONUS_EACH,
    GRADES,
    PERIOD,
    ROOT,
    VETO_ABOVE,
    Cents,
    data,
    elements,
    item_sizes,
    rule_set,
    rules,
    unit_codes,
)
from benchmarks.w_float import Doubles, FloatRule, float_rule, half_up, places, points_of
from scoring.codes import ElementCode, UnitCode
from scoring.engine import PlainEngine
from scoring.facts import Column, Facts, Series, Standing
from scoring.periods import QUARTERS, quarter_code
from scoring.rulebook.forms import Frequency
from scoring.rulebook.rules import Policy, RuleSet
from scoring.vectorised.engine import compile_rules, score_table

SIZES = {32: 200, 3_000: 40, 40_000: 8}
MISSING_SHARE, GROUPS = 0.1, 4
LEFT_OUT_EVERY = 3
FRACTIONS_UP_TO = 3_000

Quarters = dict[str, NDArray[np.int64]]
"""By element the figures in hundredths, shape (4, units); -1 where not reported."""


def with_gaps(units: tuple[UnitCode, ...]) -> RuleSet:
    """The rule set W, quarterly, with peer groups, some indicators left out where they are missing."""
    plain = rule_set(units)
    form = next(iter(plain.forms.values()))
    quarterly = tuple(replace(each, frequency=Frequency.QUARTERLY) for each in form.elements)
    policies = (Policy(share=None), *[Policy(share=Fraction(0))] * (LEFT_OUT_EVERY - 1))
    indicators = {
        code: replace(each, missing=policies[place % LEFT_OUT_EVERY])
        for place, (code, each) in enumerate(plain.indicators.items())
    }
    named = {
        code: replace(each, attributes={"group": f"g{place % GROUPS}"})
        for place, (code, each) in enumerate(plain.units.items())
    }
    root = replace(plain.nodes[ROOT], points=Fraction(100), rescale=True)
    return replace(
        plain,
        forms={form.code: replace(form, elements=quarterly)},
        indicators=indicators,
        units=named,
        nodes={**plain.nodes, ROOT: root},
        ranking=replace(plain.ranking, peer_group="group"),
        attribute_names=("group",),
    )


def quarters_of(units: int, seed: int = 2) -> Quarters:
    """A quarter each drawn as the year of W is, a tenth of all figures missing."""
    random = np.random.default_rng(seed)
    years: list[Cents] = [data(units, seed + quarter) for quarter in QUARTERS]
    found = {code: np.stack([year[code] // 4 for year in years]) for code in elements()}
    return {
        code: np.where(random.random(figures.shape) < MISSING_SHARE, -1, figures)
        for code, figures in found.items()
    }


def facts_of(units: tuple[UnitCode, ...], quarters: Quarters) -> Facts:
    """The figures as facts, in new columns."""
    columns = {}
    for code, figures in quarters.items():
        for quarter, row in zip(QUARTERS, figures, strict=True):
            standings = np.where(row < 0, np.uint8(Standing.MISSING), np.uint8(0))
            series = Series(ElementCode(code), quarter_code(PERIOD.year, quarter))
            columns[series] = Column(np.maximum(row, 0), standings, 2)
    return Facts(units, columns)


def float_scores(
    ready: list[FloatRule],
    left_out: list[bool],
    columns: Mapping[str, Doubles],
    groups: list[NDArray[np.intp]],
) -> tuple[Doubles, NDArray[np.intp], NDArray[np.intp]]:
    """Final scores, places and grades by the program that an analyst would write; NaN is missing."""
    size = columns["C01"].shape[1]
    points, full = [], []
    for rule, out in zip(ready, left_out, strict=True):
        top = columns[rule.top]
        there = ~np.isnan(top)
        if rule.bottom:
            bottom = columns[rule.bottom]
            there &= ~np.isnan(bottom)
            value = 100 * np.where(there, top, 0).sum(axis=0) / np.where(there, bottom, 0).sum(axis=0)
        else:
            value = np.where(there, top, 0).sum(axis=0)
        known: NDArray[np.bool_] = np.any(there, axis=0)
        earned = np.zeros(size)
        if rule.kind.startswith("peer"):
            for group in groups:
                own = group[known[group]]
                earned[own] = points_of(rule, value[own])
        else:
            earned = np.where(known, points_of(rule, value), 0)
        points.append(rule.weight * earned)
        full.append(rule.weight * rule.full * (known if out else np.ones(size)))
    ends = np.cumsum([0, *item_sizes()]).tolist()
    items = [sum(points[start:end]) for start, end in pairwise(ends)]
    sections = [sum(items[start : start + 4]) for start in range(0, len(items), 4)]
    base = sum(sections) * 100 / sum(full)
    final = base + np.minimum(float(BONUS_EACH) * np.nansum(columns["C19"], axis=0), float(BONUS_CAP))
    vetoed = np.nansum(columns["C01"], axis=0) > float(VETO_ABOVE)
    score = half_up(final)
    grades = len(GRADES) - np.searchsorted(sorted(float(limit) for limit in GRADES), score, side="right")
    grades[vetoed] = len(GRADES)
    ranks, within = np.zeros(size, dtype=np.intp), np.zeros(size, dtype=np.intp)
    ranked = np.flatnonzero(~vetoed)
    ranks[ranked] = places(final[ranked])
    for group in groups:
        own = group[~vetoed[group]]
        within[own] = places(final[own])
    return score, ranks, within


def line(units: int) -> tuple[str, ...]:
    """One line of the table."""
    codes, quarters = unit_codes(units), quarters_of(units)
    made = with_gaps(codes)
    compiled = compile_rules(made, PERIOD)
    ready = [float_rule(rule) for rule in rules()]
    left_out = [place % LEFT_OUT_EVERY == 0 for place in range(len(ready))]
    columns = {code: np.where(each < 0, np.nan, each / 100) for code, each in quarters.items()}
    groups = [np.arange(start, units, GROUPS) for start in range(GROUPS)]
    mine, theirs = medians(
        SIZES.get(units, 10),
        lambda: (lambda given: lambda: score_table(compiled, given))(facts_of(codes, quarters)),
        lambda: lambda: float_scores(ready, left_out, columns, groups),
    )
    table = score_table(compiled, facts_of(codes, quarters))
    results = [table.result(row) for row in range(units)]
    score, ranks, _ = float_scores(ready, left_out, columns, groups)
    off = sum(
        round(float(one.score or 0) * 100) != round(other * 100)
        for one, other in zip(results, score, strict=True)
    )
    misplaced = sum((one.rank or 0) != other for one, other in zip(results, ranks, strict=True))
    judged = "-"
    if units <= FRACTIONS_UP_TO:
        plain = PlainEngine(made, facts_of(codes, quarters), PERIOD).results
        judged = str(sum(one != other for one, other in zip(results, plain, strict=True)))
    return (
        f"{units:,}",
        f"{mine * 1000:.2f}",
        f"{theirs * 1000:.2f}",
        f"{mine / theirs:.2f}",
        judged,
        str(off),
        str(misplaced),
    )


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    heads = ("units", "exact ms", "float64 ms", "ratio", "exact: wrong", "float64: scores", "places")
    print_table(heads, [line(units) for units in sizes])


if __name__ == "__main__":
    main()
