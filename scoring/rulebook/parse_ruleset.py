"""From the trees of ruleset.yaml and plan.yaml to the frame of a rule set: tree, grades, ranking, clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.codes import ClauseCode, MemberCode, NodeCode
from scoring.numbers import Rounding, number_from_text
from scoring.rulebook.parse_indicators import read_rounding
from scoring.rulebook.rules import (
    Aggregate,
    Clause,
    Constant,
    Document,
    ElementType,
    Grade,
    Node,
    Ranking,
    TieBreak,
)
from scoring.rulebook.tree import Branch, Findings, Record, day_from_text

_MOST_LEVELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What ruleset.yaml itself says."""

    code: str
    title: str
    year: int
    version: str
    published: date | None
    effective: tuple[date, date]
    documents: Mapping[str, Document]
    attributes: tuple[str, ...]
    constants: Mapping[str, Constant]
    breakdowns: Mapping[str, tuple[MemberCode, ...]]
    partial_periods: bool
    points_rounding: Rounding | None
    total_rounding: Rounding | None
    ranking: Ranking
    grades: tuple[Grade, ...]
    grade_on_rounded: bool
    root: NodeCode
    nodes: Mapping[NodeCode, Node]


def parse_frame(tree: Branch, titles: Mapping[str, str], findings: Findings) -> Frame:
    """The frame; `titles` are those of the plan, for nodes that do not name their own."""
    record = Record(tree, "规则集", findings)
    record.word("language", ["1"], "1", required=True)
    year = record.whole("year", required=True, most=9999)
    rounding = record.record("rounding", "取整规则")
    points, total = (
        (_maybe_rounding(rounding, "points"), _maybe_rounding(rounding, "total"))
        if rounding
        else (None, None)
    )
    if rounding:
        rounding.close()
    nodes: dict[NodeCode, Node] = {}
    root = _read_tree(record, titles, nodes, findings)
    on_rounded, grades = _grades(record)
    frame = Frame(
        code=record.text("code", required=True),
        title=record.text("title", required=True),
        year=year,
        version=record.text("version", required=True),
        published=record.day("published"),
        effective=_effective(record, year),
        documents={
            key: _document(key, inner) for key, inner in record.keyed("sources", "文件", required=True)
        },
        attributes=tuple(name for name, inner in record.keyed("attributes", "单位属性") if _attribute(inner)),
        constants={name: _constant(name, inner) for name, inner in record.keyed("constants", "常量")},
        breakdowns={name: _breakdown(inner) for name, inner in record.keyed("breakdowns", "分类")},
        partial_periods=record.word("partial_periods", ["available", "missing"], "available") == "available",
        points_rounding=points,
        total_rounding=total,
        ranking=_ranking(record),
        grades=grades,
        grade_on_rounded=on_rounded,
        root=root,
        nodes=nodes,
    )
    record.close()
    return frame


def _effective(record: Record, year: int) -> tuple[date, date]:
    whole = date(max(year, 1), 1, 1), date(max(year, 1), 12, 31)
    inner = record.record("effective", "适用期")
    if inner is None:
        return whole
    start, end = inner.day("from", required=True) or whole[0], inner.day("to", required=True) or whole[1]
    if end < start:
        inner.wrong(inner.at("to"), "to 早于 from", "to is before from")
    inner.close()
    return start, end


def _maybe_rounding(record: Record, key: str) -> Rounding | None:
    inner = record.record(key, f"取整规则 {key}")
    return read_rounding(inner) if inner else None


def _document(key: str, record: Record) -> Document:
    found = Document(
        key=key,
        title=record.text("title", required=True),
        number=record.text("number"),
        url=record.text("url"),
    )
    record.close()
    return found


def _attribute(record: Record) -> bool:
    record.word("type", ["integer", "decimal", "text"], "decimal")
    record.text("measure"), record.text("source"), record.text("title")
    record.close()
    return True


def _constant(name: str, record: Record) -> Constant:
    kind = ElementType(record.word("type", ["integer", "decimal", "date"], "decimal") or "decimal")
    if kind is ElementType.DATE:
        amount = record.read("value", _ordinal, "日期(如 2021-06-30)", Fraction(0), required=True)
    else:
        amount = record.read("value", number_from_text, "十进制数", Fraction(0), required=True)
    found = Constant(name=name, amount=amount, type=kind, source=record.text("source", required=True))
    record.text("title"), record.text("measure")
    record.close()
    return found


def _ordinal(text: str) -> Fraction | None:
    day = day_from_text(text)
    return Fraction(day.toordinal()) if day else None


def _breakdown(record: Record) -> tuple[MemberCode, ...]:
    members = record.words("members", required=True)
    record.text("title")
    record.close()
    return tuple(MemberCode(member) for member in members)


