"""Files that prove what is said to an issue: attached on the pages, saved, taken back; never rendered."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from markupsafe import escape

from services import evidence as services_evidence
from services.policy import Role
from tests.support.evil import MARKUP, held_to_page
from tests.support.hostile_evidence import pdf, png
from tests.support.office import BEIJING
from tests.support.reporting import PATH, TIANJIN_KEY, Reporting, typed_over
from tests.support.sites import KEYS, Visitor, links_of, text_of
from web.uploads import LARGEST_FILE

BLANK = {("F02", "D7"): None}
SAID = "辖区市场正在核实，下季度补报"
HTML = b"<!doctype html><script>alert(1)</script>" + b" " * 200


@pytest.fixture
def report(reporting: Reporting, clerk: Visitor) -> str:
    """The address of 北京's report that waits for one explanation."""
    content = typed_over(reporting.office.workbook(BEIJING, 1), BLANK)
    return str(clerk.upload(PATH, content, "submit").headers["location"])


@pytest.fixture
def page(report: str, clerk: Visitor) -> str:
    """The address of the files of its issue, as the report leads to it."""
    (found,) = {link for link in links_of(clerk.get(report).text) if link.startswith(f"{report}/evidence?")}
    return found


def attach(
    visitor: Visitor, page: str, content: bytes, name: str = "台账.pdf", note: str = ""
) -> httpx.Response:
    """Send a file with a note."""
    sent = {"note": (None, note.encode()), "file": (name, content)}
    headers = {"origin": visitor.address}
    return asyncio.run(visitor._ask("POST", page, headers=headers, files=sent))


def saved(page: str) -> str:
    """The address at which the only file of a page is saved."""
    (found,) = [link for link in links_of(page) if link.startswith("/evidence/")]
    return found


def withdrawal(page: str) -> str:
    """Where the only file of a page is taken back."""
    (found,) = re.findall(r'action="(/reports/[^"]*/withdraw[^"]*)"', page)
    return str(found)


def test_a_file_is_attached_to_the_issue_and_counted_at_it(clerk: Visitor, report: str, page: str) -> None:
    assert "附佐证材料（新窗口） 0 个文件" in text_of(clerk.get(report).text)
    empty = text_of(clerk.get(page).text)
    for told in ("还没有文件", "PDF、JPG、PNG、DOCX、ZIP", "最大 20 MB", "最多 200 个、共 500 MB"):
        assert told in empty
    done = attach(clerk, page, pdf(), note="第 3 页")
    assert done.status_code == 303
    assert (
        parse_qs(urlsplit(done.headers["location"]).query)["issue"] == parse_qs(urlsplit(page).query)["issue"]
    )
    shown = text_of(clerk.get(done.headers["location"]).text)
    assert "文件已附上。" in shown
    assert "台账.pdf PDF · 1 KB · 2021-04-08 10:00 · region_filler 下载" in shown
    assert "附注：第 3 页" in shown
    assert "附佐证材料（新窗口） 1 个文件" in text_of(clerk.get(report).text)


def test_a_file_is_saved_as_it_came_and_never_rendered(clerk: Visitor, page: str) -> None:
    attach(clerk, page, pdf())
    answer = clerk.get(saved(clerk.get(page).text))
    assert (answer.content, answer.headers["content-type"]) == (pdf(), "application/pdf")
    told = f"attachment; filename=\"__.pdf\"; filename*=UTF-8''{quote('台账.pdf')}"
    assert answer.headers["content-disposition"] == told
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("content", "name", "status", "told"),
    [
        (HTML, "台账.pdf", 422, "不是 PDF"),
        (b"", "台账.pdf", 422, "是空的"),
        (b"", "", 422, "还没有选择文件"),
        (b"%PDF-" + b"x" * LARGEST_FILE, "台账.pdf", 413, "超过 20 MB"),
        (b"%PDF-" + b"x" * (2 * LARGEST_FILE), "台账.pdf", 413, "超过 20 MB"),
    ],
    ids=["page", "empty", "none", "too large", "far too large"],
)
def test_what_cannot_be_taken_is_told_at_the_field_and_nothing_is_kept(
    clerk: Visitor, page: str, content: bytes, name: str, status: int, told: str
) -> None:
    answer = attach(clerk, page, content, name, note="第 3 页")
    assert answer.status_code == status
    wrong = re.search(r'<p class="wrong wrong-summary"[^>]*>(.*?)</p>', answer.text)
    assert wrong is not None
    assert told in wrong[1]
    assert ("\n第 3 页</textarea>" in answer.text) is (status != 413)
    assert "还没有文件" in text_of(clerk.get(page).text)


