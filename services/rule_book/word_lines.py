"""Lines of the book as runs of Word; fractions, powers and cases as Word's own formulas."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement

from services.rule_book.layout import Cases, Layout, Named, Quotient, Raised, Root, Row, Strong, Words
from services.rule_book.word_xml import element, fonts, text_run

BODY, HEADING = "仿宋_GB2312", "黑体"
_CODE_SIZE = "17"
"""In half points."""


def line_runs(layout: Layout) -> list[BaseOxmlElement]:
    """The line within a paragraph; only what needs it becomes a formula."""
    match layout:
        case Words(text):
            return [text_run(text)] if text else []
        case Strong(text):
            return [text_run(text, fonts(HEADING), element("w:b"))]
        case Named(name, code):
            return [text_run(name), *_code(code)]
        case Row(parts):
            return [run for part in parts for run in line_runs(part)]
        case Quotient() | Raised() | Root() | Cases():
            return [element("m:oMath", *_math(layout))]


def formula_paragraph(layout: Layout) -> list[BaseOxmlElement]:
    """A formula on a line of its own, at the left."""
    place = element("m:oMathParaPr", element("m:jc", val="left"))
    return [element("m:oMathPara", place, element("m:oMath", *_math(layout)))]


def has_formula(layout: Layout) -> bool:
    """Whether the line has a part that only a formula can show."""
    if isinstance(layout, Row):
        return any(has_formula(part) for part in layout.parts)
    return isinstance(layout, Quotient | Raised | Root | Cases)


def _code(code: str) -> list[BaseOxmlElement]:
    if not code:
        return []
    small = element("w:sz", val=_CODE_SIZE)
    return [text_run(f" {code}", fonts(BODY), element("w:color", val="666666"), small)]


def _math(layout: Layout) -> list[BaseOxmlElement]:
    match layout:
        case Words(text) | Strong(text):
            return [_math_run(text)] if text else []
        case Named(name, code):
            return [_named(name, code)] if code else [_math_run(name)]
        case Row(parts):
            return [made for part in parts for made in _math(part)]
        case Quotient() | Raised() | Root() | Cases():
            return [_structure(layout)]


def _named(name: str, code: str) -> BaseOxmlElement:
    return element("m:sSub", _part("m:e", Words(name)), _part("m:sub", Words(code)))


def _structure(layout: Quotient | Raised | Root | Cases) -> BaseOxmlElement:
    match layout:
        case Quotient(above, below):
            return element("m:f", _part("m:num", above), _part("m:den", below))
        case Raised(base, exponent):
            return element("m:sSup", _part("m:e", base), _part("m:sup", exponent))
        case Root(inner):
            hidden = element("m:radPr", element("m:degHide", val="1"))
            return element("m:rad", hidden, element("m:deg"), _part("m:e", inner))
        case Cases():
            return _cases(layout)


def _part(tag: str, layout: Layout) -> BaseOxmlElement:
    return element(tag, *_math(layout))


def _cases(layout: Cases) -> BaseOxmlElement:
    """A brace before the cases, one below the other."""
    lines = [Row((part, Words("　"), condition)) for part, condition in layout.branches]
    lines.append(Row((layout.otherwise, Words("　其余"))))
    rows = element("m:eqArr", *(_part("m:e", line) for line in lines))
    brace = element("m:dPr", element("m:begChr", val="{"), element("m:endChr", val=""))
    return element("m:d", brace, element("m:e", rows))


def _math_run(text: str) -> BaseOxmlElement:
    """Upright text in the fonts of the body: these are words, no variables."""
    said = element("m:t")
    said.text = text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    upright = element("m:rPr", element("m:nor"))
    return element("m:r", upright, element("w:rPr", fonts(BODY)), said)
