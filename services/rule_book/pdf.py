"""The book as a tagged PDF by WeasyPrint, which is slow to load and needs Pango: imported when asked for."""

from __future__ import annotations

import logging
from typing import Any

from services.errors import ServiceError
from services.rule_book.document import Book
from services.rule_book.html import html_book

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
"""Debian's packages that a PDF needs."""
_VARIANT = "pdf/ua-1"
_CHINESE = ("CJK", "Song", "Hei", "Fang", "Kai", "宋", "黑", "仿", "楷", "Ming", "明", "Han")


class CannotPrint(ServiceError):
    """The machine has no library or no font to print Chinese with."""

    code = "cannot-print"


def pdf_book(book: Book) -> bytes:
    """The PDF; the same book gives the same bytes on a machine with the same fonts and libraries.

    Raises:
        CannotPrint: Pango or a Chinese font is not installed.
    """
    return pdf_of(html_book(book), book.identifier)


def pdf_of(html: str, identifier: str) -> bytes:
    """A page as a tagged PDF; nothing comes from outside; identifier: 32 hexadecimal digits or more."""
    weasyprint = _loaded()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    document = page.render(pdf_variant=_VARIANT)
    content: bytes = document.write_pdf(pdf_variant=_VARIANT, pdf_identifier=bytes.fromhex(identifier)[:16])
    families = [str(font.family) for font in document.fonts.values()]
    if not any(word in family for family in families for word in _CHINESE):
        raise CannotPrint(
            "没有可以印中文的字体;Debian 上请运行 apt-get install fonts-noto-cjk,或改用 -o FILE.html",
            "no Chinese font is installed; on Debian run apt-get install fonts-noto-cjk",
        )
    return content


def without_libraries() -> CannotPrint:
    """The refusal of a machine on which WeasyPrint finds no Pango."""
    return CannotPrint(
        f"生成 PDF 所需的系统库没有安装;Debian 上请运行 apt-get install {PACKAGES},或改用 -o FILE.html",
        f"libraries that a PDF needs are not installed; on Debian run apt-get install {PACKAGES}",
    )


def _loaded() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise without_libraries() from error
    return weasyprint


def _nothing_from_outside(url: str, *_: object, **__: object) -> Any:
    """A book is whole in itself; what a rule's text may point at is never fetched."""
    raise ValueError(url)
