"""The words of a rule set's formulas: codes, Chinese names where they are plain, attributes and constants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.codes import ElementCode
from scoring.errors import Severity
from scoring.rulebook.vocabulary import vocabulary_of
from tests.support.rulesets import changed, load, small_files, small_rules

RULES = small_rules()
ATTRIBUTES = {"group": "text", "population": "integer"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("应办数", "E1", id="a name of letters"),
        pytest.param("是否开会", "E6", id="of any type"),
        pytest.param("没有的数", None, id="a name that nobody has"),
    ],
)
def test_an_element_may_be_called_by_its_chinese_name(name: str, code: str | None) -> None:
    words = vocabulary_of(RULES.elements.values(), ATTRIBUTES, RULES.constants)
    assert words.aliases.get(name) == code


@pytest.mark.parametrize("name", ["办结数", "应办数(含上年)", "5日内办结数", ""])
def test_a_name_that_two_have_or_that_is_no_word_is_no_alias(name: str) -> None:
    renamed = replace(RULES.elements[ElementCode("E1")], name=name)
    elements = [each for each in RULES.elements.values() if each.code != "E1"]
    words = vocabulary_of([*elements, renamed], ATTRIBUTES, RULES.constants)
    assert name not in words.aliases


def test_names_are_compared_as_the_parser_composes_them() -> None:
    wide = replace(RULES.elements[ElementCode("E1")], name="ＡＢ数")
    assert vocabulary_of([wide], {}, {}).aliases == {"AB数": "E1"}


def test_words_are_told_from_numbers() -> None:
    words = vocabulary_of(RULES.elements.values(), ATTRIBUTES, RULES.constants)
    assert words.choices == {"E6": ("是", "否")}
    assert words.worded == {"group"}
    assert words.attributes == {"group", "population"}
    assert words.elements["E3"] == ("市场监管", "药监")
    assert words.names() >= {"E1", "应办数", "issued", "population"}


@pytest.mark.parametrize("word", ["group", "'\"东\"'"])
@pytest.mark.parametrize(
    ("file", "value"), [("indicators/I1.yaml", "value: 100 * E2 / E1"), ("adjustments.yaml", "value: X2,")]
)
def test_a_value_that_is_a_mere_word_does_not_load(file: str, value: str, word: str) -> None:
    written = f"value: {word}," if value.endswith(",") else f"value: {word}"
    _, issues = load(changed(small_files(), file, value, written))
    (issue,) = [each for each in issues if each.code == "formula-type"]
    assert issue.severity is Severity.HARD
    assert (issue.place.file, issue.found) == (file, word.strip("'"))
    assert issue.place.line
