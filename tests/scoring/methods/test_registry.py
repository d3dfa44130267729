"""The list of methods: each under its own kind, with parameters that can be read and explained."""

from __future__ import annotations

from dataclasses import MISSING, fields
from pathlib import Path

import pytest

import scoring.methods
from scoring.methods.base import Method
from scoring.methods.registry import METHODS

KINDS = {"number", "positive", "quantity", "word", "rungs", "knots", "parts", "scale", "bands"}


def test_every_file_of_a_method_is_in_the_list() -> None:
    folder = Path(scoring.methods.__path__[0])
    files = {file.stem for file in folder.glob("*.py")} - {"__init__", "base", "registry"}
    assert set(METHODS) == files


@pytest.mark.parametrize(("kind", "method"), METHODS.items())
def test_a_method_stands_under_its_own_kind_with_a_chinese_name(kind: str, method: type[Method]) -> None:
    assert method.kind == kind
    assert not method.title.isascii()
    assert method.peers is kind.startswith("peer_")


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_the_parameters_of_a_rule_file_are_the_fields_of_the_method(method: type[Method]) -> None:
    by_name = {parameter.name: parameter for parameter in method.parameters}
    given = fields(method)  # type: ignore[arg-type]
    assert set(by_name) == {field.name for field in given}
    for field in given:
        parameter = by_name[field.name]
        assert parameter.kind in KINDS
        assert parameter.meaning
        assert parameter.required is (field.default is MISSING)
        assert parameter.required or parameter.default == field.default
        assert parameter.kind != "word" or parameter.default in parameter.words
