"""The schemas of rule files: true to the parser key by key, and true of every rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scoring.rulebook.answers import ACCEPT
from scoring.rulebook.files import compose, read_rule_set
from scoring.rulebook.schema.json_schema import json_schemas
from scoring.rulebook.schema.registry import FILE_KINDS, kind_of
from scoring.rulebook.schema.shapes import Fields
from scoring.rulebook.schema.walking import records_of
from scoring.rulebook.tree import Findings, Mark, Record

ROOT = Path(__file__).parents[4]
SCHEMAS = json_schemas()
RULE_SETS = sorted(
    path.parent
    for top in ("rules", "tests/external", "tests/rules/practice")
    for path in (ROOT / top).rglob("ruleset.yaml")
)


def rule_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if kind_of(name) is not None:
            yield name, path


@pytest.mark.parametrize("name", FILE_KINDS)
def test_each_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])


class EditorLoader(yaml.CSafeLoader):
    """YAML 1.2, as editors read it: `on` and `yes` are words, and dates are as they are written."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith(":timestamp") and (first in "tTfF" or not tag.endswith(":bool"))
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def loaded_as_editors_do(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), EditorLoader)  # noqa: S506 - it is a safe one


def inherits(folder: Path) -> bool:
    return "\nextends:" in (folder / "ruleset.yaml").read_text(encoding="utf-8")


def without_required(schema: Any) -> Any:
    """What a file leaves out that changes an inherited one, it inherits."""
    if isinstance(schema, dict):
        return {
            key: each if key == "if" else without_required(each)
            for key, each in schema.items()
            if key != "required"
        }
    return [without_required(each) for each in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("folder", RULE_SETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_rule_file_fits_its_schema(folder: Path) -> None:
    for name, path in rule_files(folder):
        kind = next(key for key, each in FILE_KINDS.items() if each is kind_of(name))
        schema = SCHEMAS[kind] if not inherits(folder) else without_required(SCHEMAS[kind])
        errors = jsonschema.Draft7Validator(schema).iter_errors(loaded_as_editors_do(path))
        assert [f"{name}: {list(each.path)}: {each.message[:300]}" for each in errors] == []


WRONG = {
    "an unknown key": ("indicator", {"colour": "red"}, "colour"),
    "an unknown method": ("indicator", {"method": {"kind": "laddr"}}, "laddr"),
    "a parameter of another method": ("indicator", {"method": {"kind": "direct", "rungs": []}}, "rungs"),
    "a share that is none": ("ruleset", {"checks": {"cliff": "a quarter"}}, "a quarter"),
}


@pytest.mark.parametrize(("kind", "change", "told"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_by_the_schema(kind: str, change: Mapping[str, Any], told: str) -> None:
    errors = jsonschema.Draft7Validator(SCHEMAS[kind]).iter_errors(change)
    assert any(told in str(error.message) for each in errors for error in [each, *(each.context or [])])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[Mark, set[str]]:
    """Which keys the parser asked of each mapping that it read to the end."""
    found: dict[Mark, set[str]] = {}
    close = Record.close

    def closed(record: Record) -> None:
        found.setdefault(record.mark, set()).update(record.asked)
        close(record)

    monkeypatch.setattr(Record, "close", closed)
    return found


@pytest.mark.parametrize("folder", RULE_SETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_parser_asks_for_the_keys_that_the_schema_has(folder: Path, asked: dict[Mark, set[str]]) -> None:
    read_rule_set(folder)
    for name, path in rule_files(folder):
        kind, tree = kind_of(name), compose(path.read_bytes(), name, Findings())
        assert kind is not None
        assert tree is not None
        for mark, record in records_of(tree, kind.shape):
            if mark in asked:
                assert (mark, *compared(record, asked[mark])) == (mark, record.title, set(), set())


def compared(record: Fields, keys: set[str]) -> tuple[str, set[str], set[str]]:
    """The record, the keys that only the parser knows, and those that only the schema knows."""
    known = {key.name for key in record.keys if not key.early}
    always = {key.name for key in record.keys if not key.early and not key.sometimes}
    if keys & set(record.one_of):
        always -= set(record.one_of)
    more = set() if record.others is not None else keys - known - {ACCEPT}
    return record.title, more, always - keys
