"""Every field by which two rule sets can differ has a Chinese name, and every word of a closed list too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest

from scoring.expressions import Formula
from scoring.methods.base import Quantity
from scoring.methods.registry import METHODS
from scoring.rulebook.differences.difference_words import (
    ENUM_WORDS,
    PARAMETER_WORDS,
    SUBJECTS,
    WORDS,
    compared_fields,
    word_of,
)
from scoring.rulebook.rules import RuleSet

OF_ONE_PIECE = {Formula, Quantity}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def named_in(hint: Any) -> Iterator[type]:
    """Every class that a type hint mentions."""
    parts = get_args(hint)
    if not parts and isinstance(hint, type):
        yield hint
    for part in parts:
        yield from named_in(part)


def reachable() -> list[type]:
    """Every class of which a rule set can hold something."""
    found: dict[type, None] = {}
    waiting: list[type] = [RuleSet, *METHODS.values()]
    while waiting:
        kind = waiting.pop()
        if kind in found or kind in OF_ONE_PIECE:
            continue
        if is_dataclass(kind):
            found[kind] = None
            hints = get_type_hints(kind)
            waiting += [each for name in compared_fields(kind) for each in named_in(hints[name])]
        elif issubclass(kind, StrEnum):
            found[kind] = None
    return list(found)


CLASSES = [kind for kind in reachable() if is_dataclass(kind)]
ENUMS = [kind for kind in reachable() if issubclass(kind, StrEnum)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_field_has_a_chinese_name(kind: type) -> None:
    unnamed = [name for name in compared_fields(kind) if name not in WORDS.get(kind, {})]
    assert unnamed == [], f"name them in scoring/rulebook/differences/difference_words.py: {kind.__name__}"
    told = [word_of(kind, name).name for name in compared_fields(kind)]
    assert [name for name in told if name and not CHINESE.search(name)] == []


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_no_name_is_kept_for_a_field_that_is_gone(kind: type) -> None:
    assert set(WORDS[kind]) - set(compared_fields(kind)) == set()


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_word_of_a_closed_list_has_a_chinese_name(kind: type[StrEnum]) -> None:
    assert set(ENUM_WORDS[kind]) == set(kind)
    assert all(CHINESE.search(word) for word in ENUM_WORDS[kind].values())


@pytest.mark.parametrize("name", METHODS)
def test_every_word_that_a_method_takes_has_a_chinese_name(name: str) -> None:
    taken = [(each.name, word) for each in METHODS[name].parameters for word in each.words]
    assert [word for word in taken if word not in PARAMETER_WORDS] == []


def test_the_classes_are_found_at_all() -> None:
    names = {kind.__name__ for kind in CLASSES}
    assert {"Indicator", "Node", "Element", "Rung", "Policy", "Table", "Workdays", "Checklist"} <= names
    assert {"Aggregate", "Ties", "RoundingMode"} <= {kind.__name__ for kind in ENUMS}


def test_a_field_that_nobody_has_named_yet_is_told_by_its_own_name_and_may_move_points() -> None:
    word = word_of(RuleSet, "brand_new")
    assert (word.name, word.weight.value) == ("brand_new", "points")


def test_every_part_with_codes_has_a_name() -> None:
    assert all(CHINESE.search(word) for word in SUBJECTS.values())
