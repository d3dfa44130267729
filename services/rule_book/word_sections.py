"""The parts of the Word file with pages of one kind: size, margins, page numbers at the outer edge."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer

from services.rule_book.word_xml import element, field, paragraph, text_run

UPRIGHT, WIDE = 8845, 14118
"""Widths of the text in twentieths of a point: 156 and 249 mm."""
_MARGINS = {"top": "2098", "right": "1474", "bottom": "1814", "left": "1587"}
_WIDE_MARGINS = {"top": "1474", "right": "1360", "bottom": "1360", "left": "1360"}


class Sections:
    """Makes the ends of sections; the first of the body starts at page 1, and all after it go on."""

    def __init__(self, document: Document) -> None:
        first = document.sections[0]
        document.settings.odd_and_even_pages_header_footer = True
        _number(first.footer, "right")
        _number(first.even_page_footer, "left")
        self.footers = first._sectPr.findall(qn("w:footerReference"))
        for each in self.footers:
            first._sectPr.remove(each)
        self.numbered = False

    def front(self) -> BaseOxmlElement:
        """The end of the cover or of the contents, which bear no numbers."""
        return _properties("nextPage", wide=False)

    def body(self, *, wide: bool) -> BaseOxmlElement:
        """The end of a part of the body."""
        if self.numbered:
            return _properties("nextPage", wide=wide)
        self.numbered = True
        found = _properties("oddPage", element("w:pgNumType", start="1"), wide=wide)
        for at, each in enumerate(self.footers):
            found.insert(at, each)
        return found


def ending(properties: BaseOxmlElement) -> BaseOxmlElement:
    """The paragraph with which a section ends."""
    made = paragraph("Gap")
    made[0].append(properties)
    return made


def _properties(kind: str, *numbers: BaseOxmlElement, wide: bool) -> BaseOxmlElement:
    if wide:
        size = element("w:pgSz", w="16838", h="11906", orient="landscape")
        margins = element("w:pgMar", **_WIDE_MARGINS, header="851", footer="850", gutter="0")
    else:
        size = element("w:pgSz", w="11906", h="16838")
        margins = element("w:pgMar", **_MARGINS, header="851", footer="1247", gutter="0")
    return element("w:sectPr", element("w:type", val=kind), size, margins, *numbers)


def _number(footer: _Footer, side: str) -> None:
    """The page number between dashes, a character from the edge."""
    footer.is_linked_to_previous = False
    place = (element("w:ind", leftChars="100", rightChars="100"), element("w:jc", val=side))
    shown = (text_run("— "), *field("PAGE", text_run("1")), text_run(" —"))
    home = footer._element
    for each in list(home):
        home.remove(each)
    home.append(paragraph("Footer", *shown, properties=place))
