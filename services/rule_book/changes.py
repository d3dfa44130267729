"""The notes of CHANGES.md as blocks of the book: headings, paragraphs, lists and tables; all else is text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.rule_book.document import Block, Column, Group, Label, Listing, Paragraph, Table, cells
from services.rule_book.layout import Layout, Row, Strong, prose
from services.rule_book.typography import printed

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)]) +(.*)")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_MARKED = re.compile(r"\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]*)\]\(([^)\s]*)\)")


@dataclass
class _Waiting:
    """Lines that belong together and are not a block yet."""

    kind: str = ""
    lines: list[str] = field(default_factory=list)


def notes_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a note in plain Markdown; its own title is left out."""
    return tuple(_blocks(text.replace("\r\n", "\n").split("\n")))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    waiting = _Waiting()
    for line in (*lines, ""):
        heading = _HEADING.fullmatch(line.rstrip())
        kind = "" if heading or not line.strip() else _kind_of(line)
        if kind != waiting.kind and not (waiting.kind == "item" and kind == "text" and line[:1] == " "):
            yield from _finished(waiting)
            waiting = _Waiting(kind)
        if kind:
            waiting.lines.append(line)
        if heading and len(heading[1]) > 1:
            yield Label(printed(_plain(heading[2])))


def _kind_of(line: str) -> str:
    if line.lstrip().startswith("|"):
        return "table"
    return "item" if _ITEM.fullmatch(line) else "text"


def _finished(waiting: _Waiting) -> Iterator[Block]:
    if waiting.kind == "table":
        yield from _table(waiting.lines)
    elif waiting.kind == "item":
        yield Listing(tuple(_marked(item) for item in _items(waiting.lines)))
    elif waiting.kind == "text":
        yield from (Paragraph(_marked(line.strip())) for line in waiting.lines)


def _items(lines: Sequence[str]) -> Iterator[str]:
    """The items of a list; a line that begins with a blank continues the item above it."""
    current = ""
    for line in lines:
        match = _ITEM.fullmatch(line)
        if match is None:
            current += line.strip()
            continue
        if current:
            yield current
        current = match[1]
    yield current


def _table(lines: Sequence[str]) -> Iterator[Block]:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    rows = [row for row, line in zip(rows, lines, strict=True) if not _RULE.fullmatch(line)]
    if len(rows) < 2:
        yield from (Paragraph(_marked(line.strip())) for line in lines)
        return
    head, *body = rows
    columns = tuple(Column(printed(_plain(cell)), _width(at, rows)) for at, cell in enumerate(head))
    whole = [[*row, *[""] * len(head)][: len(head)] for row in body]
    made = cells(*(tuple(_marked(cell) for cell in row) for row in whole))
    yield Table(columns, tuple(Group((each,)) for each in made), "改动")


def _width(column: int, rows: Sequence[Sequence[str]]) -> int:
    """The width by the longest cell, within limits."""
    longest = max(len(row[column]) for row in rows if column < len(row))
    return max(6, min(longest, 28))


def _marked(text: str) -> Layout:
    """A line with its bold words; other marks are taken off, their text stays."""
    parts: list[Layout] = []
    end = 0
    for match in _MARKED.finditer(text):
        parts.append(prose(text[end : match.start()]))
        bold, code, title = match[1], match[2], match[3]
        parts.append(Strong(printed(bold)) if bold else prose(code or title or ""))
        end = match.end()
    return Row((*parts, prose(text[end:])))


def _plain(text: str) -> str:
    return _MARKED.sub(lambda match: match[1] or match[2] or match[3] or "", text)
