"""Books of other rule sets: bare ones, hostile ones, and the same one twice."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scoring.rulebook.files import read_rule_set
from services.errors import Rejected
from services.rule_book import pdf
from services.rule_book.book import build_book
from services.rule_book.changes import notes_blocks
from services.rule_book.document import Block, Book, Label, Listing, Paragraph, Table
from services.rule_book.html import html_book
from services.rule_book.layout import spoken
from services.rule_book.pdf import CannotPrint, pdf_book
from services.rule_book.publish import FORMATS, printed_book, read_book
from services.rule_book.word import word_book
from tests.support.books import html_text, pdf_text, squeezed, word_body, word_text
from tests.support.command_line import ROOT, environment
from tests.support.needs import skip_or_fail
from tests.support.rulesets import Files, changed, rules_from, small_files

CASES = ("coinr_asem", "decathlon_rio2016", "epa_aqi", "hdi_2021", "rank_conventions")
HOSTILE = "<script>alert(1)</script><b>粗</b> {{ 7 * 7 }} {% raw %} ${x} &lt; \"引\" '单' ]]> \\u0007"
SMALLEST: Files = {
    "ruleset.yaml": "language: 1\ncode: bare\ntitle: 最小\nyear: 2021\nversion: '1'\n"
    "sources: {paper: {title: 一份文件}}\ntree: {code: total, title: 总分, points: 10}\n",
    "forms/F.yaml": "code: F\ntitle: 表\nprovider: region\n"
    "elements: [{code: E1, name: 数, measure: 件, type: integer}]\n",
    "indicators/I.yaml": "code: I\nname: 数\nparent: total\npoints: 10\nvalue: E1\nmissing: zero\n"
    "method: {kind: credit, each: 1}\nreason: 有用\nsource: {document: paper}\n",
}


def pdf_or_skip(book: Book) -> bytes:
    try:
        return pdf_book(book)
    except CannotPrint as refused:
        skip_or_fail("KAOHE_REQUIRE_PDF", str(refused))


@pytest.fixture(scope="module")
def hostile() -> Book:
    """A rule set that says hostile things wherever it may say anything."""
    files = small_files()
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    for file, old, new in (
        ("ruleset.yaml", "title: 小规则集", f"title: {quoted}"),
        ("ruleset.yaml", "paper: {title: 一份文件}", f"paper: {{title: {quoted}}}"),
        ("indicators/I1.yaml", "name: 办结率", f"name: {quoted}"),
        ("indicators/I1.yaml", "reason: 说明办得怎样", f"reason: {quoted}"),
        ("indicators/I1.yaml", "name: 办结九成", 'name: "控制\\x07符\\u202e号"'),
        ("forms/F01.yaml", "title: 季报表", f"title: {quoted}"),
        ("plan.yaml", "paraphrase: 一句话", f"paraphrase: {quoted}"),
        ("adjustments.yaml", "name: 通报", f"name: {quoted}"),
    ):
        files = changed(files, file, old, new)
    return build_book(
        rules_from(files), f"# 改动\n\n{HOSTILE}\n\n| {HOSTILE} | 乙 |\n|---|---|\n| {HOSTILE} | 2 |\n"
    )


def test_hostile_text_is_only_text_on_the_page(hostile: Book) -> None:
    page = html_book(hostile)
    assert "<script" not in page
    assert "<b>" not in page
    assert squeezed(HOSTILE) in squeezed(html_text(page))
    assert "控制\ufffd符\ufffd号" in page


def test_hostile_text_is_only_text_in_word(hostile: Book) -> None:
    content = word_book(hostile)
    assert word_text(content).count("{{ 7 * 7 }}") > 5
    tags = {each.tag.partition("}")[2] for each in word_body(content).iter()}
    assert not tags & {"script", "b script"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))  # noqa: S314  # our own file


def test_hostile_text_is_only_text_in_a_pdf(hostile: Book) -> None:
    assert pdf_text(pdf_or_skip(hostile)).count("alert(1)") > 5


def test_nothing_that_a_rule_points_at_is_fetched() -> None:
    with pytest.raises(ValueError, match="example"):
        pdf._nothing_from_outside("https://example.org/x.png")


@pytest.mark.parametrize("case", CASES)
def test_rule_sets_without_plan_units_or_grades_have_books(case: str) -> None:
    rules, _ = read_rule_set(ROOT / "tests" / "external" / case / "rules")
    assert rules is not None
    book = build_book(rules)
    page, word = squeezed(html_text(html_book(book))), squeezed(word_text(word_book(book)))
    for indicator in rules.indicators.values():
        assert f"（{indicator.code}）" in page
        assert f"（{indicator.code}）" in word


def test_the_rule_set_of_a_province_says_what_it_inherits() -> None:
    folder = next((ROOT / "rules" / "province").glob("*/ruleset.yaml")).parent
    page = squeezed(html_text(html_book(read_book(folder))))
    for part in ("本细则沿用《", "本规则集增加。理由：", "不再适用：", "沿革沿用“national-2021”第1.0版"):
        assert part in page


def test_the_smallest_rule_set_has_a_book_with_what_it_has() -> None:
    book = build_book(rules_from(SMALLEST))
    assert [chapter.heading for chapter in book.chapters] == [
        "一、总则",
        "二、指标总表",
        "三、指标说明",
        "附件1　报表和数据项",
    ]
    assert pdf_or_skip(book).startswith(b"%PDF")


PRINT = """
import hashlib, sys, time
sys.path.insert(0, ".")
from services.rule_book.book import build_book
from services.rule_book.publish import FORMATS
from tests.support.rulesets import rules_from, small_files
time.sleep(float(sys.argv[2]))
print(hashlib.sha256(FORMATS[sys.argv[1]](build_book(rules_from(small_files()), "# 改"))).hexdigest())
"""


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_rules_give_the_same_bytes_in_another_process_at_another_time(form: str) -> None:
    if form == "pdf":
        pdf_or_skip(build_book(rules_from(SMALLEST)))
    digests = set()
    for seed, zone, wait in (("1", "UTC", "0"), ("2", "Asia/Shanghai", "1.1")):
        done = subprocess.run(
            [sys.executable, "-c", PRINT, form, wait],
            env=environment({"PYTHONHASHSEED": seed, "TZ": zone}),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert all(len(each) == len(hashlib.sha256().hexdigest()) for each in digests)


def test_a_rule_set_with_issues_has_no_book(tmp_path: Path) -> None:
    with pytest.raises(Rejected):
        printed_book(tmp_path, "html")


def test_an_example_that_does_not_hold_is_not_printed(tmp_path: Path) -> None:
    files = changed(small_files(), "indicators/I1.yaml", "points: 60}", "points: 59}")
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        printed_book(tmp_path, "html")
    assert [issue.code for issue in refused.value.issues] == ["example-fails"]


def test_without_pango_a_pdf_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr("builtins.__import__", _importing(broken))
    with pytest.raises(CannotPrint, match=r"apt-get install libpango-1\.0-0 .*fonts-noto-cjk"):
        pdf._loaded()


def _importing(broken: object) -> object:
    import builtins

    real = builtins.__import__

    def imported(name: str, *rest: object, **more: object) -> object:
        if name == "weasyprint":
            broken()  # type: ignore[operator]
        return real(name, *rest, **more)  # type: ignore[arg-type]

    return imported


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


def test_notes_become_headings_paragraphs_lists_and_tables() -> None:
    blocks = notes_blocks(
        "# 题\n\n## 一\n\n话,**重**的`字`\n- 甲\n  接着\n- 乙\n\n| 头 | 尾 |\n|---|---|\n| 1 | 2 |\n"
    )
    assert kinds(blocks) == ["Label", "Paragraph", "Listing", "Table"]
    label, text, items, table = blocks
    assert isinstance(label, Label)
    assert label.text == "一"
    assert isinstance(text, Paragraph)
    assert spoken(text.text) == "话，重的字"
    assert isinstance(items, Listing)
    assert [spoken(item) for item in items.items] == ["甲接着", "乙"]
    assert isinstance(table, Table)
    assert [column.head for column in table.columns] == ["头", "尾"]


@pytest.mark.parametrize("text", ["| 只有头 |\n", "|---|\n", "| a | b |\n|---|\n| 1 | 2 | 3 |\n", "", "\n\n"])
def test_notes_of_any_form_are_printed_somehow(text: str) -> None:
    assert isinstance(notes_blocks(text), tuple)