def test_too_many_files_and_too_long_a_note_are_told_on_the_page(
    clerk: Visitor, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = attach(clerk, page, pdf(), note="长" * 501)
    assert long.status_code == 422
    assert "附注最多 500 个字" in text_of(long.text)
    assert "长" * 501 in long.text
    assert attach(clerk, page, pdf(), note="长" * 500).status_code == 303
    monkeypatch.setattr(services_evidence, "MOST_FILES", 1)
    many = attach(clerk, page, png(), note="第二个")
    assert many.status_code == 409
    assert "佐证材料最多 1 个" in text_of(many.text)
    assert "\n第二个</textarea>" in many.text


def test_a_file_is_taken_back_with_a_reason(clerk: Visitor, report: str, page: str) -> None:
    attach(clerk, page, pdf())
    address = withdrawal(clerk.get(page).text)
    refused = clerk.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "撤回佐证材料要写明理由" in text_of(refused.text)
    done = clerk.post(address, {"reason": "传错了文件"})
    assert done.status_code == 303
    shown = clerk.get(done.headers["location"]).text
    assert "文件已撤回。" in text_of(shown)
    assert "撤回理由 传错了文件" in text_of(shown)
    assert "/withdraw" not in shown
    assert "附佐证材料（新窗口） 0 个文件" in text_of(clerk.get(report).text)
    again = clerk.post(address, {"reason": "再撤一次"})
    assert again.status_code == 409
    assert clerk.post(address.replace("/withdraw", "x/withdraw"), {"reason": "没有"}).status_code == 404


def test_another_regions_files_are_not_there(reporting: Reporting, clerk: Visitor, page: str) -> None:
    attach(clerk, page, pdf())
    shown = clerk.get(page).text
    other = reporting.clerk(TIANJIN_KEY)
    assert other.get(page).status_code == 404
    assert other.get(saved(shown)).status_code == 404
    assert attach(other, page, png()).status_code == 404
    assert other.post(withdrawal(shown), {"reason": "不是我的"}).status_code == 404
    assert "已附的文件 1 个" in text_of(clerk.get(page).text)


def test_the_office_and_an_auditor_read_only(
    reporting: Reporting, clerk: Visitor, report: str, page: str
) -> None:
    attach(clerk, page, pdf())
    address = withdrawal(clerk.get(page).text)
    for visitor in (reporting.clerk(KEYS[Role.OFFICE_OPERATOR]), reporting.visitor(trial=True)):
        assert re.search(r"[^附]佐证材料 1 个文件", text_of(visitor.get(report).text))
        shown = visitor.get(page).text
        assert "台账.pdf" in shown
        assert "<input" not in shown
        assert "/withdraw" not in shown
        assert visitor.get(saved(shown)).content == pdf()
        assert attach(visitor, page, png()).status_code == 403
        assert visitor.post(address, {"reason": "不能撤"}).status_code == 403
    assert "已附的文件 1 个" in text_of(clerk.get(page).text)


def test_an_issue_that_is_none_of_the_report_is_not_found(clerk: Visitor, report: str) -> None:
    for issue in ("", "?issue=", "?issue=cell-blank%7CE999%7C", f"?issue={quote(MARKUP[0])}"):
        assert clerk.get(f"{report}/evidence{issue}").status_code == 404
        assert attach(clerk, f"{report}/evidence{issue}", pdf()).status_code == 404


def test_a_form_of_another_site_attaches_and_takes_back_nothing(clerk: Visitor, page: str) -> None:
    evil = {"origin": "https://evil.example"}
    assert clerk.upload(page, pdf(), **evil).status_code == 403
    attach(clerk, page, pdf())
    address = withdrawal(clerk.get(page).text)
    assert clerk.post(address, {"reason": "假的"}, **evil).status_code == 403
    assert "已附的文件 1 个" in text_of(clerk.get(page).text)


@pytest.mark.parametrize("word", MARKUP)
def test_names_and_notes_are_shown_as_text(clerk: Visitor, page: str, word: str) -> None:
    # A browser sends a quotation mark in a name as %22; the slash begins a name.
    attach(clerk, page, pdf(), f"{word.replace('/', '')}.pdf", note=word)
    address = withdrawal(clerk.get(page).text)
    refused = attach(clerk, page, HTML, note=word)
    for shown in (clerk.get(page).text, refused.text):
        held_to_page(shown)
        assert escape(word) in shown
    clerk.post(address, {"reason": word})
    shown = clerk.get(page).text
    assert f"<b>撤回理由</b>{escape(word)}</p>" in shown
    held_to_page(shown)
    assert re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%~-]+",
        clerk.get(saved(shown)).headers["content-disposition"],
        re.ASCII,
    )


def test_a_reason_that_needs_evidence_is_taken_once_a_file_is_there(
    clerk: Visitor, report: str, page: str
) -> None:
    (field,) = re.findall(r'<select id="reason-([0-9a-f]+)"', clerk.get(report).text)
    given = {f"reason-{field}": "large_case", f"text-{field}": SAID}
    refused = clerk.post(report, given)
    assert refused.status_code == 422
    wrong = re.search(rf'<p class="wrong" id="wrong-{field}">.*?</p>', refused.text)
    assert wrong is not None
    assert links_of(wrong[0]) == [page]
    assert f"\n{SAID}</textarea>" in refused.text
    attach(clerk, page, pdf())
    done = clerk.post(report, given)
    assert done.status_code == 303
    shown = text_of(clerk.get(report).text)
    assert "已说明 个别重大案件" in shown
    assert "附佐证材料 1 个文件" in shown


def test_another_refusal_leads_to_no_files(clerk: Visitor, report: str) -> None:
    (field,) = re.findall(r'<select id="reason-([0-9a-f]+)"', clerk.get(report).text)
    refused = clerk.post(report, {f"reason-{field}": "campaign", f"text-{field}": "短"})
    wrong = re.search(rf'<p class="wrong" id="wrong-{field}">.*?</p>', refused.text)
    assert wrong is not None
    assert links_of(wrong[0]) == []
