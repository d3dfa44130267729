"""Any rule files at all: a located issue, or a rule set that both engines score alike; never a crash."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rule_fuzz import judge, mutated, seeds
from tests.support.rulesets import changed, load, small_files

SEEDS = seeds()


@given(seed=st.sampled_from(SEEDS), draw=st.randoms(use_true_random=False))
def test_mutated_rule_files_are_refused_with_a_place_or_scored(
    seed: dict[str, bytes], draw: random.Random
) -> None:
    assert judge(mutated(seed, draw)) in {"refused", "scored"}


LAUGHS = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefgh"))
BOMBS = {
    "a billion laughs": LAUGHS,
    "lists within lists": "[" * 100_000,
    "mappings within mappings": "".join(" " * depth + "a:\n" for depth in range(500)),
    "ten megabytes of one word": "code: " + "x" * 10_000_000,
    "a number of a million digits": "code: F1\ntitle: " + "9" * 200_000,
    "a hundred thousand keys": "".join(f"k{number}: 1\n" for number in range(30_000)),
    "merge keys": "a: &a {b: 1}\nc: {<<: *a}\n",
    "no text at all": "\0\0\0",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_quickly(text: str) -> None:
    started = time.process_time()
    _, issues = load({**small_files(), "forms/F1.yaml": text})
    assert issues
    assert all(issue.place.file or issue.code == "not-checked" for issue in issues)
    # a guard against hanging, not a measure: seconds where milliseconds are usual
    assert time.process_time() - started < 10


def test_there_is_no_year_0() -> None:
    _, issues = load(changed(small_files(), "ruleset.yaml", "year: 2021", "year: 0"))
    assert [issue.place.line for issue in issues if issue.code == "wrong-form"] == [4]


@pytest.mark.parametrize("number", ["9" * 41, "1e5", "0x10", "1_000", "١", "NaN", "Infinity", "--1", "1."])
def test_numbers_are_plain_decimals(number: str) -> None:
    _, issues = load(changed(small_files(), "ruleset.yaml", "at_least: 90", f"at_least: {number}"))
    assert [issue.code for issue in issues if issue.place.line] != []
