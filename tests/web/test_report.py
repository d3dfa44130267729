"""A report that is kept: its answer, explanations typed on the page, its files, its receipt, its review."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from urllib.parse import urlencode

import openpyxl
import pytest

from services.policy import Role
from services.reports import list_reports, report_with_issues
from services.review import accept_report
from tests.support.office import BEIJING, IN_TIME, OFFICE, TIANJIN, Office, sample_figures
from tests.support.reporting import PATH, TIANJIN_KEY, Reporting, typed_over
from tests.support.sites import KEYS, Visitor, rows_of, text_of

TWO_BLANKS = {("F02", "D7"): None, ("F02", "D9"): None}
SAID = "辖区市场正在核实，下季度补报"
HOSTILE = "\"><script>alert(1)</script>'{{7*7}}"


def draft_of(reporting: Reporting, clerk: Visitor) -> str:
    """The address of a report that waits for two explanations."""
    content = typed_over(reporting.office.workbook(BEIJING, 1), TWO_BLANKS)
    return clerk.upload(PATH, content, "submit").headers["location"]


def fields_of(page: str) -> list[str]:
    """The names of the parts of the form, one for each explanation, in order."""
    return re.findall(r'<select id="reason-([0-9a-f]+)"', page)


def form(**values: tuple[str, str]) -> dict[str, str]:
    """What a browser sends, by field: reason and text."""
    return {
        f"{part}-{field}": text
        for field, pair in values.items()
        for part, text in zip(("reason", "text"), pair, strict=True)
    }


def sayings(office: Office) -> Mapping[str, str]:
    """What is kept, by issue."""
    report = list_reports(office.context, actor=OFFICE)[0].report
    view = report_with_issues(office.context, actor=OFFICE, report=report)
    return {key: f"{each.reason}:{each.text}" for key, each in view.explained.items()}


def test_a_draft_asks_for_a_reason_and_a_text_at_each_doubt(reporting: Reporting, clerk: Visitor) -> None:
    page = clerk.get(draft_of(reporting, clerk)).text
    assert "还差一步：有 2 处要说明" in text_of(page)
    assert len(fields_of(page)) == 2
    assert page.count("<textarea") == 2
    for field in fields_of(page):
        for part in ("reason", "text"):
            assert f'<label for="{part}-{field}">' in page
    assert '<option value="not_available">暂时取不到数</option>' in page
    assert 'maxlength="500"' in page


def test_with_the_last_explanation_the_report_is_submitted(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    first, second = fields_of(clerk.get(path).text)
    some = clerk.post(path, form(**{first: ("not_available", SAID), second: ("", "")}))
    assert (some.status_code, some.headers["location"]) == (303, f"{path}?said=1")
    page = clerk.get(some.headers["location"]).text
    assert "1 条说明已保存，还有 1 处要说明" in text_of(page)
    assert f"\n{SAID}</textarea>" in page
    assert '<option value="not_available" selected>' in page
    rest = clerk.post(
        path, form(**{first: ("not_available", SAID), second: ("confirmed", "已与台账核对\r\n一致")})
    )
    text = text_of(clerk.get(rest.headers["location"]).text)
    assert "1 条说明已保存，报表已提交" in text
    assert "已提交，等待审核" in text
    assert f"已说明 暂时取不到数：{SAID}" in text
    assert set(sayings(reporting.office).values()) == {
        f"not_available:{SAID}",
        "confirmed:已与台账核对\n一致",
    }


@pytest.mark.parametrize(
    ("reason", "text", "told"),
    [
        ("", SAID, "请选一个原因。"),
        ("campaign", "", "请写明具体情况。"),
        ("campaign", "不知道", "太短"),
        ("campaign", "长" * 501, "太长（501 字）"),
        ("made-up", SAID, "不在可选的原因里"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_typed_is_lost(
    reporting: Reporting, clerk: Visitor, reason: str, text: str, told: str
) -> None:
    path = draft_of(reporting, clerk)
    first, second = fields_of(clerk.get(path).text)
    answer = clerk.post(path, form(**{first: (reason, text), second: ("confirmed", SAID)}))
    assert answer.status_code == 422
    page = answer.text
    assert "1 条已保存，1 条说明还没有保存，写的内容都在" in text_of(page)
    wrong = re.search(rf'<p class="wrong" id="wrong-{first}">(.*?)</p>', page)
    assert wrong is not None
    assert told in wrong[1]
    assert f'aria-describedby="wrong-{first}"' in page
    assert re.search(rf'<a href="#(reason|text)-{first}">', page)
    assert f"\n{text}</textarea>" in page
    assert [*sayings(reporting.office).values()] == [f"confirmed:{SAID}"]


def test_what_is_typed_is_shown_as_text(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    first, _ = fields_of(clerk.get(path).text)
    for reason in ("", "other"):
        answer = clerk.post(path, form(**{first: (reason, f"</textarea>{HOSTILE}\0")}))
        page = answer.text if reason == "" else clerk.get(path).text
        assert "<script" not in page
        assert (
            "&lt;/textarea&gt;&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;{{7*7}}</textarea>" in page
        )


def test_what_stands_in_cells_is_shown_as_text(reporting: Reporting, clerk: Visitor) -> None:
    content = typed_over(reporting.office.workbook(BEIJING, 1), {("F01", "H8"): HOSTILE})
    name = '"><script>alert(1).xlsx'
    checked = clerk.upload(PATH, content, name=name).text
    kept = clerk.get(clerk.upload(PATH, content, "submit", name).headers["location"]).text
    listed = clerk.get(PATH).text
    for page in (checked, kept, listed):
        assert not re.search(r"<script|\son[a-z]+=|\sstyle=|javascript:", page)
        assert "&lt;script&gt;" in page
    assert "{{7*7}}" in kept


def test_issues_come_dearest_first_with_place_remedy_and_points(reporting: Reporting, clerk: Visitor) -> None:
    wrong = {("F01", "H8"): "约99件", ("F06", "E5"): "许多"}
    content = typed_over(reporting.office.workbook(BEIJING, 1), wrong)
    page = clerk.get(clerk.upload(PATH, content, "submit").headers["location"]).text
    assert "退回改正：有 2 处必须改正" in text_of(page)
    rows = rows_of(page, "issues")
    assert [row.split()[2] for row in rows[:2]] == ["E5", "H8"]
    assert [row.rsplit(maxsplit=2)[1:] for row in rows[:2]] == [["6", "分"], ["2", "分"]]
    assert "怎么办 请核实后填写确切的数字" in rows[1]


def test_a_faulty_cell_is_not_said_to_be_unreported(reporting: Reporting, clerk: Visitor) -> None:
    office = reporting.office
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    content = typed_over(office.workbook(BEIJING, 1), {("F01", "H8"): "约99件"})
    text = text_of(clerk.get(clerk.upload(PATH, content, "submit").headers["location"]).text)
    assert "没有报的数" not in text
    assert "E104 行政结案数（林草） 12 没有采用" in text


def test_what_was_accepted_last_quarter_is_offered_to_be_checked(
    reporting: Reporting, clerk: Visitor
) -> None:
    office = reporting.office
    draft = clerk.get(draft_of(reporting, clerk))
    path = str(draft.url.path)
    fields = fields_of(draft.text)
    clerk.post(path, form(**dict.fromkeys(fields, ("organisation", SAID))))
    accept_report(office.context, actor=OFFICE, report=list_reports(office.context, actor=OFFICE)[0].report)
    office.now = IN_TIME[2]
    second = PATH.replace("Q1", "Q2")
    content = typed_over(office.workbook(BEIJING, 2), TWO_BLANKS)
    assert f"2021年第一季度的说明 机构或职责调整：{SAID}" in text_of(clerk.upload(second, content).text)
    page = clerk.get(clerk.upload(second, content, "submit").headers["location"]).text
    assert "2021年第一季度的说明，请核对 当时选的是“机构或职责调整”" in text_of(page)
    assert page.count(f"\n{SAID}</textarea>") == 2
    assert "selected>" not in page


def test_an_offer_counts_only_once_its_reason_is_chosen(reporting: Reporting, clerk: Visitor) -> None:
    office = reporting.office
    path = draft_of(reporting, clerk)
    fields = fields_of(clerk.get(path).text)
    clerk.post(path, form(**dict.fromkeys(fields, ("organisation", SAID))))
    accept_report(office.context, actor=OFFICE, report=list_reports(office.context, actor=OFFICE)[0].report)
    office.now = IN_TIME[2]
    content = typed_over(office.workbook(BEIJING, 2), TWO_BLANKS)
    path = clerk.upload(PATH.replace("Q1", "Q2"), content, "submit").headers["location"]
    first, *others = fields_of(clerk.get(path).text)
    untouched = dict.fromkeys(others, ("", SAID))
    answer = clerk.post(path, form(**{first: ("organisation", SAID)}, **untouched))
    assert answer.headers["location"] == f"{path}?said=1"
    assert len(sayings(office)) == 1


def test_nothing_is_explained_any_more_once_it_is_submitted(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    fields = fields_of(clerk.get(path).text)
    everything = form(**dict.fromkeys(fields, ("confirmed", SAID)))
    assert clerk.post(path, everything).status_code == 303
    assert "<textarea" not in clerk.get(path).text
    late = clerk.post(path, everything)
    assert late.status_code == 409
    assert "刚才的说明没有保存" in text_of(late.text)


def test_a_form_of_another_site_or_too_large_explains_nothing(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    fields = fields_of(clerk.get(path).text)
    everything = form(**dict.fromkeys(fields, ("confirmed", SAID)))
    assert clerk.post(path, everything, origin="https://evil.example").status_code == 403
    assert clerk.post(path, urlencode(everything).encode() + b"&x=" + b"x" * 5_000_000).status_code == 413
    assert clerk.post(path, b"&a=1" * 5000).status_code == 400
    assert sayings(reporting.office) == {}


def test_another_regions_report_is_not_there(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    other = reporting.clerk(TIANJIN_KEY)
    for tail in ("", "/file", "/annotated.xlsx", "/receipt"):
        assert other.get(path + tail).status_code == 404
        assert other.get(f"/reports/unknown{tail}").status_code == 404
    assert other.post(path, {}).status_code == 404
    assert other.post(f"{path}/decision", {"decision": "accept"}).status_code == 403


def test_the_files_of_a_report_are_handed_out(reporting: Reporting, clerk: Visitor) -> None:
    content = typed_over(reporting.office.workbook(BEIJING, 1), TWO_BLANKS)
    path = clerk.upload(PATH, content, "submit").headers["location"]
    original = clerk.get(f"{path}/file")
    assert original.content == content
    assert original.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-v1.xlsx"'
    annotated = clerk.get(f"{path}/annotated.xlsx")
    assert annotated.headers["content-disposition"].startswith("attachment;")
    form_sheet = next(
        each
        for each in openpyxl.load_workbook(io.BytesIO(annotated.content)).worksheets
        if each.title.startswith("F02 ")
    )
    assert form_sheet["D7"].comment is not None


def test_the_receipt_tells_what_was_received_and_when(reporting: Reporting, clerk: Visitor) -> None:
    path = draft_of(reporting, clerk)
    receipt = list_reports(reporting.office.context, actor=OFFICE)[0]
    for page in (clerk.get(path).text, clerk.get(f"{path}/receipt").text):
        text = text_of(page)
        assert f"回执编号 {receipt.report}" in text
        assert "版本 第 1 版 收到时间 2021-04-08 10:00:00（北京时间） 状态 待说明" in text
        assert f"文件摘要 SHA-256 {receipt.file_sha256}" in text
        assert f"数据摘要 SHA-256 {receipt.figures_sha256}" in text


def test_an_older_version_leads_to_the_latest(reporting: Reporting, clerk: Visitor) -> None:
    first = draft_of(reporting, clerk)
    second = clerk.upload(PATH, reporting.office.workbook(BEIJING, 1), "submit").headers["location"]
    page = clerk.get(first).text
    assert "这是较早的一版" in text_of(page)
    assert f'<a href="{second}">第 2 版</a>' in page
    assert "这是较早的一版" not in text_of(clerk.get(second).text)


def test_the_office_accepts_or_returns_with_a_reason(reporting: Reporting, clerk: Visitor) -> None:
    path = clerk.upload(PATH, reporting.office.workbook(BEIJING, 1), "submit").headers["location"]
    desk = reporting.clerk(KEYS[Role.OFFICE_OPERATOR])
    assert 'name="decision" value="accept"' in desk.get(path).text
    assert 'name="decision"' not in clerk.get(path).text
    for wrong in ({"decision": "return", "reason": " "}, {"decision": "x"}, {}):
        assert desk.post(f"{path}/decision", wrong).status_code == 400
    done = desk.post(f"{path}/decision", {"decision": "return", "reason": "E203 与台账不符"})
    assert (done.status_code, done.headers["location"]) == (303, path)
    assert "已退回，请改正后重报 退回理由：E203 与台账不符" in text_of(clerk.get(path).text)
    assert "退回理由 E203 与台账不符" in text_of(clerk.get(PATH).text)
    again = desk.post(f"{path}/decision", {"decision": "accept"})
    assert again.status_code == 409
    assert "不在待审核状态" in text_of(again.text)
    changed = typed_over(reporting.office.workbook(BEIJING, 1), {("F02", "D7"): 36})
    second = clerk.upload(PATH, changed, "submit").headers["location"]
    assert desk.post(f"{second}/decision", {"decision": "accept"}).status_code == 303
    assert "已通过审核" in text_of(clerk.get(second).text)


def test_findings_for_the_reviewer_are_not_shown_to_the_region(reporting: Reporting, clerk: Visitor) -> None:
    # Another region has accepted the very same figures, which this one must not learn.
    office = reporting.office
    office.accepted(TIANJIN, 1, sample_figures(office.rules, BEIJING))
    path = clerk.upload(PATH, office.workbook(BEIJING, 1), "submit").headers["location"]
    report = list_reports(office.context, actor=OFFICE, unit=BEIJING)[0].report
    view = report_with_issues(office.context, actor=OFFICE, report=report)
    assert view.findings
    assert "供审核参考" in text_of(reporting.clerk(KEYS[Role.OFFICE_OPERATOR]).get(path).text)
    assert "供审核参考" not in text_of(clerk.get(path).text)
