"""From `tree:` of ruleset.yaml to the inner nodes of the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.rulebook.parts import read_rounding
from scoring.rulebook.rules import Aggregate, Node
from scoring.rulebook.tree import Findings, Record

_USUAL_LEVELS = ("total", "section", "item")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every node of the tree is read with."""

    kinds: tuple[str, ...]
    titles: Mapping[str, str]
    nodes: dict[NodeCode, Node]
    findings: Findings


def read_tree(record: Record, titles: Mapping[str, str]) -> tuple[NodeCode, dict[NodeCode, Node]]:
    """The code of the root and all inner nodes; `titles` are for nodes that do not name their own."""
    kinds = record.words("levels") or _USUAL_LEVELS
    root = record.record("tree", "树", required=True)
    reader = _Reader(kinds, titles, {}, record.findings)
    code = NodeCode("") if root is None else _read_node(root, None, 0, reader)
    return code, reader.nodes


def _read_node(record: Record, parent: NodeCode | None, depth: int, reader: _Reader) -> NodeCode:
    node = _node(record, parent, depth, reader)
    code = node.code
    if code in reader.nodes:
        zh, en = f"节点 {code} 写了两次", f"duplicate node {code}"
        reader.findings.add(record.at("code"), "duplicate-code", zh, en, "请换一个代码", found=code)
    reader.nodes[code] = node
    children = [
        _read_node(child, code, depth + 1, reader)
        for child in record.records("children", f"节点 {code} 下级")
    ]
    record.close()
    reader.nodes[code] = replace(node, children=tuple(children))
    return code


def _node(record: Record, parent: NodeCode | None, depth: int, reader: _Reader) -> Node:
    code = NodeCode(record.text("code", required=True))
    record.what = f"节点 {code}"
    untitled = code not in reader.titles and not reader.findings.incomplete
    return Node(
        code=code,
        title=record.text("title", reader.titles.get(code, ""), required=untitled),
        kind=reader.kinds[min(depth, len(reader.kinds) - 1)],
        points=record.maybe_number("points"),
        children=(),
        parent=parent,
        weight=record.number("weight", Fraction(1)),
        aggregate=Aggregate(record.word("aggregate", list(Aggregate), "sum") or "sum"),
        rescale=record.flag("rescale"),
        rounding=read_rounding(record.record("rounding", f"节点 {code} 取整")),
        place=record.place,
    )
