"""The book of the 2021 rule set: all that the rules say is in all three forms; figures are the engine's."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from scoring.example_runs import prepare_example, run_adjustment, run_indicator
from scoring.numbers import shown
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Indicator, RuleSet
from services.rule_book.book import build_book
from services.rule_book.document import Book, Section, Table
from services.rule_book.html import html_book
from services.rule_book.layout import spoken
from services.rule_book.publish import read_book
from services.rule_book.sums import PLACES
from services.rule_book.typography import printed, signed
from services.rule_book.word import word_book
from tests.support.books import html_text, pdf_text, squeezed, word_body, word_text
from tests.support.command_line import RULES
from tests.support.needs import skip_or_fail

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    found, _ = read_rule_set(RULES)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(RULES)


@pytest.fixture(scope="module")
def wanted(rules: RuleSet) -> list[str]:
    """Everything that a reader must find: names with codes, requirements, definitions, reasons, examples."""
    scored: list[Indicator | Adjustment] = [*rules.indicators.values(), *rules.adjustments]
    texts = [f"{printed(each.name)}（{each.code}）" for each in scored]
    texts += [f"{printed(form.title)}（{form.code}）" for form in rules.forms.values()]
    texts += [printed(each.reason) for each in scored]
    texts += [printed(each.name) for rule in scored for each in rule.examples]
    texts += [printed(clause.paraphrase) for clause in rules.clauses.values()]
    texts += [printed(clause.not_assessed) for clause in rules.clauses.values()]
    texts += [printed(each.definition) for each in rules.elements.values()]
    texts += [unit.name for unit in rules.units.values()]
    return [squeezed(each) for each in texts if each]


def absent(wanted: list[str], text: str) -> list[str]:
    found = squeezed(text)
    return [each for each in wanted if each not in found]


def test_the_page_says_everything(book: Book, wanted: list[str]) -> None:
    assert len(wanted) > 800
    assert absent(wanted, html_text(html_book(book))) == []


def test_the_word_file_says_everything(book: Book, wanted: list[str]) -> None:
    assert absent(wanted, word_text(word_book(book))) == []


@pytest.mark.slow
def test_the_pdf_says_everything_and_can_be_leafed_through(book: Book, wanted: list[str]) -> None:
    from services.rule_book.pdf import CannotPrint, pdf_book

    try:
        content = pdf_book(book)
    except CannotPrint as refused:
        skip_or_fail("KAOHE_REQUIRE_PDF", str(refused))
    assert absent(wanted, pdf_text(content)) == []
    file = PdfReader(io.BytesIO(content))
    said = {name: str(file.root_object[name].get_object()) for name in ("/Lang", "/MarkInfo")}
    assert said == {"/Lang": "zh-CN", "/MarkInfo": "{'/Marked': True}"}
    assert file.metadata is not None
    assert file.metadata.title == "2021年全国打击侵权假冒绩效考核评分细则"
    assert str(file.metadata["/CreationDate"]).startswith("D:20210930")
    tops = [str(each["/Title"]) for each in file.outline if not isinstance(each, list)]
    assert tops == [chapter.heading for chapter in book.chapters]


def test_headings_are_those_of_an_official_document(book: Book) -> None:
    assert [chapter.heading for chapter in book.chapters[:4]] == [
        "一、总则",
        "二、指标总表",
        "三、指标说明",
        "四、加减分和等级限制",
    ]
    assert book.chapters[-1].heading == "附件6　规则集的改动"
    cards = [each for each in book.walk() if each.level == 3 and each.anchor.startswith("indicator-")]
    assert [each.number for each in cards] == [f"{at}. " for at in range(1, 58)]


def test_every_section_can_be_pointed_at(book: Book) -> None:
    anchors = [section.anchor for section in book.walk()]
    assert len(set(anchors)) == len(anchors)


def section_of(book: Book, code: str) -> Section:
    return next(each for each in book.walk() if each.level == 3 and each.title.endswith(f"（{code}）"))


def printed_results(section: Section, name: str) -> tuple[str, str]:
    """Value and points as the examples' table has them, for the example of this name."""
    tables = [block for block in section.blocks if isinstance(block, Table) and "计分示例" in block.name]
    rows = [row for group in tables[0].groups for row in group.rows]
    row = next(row for row in rows if spoken(row[0][0]) == printed(name))
    return spoken(row[-3][0]), spoken(row[-2][0])


def test_printed_examples_of_indicators_are_what_the_engine_reckons(rules: RuleSet, book: Book) -> None:
    for indicator in rules.indicators.values():
        section = section_of(book, indicator.code)
        for example in indicator.examples:
            points = run_indicator(rules, prepare_example(rules, example)).points_of(indicator.code, 0)
            amount = points.value.amount
            value = points.outcome.title if amount is None else signed(shown(amount, PLACES))  # type: ignore[arg-type]
            earned = "不计入" if points.outcome.left_out else shown(points.rounded or points.exact * 0)
            assert printed_results(section, example.name) == (value, earned), (indicator.code, example.name)


def test_printed_examples_of_adjustments_are_what_the_engine_reckons(rules: RuleSet, book: Book) -> None:
    for adjustment in rules.adjustments:
        for example in adjustment.examples:
            run = run_adjustment(rules, adjustment, example, prepare_example(rules, example))
            assert run is not None
            value, points = printed_results(section_of(book, adjustment.code), example.name)
            if adjustment.method is not None and run.value is not None:
                assert (value, points) == (shown(run.value), shown(run.points)), (
                    adjustment.code,
                    example.name,
                )


def test_the_sum_of_an_example_has_its_numbers_in_it(book: Book) -> None:
    table = next(
        each
        for each in section_of(book, "I01-1").blocks
        if isinstance(each, Table) and "计分示例" in each.name
    )
    assert spoken(table.groups[1].rows[0][-1][0]) == "100 × 9499 ÷ 10000 = 94.99；94.99 ≥ 90，该档得1.6分"


def test_the_contents_of_a_page_lead_somewhere(book: Book) -> None:
    page = html_book(book)
    for section in book.walk():
        assert page.count(f'href="#{section.anchor}"') == 1
        assert page.count(f'id="{section.anchor}"') == 1


def test_the_word_file_has_real_headings_contents_and_heads_that_repeat(book: Book) -> None:
    body = word_body(word_book(book))
    styles = [each.get(f"{W}val") for each in body.iter(f"{W}pStyle")]
    for level in (1, 2, 3):
        assert styles.count(f"Heading{level}") == sum(each.level == level for each in book.walk())
    assert any('TOC \\o "1-3"' in (each.text or "") for each in body.iter(f"{W}instrText"))
    tables = sum(isinstance(block, Table) for section in book.walk() for block in section.blocks)
    assert len(list(body.iter(f"{W}tblHeader"))) == tables
    sizes = [each.get(f"{W}orient") for each in body.iter(f"{W}pgSz")]
    assert sizes.count("landscape") == 1


def test_notes_of_changes_are_printed_last_where_there_are_any(rules: RuleSet) -> None:
    assert build_book(rules).chapters[-1].title == "只作统计、不得计分的数据"
    assert build_book(rules, "# 改动\n\n一段话").chapters[-1].title == "规则集的改动"


def test_a_folder_is_read_with_its_notes(book: Book) -> None:
    notes = (Path(RULES) / "CHANGES.md").read_text(encoding="utf-8").splitlines()
    told = html_text(html_book(book))
    headings = [line.lstrip("# ") for line in notes if line.startswith("### ")]
    assert len(headings) > 3
    assert [each for each in headings if each not in told] == []
