"""The pages as a person meets them: they load cleanly, lead on and back, and fit a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from services.policy import Role
from tests.support.browser import Reader, faint_texts
from tests.support.office import BEIJING, TIANJIN
from tests.support.sites import KEYS, ScoredYear

pytestmark = pytest.mark.browser

PAGES = {
    "ranking": "/",
    "quarter": "/?period=2021Q1",
    "group": "/runs/{run}?group=西部",
    "card": "/runs/{run}/regions/{unit}",
    "number": "/runs/{run}/regions/{unit}/nodes/I09-1",
    "checklist": "/runs/{run}/regions/{unit}/nodes/I13-2",
    "total": "/runs/{run}/regions/{unit}/nodes/total",
    "sign-in": "/sign-in",
}
EVERY_PAGE = pytest.mark.parametrize("name", PAGES)


def path_of(scored: ScoredYear, name: str) -> str:
    return PAGES[name].format(run=scored.year, unit=TIANJIN)


@EVERY_PAGE
def test_a_page_loads_without_a_complaint(
    scored: ScoredYear, desk: Reader, name: str, tmp_path: Path
) -> None:
    assert desk.open(path_of(scored, name)) == 200
    desk.page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
    assert desk.complaints == []
    # The style sheet came and is in force.
    assert (
        desk.page.evaluate("getComputedStyle(document.querySelector('.top')).color") == "rgb(255, 255, 255)"
    )


@EVERY_PAGE
def test_nothing_runs_off_the_side_of_a_telephone(
    scored: ScoredYear, telephone: Reader, name: str, tmp_path: Path
) -> None:
    telephone.open(path_of(scored, name))
    telephone.page.screenshot(path=tmp_path / f"{name}-telephone.png", full_page=True)
    assert telephone.sideways <= 0
    assert telephone.complaints == []


@pytest.mark.parametrize("name", ["ranking", "card", "number"])
def test_nothing_runs_off_the_side_at_any_width(scored: ScoredYear, desk: Reader, name: str) -> None:
    desk.open(path_of(scored, name))
    for width in (320, 600, 641, 768, 1024, 1181, 1920):
        desk.page.set_viewport_size({"width": width, "height": 800})
        assert desk.sideways <= 0, width


def test_the_ranking_is_a_table_with_ties_and_medals(desk: Reader) -> None:
    desk.open("/")
    rows = desk.page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(34)  # the head, 32 units, the mean
    expect(desk.page.locator(".medal-1")).to_have_count(1)
    expect(desk.page.locator("tbody .shared", has_text="并列")).to_have_count(30)
    expect(desk.page.get_by_role("columnheader", name="总分")).to_be_visible()
    expect(desk.page.get_by_role("rowheader", name="北京市")).to_be_visible()


def test_on_a_telephone_each_unit_is_a_card_of_three_lines(telephone: Reader) -> None:
    telephone.open("/")
    expect(telephone.page.get_by_role("rowheader", name="北京市")).to_be_visible()
    first = telephone.page.locator(".ranking tbody tr").first
    assert first.evaluate("row => getComputedStyle(row).display") == "grid"
    box = first.bounding_box()
    assert box is not None
    assert 80 < box["height"] < 160
    for part in (".c-place", ".c-unit", ".c-total", ".c-grade"):
        expect(first.locator(part)).to_be_visible()


def test_from_the_ranking_to_a_number_and_back(desk: Reader) -> None:
    desk.open("/")
    desk.page.get_by_role("link", name="北京市", exact=True).click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("北京市")
    desk.page.locator(".tree").get_by_role("link", name="行政处罚信息公开率", exact=False).first.click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("行政处罚信息公开率")
    expect(desk.page.locator(".cells").first).to_contain_text("E6")
    crumbs = desk.page.get_by_role("navigation", name="位置")
    crumbs.get_by_role("link", name="北京市").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("北京市")
    crumbs.get_by_role("link", name="2021年度排名").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("2021年度考核排名")
    assert desk.complaints == []


def test_items_fold_and_unfold_without_a_script(scored: ScoredYear, desk: Reader) -> None:
    desk.open(f"/runs/{scored.quarter}/regions/{BEIJING}")
    item = desk.page.locator("details.fold:has(> .fold-2)").first
    body = item.locator(".fold-body")
    before = body.is_visible()
    item.locator(".fold-mark").click()
    assert body.is_visible() is not before


def test_periods_are_switched_by_a_click(desk: Reader) -> None:
    desk.open("/")
    desk.page.get_by_role("navigation", name="考核期").get_by_role("link", name="一季度").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("2021年第一季度考核排名")
    expect(desk.page.get_by_role("navigation", name="考核期").locator("[aria-current]")).to_contain_text(
        "一季度"
    )


def test_signing_in_and_out(scored: ScoredYear, closed_desk: Reader) -> None:
    page = closed_desk.page
    closed_desk.open(f"/runs/{scored.year}/regions/{BEIJING}")
    page.get_by_label("密钥").fill("not-a-key")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("密钥不对")
    page.get_by_label("密钥").fill(KEYS[Role.REGION_FILLER])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("北京市")
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_keyboard_reaches_the_text_first(desk: Reader) -> None:
    desk.open("/")
    desk.page.keyboard.press("Tab")
    expect(desk.page.get_by_role("link", name="跳到正文")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("main")).to_be_focused()


@EVERY_PAGE
def test_every_text_stands_out_from_its_ground(scored: ScoredYear, desk: Reader, name: str) -> None:
    desk.open(path_of(scored, name))
    assert faint_texts(desk.page) == []


def test_the_ranking_prints_on_few_sheets(desk: Reader, tmp_path: Path) -> None:
    desk.open("/")
    paper = desk.page.pdf(path=tmp_path / "ranking.pdf", prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") <= 3
