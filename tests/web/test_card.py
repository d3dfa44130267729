"""A unit's card: its result in words, its tree, and where it lost most."""

from __future__ import annotations

import re

from scoring.numbers import fixed_text
from services.runs import region_card
from tests.support.office import BEIJING, OFFICE, TIANJIN
from tests.support.sites import HEBEI, ScoredYear, Visitor, links_of, text_of


def test_every_node_is_there_with_its_points(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.quarter}/regions/{BEIJING}").text
    card = region_card(scored.office.context, actor=OFFICE, run=scored.quarter, unit=BEIJING)
    links, text = set(links_of(page)), text_of(page)
    for line in card.lines:
        assert f"/runs/{scored.quarter}/regions/{BEIJING}/nodes/{line.code}" in links
        if line.score.full and line.score.points is not None:
            assert fixed_text(line.score.points, 2) in text


def test_the_result_says_places_in_the_nation_and_the_group(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/runs/{scored.year}/regions/{BEIJING}").text)
    assert "全国名次 第 1 名 东部组名次 第 1 名 基础分" in text
    assert "加分 +0.50 减分 —" in text


def test_what_happened_outside_the_tree_is_told_in_words(scored: ScoredYear, visitor: Visitor) -> None:
    bonus = text_of(visitor.get(f"/runs/{scored.year}/regions/{BEIJING}").text)
    vetoed = text_of(visitor.get(f"/runs/{scored.year}/regions/{TIANJIN}").text)
    assert "加分 经验做法在全国推广 ：计数 1，加 0.50 分。" in bonus
    assert "全国名次 不排名" in vetoed
    assert (
        "核查归零 核查认定虚报瞒报（差异率5%至20%） ：I09-1 行政处罚信息公开率得分归零，另减 2.00 分。"
        in vetoed
    )
    assert "否决 发生区域性、系统性侵权假冒事件 ：等级定为“不合格”，不参加排名。" in vetoed
    assert "降级 全年两次以上未报季报 ：等级降 1 级，得分封顶在原等级之下。" in vetoed
    assert "等 4 处，低于 40%，等级不得高于“良好”。" in vetoed


def test_who_is_barred_from_bonuses_sees_what_was_not_counted(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/runs/{scored.year}/regions/{HEBEI}").text)
    assert "加分 经验做法在全国推广 ：计数 1，不计分。" in text
    assert "减分 被国务院或全国领导小组通报批评 ：计数 1，减 1.00 分。" in text
    assert "否决 虚报瞒报差异率超过20%或伪造佐证 ：等级不得高于“合格”，不计加分。" in text


def test_figures_that_never_came_are_called_missing_and_not_zero(
    scored: ScoredYear, visitor: Visitor
) -> None:
    text = text_of(visitor.get(f"/runs/{scored.quarter}/regions/{HEBEI}").text)
    assert "I01-1 网络领域案件结案率 — 未报 0.00 / 2" in text
    assert "I26-1 年度实施方案印发用时 — 未到期 不计入" in text


def test_the_strongest_losses_come_first(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.quarter}/regions/{BEIJING}").text
    box = page[page.index('id="losses-title"') : page.index('id="basis-title"')]
    losses = [int(each.replace(".", "")) for each in re.findall(r"−([0-9]+\.[0-9]{2})", box)]
    assert len(losses) == 10
    assert losses == sorted(losses, reverse=True)


def test_items_in_which_nothing_was_lost_are_folded(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.quarter}/regions/{BEIJING}").text
    folds = re.findall(r'<details class="fold"( open)?>\s*<summary class="fold-head fold-([12])">', page)
    assert all(is_open for is_open, level in folds if level == "1")
    assert {is_open for is_open, level in folds if level == "2"} == {" open", ""}


def test_a_card_leads_back_and_to_other_periods(scored: ScoredYear, visitor: Visitor) -> None:
    links = links_of(visitor.get(f"/runs/{scored.year}/regions/{BEIJING}").text)
    assert f"/runs/{scored.year}" in links
    assert f"/runs/{scored.quarter}/regions/{BEIJING}" in links


def test_the_trend_tells_each_period_in_words(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.year}/regions/{TIANJIN}").text
    assert re.search(r'aria-label="一季度 72\.72 分，第 2 名；年度 47\.17 分，不排名"', page)


def test_the_card_of_an_older_run_leads_to_the_newer(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.outdated}/regions/{BEIJING}").text
    assert f"/runs/{scored.year}/regions/{BEIJING}" in links_of(page)
    assert "这是较早的批次" in page
