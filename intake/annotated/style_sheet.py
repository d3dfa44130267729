"""The styles of a workbook: adding to them at the end, and taking the additions away again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.annotated.spans import Edits, Span, prefix_of, read_tree, with_attribute, written_attributes

FONTS, FILLS, BORDERS, XFS = "fonts", "fills", "borders", "cellXfs"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ORDER = ("numFmts", FONTS, FILLS, BORDERS, "cellStyleXfs", XFS)
# What index 0 (and 1 of fills) means where a file has no such list at all.
_FIRST = {
    FONTS: ("<font/>",),
    FILLS: (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
    ),
    BORDERS: ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    XFS: ('<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
}
_TAG = re.compile(r"<(/?)([A-Za-z]\w*)")
_USUAL = (
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
)
_ABSENT = "absent"
_NOTHING_SAID = frozenset((name, "0") for name in ("numFmtId", "fontId", "fillId", "borderId", "xfId"))
_BETWEEN_TAGS = re.compile(r">\s+<")


@dataclass(slots=True)
class _List:
    """One of the lists: what the file has, and what is added."""

    span: Span | None
    items: list[str]
    had: int
    known: dict[tuple[object, ...], int]


class StyleSheet:
    """The lists of fonts, fills, borders and cell formats; items are XML without prefix."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._root = read_tree(data, 2)
        self._prefix = prefix_of(data, self._root)
        self._lists = {name: self._read(name) for name in _FIRST}

    @staticmethod
    def blank(*, strict: bool) -> bytes:
        """A styles part that says nothing but what is usual."""
        namespace = _STRICT_MAIN if strict else _MAIN
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f'{head}<styleSheet xmlns="{namespace}">{_USUAL}</styleSheet>'.encode()

    def items(self, name: str) -> tuple[str, ...]:
        """Everything in a list, in order."""
        return tuple(self._lists[name].items)

    def add(self, name: str, item: str) -> int:
        """The index of an item, which is added unless the list has the very same."""
        listed = self._lists[name]
        if not listed.known:
            for index, one in enumerate(listed.items):
                listed.known.setdefault(_sense(one), index)
        sense = _sense(item)
        if sense not in listed.known:
            listed.known[sense] = len(listed.items)
            listed.items.append(item)
        return listed.known[sense]

    def sizes(self) -> dict[str, str]:
        """Of each list, how many items it has and what it says in `count`; what `shrunk` goes back to."""
        told = {}
        for name, listed in self._lists.items():
            if listed.span is None:
                told[name] = f"0 {_ABSENT}"
            else:
                told[name] = f"{listed.had} {listed.span.attributes.get('count', '')}".strip()
        return told

    def made(self) -> bytes:
        """The part with everything that was added."""
        if self._root.closed:
            new = (self._whole(name, listed) for name, listed in self._lists.items())
            edits = Edits(self._data)
            edits.append_to(self._root, "".join(new).encode())
            return edits.made()
        edits = Edits(self._data)
        behind = self._root.head
        for name in _ORDER:
            listed = self._lists.get(name)
            span = listed.span if listed else self._root.child(name)
            if listed and len(listed.items) > listed.had:
                self._extend(edits, behind, name, listed)
            behind = span.end if span else behind
        return edits.made()

    def shrunk(self, sizes: Mapping[str, str]) -> bytes:
        """The part with every list as long as it was; with all that is there now if anything was added."""
        if any(len(listed.items) > listed.had for listed in self._lists.values()):
            return self.made()
        edits = Edits(self._data)
        for name, listed in self._lists.items():
            had, _, count = sizes.get(name, "").partition(" ")
            if listed.span is None or not had.isdecimal() or int(had) >= len(listed.items):
                continue
            if count == _ABSENT:
                edits.remove(listed.span)
                continue
            children = listed.span.children
            first = children[int(had) - 1].end if int(had) else listed.span.head
            edits.replace(first, children[-1].end, b"")
            if count:
                edits.set_attribute(listed.span, "count", count)
        return edits.made()

    def _read(self, name: str) -> _List:
        span = self._root.child(name)
        if span is None:
            return _List(None, list(_FIRST[name]), len(_FIRST[name]), {})
        items = [self._bare(one) for one in span.children]
        return _List(span, items, len(items), {})

    def _bare(self, span: Span) -> str:
        text = self._data[span.start : span.end].decode()
        if self._prefix:
            text = text.replace(f"<{self._prefix}", "<").replace(f"</{self._prefix}", "</")
        return _BETWEEN_TAGS.sub("><", text)

    def _extend(self, edits: Edits, behind: int, name: str, listed: _List) -> None:
        if listed.span is None:
            edits.insert(behind, self._whole(name, listed).encode())
            return
        new = self._prefixed(listed.items[listed.had :])
        if not listed.span.closed and "count" in listed.span.attributes:
            edits.set_attribute(listed.span, "count", str(len(listed.items)))
        edits.append_to(listed.span, new.encode())

    def _whole(self, name: str, listed: _List) -> str:
        tag = f"{self._prefix}{name}"
        return f'<{tag} count="{len(listed.items)}">{self._prefixed(listed.items)}</{tag}>'

    def _prefixed(self, items: Sequence[str]) -> str:
        return "".join(_TAG.sub(rf"<\1{self._prefix}\2", item) for item in items)


def changed_head(item: str, **attributes: str | None) -> str:
    """An item with attributes of its first tag changed, added or (None) taken out."""
    head, sign, rest = item.partition(">")
    tag = (head + sign).encode()
    for name, value in attributes.items():
        tag = with_attribute(tag, name, value)
    return tag.decode() + rest


def attribute(item: str, name: str) -> str | None:
    """An attribute of an item's first tag as it is written; None where it has none."""
    return written_attributes(_head(item)).get(name)


def _head(item: str) -> bytes:
    head, sign, _ = item.partition(">")
    return (head + sign).encode()


def _sense(item: str) -> tuple[object, ...]:
    """What an item means: the order of attributes, and numbers that are 0 anyway, make no difference."""
    attributes = written_attributes(_head(item))
    told = frozenset(one for one in attributes.items() if one not in _NOTHING_SAID)
    name = item[1 : len(item)].split(">", 1)[0].split(maxsplit=1)[0].rstrip("/")
    rest = item.partition(">")[2]
    return name, told, "" if rest == f"</{name}>" else rest
