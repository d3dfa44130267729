"""Where the elements of an XML part stand, byte by byte, and changing a part without touching the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from intake.xml_walk import MAIN

_DEEPEST = 64
_MOST_ELEMENTS = 200_000
"""In one tree; comments are read by nobody before."""
_HEAD = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_TAG_NAME = re.compile(rb"<\s*[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>/"']+)\s*=\s*("[^"]*"|'[^']*')""")


class Unpatchable(Exception):
    """A part that the strict reader does not read is no XML that can be changed safely."""


@dataclass(slots=True)
class Span:
    """One element: its start tag is `start:head`, its content `head:tail`, all of it `start:end`.

    `name` is local in the main namespace, else `namespace name`. An element `<x/>` has no tail tag:
    head, tail and end are the same. `text` is filled for the names that were asked for.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    head: int
    tail: int = 0
    end: int = 0
    text: str = ""
    children: list[Span] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether it is written as `<x/>`."""
        return self.head == self.end

    def child(self, name: str) -> Span | None:
        """The first child of that name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, *path: str) -> Iterator[Span]:
        """The descendants at the end of a path of names."""
        for one in self.children:
            if one.name == path[0]:
                if len(path) == 1:
                    yield one
                else:
                    yield from one.all(*path[1:])


def local_name(name: str) -> str:
    """The name without its namespace where that is a main one."""
    namespace, _, local = name.rpartition(" ")
    return local if not namespace or namespace in MAIN else name


def new_parser() -> expat.XMLParserType:
    """A parser that says where it is, and refuses what could make a text mean something else elsewhere."""
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def head_end(data: bytes, start: int) -> int:
    """Where the start tag ends that begins at `start`."""
    found = _HEAD.match(data, start)
    if found is None:
        raise Unpatchable
    return found.end()


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Run a parser over a whole part.

    Raises:
        Unpatchable: it is no XML in UTF-8.
    """
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unpatchable from error


class _TreeReader:
    """Builds the tree of a part down to a depth."""

    def __init__(self, data: bytes, depth: int, texts: frozenset[str]) -> None:
        self._data, self._depth, self._texts = data, depth, texts
        self._parser = new_parser()
        self._path: list[Span] = []
        self._level = 0
        self._count = 0
        self.root: Span | None = None

    def read(self) -> Span:
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        if self._texts:
            self._parser.CharacterDataHandler = self._said
        parse(self._parser, self._data)
        if self.root is None:
            raise Unpatchable
        return self.root

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > _DEEPEST:
            raise Unpatchable
        if self._level > self._depth + 1:
            return
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise Unpatchable
        start = self._parser.CurrentByteIndex
        span = Span(local_name(name), attributes, start, head_end(self._data, start))
        if self._path:
            self._path[-1].children.append(span)
        else:
            self.root = span
        self._path.append(span)

    def _closed(self, _name: str) -> None:
        self._level -= 1
        if self._level > self._depth:
            return
        span = self._path.pop()
        if self._data[span.head - 2 : span.head] == b"/>":
            span.tail = span.end = span.head
        else:
            span.tail = self._parser.CurrentByteIndex
            span.end = self._data.index(b">", span.tail) + 1

    def _said(self, text: str) -> None:
        if self._level <= self._depth + 1 and self._path[-1].name in self._texts:
            self._path[-1].text += text


def read_tree(data: bytes, depth: int, texts: frozenset[str] = frozenset()) -> Span:
    """The root of a part and its descendants down to `depth` levels below it.

    Raises:
        Unpatchable: it is no XML in UTF-8, or too deep or too large.
    """
    return _TreeReader(data, depth, texts).read()


class Edits:
    """Changes of one part, told in any order by places of the original and made all at once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._all: list[tuple[int, int, bytes]] = []

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put other bytes in place of some; changes must not overlap."""
        self._all.append((start, end, new))

    def insert(self, at: int, new: bytes) -> None:
        """Put bytes before what stands at a place; those told first come first."""
        self._all.append((at, at, new))

    def remove(self, span: Span) -> None:
        """Take an element out."""
        self._all.append((span.start, span.end, b""))

    def append_to(self, parent: Span, new: bytes) -> None:
        """Put bytes behind the last thing in an element, also where it was written as `<x/>`."""
        if parent.closed:
            self.replace(parent.end - 2, parent.end, b">" + new + b"</" + tag_name(self.data, parent) + b">")
        else:
            self.insert(parent.children[-1].end if parent.children else parent.tail, new)

    def set_attribute(self, span: Span, name: str, value: str | None) -> None:
        """Change, add or (None) take out an attribute that has no prefix."""
        self.replace(span.start, span.head, with_attribute(self.data[span.start : span.head], name, value))

    def made(self) -> bytes:
        """The part with all changes."""
        pieces: list[bytes] = []
        at = 0
        for start, end, new in sorted(self._all, key=lambda one: one[:2]):
            pieces += (self.data[at:start], new)
            at = end
        return b"".join([*pieces, self.data[at:]])


def with_attribute(head: bytes, name: str, value: str | None) -> bytes:
    """A start tag with an attribute changed, added behind the others, or (None) taken out."""
    wanted = name.encode()
    for found in _ATTRIBUTE.finditer(head):
        if found[1] == wanted:
            if value is None:
                return head[: found.start()] + head[found.end() :]
            return head[: found.start(2)] + f'"{value}"'.encode() + head[found.end(2) :]
    if value is None:
        return head
    behind = _behind_attributes(head)
    return head[:behind] + f' {name}="{value}"'.encode() + head[behind:]


def written_attributes(head: bytes) -> dict[str, str]:
    """The attributes of a start tag as they are written, entities and all."""
    return {found[1].decode(): found[2][1:-1].decode() for found in _ATTRIBUTE.finditer(head)}


def _behind_attributes(head: bytes) -> int:
    *_, last = [_TAG_NAME.match(head), *_ATTRIBUTE.finditer(head)]
    if last is None:
        raise Unpatchable
    return last.end()


def tag_name(data: bytes, span: Span) -> bytes:
    """The name as it is written, prefix included."""
    found = _TAG_NAME.match(data, span.start)
    return found[0][1:] if found else b""


def prefix_of(data: bytes, span: Span) -> str:
    """`x:` for an element written as `<x:name>`, empty for `<name>`."""
    before, colon, _ = tag_name(data, span).decode().rpartition(":")
    return before + colon


def _refuse(*_: object) -> None:
    raise Unpatchable
