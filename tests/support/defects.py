"""Small defects of a rule set: the changes that make one, and the one issue that each must bring."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from scoring.errors import Issue
from tests.support.rulesets import changed, load, small_files

RULESET, PLAN, UNITS, FORM, RATE, COUNT, ADJUSTMENTS, CALENDAR = (
    "ruleset.yaml",
    "plan.yaml",
    "units.yaml",
    "forms/F01.yaml",
    "indicators/I1.yaml",
    "indicators/I2.yaml",
    "adjustments.yaml",
    "workdays.yaml",
)
LADDER = "{kind: ladder, rungs: [{at_least: 90, earn: 100%}, {at_least: 60, earn: 50%}]}"
WHOLE_EXAMPLE = """examples:
  - name: 办结九成
    given: {E1: 10, E2: 9}
    expect: {value: 90, points: 60}
"""
BONUS = "{code: B1, kind: bonus, name: 推广, value: X2, method: {kind: credit, each: 0.5, most: 1}}"
VOID = "{code: P2, kind: void, name: 虚报, element: X1, deduct: 50%}"
VETO = "{code: V1, kind: veto, name: 大事, when: X2 >= 3, grade: lowest, ranked: no}"
FLOOR = "{code: V3, kind: floor, name: 底线, nodes: sections, ratio_below: 40%, grade_at_most: 合格}"

Change = tuple[str, str, str]
"""A file, a passage that stands in it once, and what to put there; a new file has its text last."""


@dataclass(frozen=True)
class Defect:
    """Changes to the small rule set and the issue they must bring.

    at: a passage of `file`, where the issue stands at its first occurrence, or "line:column"; None = no line.
    more: the codes of further issues that cannot be avoided.
    """

    changes: tuple[Change, ...]
    code: str
    at: str | None
    file: str
    found: str | None
    more: tuple[str, ...]


def defect(
    name: str,
    *changes: Change,
    code: str,
    at: str | None,
    file: str = "",
    found: str | None = None,
    more: Iterable[str] = (),
) -> Defect:
    """A defect with a name, as a parameter of a test; the issue stands in the file changed first."""
    case = Defect(changes, code, at, file or changes[0][0], found, tuple(more))
    return pytest.param(case, id=name)  # type: ignore[return-value]


def method(new: str) -> tuple[Change, Change]:
    """The rate's method replaced; its example, which would not hold, is taken away."""
    return (RATE, LADDER, new), (RATE, WHOLE_EXAMPLE, "")


def adjustment(old: str, passage: str, new: str) -> Change:
    """A passage of one adjustment replaced."""
    return (ADJUSTMENTS, old, old.replace(passage, new))


def assert_told(case: Defect) -> None:
    """Exactly the expected issues, the one in question at its file, line and column, in both languages."""
    files = small_files()
    for file, old, new in case.changes:
        files = changed(files, file, old, new) if file in files else {**files, file: new}
    _, issues = load(files)
    told = [str(issue) for issue in issues]
    assert sorted(issue.code for issue in issues) == sorted([case.code, *case.more]), told
    issue = next(each for each in issues if each.code == case.code)
    assert _place(issue) == _expected_place(case, files), told
    assert case.found is None or issue.found == case.found
    assert issue.zh
    assert issue.en


def _place(issue: Issue) -> tuple[str, int | None, int | None]:
    return issue.place.file, issue.place.line, issue.place.column


def _expected_place(case: Defect, files: dict[str, str]) -> tuple[str, int | None, int | None]:
    if case.at is None:
        return case.file, None, None
    if re.fullmatch("[0-9]+:[0-9]*", case.at):
        line, _, column = case.at.partition(":")
        return case.file, int(line), int(column) if column else None
    before = files[case.file][: files[case.file].index(case.at)]
    return case.file, before.count("\n") + 1, len(before) - before.rfind("\n")
