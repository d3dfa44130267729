"""A rule set tested by its own examples: what holds, is shown, is noticed, and what was answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.proving.mutation import Verdict
from services.errors import Invalid, Rejected
from services.rule_tests import check_rule_examples
from tests.support.rulesets import Files, changed, small_files

RATE = "indicators/I1.yaml"


def folder_of(files: Files, folder: Path) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return folder_of(small_files(), tmp_path)


def test_only_what_is_asked_for_is_done(small: Path) -> None:
    found = check_rule_examples(folder=small)
    assert (len(found.checked), found.failing, found.ways, found.verdicts) == (2, (), None, None)
    assert not found.fails


def test_ways_without_an_example_are_findings(small: Path) -> None:
    found = check_rule_examples(folder=small, coverage=True, only="I1")
    assert found.ways is not None
    assert (len(found.checked), len(found.ways), len(found.uncovered.open)) == (1, 6, 5)
    assert found.fails
    first = found.uncovered.open[0]
    assert str(first) == (f"{RATE}:10:60: I1:没有例显示“档次 ≥60” → 请加一个例:值在 ≥60 这一档 [uncovered]")


def test_the_same_mutants_are_found_by_one_process_and_by_two(small: Path) -> None:
    alone = check_rule_examples(folder=small, mutate=True, jobs=1)
    together = check_rule_examples(folder=small, mutate=True, jobs=2)
    assert alone.verdicts == together.verdicts
    assert alone.unnoticed == together.unnoticed
    assert alone.verdicts is not None
    assert alone.verdicts[Verdict.UNNOTICED] == len(alone.unnoticed.open) > 0
    assert alone.fails


@pytest.mark.parametrize(
    ("answer", "left", "idle"),
    [
        ("uncovered", 0, 0),
        ("unused-element", 5, 0),
    ],
)
def test_a_way_may_be_answered_in_the_file(tmp_path: Path, answer: str, left: int, idle: int) -> None:
    accept = f"accept: [{{finding: {answer}, reason: 说过了}}]\n"
    files = small_files()
    folder = folder_of({**files, RATE: files[RATE] + accept}, tmp_path)
    found = check_rule_examples(folder=folder, coverage=True, only="I1").uncovered
    assert (len(found.open), len(found.answered), len(found.idle)) == (left, 5 - left, idle)


@pytest.mark.parametrize(
    ("answer", "answered", "idle"),
    [
        ("mutant", 6, 0),
        ("mutant 90 → 89", 1, 0),
        ("mutant 90 → 88", 0, 1),
    ],
)
def test_a_mutant_may_be_answered_by_its_kind_or_by_the_very_change(
    tmp_path: Path, answer: str, answered: int, idle: int
) -> None:
    old = "method: {kind: ladder"
    new = f"method: {{accept: [{{finding: {answer}, reason: 一样}}], kind: ladder"
    folder = folder_of(changed(small_files(), RATE, old, new), tmp_path)
    found = check_rule_examples(folder=folder, mutate=True, only="I1", jobs=1).unnoticed
    assert (len(found.answered), len(found.idle)) == (answered, idle)
    assert all(each.answer.reason == "一样" for each in found.answered)


def test_no_mutant_is_tried_while_an_example_does_not_hold(tmp_path: Path) -> None:
    files = changed(small_files(), RATE, "value: 90, points: 60", "value: 91")
    found = check_rule_examples(folder=folder_of(files, tmp_path), mutate=True)
    assert (len(found.failing), found.verdicts, found.fails) == (1, None, True)


def test_what_does_not_load_is_refused_with_its_issues(tmp_path: Path) -> None:
    files = changed(small_files(), RATE, "points: 60\n", "points: viel\n")
    with pytest.raises(Rejected) as refused:
        check_rule_examples(folder=folder_of(files, tmp_path))
    assert [issue.code for issue in refused.value.issues][:1] == ["wrong-form"]


@pytest.mark.parametrize("code", ["I1", "V1", "item-1", "整套规则"])
def test_one_rule_may_be_asked_for(small: Path, code: str) -> None:
    found = check_rule_examples(folder=small, coverage=True, only=code)
    assert {each.rule for each in found.checked} <= {code}


def test_a_rule_that_is_not_there_cannot_be_asked_for(small: Path) -> None:
    with pytest.raises(Invalid, match="没有 I9"):
        check_rule_examples(folder=small, only="I9")
