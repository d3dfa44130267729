"""The text of books, whatever their form: of the document itself, of a page, of a PDF, of a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from services.rule_book.document import (
    Block,
    Display,
    Facts,
    Label,
    Listing,
    Paragraph,
    Section,
    Table,
)
from services.rule_book.layout import spoken

_TEXTS = {
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
}


def text_of(section: Section) -> str:
    """All that a section says, a line a block or row."""
    return "\n".join(_section_lines(section))


def _section_lines(section: Section) -> Iterator[str]:
    yield f"{section.heading} {section.note}".strip()
    for block in section.blocks:
        yield from _block_lines(block)
    for inner in section.sections:
        yield from _section_lines(inner)


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(line) | Display(line):
            yield spoken(line)
        case Label(said):
            yield said
        case Listing(items):
            yield from map(spoken, items)
        case Facts(rows):
            yield from (f"{fact.label} {' '.join(map(spoken, fact.lines))}" for fact in rows)
        case Table():
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    yield " ".join(column.head for column in table.columns)
    for group in table.groups:
        yield group.title
        yield from (" ".join(" ".join(map(spoken, cell)) for cell in row) for row in group.rows)


def squeezed(text: str) -> str:
    """The text without any white space, since every form breaks its lines elsewhere."""
    return re.sub(r"\s+", "", text)


def html_text(page: str) -> str:
    """What a page shows."""
    body = page.partition("</style>")[2]
    return unescape(re.sub(r"<[^>]*>", "", body))


def word_text(content: bytes) -> str:
    """What the body of a Word file shows."""
    return "".join(each.text or "" for each in word_body(content).iter() if each.tag in _TEXTS)


def word_body(content: bytes) -> ElementTree.Element:
    """The main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return ElementTree.fromstring(parts.read("word/document.xml"))  # noqa: S314  # our own file


def pdf_text(content: bytes) -> str:
    """What the pages of a PDF show."""
    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
