"""The explicit list of forms in which a paper can be had; their libraries are imported when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.papers.paper import Paper

pdf_media = "application/pdf"
docx_media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _pdf(paper: Paper) -> bytes:
    from services.papers.html import html_paper
    from services.rule_book.pdf import pdf_of

    return pdf_of(html_paper(paper), paper.document.identifier)


def _docx(paper: Paper) -> bytes:
    from services.papers.word import word_paper

    return word_paper(paper)


FORMS: Mapping[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (_pdf, pdf_media),
    "docx": (_docx, docx_media),
}
