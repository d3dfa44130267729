"""A rule set of 2,000 indicators: how long it takes to load, to be checked whole, and to score 3,000 units.

Run: python -m benchmarks.large_set. Asked: checked within 20 s, scored within 2 s, of CPU. Beside the check
stands what PyYAML's C loader takes to make plain lists of the same files; beside the score, the float64
program's time for one indicator, times 2,000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from numpy.typing import NDArray

from benchmarks.timing import print_table, ratio
from scoring.codes import ElementCode, PeriodCode, UnitCode
from scoring.errors import has_hard
from scoring.facts import Column, Facts, Series
from scoring.periods import Period
from scoring.rulebook.files import rule_set_from_files
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tree import Findings
from scoring.vectorised.engine import compile_rules, score_table
from services.rule_checks import check_rule_files

INDICATORS, UNITS, PER_ITEM, PER_FORM = 2_000, 3_000, 20, 100
PERIOD = Period(2021, 4, yearly=True)
_METHODS = (
    "{kind: slope, target: 95, deduct: 0.05}",
    "{kind: ladder, rungs: [{at_least: 95, earn: 100%}, {at_least: 90, earn: 80%}]}",
    "{kind: attain, target: 100}",
    "{kind: piecewise, points: [{at: 0, earn: 0}, {at: 60, earn: 50%}, {at: 100, earn: 100%}]}",
    "{kind: peer_rank}",
)


def files(indicators: int) -> dict[str, bytes]:
    """The files of a rule set with so many indicators, two elements each."""
    items = range(0, indicators, PER_ITEM)
    children = "\n".join(
        f"    - {{code: item-{item}, title: 第{item}项, points: {PER_ITEM}}}" for item in items
    )
    found = {
        "ruleset.yaml": f"language: 1\ncode: large\ntitle: 大规则集\nyear: 2021\nversion: '1'\n"
        f"sources: {{paper: {{title: 文件}}}}\nrounding: {{points: {{places: 2}}}}\n"
        f"tree:\n  code: total\n  title: 总分\n  points: {indicators}\n  children:\n{children}\n"
    }
    for form in range(0, indicators, PER_FORM):
        lines = "\n".join(_elements(number) for number in range(form, form + PER_FORM))
        found[f"forms/F{form:04}.yaml"] = (
            f"code: F{form:04}\ntitle: 表\nprovider: region\nfrequency: yearly\nelements:\n{lines}\n"
            f"checks:\n" + "\n".join(_check(number) for number in range(form, form + PER_FORM))
        )
    methods = cycle(_METHODS)
    for number in range(indicators):
        found[f"indicators/I{number:04}.yaml"] = (
            f"code: I{number:04}\nname: 第{number}号指标\npoints: 1\n"
            f"parent: item-{number - number % PER_ITEM}\n"
            f"value: 100 * N{number:04} / D{number:04}\nmeasure: '%'\nmissing: zero\n"
            f"zero_denominator: not_applicable\nmethod: {next(methods)}\nreason: 测速用\n"
            f"source: {{document: paper}}\n"
        )
    return {name: text.encode() for name, text in found.items()}


def _elements(number: int) -> str:
    common = "type: integer, measure: 件"
    return f"  - {{code: N{number:04}, name: 分子{number}, {common}}}\n" + (
        f"  - {{code: D{number:04}, name: 分母{number}, {common}}}"
    )


def _check(number: int) -> str:
    return f"  - {{code: C{number:04}, rule: 'N{number:04} <= D{number:04}', message: 分子不大于分母}}"


def facts(rules: RuleSet, units: int) -> Facts:
    """Random figures for all elements."""
    random = np.random.default_rng(3)
    standings = np.zeros(units, dtype=np.uint8)
    columns = {}
    for number in range(len(rules.indicators)):
        whole = random.integers(1, 2_000, units)
        part = np.floor(whole * random.uniform(0.5, 1, units)).astype(np.int64)
        for letter, column in (("N", part), ("D", whole)):
            series = Series(ElementCode(f"{letter}{number:04}"), PeriodCode("2021"))
            columns[series] = Column(column, standings)
    return Facts(tuple(UnitCode(f"U{number:05}") for number in range(units)), columns)


def checked(texts: dict[str, bytes]) -> float:
    """CPU seconds of a check as `kaohe rules check` makes it, of the same files in a folder."""
    with TemporaryDirectory() as name:
        for file, text in texts.items():
            path = Path(name) / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
        return taken(lambda: check_rule_files(folder=Path(name)))


def float_pass(given: Facts) -> NDArray[np.float64]:
    """What one slope costs in plain numpy."""
    top = given.columns[Series(ElementCode("N0000"), PeriodCode("2021"))].numerators
    bottom = given.columns[Series(ElementCode("D0000"), PeriodCode("2021"))].numerators
    value = 100 * top.astype(np.float64) / bottom
    return np.floor(np.clip(1 - (95 - value) * 0.05, 0, 1) * 100 + 0.5)


def taken(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else INDICATORS
    texts = files(count)
    findings = Findings()
    started = time.process_time()
    rules = rule_set_from_files(texts, findings)
    loading = time.process_time() - started
    if rules is None or has_hard(tuple(findings.issues)):
        raise SystemExit("\n".join(map(str, findings.issues[:5])))
    checking = checked(texts)
    plain = taken(lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts.values()])
    given = facts(rules, UNITS)
    compiling = taken(lambda: compile_rules(rules, PERIOD))
    compiled = compile_rules(rules, PERIOD)
    score_table(compiled, facts(rules, 10))
    scoring = taken(lambda: score_table(compiled, given))
    floats = taken(lambda: [float_pass(given) for _ in range(count)])
    print(f"{count:,} indicators, {UNITS:,} units. CPU seconds.\n")
    print_table(
        ("", "s", "asked", "beside it, s", "ratio"),
        [
            ("load", f"{loading:.2f}", "", f"{plain:.2f}", ratio(loading, plain)),
            ("load and check whole", f"{checking:.2f}", "20", f"{plain:.2f}", ratio(checking, plain)),
            ("compile", f"{compiling:.2f}", "", "", ""),
            ("score", f"{scoring:.2f}", "2", f"{floats:.2f}", ratio(scoring, floats)),
        ],
    )


if __name__ == "__main__":
    main()
