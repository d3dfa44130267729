"""The book as a Word file: real headings, a table of contents that Word can renew, heads that repeat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from services.rule_book.document import (
    Block,
    Book,
    Display,
    Facts,
    Label,
    Listing,
    Paragraph,
    Section,
    Table,
)
from services.rule_book.layout import Words, row
from services.rule_book.word_lines import formula_paragraph, has_formula, line_runs
from services.rule_book.word_sections import UPRIGHT, WIDE, Sections, ending
from services.rule_book.word_tables import colophon_element, facts_element, table_element
from services.rule_book.word_xml import element, field, paragraph, text_run

_STYLES = Path(__file__).parent / "templates" / "styles.xml"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_TITLE_SIGNS, _TITLE_LINE, _TITLE_GAP = 15, 720, 6600
"""How many signs of the title a line takes, how high it is, how far down the foot of the cover stands."""
_AFTER_FIELDS = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids")
_TYPES = "[Content_Types].xml"


def word_book(book: Book) -> bytes:
    """The file; the same book gives the same bytes."""
    document = docx.Document()
    replace_styles(document)
    set_properties(document, book)
    _renew_fields_when_opened(document)
    sections = Sections(document)
    body = document.element.body
    for each in list(body):
        body.remove(each)
    body.extend((*_cover(book), ending(sections.front())))
    body.extend((*_contents(book), ending(sections.front())))
    _add_chapters(body, book, sections)
    return packed(document)


def replace_styles(document: Document) -> None:
    """The styles of printed documents in place of the library's own."""
    styles = document.styles.element
    for each in list(styles):
        styles.remove(each)
    styles.extend([each for each in parse_xml(_STYLES.read_bytes()) if isinstance(each.tag, str)])


def set_properties(document: Document, book: Book) -> None:
    """What the file says of itself; the only date is that of the rule set."""
    said = document.core_properties
    said.title, said.subject, said.author = book.title, book.subtitle, ""
    said.comments, said.keywords, said.language = "", book.identifier, "zh-CN"
    said.last_modified_by, said.revision = "", 1
    said.created = said.modified = datetime.combine(book.day, time())
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]  # a picture of the library's own empty page


def _renew_fields_when_opened(document: Document) -> None:
    """Settings have an order of their own, by which Word finds a file sound or not."""
    settings = document.settings.element
    later = (settings.find(qn(f"w:{name}")) for name in _AFTER_FIELDS)
    first = min((settings.index(each) for each in later if each is not None), default=len(settings))
    settings.insert(first, element("w:updateFields", val="true"))


def _cover(book: Book) -> Iterator[BaseOxmlElement]:
    yield paragraph("Title", text_run(book.title))
    yield paragraph("Subtitle", text_run(book.subtitle))
    lines = -(-len(book.title) // _TITLE_SIGNS)
    yield paragraph("Gap", properties=(element("w:spacing", before=str(_TITLE_GAP - lines * _TITLE_LINE)),))
    yield colophon_element(Facts(book.cover, "版本"), UPRIGHT)


def _contents(book: Book) -> Iterator[BaseOxmlElement]:
    """A field that Word fills with page numbers; until then it shows the headings."""
    yield paragraph("ContentsTitle", text_run("目　录"))
    sections = list(book.walk())
    whole = field('TOC \\o "1-3" \\h \\z \\u', dirty=True)
    for at, each in enumerate(sections):
        name = bookmark(each)
        page = field(f"PAGEREF {name} \\h", text_run(""))
        link = element("w:hyperlink", text_run(each.heading), element("w:r", element("w:tab")), *page)
        link.set(qn("w:anchor"), name)
        before = whole[:-1] if at == 0 else ()
        after = whole[-1:] if at == len(sections) - 1 else ()
        yield paragraph(f"TOC{each.level}", *before, link, *after)


def bookmark(section: Section) -> str:
    """The name by which the contents point at a section."""
    return f"_Toc_{section.anchor.replace('-', '_')}"


def _add_chapters(body: BaseOxmlElement, book: Book, sections: Sections) -> None:
    """Where pages turn from upright to wide or back, a section of Word ends."""
    chapters = book.chapters
    number = 0
    for at, chapter in enumerate(chapters):
        turned = at > 0 and chapters[at - 1].wide != chapter.wide
        if turned:
            body.append(ending(sections.body(wide=chapters[at - 1].wide)))
        for section in walk_section(chapter):
            number += 1
            fresh = section is chapter and at > 0 and not turned
            body.append(heading_paragraph(section, number, on_new_page=fresh))
            width = WIDE if chapter.wide else UPRIGHT
            for position, block in enumerate(section.blocks):
                body.extend(block_elements(block, section, width, first=position == 0))
    body.append(sections.body(wide=chapters[-1].wide))


def walk_section(section: Section) -> Iterator[Section]:
    """A section and all within it, as the book reads."""
    yield section
    for inner in section.sections:
        yield from walk_section(inner)


def heading_paragraph(section: Section, number: int, *, on_new_page: bool) -> BaseOxmlElement:
    """A real heading with a bookmark; number: of the bookmark in the file, from 1."""
    start = element("w:bookmarkStart", id=str(number), name=bookmark(section))
    note: Sequence[BaseOxmlElement] = ()
    if section.note:
        gap = element("w:r", element("w:tab")) if section.level == 3 else text_run("　")
        note = (gap, text_run(section.note, element("w:b", val="0")))
    properties = (element("w:pageBreakBefore"),) if on_new_page else ()
    return paragraph(
        f"Heading{section.level}",
        start,
        text_run(section.heading),
        *note,
        element("w:bookmarkEnd", id=str(number)),
        properties=properties,
    )


def block_elements(block: Block, section: Section, width: int, *, first: bool) -> Iterator[BaseOxmlElement]:
    """A block in its style; width: of the text in twentieths of a point; first: right below the heading."""
    body_style = "CardText" if section.level == 3 else "BodyText"
    match block:
        case Paragraph(text):
            yield paragraph(body_style, *line_runs(text))
        case Label(text):
            yield paragraph("Label", text_run(text))
        case Display(formula):
            made = formula_paragraph(formula) if has_formula(formula) else line_runs(formula)
            yield paragraph("Formula", *made)
        case Listing(items, numbered):
            for at, item in enumerate(items, start=1):
                mark = f"{at}. " if numbered else "— "
                yield paragraph("ListItem", *line_runs(row(Words(mark), item)))
        case Facts():
            yield from (facts_element(block, width, keep=first), paragraph("Gap"))
        case Table():
            yield from (table_element(block, width), paragraph("Gap"))


def packed(document: Document) -> bytes:
    """The parts in order of their names, all of the same day; the list of types first, as readers want it."""
    saved = io.BytesIO()
    document.save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w") as file:
        for name in sorted(parts.namelist(), key=lambda each: (each != _TYPES, each)):
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            file.writestr(entry, parts.read(name))
    return packed.getvalue()
