"""Reporting on the pages: the quarters, the form, a file looked at, given back, handed in or refused."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from services.deadlines import extend_deadline
from services.policy import Role
from services.reports import list_reports
from tests.support.office import BEIJING, CHINA, IN_TIME, OFFICE, TIANJIN, Office
from tests.support.reporting import PATH, TIANJIN_KEY, Reporting, typed_over
from tests.support.sites import KEYS, ScoredYear, Visitor, links_of, rows_of, text_of
from web.uploads import LARGEST_FILE

BLANK = {("F02", "D7"): None}
WRONG = {("F01", "H8"): "约99件"}


def kept(office: Office) -> list[tuple[int, str]]:
    """Version and state of everything that is kept."""
    return [(each.version, each.state.value) for each in list_reports(office.context, actor=OFFICE)]


def test_a_region_sees_its_quarters_with_what_to_do_next(reporting: Reporting, clerk: Visitor) -> None:
    page = clerk.get("/reports")
    assert rows_of(page.text, "quarters") == [
        "一季度 4月12日 周一 还有 4 天 未报 还没有报过 报送 下载模板",
        "二季度 7月12日 周一 本季度还没有结束 未报 还没有报过 报送 下载模板",
        "三季度 10月11日 周一 本季度还没有结束 未报 还没有报过 报送 下载模板",
        "四季度 2022年1月10日 周一 本季度还没有结束 未报 还没有报过 报送 下载模板",
    ]
    assert {PATH, f"{PATH}/template.xlsx"} <= set(links_of(page.text))
    reporting.office.submit(BEIJING, 1, typed_over(reporting.office.workbook(BEIJING, 1), BLANK))
    assert rows_of(clerk.get("/reports").text, "quarters")[0].startswith(
        "一季度 4月12日 周一 还有 4 天 待说明 第 1 版"
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (IN_TIME[1], "还有 4 天"),
        (datetime(2021, 4, 12, 23, 59, tzinfo=CHINA), "今天 24:00 截止"),
        (datetime(2021, 4, 14, 9, tzinfo=CHINA), "已过期 2 个工作日"),
    ],
)
def test_the_time_left_is_told(reporting: Reporting, now: datetime, said: str) -> None:
    reporting.office.now = now
    assert said in text_of(reporting.clerk().get(PATH).text)


def test_more_time_that_was_granted_is_told_with_its_reason(reporting: Reporting, clerk: Visitor) -> None:
    extend_deadline(
        reporting.office.context,
        actor=OFFICE,
        unit=BEIJING,
        period="2021Q1",
        day=date(2021, 4, 20),
        reason="系统搬迁",
    )
    assert "4月20日 周二 已延期 原为 4月12日 周一 还有 12 天" in text_of(clerk.get("/reports").text)
    assert "已延期，原为 4月12日 周一：系统搬迁" in text_of(clerk.get(PATH).text)


def test_a_late_report_is_said_to_be_late(reporting: Reporting, clerk: Visitor) -> None:
    office = reporting.office
    office.now += timedelta(days=8)
    office.accepted(BEIJING, 1)
    assert "迟报 4 个工作日" in text_of(clerk.get("/reports").text)


def test_the_template_is_the_one_of_the_unit_and_quarter(clerk: Visitor) -> None:
    answer = clerk.get(f"{PATH}/template.xlsx")
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q1.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert any(sheet.title.startswith("F01 ") for sheet in book.worksheets)


def test_the_form_tells_formats_and_limits(clerk: Visitor) -> None:
    text = text_of(clerk.get(PATH).text)
    assert ".xlsx、.xls、.et、.csv，或装有 .csv 的 .zip；最大 20 MB，工作表不多于 50 张" in text
    assert "先检查（不提交） 提交 下载批注版" in text
    assert "还没有报过" in text


def test_a_check_answers_with_everything_and_keeps_nothing(reporting: Reporting, clerk: Visitor) -> None:
    content = typed_over(reporting.office.workbook(BEIJING, 1), {**WRONG, **BLANK, ("F03", "D10"): "３２ "})
    answer = clerk.upload(PATH, content)
    assert answer.status_code == 200
    text = text_of(answer.text)
    assert "只是检查，没有提交，什么都没有留下 有 1 处必须改正，另有 1 处要说明" in text
    assert rows_of(answer.text, "issues")[0].startswith(
        "F01 行政执法办案季报表 H8 E104 行政结案数，林草 约99件 E104 行政结案数(林草)填的是“约99件”"
    )
    assert "F02 重点领域和市场专项表 D7 E203 辖区重点市场数 读到： 空白 涉及 2 分" in text
    assert "自动识别的写法 1 处" in text
    assert "３２ → 32" in text
    assert "没有报的数 1 个" in text
    assert "没有做的核对" in text
    assert "系统里还没有可以对照的数" in text
    assert "试算得分" in text
    assert kept(reporting.office) == []


def test_a_forecast_tells_the_score_before_and_after(reporting: Reporting, clerk: Visitor) -> None:
    text = text_of(clerk.upload(PATH, reporting.office.workbook(BEIJING, 1)).text)
    assert "检查通过，可以提交" in text
    assert "现在有效的数 0.00 → 换成这份报表 " in text
    assert "项指标的得分会变" in text


def test_the_annotated_workbook_comes_back_and_nothing_is_kept(reporting: Reporting, clerk: Visitor) -> None:
    answer = clerk.upload(PATH, typed_over(reporting.office.workbook(BEIJING, 1), WRONG), "annotate")
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-annotated.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    form = next(sheet for sheet in book.worksheets if sheet.title.startswith("F01 "))
    assert form["H8"].comment is not None
    assert kept(reporting.office) == []


def test_a_workbook_of_another_quarter_is_carried_into_this_ones_template(
    reporting: Reporting, clerk: Visitor
) -> None:
    answer = clerk.upload(PATH, reporting.office.workbook(BEIJING, 2), "migrate")
    assert answer.headers["content-disposition"] == 'attachment; filename="110000-2021Q1-migrated.xlsx"'
    refused = clerk.upload(PATH, reporting.office.workbook(TIANJIN, 1), "migrate")
    assert refused.status_code == 422
    assert "没有换成" in text_of(refused.text)


def test_handing_in_leads_to_the_report(reporting: Reporting, clerk: Visitor) -> None:
    answer = clerk.upload(PATH, reporting.office.workbook(BEIJING, 1), "submit", "C:\\报表\\一季度.xlsx")
    assert answer.status_code == 303
    text = text_of(clerk.get(answer.headers["location"]).text)
    assert "已提交，等待审核" in text
    assert "文件名 一季度.xlsx" in text
    assert kept(reporting.office) == [(1, "submitted")]


def test_the_same_file_again_is_the_same_report(reporting: Reporting, clerk: Visitor) -> None:
    content = reporting.office.workbook(BEIJING, 1)
    first = clerk.upload(PATH, content, "submit").headers["location"]
    again = clerk.upload(PATH, content, "submit").headers["location"]
    assert again == f"{first}?again=1"
    assert "以前收过，没有再存一份" in text_of(clerk.get(again).text)
    assert kept(reporting.office) == [(1, "submitted")]


@pytest.mark.parametrize("act", ["check", "submit"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not a workbook", "没有接收的原因 1 条"),
        (b"", "没有接收的原因 1 条"),
        (b"PK\x03\x04", "没有接收的原因 1 条"),
    ],
)
def test_what_is_no_workbook_is_refused_with_reasons(
    reporting: Reporting, clerk: Visitor, act: str, content: bytes, told: str
) -> None:
    answer = clerk.upload(PATH, content, act)
    assert answer.status_code == (422 if act == "submit" else 200)
    text = text_of(answer.text)
    assert "没有接收：这个文件不能作为这份报表" in text
    assert told in text
    assert "怎么办" in text
    assert kept(reporting.office) == []


def test_another_units_workbook_is_refused_by_name(reporting: Reporting, clerk: Visitor) -> None:
    answer = clerk.upload(PATH, reporting.office.workbook(TIANJIN, 1), "submit")
    assert answer.status_code == 422
    assert "模板是“天津市（120000）”的" in text_of(answer.text)


def test_without_a_file_the_form_says_so_at_its_field(clerk: Visitor) -> None:
    answer = clerk.upload(PATH, b"", "submit", name="")
    assert answer.status_code == 422
    assert '<p class="wrong wrong-summary" role="alert"><a href="#file">还没有选择文件' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_file_too_large_is_refused_before_it_is_read(clerk: Visitor) -> None:
    answer = clerk.upload(PATH, b"x" * (LARGEST_FILE + 1), "submit")
    assert answer.status_code == 413
    assert "报表文件最大 20 MB，什么都没有留下" in text_of(answer.text)


def test_what_is_no_form_with_a_file_is_refused(clerk: Visitor) -> None:
    assert clerk.post(PATH, {"act": "submit"}).status_code == 415
    broken = clerk.post(PATH, b"--x\r\nrubbish", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in {400, 422}


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}]
)
def test_a_file_sent_from_another_site_is_not_taken(
    reporting: Reporting, clerk: Visitor, headers: dict[str, str]
) -> None:
    answer = clerk.upload(PATH, reporting.office.workbook(BEIJING, 1), "submit", **headers)
    assert answer.status_code == 403
    assert "这个表单不是从本站提交的" in text_of(answer.text)
    assert kept(reporting.office) == []


def test_nobody_reports_for_another_region(reporting: Reporting) -> None:
    other = reporting.clerk(TIANJIN_KEY)
    assert other.get(PATH).status_code == 403
    assert other.get(f"{PATH}/template.xlsx").status_code == 403
    answer = other.upload(PATH, reporting.office.workbook(BEIJING, 1), "submit")
    assert answer.status_code == 403
    assert "无权上传报表" in text_of(answer.text)
    assert kept(reporting.office) == []


@pytest.mark.parametrize("path", ["/reports", PATH, f"{PATH}/template.xlsx"])
def test_without_a_key_reporting_asks_for_one(reporting: Reporting, path: str) -> None:
    answer = reporting.visitor().get(path)
    assert (answer.status_code, answer.headers["location"][:9]) == (303, "/sign-in?")


def test_a_file_sent_without_a_key_is_not_read_and_the_form_is_where_the_key_leads(
    reporting: Reporting,
) -> None:
    answer = reporting.visitor().upload(PATH, b"x")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/sign-in?next={PATH.replace('/', '%2F')}",
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/regions/{BEIJING}/reports/2021", 400),
        (f"/regions/{BEIJING}/reports/2021Q5", 400),
        (f"/regions/{BEIJING}/reports/1999Q1", 404),
        ("/reports?year=1999", 404),
        ("/reports?year=x", 200),
    ],
)
def test_quarters_that_are_none_have_no_page(clerk: Visitor, path: str, status: int) -> None:
    assert clerk.get(path).status_code == status


def test_the_office_sees_every_unit_and_hands_nothing_in(reporting: Reporting) -> None:
    reporting.office.submit(BEIJING, 1, reporting.office.workbook(BEIJING, 1))
    desk = reporting.clerk(KEYS[Role.OFFICE_OPERATOR])
    page = desk.get("/reports").text
    rows = rows_of(page, "quarters quarters-all")
    assert len(rows) == 32
    assert rows[0].startswith("北京市 4月12日 周一 按时报送 已提交 第 1 版 2021-04-08 10:00 看报表")
    assert "全部 已提交 1 未报 31" in text_of(page)
    waiting = desk.get("/reports?period=2021Q1&state=已提交").text
    assert len(rows_of(waiting, "quarters quarters-all")) == 1
    assert "没有这种状态的单位" in text_of(desk.get("/reports?period=2021Q1&state=x").text)
    form = desk.get(PATH).text
    assert '<form method="post" enctype' not in form
    assert desk.upload(PATH, b"x", "submit").status_code == 403
    assert desk.get("/reports?period=2021").status_code == 400


def test_a_ministry_has_no_part_in_reporting(reporting: Reporting) -> None:
    line = reporting.clerk(KEYS[Role.MINISTRY])
    assert line.get("/reports").status_code == 403
    assert 'href="/reports"' not in line.get("/reports").text


def test_every_version_is_listed_with_what_it_changes(reporting: Reporting, clerk: Visitor) -> None:
    office = reporting.office
    whole = office.workbook(BEIJING, 1)
    office.explained(office.submit(BEIJING, 1, typed_over(whole, {("F02", "D7"): 36}), "初稿.xlsx"))
    office.submit(BEIJING, 1, typed_over(whole, WRONG), "差错.xlsx")
    office.explained(office.submit(BEIJING, 1, whole, "改好.xlsx"))
    page = text_of(clerk.get(PATH).text)
    assert page.index("第 3 版 已提交") < page.index("第 2 版 已退回") < page.index("第 1 版 已提交")
    assert "与第 1 版相比，1 个数不同" in page
    assert "E203 辖区重点市场数 36 35" in page


def test_a_card_leads_its_own_region_to_reporting(scored: ScoredYear) -> None:
    own = scored.visitor(viewer=None)
    own.sign_in(Role.REGION_FILLER)
    page = own.get(own.get("/").headers["location"]).text
    assert "2021年报送 一季度 已通过 二季度" in text_of(page)
    assert '<a href="/reports">报送</a>' in page
    assert "2021年报送" not in text_of(scored.visitor().get(f"/runs/{scored.year}/regions/{BEIJING}").text)


def test_before_anything_is_scored_the_first_page_leads_to_reporting(clerk: Visitor) -> None:
    assert "去报送" in text_of(clerk.get("/").text)


def test_where_the_data_are_simulated_anybody_may_try(reporting: Reporting) -> None:
    guest = reporting.visitor(trial=True)
    page = guest.get("/reports").text
    assert f"密钥 {KEYS[Role.REGION_FILLER]}" in text_of(page)
    answer = guest.post("/sign-in", {"key": KEYS[Role.REGION_FILLER], "next": "/reports"})
    assert answer.headers["location"] == "/reports"
    assert "试一试报送" not in guest.get("/reports").text
    assert "试一试报送" not in reporting.clerk(KEYS[Role.OFFICE_OPERATOR]).get("/reports").text
