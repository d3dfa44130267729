"""Warming up: what uploads need is there before the first, and a broken year stops nothing."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from app.warming import warm_up
from services.context import Context
from services.errors import NotFound
from services.rule_library import RuleLibrary

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The collector as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def context_over(library: RuleLibrary) -> Context:
    def none() -> NoReturn:
        raise AssertionError("warming up asks no database")

    return Context(write=none, read=none, library=library, clock=none)


def test_rules_are_loaded_and_left_alone_by_the_collector() -> None:
    library = RuleLibrary(ROOT / "rules")
    warm_up(context_over(library))
    assert library._folders
    assert gc.get_freeze_count() > 0


def test_a_broken_year_is_passed_over(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules" / "national" / "2021", tmp_path / "national" / "2021")
    (tmp_path / "national" / "2022").mkdir()
    (tmp_path / "national" / "2022" / "ruleset.yaml").write_text("code: [", encoding="utf-8")
    library = RuleLibrary(tmp_path)
    warm_up(context_over(library))
    assert library.current(2021).year == 2021
    with pytest.raises(NotFound):
        library.current(2023)
