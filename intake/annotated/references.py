"""Relationships and content types of a package: reading, adding and taking out single lines."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from intake.annotated.container import Container
from intake.annotated.spans import Edits, Span, prefix_of, read_tree

_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_RELATIONSHIPS}"/>'
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One relationship; `target` is a full part name unless `external`."""

    identity: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type."""
        return self.type.rpartition("/")[2]


class References:
    """What the parts of a container say of each other."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self.workbook = self.target("", "officeDocument")
        types = {arrow.type for arrow in self.arrows("")}
        self.types = _STRICT if any(one.startswith(_STRICT) for one in types) else _TRANSITIONAL
        """The namespace of relationships in this file."""

    def arrows(self, source: str) -> tuple[Arrow, ...]:
        """The arrows that leave a part; `""` is the package itself."""
        part = relationships_part(source)
        if not self._container.has(part):
            return ()
        base = "/" + posixpath.dirname(source)
        return tuple(_arrow(one, base) for one in read_tree(self._container.read(part), 1).children)

    def target(self, source: str, kind: str) -> str:
        """The part that the first arrow of a kind leads to; empty when there is none."""
        return next((one.target for one in self.arrows(source) if one.kind == kind), "")

    def add(self, source: str, kind: str, target: str) -> str:
        """Add an arrow; its identity."""
        part = relationships_part(source)
        known = {one.identity for one in self.arrows(source)}
        number = len(known) + 1
        while f"rId{number}" in known:
            number += 1
        where = posixpath.relpath("/" + target, "/" + posixpath.dirname(source))
        line = f'Id="rId{number}" Type="{self.types}/{kind}" Target="{where}"/>'
        data = self._container.read(part) if self._container.has(part) else _EMPTY.encode()
        root = read_tree(data, 1)
        self._append(part, data, root, f"<{prefix_of(data, root)}Relationship {line}")
        return f"rId{number}"

    def remove(self, source: str, identity: str) -> None:
        """Take an arrow out, and the whole list with the last one."""
        part = relationships_part(source)
        root = self._drop(part, lambda one: one.attributes.get("Id") == identity)
        if root is not None and len(root.children) == 1:
            self._container.remove(part)

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a new part is."""
        data = self._container.read(_TYPES)
        root = read_tree(data, 1)
        line = f'<{prefix_of(data, root)}Override PartName="/{part}" ContentType="{content_type}"/>'
        self._append(_TYPES, data, root, line)

    def forget(self, part: str) -> None:
        """Take a part out, with its type and its own arrows."""
        name = f"/{part}".casefold()
        self._drop(_TYPES, lambda one: one.attributes.get("PartName", "").casefold() == name)
        self._container.remove(part)
        self._container.remove(relationships_part(part))

    def _append(self, part: str, data: bytes, root: Span, line: str) -> None:
        edits = Edits(data)
        edits.append_to(root, line.encode())
        self._container.write(part, edits.made())

    def _drop(self, part: str, unwanted: Callable[[Span], bool]) -> Span | None:
        if not self._container.has(part):
            return None
        data = self._container.read(part)
        root = read_tree(data, 1)
        found = next((one for one in root.children if unwanted(one)), None)
        if found is None:
            return None
        edits = Edits(data)
        edits.remove(found)
        self._container.write(part, edits.made())
        return root


def relationships_part(source: str) -> str:
    """Where the arrows of a part are kept."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _arrow(span: Span, base: str) -> Arrow:
    words = span.attributes
    target, external = words.get("Target", ""), words.get("TargetMode", "Internal") != "Internal"
    if not external:
        target = posixpath.normpath(posixpath.join(base, target)).lstrip("/")
    return Arrow(words.get("Id", ""), words.get("Type", ""), target, external)
