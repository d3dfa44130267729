"""From `tree:` of ruleset.yaml to the inner nodes of the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.expressions import Formula
from scoring.numbers import number_from_text
from scoring.rulebook.node_formulas import AskedChild, asked_children, read_node_formula
from scoring.rulebook.parts import read_rounding
from scoring.rulebook.rules import Aggregate, Coverage, Node, Policy
from scoring.rulebook.tree import Findings, Record

_USUAL_LEVELS = ("total", "section", "item")
_SHARING_WEIGHTS = {Aggregate.MEAN, Aggregate.GEOMETRIC}
_BELOW = {
    "no_score": Policy(share=None, blocks=True),
    "zero": Policy(share=Fraction(0)),
    "not_applicable": Policy(share=None),
}


@dataclass(frozen=True, slots=True)
class Tree:
    """The inner nodes, and the children that their formulas ask for, to be checked once these are known."""

    root: NodeCode
    nodes: Mapping[NodeCode, Node]
    asked: tuple[AskedChild, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What every node of the tree is read with."""

    kinds: tuple[str, ...]
    titles: Mapping[str, str]
    constants: Mapping[str, Fraction]
    findings: Findings
    nodes: dict[NodeCode, Node] = field(default_factory=dict)
    asked: list[AskedChild] = field(default_factory=list)


def read_tree(record: Record, titles: Mapping[str, str], constants: Mapping[str, Fraction]) -> Tree:
    """The root and all inner nodes.

    titles: for nodes that do not name their own. constants: which formulas over children may use.
    """
    kinds = record.words("levels") or _USUAL_LEVELS
    root = record.record("tree", "树", required=True)
    reader = _Reader(kinds, titles, constants, record.findings)
    code = NodeCode("") if root is None else _read_node(root, None, 0, reader)
    return Tree(code, reader.nodes, tuple(reader.asked))


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
    aggregate = Aggregate(record.word("aggregate", list(Aggregate), "sum") or "sum")
    at_least, at_most = _bounds(record)
    return Node(
        code=code,
        title=record.text("title", reader.titles.get(code, ""), required=untitled),
        kind=reader.kinds[min(depth, len(reader.kinds) - 1)],
        points=record.maybe_number("points"),
        children=(),
        parent=parent,
        weight=record.number("weight", Fraction(1)),
        aggregate=aggregate,
        formula=_formula(record, code, aggregate, reader),
        weights_of_all=_weights_of_all(record, aggregate),
        coverage=_coverage(record.record("coverage", f"节点 {code} 覆盖率")),
        rescale=record.flag("rescale"),
        best=_best(record),
        at_least=at_least,
        at_most=at_most,
        name_best=record.flag("name_best"),
        rounding=read_rounding(record.record("rounding", f"节点 {code} 取整")),
        place=record.place,
    )


def _formula(record: Record, code: NodeCode, aggregate: Aggregate, reader: _Reader) -> Formula | None:
    if aggregate is not Aggregate.FORMULA:
        if record.has("formula"):
            record.node("formula")
            zh, en = "只有 aggregate: formula 才写 formula", "only for aggregate: formula"
            record.wrong(record.at("formula"), zh, en, fix="请写 aggregate: formula,或删去 formula")
        return None
    formula = read_node_formula(record, reader.constants)
    if formula is not None:
        reader.asked.extend(asked_children(code, formula, record))
    return formula


def _weights_of_all(record: Record, aggregate: Aggregate) -> bool:
    """Only where a mean has weights to share out; a harmonic mean would gain by what is absent."""
    of_all = record.word("weights", ["present", "all"], "present") == "all"
    if of_all and aggregate not in _SHARING_WEIGHTS:
        zh = f"aggregate: {aggregate} 不能写 weights: all"
        fix = "weights: all 只用于 mean 和 geometric;请删去,或改用它们"
        record.wrong(record.at("weights"), zh, "weights: all is for mean and geometric", "all", fix)
    return of_all


def _coverage(record: Record | None) -> Coverage | None:
    if record is None:
        return None
    share = record.share("at_least", Fraction(1), required=True)
    if not 0 < share <= 1:
        zh, en = "at_least 要大于 0%,不超过 100%", "at_least must be above 0% and at most 100%"
        record.wrong(record.at("at_least"), zh, en)
    wanted = "no_score、zero、not_applicable 或百分比(如 60%)"
    below = record.read("below", _below, wanted, _BELOW["no_score"], required=True)
    record.close()
    return Coverage(at_least=share, below=below)


def _below(text: str) -> Policy | None:
    share = number_from_text(text[:-1]) if text.endswith("%") else None
    if share is not None and 0 <= share <= 100:
        return Policy(share=share / 100)
    return _BELOW.get(text)


def _best(record: Record) -> Fraction | None:
    best = record.maybe_number("best")
    if best is not None and best <= 0:
        record.wrong(record.at("best"), "best 要大于 0", "best must be above 0", fix="通常写 best: 100")
    return best


def _bounds(record: Record) -> tuple[Fraction | None, Fraction | None]:
    at_least, at_most = record.maybe_number("at_least"), record.maybe_number("at_most")
    if at_most is not None and at_most < 0:
        record.wrong(record.at("at_most"), "at_most 不能为负", "at_most must not be negative")
    elif at_least is not None and at_most is not None and at_least > at_most:
        zh, en = "at_least 不能大于 at_most", "at_least must not exceed at_most"
        record.wrong(record.at("at_least"), zh, en, fix="两个数是否写反了?")
    return at_least, at_most
