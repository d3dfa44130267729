"""Changes to the small rule set that move points, each by itself or together with any of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.rulebook.rules import RuleSet
from tests.support.rulesets import COUNT, Files, changed, rules_from, small_files

Passages = tuple[tuple[str, str, str], ...]
FRAME, UNITS, FORM, OUTSIDE = "ruleset.yaml", "units.yaml", "forms/F01.yaml", "adjustments.yaml"
I1, I2 = "indicators/I1.yaml", "indicators/I2.yaml"

EDITS: Mapping[str, Passages] = {
    "threshold": ((I1, "at_least: 90", "at_least: 80"),),
    "rung": ((I1, "earn: 50%", "earn: 40%"),),
    "formula": ((I1, "100 * E2 / E1", "100 * (E2 + 1) / E1"),),
    "policy": ((I1, "missing: zero", "missing: 60%"),),
    "per case": ((I2, "each: 1}", "each: 2}"),),
    "weights": (
        (I1, "points: 60\nmeasure", "points: 50\nmeasure"),
        (I2, "points: 40", "points: 50"),
        (FRAME, "item-1, points: 60", "item-1, points: 50"),
        (FRAME, "item-2, points: 40", "item-2, points: 50"),
    ),
    "constant": ((FRAME, "value: 2021-05-16", "value: 2021-05-10"),),
    "grade": ((FRAME, "at_least: 60}", "at_least: 50}"),),
    "grade names": (
        (FRAME, "{grade: 不合格, otherwise", "{grade: 较差, otherwise"),
        (FRAME, "{grade: 合格,", "{grade: 及格,"),
        (OUTSIDE, "grade_at_most: 合格", "grade_at_most: 及格"),
    ),
    "ranking": ((FRAME, "    - {node: item-1}\n", ""),),
    "total rounding": ((FRAME, "total: {places: 2}", "total: {places: 0}"),),
    "bonus": ((OUTSIDE, "each: 0.5, most: 1}", "each: 1, most: 2}"),),
    "cap": ((OUTSIDE, "bonus_cap: 2", "bonus_cap: 1"),),
    "veto": ((OUTSIDE, "when: X2 >= 3", "when: X2 >= 2"),),
    "population": ((UNITS, "population: 500", "population: 5000"),),
    "group": ((UNITS, "short: 乙, group: 东", "short: 乙, group: 西"),),
    "over time": (
        (
            FORM,
            "{code: E1, name: 应办数, measure: 件, type: integer}",
            "{code: E1, name: 应办数, measure: 件, type: integer, over_time: last}",
        ),
    ),
    "rescale": ((FRAME, "  rescale: yes\n", ""),),
}


def edited_files(names: Iterable[str]) -> Files:
    """The files of the small rule set with these edits."""
    files = small_files()
    for name in names:
        for file, old, new in EDITS[name]:
            files = changed(files, file, old, new)
    return files


def edited_rules(names: Iterable[str]) -> RuleSet:
    """The small rule set with these edits."""
    return rules_from(edited_files(names))


def split_indicator() -> RuleSet:
    """The small rule set with its second indicator made two, of half the points each."""
    files = small_files()
    half = files[I2].replace("points: 40", "points: 20")
    other = COUNT.replace("code: I2", "code: I3").replace("人均", "总量").replace("points: 40", "points: 20")
    return rules_from({**files, I2: half, "indicators/I3.yaml": other.replace("E3 + E7", "2 * E7")})
