"""Elements of WordprocessingML: made by name, with attributes and children, nothing more."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element such as `w:p`; attributes are in the element's own namespace, as Word has them."""
    prefix = tag.partition(":")[0]
    made = parse_xml(f'<{tag} xmlns:m="{_MATH}" {nsdecls("w")}/>') if prefix == "m" else OxmlElement(tag)
    for name, value in attributes.items():
        made.set(f"{{{_MATH}}}{name}" if prefix == "m" else qn(f"{prefix}:{name}"), value)
    made.extend(children)
    return made


def text_run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A run of text with its properties."""
    found = element("w:t")
    found.text = text
    found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("w:r", element("w:rPr", *properties), found)


def fonts(east_asian: str, western: str = "Times New Roman") -> BaseOxmlElement:
    """The fonts of a run or style."""
    return element("w:rFonts", ascii=western, hAnsi=western, cs=western, eastAsia=east_asian)


def paragraph(
    style: str, *content: BaseOxmlElement, properties: tuple[BaseOxmlElement, ...] = ()
) -> BaseOxmlElement:
    """A paragraph in a style; properties in the order that Word wants."""
    return element("w:p", element("w:pPr", element("w:pStyle", val=style), *properties), *content)


def field(instruction: str, *shown: BaseOxmlElement, dirty: bool = False) -> tuple[BaseOxmlElement, ...]:
    """The runs of a field: its instruction, and what it shows until it is reckoned anew."""
    begin = element("w:fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    said = element("w:instrText")
    said.text = f" {instruction} "
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return (
        element("w:r", begin),
        element("w:r", said),
        element("w:r", element("w:fldChar", fldCharType="separate")),
        *shown,
        element("w:r", element("w:fldChar", fldCharType="end")),
    )
