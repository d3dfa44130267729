"""A paper as one HTML page that needs nothing beside it; what the PDF is made from."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.papers.paper import Paper
from services.rule_book.document import Column, Table
from services.rule_book.html_lines import html_line

_FOLDER = Path(__file__).parent / "templates"


def html_paper(paper: Paper) -> str:
    """The page; the same paper gives the same text, and no word of it is markup."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(line=html_line, share=_share)
    environment.tests.update(kind=lambda block, name: type(block).__name__ == name)
    style = Markup((_FOLDER / "paper.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file
    return environment.get_template("paper.html").render(paper=paper, book=paper.document, style=style)


def _share(column: Column, table: Table) -> str:
    """The column's share of the width in hundredths."""
    return f"{100 * column.width / sum(each.width for each in table.columns):.2f}"
