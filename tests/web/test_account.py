"""The account of a number: its cells, its formula, its method, its clause, and its neighbours."""

from __future__ import annotations

import re

import pytest

from scoring.codes import NodeCode
from scoring.explain import LeafAccount, sentences
from services.runs import explain_score
from tests.support.office import AUDITOR, BEIJING, TIANJIN
from tests.support.sites import HEBEI, ScoredYear, Visitor, links_of, text_of


def page_of(scored: ScoredYear, visitor: Visitor, node: str, unit: str = BEIJING) -> str:
    return visitor.get(f"/runs/{scored.quarter}/regions/{unit}/nodes/{node}").text


def test_every_cell_is_named_with_its_file(scored: ScoredYear, visitor: Visitor) -> None:
    page = page_of(scored, visitor, "I09-1")
    account = explain_score(
        scored.office.context, actor=AUDITOR, run=scored.quarter, unit=BEIJING, node=NodeCode("I09-1")
    )
    assert isinstance(account, LeafAccount)
    parts = [part for each in account.points.value.inputs for part in each.made_of]
    assert len(parts) == 16
    for part in parts:
        digest, sheet, cell = part.origin.split("!")
        assert digest in page
        assert sheet in page
        assert f'<code class="cell">{cell}</code>' in page


def test_the_way_from_the_figures_to_the_points_is_told(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(page_of(scored, visitor, "I09-1", TIANJIN))
    assert "公式 100 * E602 / E601 代入 100 * 261 / 277 指标值 94.2238... % 准确值 26100/277" in text
    assert "取整 四舍五入到 2 位小数：2.8447... → 2.84 准确值 788/277 得分 2.84 / 4 分" in text


def test_every_sentence_of_the_account_is_there(scored: ScoredYear, visitor: Visitor) -> None:
    for node in ("I09-1", "I02-4", "I14-2", "item-09", "section-2", "total"):
        account = explain_score(
            scored.office.context, actor=AUDITOR, run=scored.quarter, unit=BEIJING, node=NodeCode(node)
        )
        text = text_of(page_of(scored, visitor, node))
        for sentence in sentences(account):
            assert " ".join(sentence.split()) in text


def test_the_clause_is_told_with_agencies_and_digest(scored: ScoredYear, visitor: Visitor) -> None:
    page = page_of(scored, visitor, "I09-1")
    clause = scored.office.rules.clauses[scored.office.rules.indicators[NodeCode("I09-1")].clauses[0]]
    assert clause.paraphrase in page
    assert "、".join(clause.agencies) in page
    assert clause.digest in page


def test_a_figure_that_never_came_is_missing_in_every_cell(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(page_of(scored, visitor, "I09-1", HEBEI))
    assert "数据 E602 未报 E601 未报 指标值 — 未报" in text
    assert "市场监管 未报" in text
    assert "无值时 按零分" in text
    assert "代入" not in text


def test_figures_found_false_earn_nothing_and_the_page_says_why(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/runs/{scored.year}/regions/{TIANJIN}/nodes/I09-1").text)
    assert "得分 0.00 / 4 核查归零" in text
    assert "核查认定本项数据不实，得分归零。" in text


def test_properties_of_the_unit_are_named(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(page_of(scored, visitor, "I01-5"))
    assert "population 21,893,095 单位资料" in text
    assert "/ 21893095" in text


def test_a_constant_of_the_rules_is_named_with_its_source(scored: ScoredYear, visitor: Visitor) -> None:
    page = visitor.get(f"/runs/{scored.year}/regions/{BEIJING}/nodes/I26-1").text
    assert "work_points_issued 2021-05-16 一份带文号的转载件的落款日期" in text_of(page)


def test_quarters_without_a_report_stand_beside_those_with_one(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/runs/{scored.year}/regions/{TIANJIN}/nodes/I09-1").text)
    assert re.search(r"市场监管 218 E6 未报 未报 未报", text)


@pytest.mark.parametrize("node", ["I09-1", "item-09", "section-2", "total"])
def test_a_number_leads_up_and_to_its_neighbours(scored: ScoredYear, visitor: Visitor, node: str) -> None:
    base = f"/runs/{scored.quarter}/regions/{BEIJING}"
    links = set(links_of(page_of(scored, visitor, node)))
    wanted = {
        "I09-1": {"total", "section-2", "item-09", "I09-2", "I09-3"},
        "item-09": {"total", "section-2", "item-07", "item-08", "I09-1"},
        "section-2": {"total", "section-1", "section-3", "section-7", "item-09"},
        "total": {f"section-{each}" for each in range(1, 8)},
    }[node]
    assert {f"{base}/nodes/{each}" for each in wanted} | {base, f"/runs/{scored.quarter}"} <= links


def test_the_total_is_told_from_the_base_to_the_place(scored: ScoredYear, visitor: Visitor) -> None:
    text = text_of(visitor.get(f"/runs/{scored.year}/regions/{TIANJIN}/nodes/total").text)
    assert "47.17 不参加排名 · 基础分 49.17，减 2.00" in text
    assert "基础分 49.17 加分 — 减分 −2.00 总分 47.17 未取整 47.1739...，准确值 1085/23" in text
    assert "等级 不合格 第四档，折算 6 分 名次 不参加排名" in text


def test_every_number_of_the_tree_has_a_page(scored: ScoredYear, visitor: Visitor) -> None:
    for node in scored.office.rules.order:
        for run in (scored.quarter, scored.year):
            answer = visitor.get(f"/runs/{run}/regions/{TIANJIN}/nodes/{node}")
            assert answer.status_code == 200, node
