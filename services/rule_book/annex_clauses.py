"""The annex of clauses and indicators, both ways."""

from __future__ import annotations

from scoring.numbers import shown
from scoring.rulebook.rules import Clause, Indicator, RuleSet
from services.rule_book.annex import Annex, plain_section
from services.rule_book.document import Cell, Column, Group, Table, cells
from services.rule_book.layout import Layout, prose, raw, row


def crosswalk_annex(rules: RuleSet) -> Annex | None:
    """Which indicators measure a clause, and which clauses an indicator; None without a plan."""
    if not rules.clauses:
        return None
    columns = (
        Column("条款", 9, "center"),
        Column("工作要求", 44),
        Column("责任单位", 23),
        Column("对应的指标，或不评价的理由", 32),
    )
    groups: dict[tuple[str, str], list[Clause]] = {}
    for clause in rules.clauses.values():
        groups.setdefault((clause.section, clause.item), []).append(clause)
    made = tuple(
        Group(
            cells(*(_clause_row(each, rules) for each in found)),
            title=prose(" — ".join(_titled(code, rules) for code in path if code)).text,
        )
        for path, found in groups.items()
    )
    back = (Column("指标", 44), Column("分值", 9, "center"), Column("所属项目", 35), Column("对应的条款", 20))
    rows = cells(*(_indicator_row(each, rules) for each in rules.indicators.values()))
    sections = (
        plain_section(1, "由条款查指标", "clauses", (Table(columns, made, "条款与指标"),)),
        plain_section(
            2,
            "由指标查条款",
            "clauses-back",
            (Table(back, tuple(Group((each,)) for each in rows), "指标与条款"),),
        ),
    )
    return Annex("条款与指标对照", "crosswalk", sections=sections)


def _titled(code: str, rules: RuleSet) -> str:
    titles = {str(node.code): node.title for node in rules.nodes.values()}
    return titles.get(code, code)


def _clause_row(clause: Clause, rules: RuleSet) -> tuple[Layout | Cell, ...]:
    measuring = [each for each in rules.indicators.values() if clause.code in each.clauses]
    lines: tuple[Layout, ...] = tuple(_indicator_name(each) for each in measuring)
    if clause.not_assessed:
        lines = (*lines, prose(f"不评价：{clause.not_assessed}"))
    agencies = [f"{each}（牵头）" if each in clause.leads else each for each in clause.agencies]
    return raw(clause.code), prose(clause.paraphrase), prose("、".join(agencies)), lines or (raw("—"),)


def _indicator_name(indicator: Indicator) -> Layout:
    return row(raw(f"{indicator.code} "), prose(indicator.name))


def _indicator_row(indicator: Indicator, rules: RuleSet) -> tuple[Layout | Cell, ...]:
    codes = "、".join(indicator.clauses) or "—"
    parent = rules.nodes[indicator.parent].title
    return _indicator_name(indicator), raw(shown(indicator.points)), prose(parent), raw(codes)
