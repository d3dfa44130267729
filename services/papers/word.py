"""A paper as a Word file to be edited: real headings and tables, page numbers, the mark in the page heads."""

from __future__ import annotations

import docx
from docx.document import Document

from services.papers.paper import Paper
from services.rule_book.word import block_elements, heading_paragraph, packed, replace_styles, set_properties
from services.rule_book.word_sections import UPRIGHT, WIDE, Sections, ending
from services.rule_book.word_xml import element, paragraph, text_run


def word_paper(paper: Paper) -> bytes:
    """The file; the same paper gives the same bytes."""
    document = docx.Document()
    replace_styles(document)
    book = paper.document
    set_properties(document, book)
    sections = Sections(document)
    body = document.element.body
    for each in list(body):
        body.remove(each)
    body.append(paragraph("ContentsTitle", text_run(book.title)))
    centre = (element("w:jc", val="center"),)
    body.append(paragraph("Subtitle", text_run(book.subtitle), properties=centre))
    if paper.mark:
        red = element("w:color", val="B00020")
        body.append(paragraph("Subtitle", text_run(f"（{paper.mark}，内部核对用）", red), properties=centre))
    _add_sections(document, paper, sections)
    return packed(document)


def _add_sections(document: Document, paper: Paper, sections: Sections) -> None:
    """Where pages turn from upright to wide or back, a section of Word ends."""
    body = document.element.body
    wide = False
    for number, section in enumerate(paper.document.chapters, start=1):
        if section.wide != wide:
            body.append(ending(sections.body(wide=wide)))
            wide = section.wide
        body.append(heading_paragraph(section, number, on_new_page=False))
        for at, block in enumerate(section.blocks):
            body.extend(block_elements(block, section, WIDE if wide else UPRIGHT, first=at == 0))
    body.append(sections.body(wide=wide))
