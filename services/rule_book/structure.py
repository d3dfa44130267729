"""The tree with its points, and how each node is made of those below it."""

from __future__ import annotations

from fractions import Fraction

from scoring.account_texts import rounding_text
from scoring.codes import NodeCode
from scoring.numbers import shown
from scoring.rulebook.rules import Aggregate, Coverage, Node, RuleSet
from services.rule_book.document import Block, Cell, Column, Group, Listing, Paragraph, Table, cells
from services.rule_book.formulas_words import in_words
from services.rule_book.layout import Layout, joined, prose, raw, row
from services.rule_book.policies import policy_words

_AGGREGATES = {
    Aggregate.SUM: "下级得分相加",
    Aggregate.MEAN: "下级得分按权重平均",
    Aggregate.GEOMETRIC: "下级得分按权重取几何平均，有一项为0或负数的为0",
    Aggregate.HARMONIC: "下级得分按权重取调和平均，有一项为0或负数的为0",
    Aggregate.PRODUCT: "下级得分各以权重为指数连乘",
    Aggregate.MIN: "取下级中最低的得分",
    Aggregate.MAX: "取下级中最高的得分",
    Aggregate.FORMULA: "按公式计算",
}


def structure_blocks(rules: RuleSet) -> tuple[Block, ...]:
    """How points add up, then all inner nodes as a table."""
    rows: list[tuple[Cell, ...]] = []
    weighted = any(_weight(rules, code) != 1 for code in rules.order)
    for code in rules.order:
        if code in rules.nodes:
            rows.append(_structure_row(rules, rules.nodes[code], weighted=weighted))
    columns = [Column("名称", 50), Column("代号", 18, "center"), Column("分值", 10, "center")]
    columns += [Column("权重", 10, "center")] if weighted else []
    columns.append(Column("指标数", 10, "center"))
    table = Table(tuple(columns), tuple(Group((each,)) for each in rows), "分值结构")
    rule = _tree_rules(rules)
    return (Paragraph(prose(rule[0])), *((Listing(rule[1]),) if rule[1] else ()), table)


def _structure_row(rules: RuleSet, node: Node, *, weighted: bool) -> tuple[Cell, ...]:
    depth = _depth(rules, node.code)
    points = raw("—" if node.points is None else shown(node.points))
    count = sum(1 for each in rules.indicators.values() if _is_below(rules, each.parent, node.code))
    weight = (raw(shown(node.weight)),) if weighted else ()
    name = f"{'　' * depth}{prose(node.title).text}"
    return cells((raw(name), raw(node.code), points, *weight, raw(str(count))))[0]


def _weight(rules: RuleSet, code: NodeCode) -> Fraction:
    return rules.nodes[code].weight if code in rules.nodes else rules.indicators[code].weight


def _depth(rules: RuleSet, code: NodeCode) -> int:
    parent = rules.nodes[code].parent
    return 0 if parent is None else 1 + _depth(rules, parent)


def _is_below(rules: RuleSet, code: NodeCode | None, above: NodeCode) -> bool:
    while code is not None:
        if code == above:
            return True
        code = rules.nodes[code].parent
    return False


def _tree_rules(rules: RuleSet) -> tuple[str, tuple[Layout, ...]]:
    """One sentence for all nodes that only add up, and a line for each that does more."""
    special = tuple(
        row(f"{node.title}：", *lines)
        for code in rules.order
        if (node := rules.nodes.get(code)) is not None and (lines := _node_rules(node, rules))
    )
    plain = len(special) < len(rules.nodes)
    head = "各级得分由下级得分相加而成。" if plain else "各级得分由下级得分合成。"
    return head + ("其中：" if special and plain else ""), special


def _node_rules(node: Node, rules: RuleSet) -> tuple[Layout, ...]:
    """What a node does beyond adding up its children; empty where it does no more."""
    said: list[Layout] = [*_made(node, rules)]
    if node.rescale and node.points is not None:
        said.append(prose(f"不适用的下级不计入，其余的得分按比例折算到{shown(node.points)}分"))
    if node.coverage is not None:
        said.append(_coverage(node.coverage, rules))
    amounts = {
        "得分最高的单位计{}分，其他单位按比例折算": node.best,
        "最少{}分": node.at_least,
        "最多{}分": node.at_most,
    }
    said += [prose(text.format(shown(amount))) for text, amount in amounts.items() if amount is not None]
    if node.name_best:
        said.append(prose("结果注明得分最高的下级"))
    if node.rounding is not None and node.code != rules.root:
        said.append(prose(rounding_text(node.rounding)))
    return (joined(said, "；"), prose("。")) if said else ()


def _made(node: Node, rules: RuleSet) -> tuple[Layout, ...]:
    """How the children are put together, where it is not by adding them up."""
    if node.aggregate is Aggregate.SUM:
        return ()
    said: list[Layout | str] = [_AGGREGATES[node.aggregate]]
    if node.formula is not None:
        said += ["：", in_words(node.formula, rules)]
    if node.aggregate is Aggregate.MEAN and node.weights_of_all:
        said.append("（不适用的下级也占权重）")
    return (row(*said),)


def _coverage(coverage: Coverage, rules: RuleSet) -> Layout:
    share = f"有得分的下级所占权重不足{shown(100 * coverage.at_least)}%的，"
    return row(share, policy_words(coverage.below, Fraction(0), rules))
