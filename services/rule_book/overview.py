"""The table of all indicators: item, indicator, points, method, source of the data, who assesses."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.codes import NodeCode
from scoring.numbers import shown
from scoring.rulebook.rules import Indicator, Node, RuleSet
from services.rule_book.document import Cell, Column, Group, Paragraph, Section, Table
from services.rule_book.layout import prose, raw, row
from services.rule_book.methods_words import method_summary
from services.rule_book.sources_words import providers_of, source_line

_COLUMNS = (
    Column("项目", 15),
    Column("指标", 22),
    Column("分值", 6, "center"),
    Column("计分办法", 35),
    Column("数据来源", 13),
    Column("考核单位", 13),
)


def overview_chapter(rules: RuleSet, number: str) -> Section:
    """The chapter with the one table."""
    shown_only = sum(1 for each in rules.indicators.values() if not each.points)
    said = f"共{len(rules.indicators)}项指标"
    if shown_only:
        said += f"，其中{shown_only}项只作统计、不计分（分值为0）"
    table = Table(_COLUMNS, tuple(_groups(rules)), "指标总表")
    return Section(
        number=number,
        title="指标总表",
        anchor="overview",
        level=1,
        blocks=(Paragraph(prose(f"{said}。各指标的公式、口径和示例见“指标说明”。")), table),
        wide=True,
    )


def _groups(rules: RuleSet) -> Iterator[Group]:
    """A group for each node that has indicators; a band where a node directly below the root begins."""
    last_top: NodeCode | None = None
    for code in rules.order:
        node = rules.nodes.get(code)
        leaves = leaves_of(node, rules) if node is not None else ()
        if node is None or not leaves:
            continue
        top = top_of(code, rules)
        title = ""
        if top != last_top and top not in (code, rules.root):
            above = rules.nodes[top]
            title = f"{above.title}（{shown(above.points)}分）" if above.points is not None else above.title
        last_top = top
        rows = tuple(_row(node, each, rules) for each in leaves)
        yield Group(rows, prose(title).text, merged=True)


def leaves_of(node: Node, rules: RuleSet) -> tuple[Indicator, ...]:
    """The indicators directly below a node."""
    return tuple(rules.indicators[code] for code in node.children if code in rules.indicators)


def top_of(code: NodeCode, rules: RuleSet) -> NodeCode:
    """The node directly below the root that an inner node belongs to; the root for itself."""
    node = rules.nodes[code]
    while node.parent is not None and node.parent != rules.root:
        node = rules.nodes[node.parent]
    return node.code


def _row(node: Node, indicator: Indicator, rules: RuleSet) -> tuple[Cell, ...]:
    item = node.title if node.points is None else f"{node.title}（{shown(node.points)}分）"
    return (
        (prose(item),),
        (row(raw(indicator.code), raw(" "), prose(indicator.name)),),
        (raw(shown(indicator.points)),),
        method_summary(indicator.method, indicator.points, indicator.measure),
        (prose(providers_of(indicator, rules)),),
        (prose(indicator.assessor or source_line(indicator.source, rules) or "—"),),
    )