def _ranking(record: Record) -> Ranking:
    peer_group = record.text("peer_group")
    inner = record.record("ranking", "排名规则")
    if inner is None:
        return Ranking(peer_group=peer_group)
    on_rounded = inner.word("on", ["rounded", "unrounded"], "unrounded") == "rounded"
    inner.word("ties", ["competition"], "competition")
    breaks: list[TieBreak] = []
    for each in inner.records("tie_breaks", "同分排序"):
        fewest = each.word("fewest", ["zero_scores"])
        breaks.append(TieBreak(node=None if fewest else NodeCode(each.text("node", required=True))))
        each.close()
    inner.close()
    return Ranking(on_rounded=on_rounded, tie_breaks=tuple(breaks), peer_group=peer_group)


def _grades(record: Record) -> tuple[bool, tuple[Grade, ...]]:
    inner = record.record("grades", "等级")
    if inner is None:
        return True, ()
    on_rounded = inner.word("on", ["rounded", "unrounded"], "rounded") == "rounded"
    grades = tuple(_grade(each) for each in inner.records("bands", "等级档", required=True))
    limits = [grade.at_least for grade in grades[:-1] if grade.at_least is not None]
    falling = all(high > low for high, low in zip(limits, limits[1:], strict=False))
    if not grades or len(limits) != len(grades) - 1 or not falling or grades[-1].at_least is not None:
        zh = "等级要从高到低排列,除最后一档写 otherwise 外都写 at_least,且不重叠"
        inner.wrong(inner.at("bands"), zh, "bands must descend, the last one without a lower limit")
    inner.close()
    return on_rounded, grades


def _grade(record: Record) -> Grade:
    lowest = record.flag("otherwise")
    found = Grade(
        name=record.text("grade", required=True),
        at_least=None if lowest else record.number("at_least", required=True),
        tier=record.text("tier"),
        converted=record.ratio("converted"),
    )
    record.close()
    return found


def _read_tree(
    record: Record, titles: Mapping[str, str], nodes: dict[NodeCode, Node], findings: Findings
) -> NodeCode:
    kinds = record.words("levels") or ("total", "section", "item")
    root = record.record("tree", "树", required=True)
    if root is None:
        return NodeCode("")
    return _node(root, None, kinds, 0, titles, nodes, findings)


def _node(
    record: Record,
    parent: NodeCode | None,
    kinds: tuple[str, ...],
    depth: int,
    titles: Mapping[str, str],
    nodes: dict[NodeCode, Node],
    findings: Findings,
) -> NodeCode:
    code = NodeCode(record.text("code", required=True))
    record.what = f"节点 {code}"
    if code in nodes:
        findings.add(record.at("code"), "duplicate-code", f"节点 {code} 写了两次", f"duplicate node {code}")
    title = record.text("title", titles.get(code, ""))
    if not title:
        record.text("title", required=True)
    rounding = record.record("rounding", f"节点 {code} 取整")
    node = Node(
        code=code,
        title=title,
        kind=kinds[min(depth, len(kinds) - 1)],
        points=record.number("points") if record.has("points") else None,
        children=(),
        parent=parent,
        weight=record.number("weight", Fraction(1)),
        aggregate=Aggregate(record.word("aggregate", list(Aggregate), "sum") or "sum"),
        rescale=record.flag("rescale"),
        rounding=read_rounding(rounding) if rounding else None,
        place=record.place,
    )
    record.node("points")
    nodes[code] = node
    children = [
        _node(child, code, kinds, depth + 1, titles, nodes, findings)
        for child in record.records("children", f"节点 {code} 下级")
        if depth < _MOST_LEVELS
    ]
    record.close()
    nodes[code] = with_children(node, children)
    return code


def with_children(node: Node, children: list[NodeCode]) -> Node:
    """The node with more children, in order."""
    from dataclasses import replace

    return replace(node, children=(*node.children, *children))


def parse_plan(tree: Branch, findings: Findings) -> tuple[dict[ClauseCode, Clause], dict[str, str]]:
    """The clauses of the work points, and the titles of its sections and items."""
    record = Record(tree, "要点", findings)
    document = record.record("document", "要点 document", required=True)
    if document:
        document.text("title", required=True), document.text("number"), document.text("issued")
        document.close()
    clauses: dict[ClauseCode, Clause] = {}
    titles: dict[str, str] = {}
    for section in record.records("sections", "章", required=True):
        section_code = section.text("code", required=True)
        titles[section_code] = section.text("title", required=True)
        for item in section.records("items", "项", required=True):
            item_code = item.text("code", required=True)
            titles[item_code] = item.text("title", required=True)
            for each in item.records("clauses", "条款", required=True):
                clause = _clause(each, section_code, item_code)
                clauses[clause.code] = clause
            item.close()
        section.close()
    record.close()
    return clauses, titles


def _clause(record: Record, section: str, item: str) -> Clause:
    code = ClauseCode(record.text("code", required=True))
    record.what = f"条款 {code}"
    found = Clause(
        code=code,
        section=section,
        item=item,
        agencies=record.words("agencies", required=True),
        leads=record.words("leads"),
        mode=record.text("mode", required=True),
        addressed_to=record.word("addressed_to", ["central", "province"], "central", required=True),
        paraphrase=record.text("paraphrase", required=True),
        digest=record.text("digest", required=True),
        not_assessed=record.text("not_assessed"),
        place=record.place,
    )
    record.close()
    return found
