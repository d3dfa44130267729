"""From the shapes of rule files to JSON Schema (draft 7): an editor completes and checks while typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scoring.rulebook.answers import ACCEPT
from scoring.rulebook.schema.parts import ANSWER
from scoring.rulebook.schema.registry import FILE_KINDS, FileKind
from scoring.rulebook.schema.shapes import Again, Either, Fields, Items, Key, Kinds, Named, Shape, Value

_NUMBER = r"^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?$"
_RATIO = r"^[+-]?[0-9]{1,40}(\.[0-9]{1,40}|/[0-9]{1,40})?$"
_PERCENT = r"^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?%$"
_QUANTITY = r"^[+-]?[0-9]{1,40}(\.[0-9]{1,40})?%?$"
SCALARS: Mapping[str, Mapping[str, Any]] = {
    "any": {},
    "text": {"type": ["string", "number", "boolean"]},
    "number": {"type": ["number", "string"], "pattern": _NUMBER},
    "ratio": {"type": ["number", "string"], "pattern": _RATIO},
    "whole": {"type": ["integer", "string"], "pattern": "^[0-9]{1,10}$", "minimum": 0},
    "flag": {"enum": [True, False, "yes", "no", "true", "false", "是", "否"]},
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "share": {"type": "string", "pattern": _PERCENT},
    "quantity": {"type": ["number", "string"], "pattern": _QUANTITY},
    "formula": {"type": ["string", "number"], "maxLength": 2000},
    "condition": {"type": "string", "maxLength": 2000},
}
"""What each kind of scalar is; a number may be quoted, and is then checked by its characters."""

_DATED = "dated"
_STEP = {"from": SCALARS["day"], "to": SCALARS["day"], "because": {"type": "string"}, "source": {}}


def json_schemas() -> dict[str, dict[str, Any]]:
    """A schema for each kind of rule file, by its name."""
    return {name: _Writer().document(kind) for name, kind in FILE_KINDS.items()}


class _Writer:
    """Writes one schema; every record is written once, under its title, and referred to."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}
        self.shapes: dict[str, Shape] = {}

    def document(self, kind: FileKind) -> dict[str, Any]:
        """The whole schema of one kind of file."""
        root = self.fields(kind.shape)
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **root,
            "title": f"{kind.pattern}: {kind.purpose}",
            "definitions": self.definitions,
        }

    def of(self, shape: Shape) -> dict[str, Any]:
        """The schema of a shape."""
        if isinstance(shape, Again):
            return {"$ref": f"#/definitions/{shape.title}"}
        if isinstance(shape, Fields | Kinds):
            return self.referred(shape)
        return _WRITERS[type(shape)](self, shape)

    def referred(self, shape: Fields | Kinds) -> dict[str, Any]:
        """A reference to a record, which is written when it is first met."""
        if shape.title not in self.shapes:
            self.shapes[shape.title] = shape
            self.definitions[shape.title] = {}
            found = self.fields(shape) if isinstance(shape, Fields) else self.kinds(shape)
            self.definitions[shape.title] = found
        elif self.shapes[shape.title] is not shape:
            raise ValueError(f"two records are called {shape.title}")
        return {"$ref": f"#/definitions/{shape.title}"}

    def fields(self, shape: Fields) -> dict[str, Any]:
        """A record with known keys."""
        found: dict[str, Any] = {
            "type": "object",
            "title": shape.title,
            "properties": {key.name: self.key(key) for key in shape.keys} | self.answers(),
            "additionalProperties": self.of(shape.others) if shape.others is not None else False,
        }
        required = [key.name for key in shape.keys if key.required]
        if not required:
            return found
        if not any(key.early and key.name == "overrides" for key in shape.keys):
            return {**found, "required": required}
        # what changes an inherited rule says only what changes
        own = {"if": {"not": {"required": ["overrides"]}}, "then": {"required": required}}
        return {**found, **own}

    def answers(self) -> dict[str, Any]:
        """The key by which any mapping may answer findings."""
        if ANSWER.title not in self.definitions:
            plain = {key.name: self.of(key.shape) for key in ANSWER.keys}
            self.definitions[ANSWER.title] = {
                "type": "object",
                "properties": plain,
                "required": list(plain),
                "additionalProperties": False,
            }
        answer = {"$ref": f"#/definitions/{ANSWER.title}"}
        return {ACCEPT: {"type": "array", "items": answer, "description": "对检查结论的答复"}}

    def key(self, key: Key) -> dict[str, Any]:
        """The value of a key, or the same value different from a day on."""
        told = f"{key.meaning}。缺省: {key.default}" if key.default else key.meaning
        own = self.of(key.shape)
        step = {"type": "object", "properties": {**_STEP, "use": own}, "required": ["use"]}
        dated = {
            "type": "object",
            "properties": {_DATED: {"type": "array", "items": step, "minItems": 1}},
            "required": [_DATED],
            "additionalProperties": False,
        }
        return {"description": told, "anyOf": [own, dated]}

    def value(self, shape: Value) -> dict[str, Any]:
        """A single word or number; an unquoted 1 is a number to an editor."""
        if shape.kind != "word":
            return dict(SCALARS[shape.kind])
        return {"enum": [*shape.words, *(int(each) for each in shape.words if each.isdigit())]}

    def items(self, shape: Items) -> dict[str, Any]:
        """A list."""
        return {"type": "array", "items": self.of(shape.of)}

    def named(self, shape: Named) -> dict[str, Any]:
        """A mapping by names that the author chooses."""
        return {
            "type": "object",
            "description": f"键: {shape.names}",
            "additionalProperties": self.of(shape.of),
        }

    def kinds(self, shape: Kinds) -> dict[str, Any]:
        """Told apart by `if` on the kind, so that an editor says what is wrong with that kind alone."""
        return {
            "type": "object",
            "title": shape.title,
            "properties": {shape.by: {"enum": list(shape.records)}},
            "anyOf": [{"required": [shape.by]}, {"required": ["overrides"]}],
            "allOf": [
                {
                    "if": {"properties": {shape.by: {"const": kind}}, "required": [shape.by]},
                    "then": self.fields(record),
                }
                for kind, record in shape.records.items()
            ],
        }

    def either(self, shape: Either) -> dict[str, Any]:
        """One of several shapes."""
        return {"anyOf": [self.of(each) for each in shape.shapes]}


_WRITERS: Mapping[type, Callable[[_Writer, Any], dict[str, Any]]] = {
    Value: _Writer.value,
    Items: _Writer.items,
    Named: _Writer.named,
    Either: _Writer.either,
}
