"""The ranking page: places, ties, sections, filters, and what it rests on."""

from __future__ import annotations

import pytest

from scoring.numbers import fixed_text
from services.policy import Actor, Role
from services.runs import ranking
from tests.support.office import BEIJING, OFFICE, TIANJIN, Office
from tests.support.sites import HEBEI, NOTICE, ScoredYear, Visitor, links_of, rows_of, text_of
from web.build import create_web


def test_the_first_page_is_the_latest_annual_ranking(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get("/").text
    assert "<h1>2021年度考核排名" in page
    assert f"计分批次 {scored.year} " in text_of(page)
    assert len(rows_of(page, "ranking")) == 32


def test_every_row_says_what_the_run_says(scored: ScoredYear, visitor: Visitor) -> None:
    view = ranking(scored.office.context, actor=OFFICE, run=scored.quarter)
    rows = rows_of(visitor.get(f"/runs/{scored.quarter}").text, "ranking")
    for line, row in zip(view.lines, rows, strict=True):
        assert line.result.score is not None
        assert f" {line.name} " in row
        assert f" {fixed_text(line.result.score, 2)} " in row
        for section in line.sections:
            assert fixed_text(section.points or section.full * 0, 2) in row
        assert line.result.grade in row
        assert row.startswith(
            f"第 {line.result.rank} 名" if (line.result.rank or 9) <= 3 else f"{line.result.rank} "
        )


def test_those_who_tie_share_a_place_in_sight_of_all(visitor: Visitor) -> None:
    page = visitor.get("/").text
    shared = [row for row in rows_of(page, "ranking") if row.startswith("第 2 名 并列")]
    assert len(shared) == 30
    assert "第 2 名并列 30 个单位；下一名次为第 32 名。" in text_of(page)


def test_who_is_not_ranked_comes_last_with_the_reason(visitor: Visitor) -> None:
    last = rows_of(visitor.get("/").text, "ranking")[-1]
    assert last.startswith("不排名 天津市 东部 —")
    assert "−2.00 不合格 否决" in last


def test_bonus_and_penalty_are_seen(visitor: Visitor) -> None:
    first = rows_of(visitor.get("/").text, "ranking")[0]
    assert "第 1 名 北京市" in first
    assert "+0.50" in first


def test_the_tiles_count_what_was_reported(visitor: Visitor) -> None:
    year, quarter = text_of(visitor.get("/").text), text_of(visitor.get("/?period=2021Q1").text)
    assert "已上报 / 计分单位 0 / 32 季报 2 / 128 份 · 参加排名 31" in year
    assert "已上报 / 计分单位 2 / 32 季报 2 / 32 份 · 参加排名 32" in quarter


def test_periods_are_switched_by_links_and_quarters_are_only_monitoring(
    scored: ScoredYear, visitor: Visitor
) -> None:
    year, quarter = visitor.get("/").text, visitor.get("/?period=2021Q1").text
    assert {f"/runs/{scored.year}", f"/runs/{scored.quarter}"} <= set(links_of(year))
    assert "2021年第一季度考核排名 监测" in text_of(quarter)
    assert text_of(quarter) == text_of(visitor.get(f"/runs/{scored.quarter}").text)


def test_an_older_run_leads_to_the_newer_one(scored: ScoredYear, visitor: Visitor) -> None:
    old, new = visitor.get(f"/runs/{scored.outdated}").text, visitor.get(f"/runs/{scored.year}").text
    assert "这是较早的批次" in old
    assert f"/runs/{scored.year}" in links_of(old)
    assert "这是较早的批次" not in new


@pytest.mark.parametrize(
    ("query", "count"), [("group=东北", 3), ("grade=不合格", 32), ("grade=优秀&group=东部", 0)]
)
def test_the_table_can_be_narrowed(scored: ScoredYear, visitor: Visitor, query: str, count: int) -> None:
    page = visitor.get(f"/runs/{scored.year}?{query}").text
    assert len(rows_of(page, "ranking")) == count
    assert "平均分 3.32" in text_of(page)  # of all, whatever is shown


def test_a_filter_that_nobody_meets_says_so(visitor: Visitor) -> None:
    page = visitor.get("/?group=<script>alert(1)</script>").text
    assert "没有符合条件的单位" in page
    assert "<script" not in page


def test_names_lead_to_cards_and_files_can_be_had(scored: ScoredYear, visitor: Visitor) -> None:
    links = links_of(visitor.get("/").text)
    for unit in (BEIJING, TIANJIN, HEBEI):
        assert f"/runs/{scored.year}/regions/{unit}" in links
    for form in ("csv", "xlsx"):
        file = visitor.get(f"/runs/{scored.year}/ranking.{form}")
        assert file.status_code == 200
        assert file.headers["content-disposition"] == f'attachment; filename="ranking-2021.{form}"'
        assert f"/runs/{scored.year}/ranking.{form}" in links


def test_who_downloads_is_logged(scored: ScoredYear, visitor: Visitor) -> None:
    visitor.get(f"/runs/{scored.quarter}/ranking.csv")
    with scored.office.context.read() as work:
        last = list(work.log.entries())[-1]
    assert (last.act, last.actor, last.object_id) == ("export_run", "visitor", scored.quarter)


def test_the_notice_stands_on_every_page(scored: ScoredYear, visitor: Visitor) -> None:
    for path in ("/", f"/runs/{scored.year}/regions/{BEIJING}", "/sign-in", "/nowhere"):
        assert NOTICE in visitor.get(path).text
    assert 'class="notice"' not in scored.visitor(notice="").get("/").text


def test_before_anything_is_scored_the_page_says_so(empty_office: Office) -> None:
    app = create_web(empty_office.context, viewer=Actor(id="v", name="v", roles=frozenset({Role.AUDITOR})))
    assert "还没有计分结果" in Visitor(app).get("/").text
