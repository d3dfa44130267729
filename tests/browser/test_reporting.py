"""A clerk's way through reporting in a browser, from the template to the receipt; at three widths."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, expect

from services.policy import Role
from services.reports import XLSX
from tests.support.browser import Reader, faint_texts, nameless_fields
from tests.support.office import BEIJING
from tests.support.reporting import PATH, Reporting, typed_over
from tests.support.sites import KEYS
from web.uploads import LARGEST_FILE

pytestmark = pytest.mark.browser


def payload(content: bytes, name: str = "一季度.xlsx") -> FilePayload:
    """A file as it is chosen."""
    return {"name": name, "mimeType": XLSX, "buffer": content}


def filled_in(template: bytes, figures: bytes, blank: set[str]) -> bytes:
    """The downloaded template with the figures of another workbook typed into it, but for some cells."""
    source = openpyxl.load_workbook(io.BytesIO(figures), data_only=True)
    changes: dict[tuple[str, str], str | int | None] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(template)).worksheets:
        if sheet.title not in source.sheetnames or not sheet.title.startswith("F"):
            continue
        for row in source[sheet.title].iter_rows(min_row=5, min_col=4):
            for cell in row:
                locked = sheet[cell.coordinate].protection.locked
                if isinstance(cell.value, (str, int)) and (not locked or cell.column == 4):
                    changes[sheet.title.split()[0], cell.coordinate] = cell.value
    return typed_over(template, {place: value for place, value in changes.items() if place[1] not in blank})


def sound(clerk: Reader, folder: Path, name: str) -> None:
    """The page fits, can be read, and every field has its name."""
    clerk.page.screenshot(path=folder / f"{name}.png", full_page=True)
    assert clerk.sideways <= 0, name
    assert faint_texts(clerk.page) == [], name
    assert nameless_fields(clerk.page) == [], name
    assert clerk.complaints == [], name


def test_the_whole_way_from_the_template_to_the_receipt(
    reporting: Reporting, clerk: Reader, tmp_path: Path
) -> None:
    page = clerk.page
    expect(page.get_by_role("heading", level=1)).to_have_text("2021年季度报送")
    sound(clerk, tmp_path, "quarters")
    page.get_by_role("link", name="一季度").click()
    sound(clerk, tmp_path, "filing")

    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    template = Path(download.value.path()).read_bytes()
    clerk.complaints.clear()  # a page that becomes a file is broken off, says the browser
    assert download.value.suggested_filename == "110000-2021Q1.xlsx"
    wrong = filled_in(template, reporting.office.workbook(BEIJING, 1), {"D7"})
    report = typed_over(wrong, {("F01", "H8"): "约99件"})

    page.get_by_label("填好的报表", exact=True).set_input_files(payload(report))
    page.get_by_role("button", name="先检查").click()
    expect(page.locator(".verdict")).to_contain_text("只是检查，没有提交")
    expect(page.locator(".verdict-sentence")).to_contain_text("有 1 处必须改正")
    expect(page.get_by_role("rowheader", name="H8")).to_be_visible()
    expect(page.get_by_role("heading", name="试算得分")).to_be_visible()
    sound(clerk, tmp_path, "check")

    page.get_by_label("填好的报表", exact=True).set_input_files(payload(wrong))
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator(".verdict-sentence")).to_contain_text("还差一步")
    doubts = page.get_by_label("情况说明").count()
    assert doubts >= 1
    sound(clerk, tmp_path, "draft")

    page.get_by_label("情况说明").first.fill("辖区市场正在核实")
    page.get_by_role("button", name="保存说明").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("请选一个原因")
    expect(alert).to_be_focused()
    alert.get_by_role("link").click()
    expect(page.get_by_label("原因").first).to_be_in_viewport()
    expect(page.get_by_label("情况说明").first).to_have_value("辖区市场正在核实")
    clerk.complaints.clear()  # the browser's own word for an answer of 422
    sound(clerk, tmp_path, "unexplained")

    for reason in page.get_by_label("原因").all():
        reason.select_option(label="暂时取不到数")
    for text in page.get_by_label("情况说明").all():
        text.fill("辖区市场正在核实，下季度补报")
    page.get_by_role("button", name="保存说明").click()
    expect(page.locator(".verdict-sentence")).to_have_text("已提交，等待审核")
    sound(clerk, tmp_path, "submitted")

    page.get_by_role("link", name="回执", exact=True).click()
    expect(page.locator(".receipt")).to_contain_text("状态已提交")
    sound(clerk, tmp_path, "receipt")
    page.go_back()
    page.get_by_role("link", name="北京市2021年第一季度").click()
    expect(page.locator(".version")).to_have_count(1)
    sound(clerk, tmp_path, "versions")


def test_a_file_too_large_ends_in_a_page_and_not_in_a_broken_line(clerk: Reader) -> None:
    clerk.open(PATH)
    too_large = payload(b"x" * (LARGEST_FILE + 3_000_000))
    clerk.page.get_by_label("填好的报表", exact=True).set_input_files(too_large)
    clerk.page.get_by_role("button", name="提交", exact=True).click()
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text("提交的内容太大")


def test_the_receipt_prints_on_one_sheet_without_the_frame(reporting: Reporting, clerk: Reader) -> None:
    receipt = reporting.office.submit(BEIJING, 1, reporting.office.workbook(BEIJING, 1)).receipt
    clerk.open(f"/reports/{receipt.report}/receipt")
    clerk.page.emulate_media(media="print")
    for left_out in (".top-nav", ".crumbs", ".no-print"):
        expect(clerk.page.locator(left_out).first).to_be_hidden()
    expect(clerk.page.get_by_text(receipt.file_sha256)).to_be_visible()
    assert clerk.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


def test_the_office_returns_a_report_and_the_region_reads_why(
    reporting: Reporting, clerk: Reader, tmp_path: Path
) -> None:
    reporting.office.submit(BEIJING, 1, reporting.office.workbook(BEIJING, 1))
    page = clerk.page
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("link", name="登录")).to_be_visible()
    clerk.open("/reports?period=2021Q1")
    sound(clerk, tmp_path, "all")
    page.get_by_role("link", name="登录").click()
    page.get_by_label("密钥").fill(KEYS[Role.OFFICE_OPERATOR])
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    clerk.open("/reports?period=2021Q1")
    page.get_by_role("link", name="看报表").first.click()
    sound(clerk, tmp_path, "review")
    page.get_by_label("退回理由").fill("与台账不符")
    page.get_by_role("button", name="退回").click()
    expect(page.locator(".verdict")).to_contain_text("退回理由：与台账不符")
