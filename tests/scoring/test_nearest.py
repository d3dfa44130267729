"""The nearest known word, as a hint for who misspelt one."""

from __future__ import annotations

import pytest

from scoring.nearest import meant, nearest

KNOWN = ("population", "prefectures", "gdp")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("popluation", "population"),
        ("gdq", "gdp"),
        ("xyz", ""),
        ("", ""),
        pytest.param("p" * 61, "", id="a word longer than any name is compared with nothing"),
    ],
)
def test_the_most_similar_word_is_named_if_any_is_similar(word: str, expected: str) -> None:
    assert nearest(word, KNOWN) == expected


def test_with_too_many_words_there_is_no_hint() -> None:
    many = [f"E{number}" for number in range(5_001)]
    assert nearest("E1x", many[:5_000]) == "E1"
    assert nearest("E1x", many) == ""


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("popluation", KNOWN, "是否想写 population?"),
        pytest.param("xyz", KNOWN, "可以用:gdp、population、prefectures", id="few are all named"),
        pytest.param("xyz", [f"E{number}" for number in range(13)], "", id="many are not"),
        ("xyz", (), ""),
    ],
)
def test_a_hint_names_the_nearest_or_all_of_few(word: str, known: tuple[str, ...], expected: str) -> None:
    assert meant(word, known) == expected
