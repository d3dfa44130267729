"""How places and grades are given, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.numbers import shown
from scoring.rulebook.final_rules import Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.rules import RuleSet
from services.rule_book.document import Block, Column, Group, Paragraph, Table, cells
from services.rule_book.layout import Layout, prose, raw

_TIES = {
    Ties.COMPETITION: "得分相同的名次并列，取较前的名次，其后的名次顺延空出（如1、2、2、4）",
    Ties.WORST: "得分相同的名次并列，取较后的名次（如1、3、3、4）",
    Ties.AVERAGE: "得分相同的名次并列，取名次的平均数（如1、2.5、2.5、4）",
    Ties.DENSE: "得分相同的名次并列，其后的名次不空出（如1、2、2、3）",
    Ties.ORDINAL: "得分相同的，按规则集中单位的次序排列，名次不并列（如1、2、3、4）",
}
_UNSCORED = {
    Unscored.UNRANKED: "没有总分的单位不排名",
    Unscored.FIRST: "没有总分的单位排在最前",
    Unscored.LAST: "没有总分的单位排在最后",
}


def ranking_lines(rules: RuleSet) -> Iterator[str]:
    """How places are given, a sentence a line."""
    ranking = rules.ranking
    order = "从低到高" if ranking.lowest_first else "从高到低"
    on = "取整后" if ranking.on_rounded else "未取整"
    yield f"按{on}的最后得分{order}排名。"
    if ranking.tie_breaks:
        said = [_tie_break(each, rules) for each in ranking.tie_breaks]
        yield f"得分相同的，依次比较：{'；'.join(said)}。"
    yield f"{_ties_text(ranking)}。"
    yield f"{_UNSCORED[ranking.unscored]}。"
    if ranking.peer_group:
        known = rules.attributes.get(ranking.peer_group)
        title = known.title if known and known.title else ranking.peer_group
        yield f"另按{title}排组内名次；各组名单见附件。"


def _ties_text(ranking: Ranking) -> str:
    text = _TIES[ranking.ties]
    return (
        f"仍相同的，{text.removeprefix('得分相同的，').removeprefix('得分相同的')}"
        if ranking.tie_breaks
        else text
    )


def _tie_break(each: TieBreak, rules: RuleSet) -> str:
    if each.node is None:
        return "得0分的指标多的在前" if each.lowest_first else "得0分的指标少的在前"
    title = rules.nodes[each.node].title if each.node in rules.nodes else rules.indicators[each.node].name
    what = "指标值" if each.by_value else "得分"
    return f"“{title}”{what}{'低' if each.lowest_first else '高'}的在前"


def grades_blocks(rules: RuleSet) -> tuple[Block, ...]:
    """The grades as a table; empty where there are none."""
    if not rules.grades:
        return ()
    quotas = any(grade.rank_at_most or grade.share_at_most is not None for grade in rules.grades)
    tiers = any(grade.tier for grade in rules.grades)
    converted = any(grade.converted is not None for grade in rules.grades)
    columns = [Column("等级", 16, "center"), Column("最后得分", 24, "center")]
    columns += [Column("名额", 24, "center")] if quotas else []
    columns += [Column("档次", 16, "center")] if tiers else []
    columns += [Column("折算得分", 16, "center")] if converted else []
    rows: list[tuple[Layout, ...]] = []
    better: Fraction | None = None
    for grade in rules.grades:
        cell: list[Layout] = [prose(grade.name), raw(_band(grade.at_least, better))]
        if quotas:
            cell.append(prose(_quota(grade.rank_at_most, grade.share_at_most)))
        if tiers:
            cell.append(prose(grade.tier or "—"))
        if converted:
            cell.append(raw("—" if grade.converted is None else shown(grade.converted)))
        rows.append(tuple(cell))
        better = grade.at_least if grade.at_least is not None else better
    note = "得分和名额两个条件都要符合。" if quotas else ""
    on = "取整后" if rules.grade_on_rounded else "未取整"
    head = Paragraph(prose(f"等级按{on}的最后得分确定。{note}"))
    return (head, Table(tuple(columns), (Group(cells(*rows)),), "等级和档次"))


def _band(least: Fraction | None, better: Fraction | None) -> str:
    low = "" if least is None else f"≥{shown(least)}"
    high = "" if better is None else f"<{shown(better)}"
    return "，".join(each for each in (low, high) if each) or "其余"


def _quota(rank: int | None, share: Fraction | None) -> str:
    said = [f"前{rank}名"] if rank else []
    if share is not None:
        said.append(f"前{shown(100 * share)}%（向下取整）")
    return "，且".join(said) or "不限"
