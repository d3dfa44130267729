"""Rules and their parts are found where they are written."""

from __future__ import annotations

import pytest

from scoring.errors import Place
from scoring.rulebook.files import rule_trees
from scoring.rulebook.rule_sources import RuleSources, is_own, reached
from scoring.rulebook.tree import Findings, Scalar
from tests.support.rulesets import small_files


@pytest.fixture(scope="module")
def sources() -> RuleSources:
    return RuleSources(rule_trees({name: text.encode() for name, text in small_files().items()}, Findings()))


@pytest.mark.parametrize(
    ("code", "path", "there"),
    [
        ("I1", (), "code: I1"),
        ("I1", ("method", "rungs", 1, "at_least"), "60, earn: 50%"),
        ("I1", ("method", "cap"), "{kind: ladder"),
        ("I1", ("method", "rungs", 9), "[{at_least: 90"),
        ("V1", ("when",), "X2 >= 3"),
        ("item-2", ("points",), "40}"),
        ("total", ("rescale",), "yes"),
    ],
)
def test_a_part_is_found_as_far_down_as_it_is_written(
    sources: RuleSources, code: str, path: tuple[str | int, ...], there: str
) -> None:
    place = sources.place(sources.rule(code), *path)
    assert place.line
    assert place.column
    line = small_files()[place.file].splitlines()[place.line - 1]
    assert line[place.column - 1 :].startswith(there)


def test_what_is_nowhere_has_the_place_that_is_given(sources: RuleSources) -> None:
    assert sources.rule("I9") is None
    assert sources.place(None, "points", default=Place(file="f")) == Place(file="f")


def test_whether_the_whole_way_was_gone_is_told(sources: RuleSources) -> None:
    frame = sources.frame()
    assert frame is not None
    title, whole = reached(frame, ("title",))
    assert isinstance(title, Scalar)
    assert (title.text, whole) == ("小规则集", True)
    assert reached(frame, ("ranking", "order"))[1] is False


@pytest.mark.parametrize(("file", "own"), [("indicators/I1.yaml", True), ("../2020/ruleset.yaml", False)])
def test_a_file_of_another_folder_is_not_the_rule_sets_own(file: str, own: bool) -> None:
    assert is_own(Place(file=file)) is own
