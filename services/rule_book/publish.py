"""The use case: from a rule-set folder to the bytes of its book."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from scoring.errors import has_hard
from scoring.examples import check_examples
from scoring.rulebook.files import read_rule_set, rule_files
from services.errors import Rejected
from services.rule_book.book import build_book
from services.rule_book.document import Book

NOTES = "CHANGES.md"


def printed_book(folder: Path, form: str) -> bytes:
    """The book of a rule set in a form of FORMATS.

    Raises:
        Rejected: the rule set has issues, or one of its worked examples does not hold.
        CannotPrint: the machine lacks what a PDF needs.
    """
    return FORMATS[form](read_book(folder))


def read_book(folder: Path) -> Book:
    """The book of a rule-set folder; raises Rejected."""
    rules, issues = read_rule_set(folder)
    if rules is None or has_hard(issues):
        raise Rejected(issues)
    failing = [each.issue for each in check_examples(rules) if each.issue is not None]
    if failing:
        raise Rejected(failing)
    notes = rule_files(folder).get(NOTES, b"")
    return build_book(rules, notes.decode("utf-8", errors="replace"))


def _html(book: Book) -> bytes:
    from services.rule_book.html import html_book

    return html_book(book).encode()


def _pdf(book: Book) -> bytes:
    from services.rule_book.pdf import pdf_book

    return pdf_book(book)


def _docx(book: Book) -> bytes:
    from services.rule_book.word import word_book

    return word_book(book)


FORMATS: Mapping[str, Callable[[Book], bytes]] = {"html": _html, "pdf": _pdf, "docx": _docx}
