"""The book as a document: cover, chapters, headings, paragraphs, tables; no format knows more than this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.rule_book.layout import Layout

Cell = tuple[Layout, ...]
"""The lines of a cell."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Layout


@dataclass(frozen=True, slots=True)
class Label:
    """A short heading within a card, which stays with what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Items one below the other."""

    items: tuple[Layout, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Display:
    """A formula on a line of its own."""

    formula: Layout


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, and how its cells stand."""

    head: str
    width: int
    align: str = "left"
    """left, center or right"""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stay together on a page where they can."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    """A band across the whole table above the rows; empty = none."""
    merged: bool = False
    """Whether the first cell stands for all rows of the group."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    name: str
    """What the table shows, for those who hear it read out."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: what is told, and the text."""

    label: str
    lines: Cell


@dataclass(frozen=True, slots=True)
class Facts:
    """The lines of a card."""

    rows: tuple[Fact, ...]
    name: str


Block = Paragraph | Label | Listing | Display | Table | Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands below it; chapters are sections of level 1."""

    number: str
    """With its sign: 一、 （一） 1."""
    title: str
    anchor: str
    level: int
    note: str = ""
    """Beside the title, such as the points of an indicator."""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    wide: bool = False
    """Whether its pages lie on their side; only for chapters."""

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number}{self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The whole book."""

    title: str
    subtitle: str
    cover: tuple[Fact, ...]
    chapters: tuple[Section, ...]
    day: date
    """The only date that the files bear: that of publication, else the first of the effective period."""
    identifier: str
    """The digest of the rule set."""

    def walk(self) -> Iterator[Section]:
        """Every section, as the book reads."""
        for chapter in self.chapters:
            yield from _walk(chapter)


def _walk(section: Section) -> Iterator[Section]:
    yield section
    for inner in section.sections:
        yield from _walk(inner)


def cells(*rows: tuple[Layout | Cell, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of a table, where a single line stands for a cell of that line."""
    return tuple(tuple(each if isinstance(each, tuple) else (each,) for each in row) for row in rows)
