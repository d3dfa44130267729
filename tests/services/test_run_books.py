"""Engines of runs are loaded once and kept while they are among the latest asked for."""

from __future__ import annotations

from scoring.engine import PlainEngine
from services.run_books import RunBooks
from tests.support.rulesets import facts_from, period, small_rules

RULES = small_rules()


def engine() -> PlainEngine:
    return PlainEngine(RULES, facts_from(RULES, {}), period("2021"))


def test_a_run_is_loaded_once() -> None:
    books, loaded = RunBooks(), []

    def load() -> PlainEngine:
        loaded.append(engine())
        return loaded[-1]

    assert books.engine("a", load) is books.engine("a", load)
    assert len(loaded) == 1


def test_only_the_latest_few_stay_and_asking_counts() -> None:
    books = RunBooks()
    first = {name: books.engine(name, engine) for name in "abcdefgh"}
    assert books.engine("a", engine) is first["a"]
    books.engine("i", engine)
    assert books.engine("a", engine) is first["a"]
    assert books.engine("b", engine) is not first["b"]
