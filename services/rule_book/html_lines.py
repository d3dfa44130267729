"""Lines of the book as HTML: text escaped, fractions and cases as boxes that a style sheet shapes."""

from __future__ import annotations

from markupsafe import Markup, escape

from services.rule_book.layout import Cases, Layout, Named, Quotient, Raised, Root, Row, Strong, Words, spoken

_FRACTION = Markup(
    '<span class="fraction" role="math" aria-label="{}"><span class="above">{}</span><span>{}</span></span>'
)
_CASES = Markup('<span class="cases" role="math" aria-label="{}">{}</span>')
_CASE = Markup("<span><span>{}</span><span>{}</span></span>")


def html_line(layout: Layout) -> Markup:
    """The line; whatever the rules say in it is text and never markup."""
    match layout:
        case Words(text):
            return escape(text)
        case Strong(text):
            return Markup("<strong>{}</strong>").format(text)
        case Named(name, code):
            return _named(name, code)
        case Row(parts):
            return Markup("").join(html_line(part) for part in parts)
        case Raised(base, exponent):
            return Markup("{}<sup>{}</sup>").format(html_line(base), html_line(exponent))
        case Root(inner):
            return Markup('<span class="root">√<span>{}</span></span>').format(html_line(inner))
        case Quotient() | Cases():
            return _boxed(layout)


def _named(name: str, code: str) -> Markup:
    if not code:
        return escape(name)
    return Markup('{}<span class="code">{}</span>').format(name, code)


def _boxed(layout: Quotient | Cases) -> Markup:
    """A box of several lines, with the same said on one line for those who hear it."""
    said = spoken(layout)
    if isinstance(layout, Quotient):
        return _FRACTION.format(said, html_line(layout.above), html_line(layout.below))
    rows = [_CASE.format(html_line(part), html_line(condition)) for part, condition in layout.branches]
    rows.append(_CASE.format(html_line(layout.otherwise), "其余"))
    return _CASES.format(said, Markup("").join(rows))
