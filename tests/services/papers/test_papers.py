"""The papers of a run read back: tagged PDF, editable Word, the engine's figures and nobody else's."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from models.records import RunId
from scoring.codes import UnitCode
from scoring.numbers import fixed_text
from services.errors import Invalid, NotAllowed, NotFound
from services.papers.circular import circular
from services.papers.html import html_paper
from services.papers.paper import Paper, Standing, bar, share
from services.papers.registry import FORMS
from services.papers.score_report import score_report
from services.papers.word import word_paper
from services.print_papers import print_circular, print_score_report
from services.runs import ranking, region_card
from services.score import score_period
from services.views import Ranking, RegionCard
from tests.support.evil import EVIL, held_to_page
from tests.support.libreoffice import convert
from tests.support.office import AUDITOR, BEIJING, OFFICE, TIANJIN, Office, clerk

RELEASED = Standing(released=True, objections_until="2022年3月1日")


@pytest.fixture(scope="module")
def run(reporting_office: Office) -> RunId:
    return score_period(reporting_office.context, actor=OFFICE, period="2021Q1").id


@pytest.fixture(scope="module")
def card(reporting_office: Office, run: RunId) -> RegionCard:
    return region_card(reporting_office.context, actor=OFFICE, run=run, unit=BEIJING)


@pytest.fixture(scope="module")
def view(reporting_office: Office, run: RunId) -> Ranking:
    return ranking(reporting_office.context, actor=OFFICE, run=run)


def pdf_words(content: bytes) -> str:
    """Every word of a PDF."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def words_of(content: bytes) -> str:
    """Every word of a Word file, tables too, in the order of the file."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(_W + "t")) for p in body.iter(_W + "p"))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def report(card: RegionCard, standing: Standing = RELEASED) -> Paper:
    return score_report(card, placed=32, placed_in_group=9, standing=standing)


@pytest.mark.parametrize("paper", ["score_report", "circular"])
def test_the_pdf_is_tagged_chinese_and_has_a_title_and_its_fonts(
    card: RegionCard, view: Ranking, paper: str
) -> None:
    made = report(card) if paper == "score_report" else circular(view, standing=RELEASED)
    write, _ = FORMS["pdf"]
    content = write(made)
    assert write(made) == content
    pdf = PdfReader(io.BytesIO(content))
    root: Any = pdf.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{made.document.title}：{made.document.subtitle}"
    assert b'pdfuaid:part="1"' in content or b"pdfuaid" in root["/Metadata"].get_object().get_data()
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            [inner] = font.get_object()["/DescendantFonts"]
            assert set(inner.get_object()["/FontDescriptor"].get_object()) & {"/FontFile2", "/FontFile3"}


@pytest.mark.parametrize("form", FORMS)
def test_the_report_tells_the_figures_of_the_card(
    reporting_office: Office, run: RunId, card: RegionCard, form: str
) -> None:
    made = print_score_report(
        reporting_office.context, actor=clerk(BEIJING), run=run, unit=BEIJING, form=form, standing=RELEASED
    )
    text = "".join((pdf_words if form == "pdf" else words_of)(made.content).split())
    assert card.result.score is not None
    for told in (card.name, fixed_text(card.result.score, 2), card.run.result_digest, "2022年3月1日"):
        assert told in text
    for line in card.lines:
        if line.kind == "indicator":
            assert line.code in text
    assert "未发布" not in text
    assert "天津" not in text
    assert made.file_name == f"score-report-2021Q1-110000.{form}"


def test_every_indicator_has_a_row_with_points_full_and_lost(card: RegionCard) -> None:
    tables = docx.Document(io.BytesIO(word_paper(report(card)))).tables
    rows = {
        cells[0]: cells for table in tables for row in table.rows if (cells := [c.text for c in row.cells])
    }
    for line in card.lines:
        if line.kind == "indicator" and line.score.points is not None:
            lost = line.score.full - line.score.points
            assert rows[line.code][3:6] == [
                fixed_text(each, 2) for each in (line.score.full, line.score.points, lost)
            ]


def test_the_word_file_has_real_headings_and_says_whether_it_is_released(card: RegionCard) -> None:
    styles = [
        p.style.style_id for p in docx.Document(io.BytesIO(word_paper(report(card)))).paragraphs if p.style
    ]
    assert styles.count("Heading1") == len(report(card).document.chapters)
    assert "未发布" in words_of(word_paper(report(card, Standing())))


def test_libreoffice_opens_the_word_files(card: RegionCard, view: Ranking) -> None:
    for paper in (report(card), circular(view, standing=Standing())):
        pages = PdfReader(io.BytesIO(convert(word_paper(paper), "pdf", of="docx"))).pages
        text = "".join("".join(page.extract_text() for page in pages).split())
        assert paper.document.subtitle.split("　")[0] in text
        assert paper.document.chapters[-1].title in text


def test_the_circular_has_a_row_a_unit_in_the_order_of_places(view: Ranking) -> None:
    tables = docx.Document(io.BytesIO(word_paper(circular(view, standing=RELEASED)))).tables
    told = [[cell.text for cell in row.cells[:2]] for row in tables[0].rows[1:]]
    assert told == [
        ["—" if line.result.rank is None else str(line.result.rank), line.name] for line in view.lines
    ]


def test_the_same_run_gives_the_same_word_file(reporting_office: Office, run: RunId) -> None:
    made = [
        print_circular(reporting_office.context, actor=actor, run=run, form="docx").content
        for actor in (OFFICE, AUDITOR)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("word", EVIL)
def test_no_word_of_a_stranger_becomes_markup(card: RegionCard, view: Ranking, word: str) -> None:
    run = replace(card.run, rule_set=word, label=word)
    lines = tuple(replace(each, title=word, measure=word) for each in card.lines)
    held_to_page(html_paper(report(replace(card, run=run, name=word, lines=lines))))
    others = tuple(replace(each, name=word) for each in view.lines)
    held_to_page(html_paper(circular(replace(view, run=run, lines=others), standing=RELEASED)))
    assert words_of(word_paper(report(replace(card, run=run, name=word, lines=lines))))


def test_a_region_has_its_own_report_and_not_the_circular(reporting_office: Office, run: RunId) -> None:
    context = reporting_office.context
    with pytest.raises(NotAllowed):
        print_score_report(context, actor=clerk(BEIJING), run=run, unit=TIANJIN, form="docx")
    with pytest.raises(NotAllowed):
        print_circular(context, actor=clerk(BEIJING), run=run, form="docx")


def test_what_is_not_there_is_said_so(reporting_office: Office, run: RunId) -> None:
    context = reporting_office.context
    with pytest.raises(NotFound):
        print_score_report(context, actor=OFFICE, run=RunId("none"), unit=BEIJING, form="docx")
    with pytest.raises(NotFound):
        print_score_report(context, actor=OFFICE, run=run, unit=UnitCode("nowhere"), form="docx")
    with pytest.raises(Invalid):
        print_circular(context, actor=OFFICE, run=run, form="odt")


@pytest.mark.parametrize(
    ("part", "whole", "shown", "squares"),
    [
        (Fraction(1), Fraction(1), "100.0%", "■" * 10),
        (Fraction(99), Fraction(100), "99.0%", "■" * 9 + "□"),
        (Fraction(0), Fraction(5), "0.0%", "□" * 10),
        (None, Fraction(5), "—", ""),
        (Fraction(0), Fraction(0), "—", ""),
    ],
)
def test_a_bar_never_shows_more_than_was_earned(
    part: Fraction | None, whole: Fraction, shown: str, squares: str
) -> None:
    assert (share(part, whole), bar(part, whole)) == (shown, squares)
