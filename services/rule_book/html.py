"""The book as one HTML page that needs nothing beside it; also what the PDF is made from."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.rule_book.document import Book, Column, Table
from services.rule_book.html_lines import html_line

_FOLDER = Path(__file__).parent / "templates"


def html_book(book: Book) -> str:
    """The page; the same book gives the same text."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(line=html_line, share=_share)
    environment.tests.update(kind=_is_kind)
    style = Markup((_FOLDER / "book.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file
    return environment.get_template("book.html").render(book=book, style=style)


def _is_kind(block: object, name: str) -> bool:
    return type(block).__name__ == name


def _share(column: Column, table: Table) -> str:
    """The column's share of the width in hundredths."""
    whole = sum(each.width for each in table.columns)
    return f"{100 * column.width / whole:.2f}"
